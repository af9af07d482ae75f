"""Trimming an excerpt: words left out and put back, an editor's words put in and taken out.

Everything here is about plain values: a visible text, segments of it, and insertions; a new pair comes out, and the
old one is untouched. `excerpts.recut` stores what they give, and refuses what cannot stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .excerpts import CannotCut, Insertion
from .selectors import Span

Shape = tuple[list[Span], list[Insertion]]


def leave_out(
    segments: Sequence[Span], insertions: Sequence[Insertion], start: int, end: int, text: str
) -> Shape:
    """The excerpt without the words [start, end) of its source, and without what an editor put among them.

    Raises CannotCut where none of them is quoted, or where nothing would be left.
    """
    kept = [
        part
        for low, high in segments
        for part in ((low, min(high, start)), (max(low, end), high))
        if part[0] < part[1] and text[part[0] : part[1]].strip()
    ]
    if kept == list(segments):
        raise CannotCut("None of these words is in the quote: mark words of the quote itself.")
    if not kept:
        raise CannotCut("Nothing would be left of the quote: mark less of it.")
    inside = [
        (place, words) for place, words in insertions if any(low <= place <= high for low, high in kept)
    ]
    return kept, inside


def put_back(segments: Sequence[Span], insertions: Sequence[Insertion], gap: int) -> Shape:
    """The excerpt with what its cut number `gap` (from 0) left out. Raises CannotCut where there is no such cut."""
    if not 0 <= gap < len(segments) - 1:
        raise CannotCut("This cut is gone already.")
    joined = (segments[gap][0], segments[gap + 1][1])
    return [*segments[:gap], joined, *segments[gap + 2 :]], list(insertions)


def put_in(segments: Sequence[Span], insertions: Sequence[Insertion], place: int, words: str) -> Shape:
    """The excerpt with an editor's `words` before the character at `place` of the source."""
    return list(segments), [*insertions, (place, words)]


def take_out(segments: Sequence[Span], insertions: Sequence[Insertion], place: int) -> Shape:
    """The excerpt without the editor's words at `place`. Raises CannotCut where there are none."""
    others = [insertion for insertion in insertions if insertion[0] != place]
    if len(others) == len(insertions):
        raise CannotCut("This word was taken out already.")
    return list(segments), others


def find_in(segments: Sequence[Span], words: str, text: str) -> Span:
    """Where `words` stand in the quoted words; white space may differ. Raises CannotCut unless that is in one place."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()) or r"(?!)")
    found = [match.span() for low, high in segments for match in pattern.finditer(text, low, high)]
    if len(found) != 1:
        how_often = "do not stand in the quote" if not found else f"stand in the quote {len(found)} times"
        raise CannotCut(f"The words “{' '.join(words.split())}” {how_often}: write them as they stand, once.")
    return found[0]
