"""What a reader of a PDF sees: the text layer line by line, its paragraphs, bold words and headings as marks.

Words that a line's end breaks are healed, and running heads and page numbers are left out of the midst of what is
said: each head stands once, where it first occurs.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from interviews.text_map import Mark, TextBuilder, UnreadableSource, VisibleText

MAX_PAGES = 300
# Between lines of a paragraph 1, between paragraphs more; measured in the usual distance of the document's lines.
PARAGRAPH_GAP = 1.25
HEADING_SIZE = 1.18
# Running heads and feet stand in this many lines at a page's edges.
EDGE_LINES = 2
_NUMBER = re.compile(r"\W*(?:[^\W\d_]{0,6}\.?\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?\W*", re.I)
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


@dataclass
class Line:
    """A line as it is set: its text, where it begins in the extracted text, its height on the page and type size."""

    text: str
    at: int = 0
    height: float = 0.0
    size: float = 0.0
    styles: list[tuple[int, int, str]] = field(default_factory=list)


def render_pdf(data: bytes) -> VisibleText:
    """The visible text of a PDF's text layer; its map leads to the text as it was extracted, pages parted by form
    feeds. Raises UnreadableSource for one that is locked, damaged, or has no text layer (pictures of pages)."""
    try:
        pages = _pages(data)
    except UnreadableSource:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableSource(
            "This PDF is damaged: its text cannot be read. Paste the text instead."
        ) from error
    if not any(line.text for page in pages for line in page):
        raise UnreadableSource(
            "This PDF holds pictures of pages and no text. Run it through text recognition, or paste the text instead."
        )
    return _build([_without_running_lines(page, heads) for page, heads in _running_lines(pages)])


def _pages(data: bytes) -> list[list[Line]]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableSource(
            "This PDF is locked with a password. Save a copy without one, or paste the text."
        )
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableSource(
            f"This PDF has {len(reader.pages)} pages; one interview has at most {MAX_PAGES}."
        )
    pages, at = [], 0
    for page in reader.pages:
        lines = _lines(page, at)
        pages.append(lines)
        at = lines[-1].at + len(lines[-1].text) + 1 if lines else at + 1
    return pages


def _lines(page: Any, at: int) -> list[Line]:
    """The lines of a page, as pypdf tells of them piece by piece; `at` is where the first one begins."""
    lines = [Line("")]

    def note(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append(Line(""))
            if part:
                _add(lines[-1], part, _height(outer, inner), float(size) * _scale(outer, inner), font)

    page.extract_text(visitor_text=note)
    kept = [line for line in lines if line.text.strip()]
    for line in kept:
        line.at = at
        at += len(line.text) + 1
    return kept


def _height(outer: list[float], inner: list[float]) -> float:
    return outer[1] * inner[4] + outer[3] * inner[5] + outer[5]


def _scale(outer: list[float], inner: list[float]) -> float:
    return abs(inner[3] * outer[3]) or 1.0


def _add(line: Line, part: str, height: float, size: float, font: Any) -> None:
    if part.strip():
        if not line.size:
            line.height, line.size = height, size
        name = str((font or {}).get("/BaseFont", "")).lower()
        for style, signs in (("b", ("bold", "black", "heavy", "semib")), ("i", ("italic", "oblique"))):
            if any(sign in name for sign in signs):
                line.styles.append((len(line.text), len(line.text) + len(part), style))
    line.text += part


# ------------------------------------------------------------------ running heads


def _edges(page: list[Line]) -> list[Line]:
    return page[:EDGE_LINES] + page[max(EDGE_LINES, len(page) - EDGE_LINES) :]


def _pattern(line: Line) -> tuple[str, int]:
    """What makes two lines the same head: their words, numbers aside, and their height on the page."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())).casefold(), round(line.height / 3)


def _running_lines(pages: list[list[Line]]) -> list[tuple[list[Line], set[int]]]:
    """Each page with those of its lines (by where they begin) that are a head repeated or a page's number: alike and
    at the same height on most pages, two at least."""
    counts = Counter(pattern for page in pages for pattern in {_pattern(line) for line in _edges(page)})
    often = max(2, round(0.6 * len(pages)))
    seen: set[tuple[str, int]] = set()
    found = []
    for page in pages:
        left_out = set()
        for line in _edges(page):
            pattern = _pattern(line)
            if counts[pattern] < often or len(line.text) > 100:
                continue
            if pattern in seen or _NUMBER.fullmatch(line.text.strip()):
                left_out.add(line.at)
            seen.add(pattern)
        found.append((page, left_out))
    return found


def _without_running_lines(page: list[Line], left_out: set[int]) -> list[Line]:
    return [line for line in page if line.at not in left_out]


# ------------------------------------------------------------------ paragraphs


def _build(pages: list[list[Line]]) -> VisibleText:
    builder, marks = TextBuilder(), []
    words, usual, size = _words(pages), _usual_distance(pages), _usual_size(pages)
    lines = [(line, number == 0) for page in pages for number, line in enumerate(page)]
    joins = [_is_broken(line, following, words) for (line, _), (following, _) in pairwise(lines)]
    for place, (line, opens_page) in enumerate(lines):
        if place and not joins[place - 1]:
            is_gap = not opens_page and _is_gap(lines[place - 1][0], line, usual)
            builder.ask_break("\n\n" if is_gap else "\n")
        text = line.text.rstrip()
        if place < len(joins) and joins[place]:
            text = text[:-1]
        start = builder.next_position()
        builder.add(text, line.at)
        marks += _marks(line, start, len(text), size)
    visible = builder.build("pdf")
    return VisibleText(visible.text, "pdf", tuple(_merged(marks, visible.text)), visible.map, "")


def _words(pages: list[list[Line]]) -> set[str]:
    """The words that stand within a line somewhere, by which a broken one is told from one spelled with a hyphen."""
    return {
        word.lower()
        for page in pages
        for line in page
        for word in _WORD.findall(_BROKEN.sub("", line.text.rstrip()))
    }


def _is_broken(line: Line, following: Line, words: set[str]) -> bool:
    """Whether the hyphen at the end of a line is the line's and not the word's."""
    found, onward = _BROKEN.search(line.text.rstrip()), _WORD.match(following.text.lstrip())
    if not found or not onward or not following.text.lstrip()[0].islower():
        return False
    first, second = found.group(1).lower(), onward.group().lower()
    return f"{first}{second}" in words or f"{first}-{second}" not in words


def _usual_distance(pages: list[list[Line]]) -> float:
    """Between the lines of a paragraph: the lower quartile, since short paragraphs have more gaps than lines."""
    steps = sorted(a.height - b.height for page in pages for a, b in pairwise(page) if a.height > b.height)
    return steps[len(steps) // 4] if steps else 0.0


def _usual_size(pages: list[list[Line]]) -> float:
    return median(line.size for page in pages for line in page)


def _is_gap(before: Line, line: Line, usual: float) -> bool:
    return before.height - line.height > PARAGRAPH_GAP * usual


def _marks(line: Line, start: int, length: int, size: float) -> list[Mark]:
    marks = [
        Mark(start + first, start + min(last, length), style)
        for first, last, style in line.styles
        if first < length
    ]
    if line.size > HEADING_SIZE * size:
        marks.append(Mark(start, start + length, "h2"))
    return marks


def _merged(marks: list[Mark], text: str) -> list[Mark]:
    """Marks of one kind that only space parts, an empty line aside, as one: bold that goes on over a line's end."""
    merged: list[Mark] = []
    last: dict[str, int] = {}
    for mark in marks:
        place = last.get(mark.kind)
        between = text[merged[place].end : mark.start] if place is not None else "-"
        if place is not None and not between.strip() and between.count("\n") < 2:
            merged[place] = Mark(merged[place].start, mark.end, mark.kind)
        else:
            last[mark.kind] = len(merged)
            merged.append(mark)
    return sorted(merged, key=lambda mark: (mark.start, -mark.end))
