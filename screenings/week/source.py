"""The pasted text made plain, with the way back to the characters it came from."""

import html
import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 100_000
"""A week of showtimes is a few thousand characters; a brochure's whole text stays below this."""


class TooMuchText(ValueError):
    """The pasted text is longer than MAX_CHARACTERS and was not read at all."""


@dataclass(frozen=True)
class SourceText:
    """Plain text beside its raw source.

    `text` is accent-free and uses one kind of dash, quote and space; `low` is the same in lower case;
    both have equal length. `starts[i]` and `ends[i]` are the raw offsets of plain character i.
    """

    raw: str
    text: str
    low: str
    starts: list[int]
    ends: list[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw (start, end) of the plain span, without blanks at either side."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]


_PIECE = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,12}\d{0,2});)"
    r"|(?P<row><(?:br|/p|/li|/tr|/div|/h[1-6])\b[^<>\n]{0,200}>)"
    r"|(?P<cell></t[dh]\s{0,9}>)"
    r"|(?P<tag></?[a-z][^<>\n]{0,300}>)"
    r"|(?P<newline>\r\n|[\r\n\u2028\u2029\x0b\x0c])",
    re.IGNORECASE,
)

_PLAIN: dict[int, str | None] = {
    ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d~"
}
_PLAIN |= {ord(c): '"' for c in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2033\u300c\u300d"}
_PLAIN |= {ord(c): "'" for c in "\u2018\u2019\u201a\u201b\u00b4`\u2032\u02bc"}
_PLAIN |= {
    ord(c): "\u2022" for c in "\u25cf\u25aa\u25a0\u25e6\u2023\u2605\u2606\u25ba\u25b6\u2666\u2192\u00a6"
}
_PLAIN |= {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"}
_PLAIN[0x2026] = "."
_KEPT = {0x2022, 0xB7}
_MIDDLE_DOT = re.compile(r"(?<=\d)\xb7(?=\d\d)")


def plain_character(character: str) -> str:
    """One character as the grammar wants it: no accent, one kind of dash, quote and space."""
    if character < "\x80":
        return "-" if character == "~" else "'" if character == "`" else character
    code = ord(character)
    if code in _PLAIN:
        return _PLAIN[code] or ""
    if code in _KEPT:
        return character
    decomposed = unicodedata.normalize("NFKD", character)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    kept = kept.replace("ß", "ss").replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("ø", "o")
    if kept.isspace() and kept:
        return " "
    return kept if kept.isprintable() else ""


def plain_words(text: str) -> str:
    """The text without accents and typographic variants, for comparing titles."""
    return "".join(plain_character(c) for c in html.unescape(text))


def _lowered(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _pieces(raw: str) -> list[tuple[int, int, str]]:
    """(start, end, plain text) of every stretch of the raw source."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for match in _PIECE.finditer(raw):
        found.extend((i, i + 1, raw[i]) for i in range(at, match.start()))
        start, at = match.span()
        kind = match.lastgroup
        if kind == "entity":
            found.append((start, at, html.unescape(match.group())[:4]))
        elif kind in ("row", "newline"):
            found.append((start, at, "\n"))
        elif kind == "cell":
            found.append((start, at, "\t"))
    found.extend((i, i + 1, raw[i]) for i in range(at, len(raw)))
    return found


def make_plain(raw: str) -> SourceText:
    """The raw pasted text as SourceText.

    HTML entities and line-breaking tags are resolved, other tags dropped. Raises TooMuchText before doing
    any work when `raw` is longer than MAX_CHARACTERS.
    """
    if len(raw) > MAX_CHARACTERS:
        raise TooMuchText(
            f"This is {len(raw):,} characters long. A pasted week can have up to {MAX_CHARACTERS:,}: "
            "paste only the showtimes."
        )
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, piece in _pieces(raw):
        for character in piece:
            for plain in character if character in "\n\t" else plain_character(character):
                out.append(plain)
                starts.append(start)
                ends.append(end)
    text = _MIDDLE_DOT.sub(".", "".join(out))
    return SourceText(raw, text, _lowered(text), starts, ends)
