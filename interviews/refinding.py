"""Finding an excerpt's words again in another text of its source: exactly, or a look-alike that a person may accept.

Everything here is about two texts and spans in them; `reimports` does it for the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from .selectors import Span, context_of

# Below this likeness (rapidfuzz ratio, 0 to 100) there is nothing worth offering.
NEAR_ENOUGH = 70.0
# Words this long stand for themselves where they are found once, even if both neighbours changed.
_LONG_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Words of the new text that resemble the old ones: where each old segment would stand, and how near, 0 to 100."""

    segments: tuple[Span, ...]
    places: dict[int, int]
    alike: float


def find_again(old: str, segments: Sequence[Span], new: str) -> list[Span] | None:
    """Where the very words of `segments` of the text `old` stand in `new`: character for character, in their order, in
    one place. None where they do not, or where it cannot be told which of several places is meant."""
    start, end = segments[0][0], segments[-1][1]
    whole = _place_of(old, start, end, new)
    if whole is not None:
        return [(low + whole - start, high + whole - start) for low, high in segments]
    if len(segments) == 1:
        return None
    return _each_again(old, segments, new)


def _each_again(old: str, segments: Sequence[Span], new: str) -> list[Span] | None:
    """Each segment on its own: what was left out between them may have changed."""
    places = [_place_of(old, low, high, new) for low, high in segments]
    found = [
        (place, place + high - low)
        for place, (low, high) in zip(places, segments, strict=True)
        if place is not None
    ]
    in_order = all(before[1] < after[0] for before, after in pairwise(found))
    return found if len(found) == len(segments) and in_order else None


def _place_of(old: str, start: int, end: int, new: str) -> int | None:
    """The one place in `new` of the words old[start:end]: told apart from others by what stands before and after."""
    words, (prefix, suffix) = old[start:end], context_of(old, start, end)
    places = [found.start() for found in re.finditer(f"(?={re.escape(words)})", new)]
    sides = {place: _sides_alike(new, place, len(words), prefix, suffix) for place in places}
    for wanted in (2, 1):
        alike = [place for place, count in sides.items() if count == wanted]
        if alike:
            return alike[0] if len(alike) == 1 else None
    return places[0] if len(places) == 1 and len(words) >= _LONG_ENOUGH else None


def _sides_alike(text: str, place: int, length: int, prefix: str, suffix: str) -> int:
    before, after = context_of(text, place, place + length)
    return (before == prefix) + (after == suffix)


def find_alike(old: str, segments: Sequence[Span], new: str) -> LookAlike | None:
    """The words of `new` that resemble the passage most; None where nothing comes near.

    The bounds of the segments (and any other place of the passage) are carried over by the edits that lead from the
    one to the other (Levenshtein).
    """
    start, end = segments[0][0], segments[-1][1]
    found = fuzz.partial_ratio_alignment(old[start:end], new, score_cutoff=NEAR_ENOUGH)
    if found is None:
        return None
    low, high = _whole_words(new, found.dest_start, found.dest_end)
    places = _carried(old[start:end], new[low:high], start, low)
    moved = tuple((places[first], places[last]) for first, last in segments)
    if any(first >= last for first, last in moved):
        return None
    return LookAlike(moved, places, round(fuzz.ratio(old[start:end], new[low:high]), 1))


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span with the words at its edges whole, and the punctuation that closes them."""
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    closing = re.compile(r"[.!?…。！？؟]+[\"”’»)]*").match(text, end)
    tight = text[start : closing.end() if closing else end]
    start += len(tight) - len(tight.lstrip())
    return start, start + len(tight.strip())


def _carried(old: str, new: str, old_at: int, new_at: int) -> dict[int, int]:
    """Each place of the old passage → the place in the new one; both counted in their whole texts."""
    places: dict[int, int] = {}
    for code in Levenshtein.opcodes(old, new):
        for step in range(code.src_end - code.src_start):
            reached = min(code.dest_start + step, code.dest_end)
            places[old_at + code.src_start + step] = new_at + reached
    places[old_at] = new_at
    places[old_at + len(old)] = new_at + len(new)
    return places
