"""From the bytes of a source to its characters."""

import codecs
import re

import charset_normalizer

from interviews.text_map import UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]{3,20})""")
_CONTROLS = {chr(code) for code in range(32)} - set("\t\n\r\f\v\x1b")


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the name of its encoding: by byte order mark, as UTF-8, as UTF-16, as declared in the
    first 2 kB, or as Windows-1252. Raises UnreadableSource where what comes out is not writing."""
    text, encoding = _decoded(data)
    if _is_binary(text):
        raise UnreadableSource("This is not a text file: most of what it holds is not writing.")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding), encoding
    for encoding in ("utf-8", _bare_utf16(data), _declared(data)):
        try:
            if encoding:
                return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return _legacy(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSource(
            f"The file says that it is {encoding.upper()}, but it is damaged and cannot be decoded."
        ) from None


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows as a zero in every other byte of Latin text."""
    sample = data[:4000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(sample) >= 4 and zeros.count(0) > 0.6 * len(zeros):
            return encoding
    return ""


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:2048])
    return found.group(1).decode("ascii") if found else ""


def _legacy(data: bytes) -> tuple[str, str]:
    high = sum(byte >= 0x80 for byte in data[:20_000])
    if high > 0.3 * len(data[:20_000]):
        best = charset_normalizer.from_bytes(data[:200_000]).best()
        if best is None:
            raise UnreadableSource(
                "The encoding of this file cannot be told. Save it as UTF-8 and try again."
            )
        return data.decode(best.encoding, "replace"), best.encoding
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    controls = sum(character in _CONTROLS for character in sample)
    return "\x00" in sample or controls > 0.02 * len(sample)
