"""Word documents and PDFs made for tests, good ones and bombs."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from html import escape
from pathlib import Path

import typst

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELS = f"""<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">
<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""

# (words, is bold)
Paragraphs = list[tuple[str, bool]]


def make_docx(
    paragraphs: Paragraphs, *, before_root: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """A Word document of these paragraphs."""
    body = "".join(
        f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{escape(words)}</w:t></w:r></w:p>"
        for words, bold in paragraphs
    )
    document = f'<?xml version="1.0"?>{before_root}<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", document)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return packed.getvalue()


def make_zip_bomb(megabytes: int) -> bytes:
    """A Word document, some kilobytes, that unpacks to this much."""
    return make_docx([("Words", False)], extra={"word/more.xml": b" " * (megabytes * 1024 * 1024)})


def make_lying_bomb() -> bytes:
    """One huge part in a Word document that says that it is small."""
    packed = bytearray(make_docx([("x" * 30_000_000, False)]))
    with zipfile.ZipFile(io.BytesIO(bytes(packed))) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return bytes(packed.replace(size, (1000).to_bytes(4, "little")))


def make_pdf(paragraphs: Paragraphs, *, head: str = "", width: str = "a5") -> bytes:
    """A PDF, set justified and hyphenated, with a running head and page numbers."""
    text = "\n\n".join(
        f"*{escape_typst(words)}*" if bold else escape_typst(words) for words, bold in paragraphs
    )
    setting = (
        f'#set page(paper: "{width}", header: [{escape_typst(head)}], footer: context[#counter(page).display()])\n'
        '#set text(hyphenate: true, lang: "en", size: 10pt)\n#set par(justify: true)\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "interview.typ"
        source.write_text(setting + text, encoding="utf-8")
        return bytes(typst.compile(str(source)))


def escape_typst(words: str) -> str:
    return "".join(f"\\{c}" if c in "\\*_#$@<>`[]-" else c for c in words)


def make_raw_pdf(content: bytes, *, more: str = "", filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page with this content stream as it is."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R {more} >>".encode(),
        f"<< /Length {len(content)} /Filter {filters} >>\nstream\n".encode() + content + b"\nendstream",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    end = len(data)
    return (
        data
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF".encode()
    )


def make_pdf_bomb(megabytes: int) -> bytes:
    """A page whose content was packed twice, from this much to some kilobytes."""
    huge = zlib.compress(b"(words) Tj " * (megabytes * 1024 * 1024 // 11), 9)
    return make_raw_pdf(zlib.compress(huge, 9), filters="[/FlateDecode /FlateDecode]")
