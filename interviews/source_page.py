"""A source as an editor reads it: turns as paragraphs whose words can be marked, with what is quoted already.

Browsers count UTF-16 code units: each paragraph says at which one of the visible text it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .directions import direction_of
from .models import Source, Turn
from .selectors import Span
from .utf16_offsets import Utf16Places

_BETWEEN_PARAGRAPHS = re.compile(r"\s*\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph that are quoted already, or not. `html` is their very characters, escaped."""

    html: SafeString
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`at`: its first UTF-16 code unit in the visible text."""

    at: int
    runs: tuple[Run, ...]
    dir: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn, under a number that a person can say."""

    number: int
    kind: str
    speaker: str
    paragraphs: tuple[Paragraph, ...]


def verbatim(text: str) -> SafeString:
    """Text as HTML whose text nodes hold the very same characters: a parser would turn CR into LF (HTML §13.2.3.5)."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308


def passages_of(source: Source, quoted: Sequence[Span] = ()) -> list[Passage]:
    """The turns of a source; its whole text as one where none are known. `quoted` are spans to be marked as quoted."""
    turns = list(source.turns.all()) or [_whole(source)]
    places = Utf16Places(source.visible_text)
    return [
        Passage(
            number,
            turn.kind,
            turn.speaker,
            tuple(_paragraphs(source.visible_text, turn.segments, quoted, places)),
        )
        for number, turn in enumerate(turns, 1)
    ]


def _whole(source: Source) -> Turn:
    return Turn(source=source, kind=Turn.Kind.NARRATION, segments=[[0, len(source.visible_text)]])


def _paragraphs(
    text: str, segments: Sequence[Span], quoted: Sequence[Span], places: Utf16Places
) -> Iterator[Paragraph]:
    for start, end in segments:
        for low, high in _split(text, start, end):
            yield Paragraph(places(low), tuple(_runs(text, low, high, quoted)), direction_of(text[low:high]))


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for found in _BETWEEN_PARAGRAPHS.finditer(text, start, end):
        if text[at : found.start()].strip():
            yield at, found.start()
        at = found.end()
    if text[at:end].strip():
        yield at, end


def _runs(text: str, start: int, end: int, quoted: Sequence[Span]) -> Iterator[Run]:
    bounds = {place for span in quoted for place in span if start < place < end}
    edges = sorted({start, end, *bounds})
    for low, high in pairwise(edges):
        is_quoted = any(first <= low and high <= last for first, last in quoted)
        yield Run(verbatim(text[low:high]), is_quoted)
