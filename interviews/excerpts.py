"""Excerpts: words chosen from a source, which stand there character for character."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from accounts.models import Person

from .models import Excerpt, Quotation, Source, Turn
from .selectors import Span, context_of

# What stands where words were left out between two segments: an ellipsis in brackets.
CUT_MARK = " […] "
_JOINERS = frozenset("\u200d\ufe0e\ufe0f") | {chr(code) for code in range(0x1F3FB, 0x1F400)}


class CannotCut(ValueError):
    """These segments are no excerpt; the message says why, for people."""


def cut(
    source: Source, segments: Sequence[Sequence[int]], *, speaker: str, by: Person | None, now: dt.datetime
) -> Excerpt:
    """Store the words of `segments` (`[[start, end], …]`, code points of the visible text) as said by `speaker`.

    White space at a segment's edges is left off. Raises CannotCut for a segment that is outside the text, empty,
    out of order or through the middle of a letter, for two with nothing but space between, and for no speaker.
    """
    if not speaker.strip():
        raise CannotCut("Say whose words these are: an excerpt has a speaker.")
    spans = tighten(source.visible_text, segments)
    start, end = spans[0][0], spans[-1][1]
    prefix, suffix = context_of(source.visible_text, start, end)
    return Excerpt.objects.create(
        source=source,
        segments=[list(span) for span in spans],
        start=start,
        end=end,
        exact=exact_of(source.visible_text, spans),
        prefix=prefix,
        suffix=suffix,
        speaker=speaker.strip(),
        created_by=by,
        created_at=now,
    )


def tighten(text: str, segments: Sequence[Sequence[int]]) -> list[Span]:
    """The segments without white space at their edges. Raises CannotCut as `cut` does."""
    if not segments:
        raise CannotCut("Nothing is marked: choose the words to quote.")
    spans = [_tight(text, start, end) for start, end in segments]
    for (_, before), (after, _) in pairwise(spans):
        if after < before:
            raise CannotCut("The marked pieces overlap or are out of order: quote them as they stand.")
        if not text[before:after].strip():
            raise CannotCut("Nothing is left out between two of the marked pieces: mark them as one.")
    return spans


def _tight(text: str, start: int, end: int) -> Span:
    if not 0 <= start < end <= len(text):
        raise CannotCut(f"{start}–{end} is not in the source, which has {len(text)} characters.")
    words = text[start:end]
    if not words.strip():
        raise CannotCut("There is nothing but space in what is marked.")
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if any(_belongs_to_the_letter_before(text, place) for place in (start, end)):
        raise CannotCut("The mark goes through the middle of a letter: move it by one.")
    return start, end


def _belongs_to_the_letter_before(text: str, place: int) -> bool:
    """Whether a cut at `place` would part an accent, a joiner or a skin tone from what it belongs to."""
    following, before = text[place : place + 1], text[place - 1 : place] if place else ""
    return bool(before) and (
        before == "\u200d"
        or following in _JOINERS
        or (following != "" and unicodedata.combining(following) > 0)
    )


def exact_of(text: str, segments: Sequence[Sequence[int]]) -> str:
    """The words of the segments as they are shown, `CUT_MARK` where something is left out."""
    return CUT_MARK.join(text[start:end] for start, end in segments)


def stands(excerpt: Excerpt, source: Source) -> bool:
    """Whether the excerpt is character for character in the visible text of `source`, with what is around it."""
    text, segments = source.visible_text, excerpt.segments
    bounds = [place for segment in segments for place in segment]
    inside = bool(bounds) and bounds == sorted(bounds) and bounds[0] >= 0 and bounds[-1] <= len(text)
    return (
        inside
        and [excerpt.start, excerpt.end] == [bounds[0], bounds[-1]]
        and excerpt.exact == exact_of(text, segments)
        and (excerpt.prefix, excerpt.suffix) == context_of(text, excerpt.start, excerpt.end)
    )


def speaker_of(source: Source, start: int, end: int) -> str:
    """Whose words the span is, as read or corrected: a quotation's speaker, else the turn's; `""` where it is of
    nobody or of two."""
    for spoken in (Quotation, Turn):
        around = spoken.objects.filter(source=source, start__lte=start, end__gte=end).exclude(speaker="")
        found = around.order_by("-start").values_list("speaker", flat=True).first()
        if found:
            return found
    return ""


def withdraw(excerpt: Excerpt, *, reason: str, now: dt.datetime) -> bool:
    """Take an excerpt back, from every published version at once; False where it was withdrawn already."""
    changed = Excerpt.objects.filter(pk=excerpt.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_reason=reason
    )
    excerpt.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason"])
    return bool(changed)
