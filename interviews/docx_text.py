"""What a reader of a Word document (ECMA-376) sees: its paragraphs, headings and emphasis."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import mammoth

from interviews.page_text import render_page
from interviews.text_map import UnreadableSource, VisibleText

MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_PARTS = 3000
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
DAMAGED = "This Word document is damaged: it cannot be opened. Save it once more, or paste the text instead."


def render_docx(data: bytes) -> VisibleText:
    """The visible text of a DOCX, with bold, italics and headings as marks; its map leads to the page that it was
    turned into. Raises UnreadableSource for one that is damaged, unpacks to too much, or declares XML entities."""
    try:
        _refuse_bombs(data)
        page = mammoth.convert_to_html(io.BytesIO(data), convert_image=_no_image).value
    except UnreadableSource:
        raise
    except Exception as error:
        # The library meets what it never expected: whatever it raises, the document is not one.
        raise UnreadableSource(DAMAGED) from error
    return replace(render_page(page), format="docx", encoding="")


def _no_image(image: Any) -> list[Any]:
    return []


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if "word/document.xml" not in archive.namelist():
            raise UnreadableSource(
                "This is no Word document that we know. Save it as .docx, or paste the text."
            )
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise UnreadableSource(
                "This document unpacks to more than any interview holds. Paste the text instead."
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _refuse_entities(archive.read(part))


def _refuse_entities(part: bytes) -> None:
    # A part may be in UTF-16: its declarations are looked for with the zeros left out.
    if _DECLARES.search(part.replace(b"\0", b"")):
        raise UnreadableSource(
            "This document declares XML entities, which no word processor writes. Paste the text instead."
        )
