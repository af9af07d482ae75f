"""Excerpts: words chosen from a source, which stand there character for character."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction

from accounts.models import Person

from .models import Excerpt, Quotation, Source, Turn
from .selectors import Span, context_of
from .sentences import WIDE
from .written_pages import take_down

# What stands where words were left out between two segments: an ellipsis in brackets.
CUT_MARK = " […] "
# An editor's words and the place in the visible text before which they stand.
Insertion = tuple[int, str]
LONGEST_INSERTION = 80
_WIDE = re.compile(f"[{WIDE}]")
_OPENING, _CLOSING = "(«“‘—–-/¿¡「『", ")»”’.,;:!?—–-/…،؛؟。，、；：！？」』"
_JOINERS = frozenset("\u200d\ufe0e\ufe0f") | {chr(code) for code in range(0x1F3FB, 0x1F400)}


class CannotCut(ValueError):
    """These segments are no excerpt; the message says why, for people."""


def cut(
    source: Source,
    segments: Sequence[Sequence[int]],
    *,
    speaker: str,
    by: Person | None,
    now: dt.datetime,
) -> Excerpt:
    """Store the words of `segments` (`[[start, end], …]`, code points of the visible text) as said by `speaker`.

    White space at a segment's edges is left off. Raises CannotCut for a segment that is outside the text, empty,
    out of order or through the middle of a letter, for two with nothing but space between, for no speaker, and where
    the source was withdrawn. Words that somebody quotes already are quoted again: each excerpt is its editor's own.
    """
    if source.withdrawn_at:
        raise CannotCut(
            f"What was quoted from here was withdrawn on {source.withdrawn_at:%-d %B %Y}: nothing new is quoted from it."
        )
    if not speaker.strip():
        raise CannotCut("Say whose words these are: an excerpt has a speaker.")
    spans = tighten(source.visible_text, segments)
    excerpt = Excerpt(source=source, speaker=speaker.strip(), created_by=by, created_at=now)
    _stand_at(excerpt, source, spans, [])
    excerpt.save()
    return excerpt


def recut(
    excerpt: Excerpt,
    segments: Sequence[Sequence[int]],
    insertions: Sequence[Sequence[object]] = (),
    *,
    source: Source | None = None,
) -> None:
    """Let `excerpt` stand at other segments of its source (or of another one of the same interview), with an editor's
    `insertions` (`[[place, words], …]`). Published versions keep what they froze. Raises CannotCut as `cut` does, and
    for an insertion that is outside the segments, empty, too long, or holds a bracket."""
    source = source or excerpt.source
    spans = tighten(source.visible_text, segments)
    _stand_at(excerpt, source, spans, tidy_insertions(source.visible_text, spans, insertions))
    excerpt.save()


def _stand_at(
    excerpt: Excerpt, source: Source, spans: Sequence[Span], insertions: Sequence[Insertion]
) -> None:
    excerpt.source = source
    excerpt.segments = [list(span) for span in spans]
    excerpt.insertions = [list(insertion) for insertion in insertions]
    excerpt.start, excerpt.end = spans[0][0], spans[-1][1]
    excerpt.exact = exact_of(source.visible_text, spans, insertions)
    excerpt.prefix, excerpt.suffix = context_of(source.visible_text, excerpt.start, excerpt.end)


def tidy_insertions(
    text: str, segments: Sequence[Span], insertions: Sequence[Sequence[object]]
) -> list[Insertion]:
    """The insertions in the order of reading. Raises CannotCut as `recut` does."""
    tidy = sorted((int(str(place)), " ".join(str(words).split())) for place, words in insertions)
    for place, words in tidy:
        _check_insertion(text, segments, place, words)
    if len({place for place, _ in tidy}) < len(tidy):
        raise CannotCut("There is a word of yours at this place already: take it out first.")
    return tidy


def _check_insertion(text: str, segments: Sequence[Span], place: int, words: str) -> None:
    if not any(start <= place <= end for start, end in segments):
        raise CannotCut(f"“[{words}]” would stand outside the quoted words.")
    if _belongs_to_the_letter_before(text, place):
        raise CannotCut(f"“[{words}]” would stand in the middle of a letter: move it by one.")
    if not any(character.isalnum() for character in words):
        raise CannotCut("Write the word that is to stand in brackets.")
    if len(words) > LONGEST_INSERTION or set(words) & set("[]"):
        raise CannotCut(
            f"An editor’s words stand in one pair of brackets and are short: up to {LONGEST_INSERTION} characters."
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


def exact_of(
    text: str, segments: Sequence[Sequence[int]], insertions: Sequence[Sequence[object]] = ()
) -> str:
    """The words of the segments as they are shown: `CUT_MARK` where something is left out, an editor's words in
    brackets at their places."""
    return CUT_MARK.join(_shown(text, start, end, insertions) for start, end in segments)


def _shown(text: str, start: int, end: int, insertions: Sequence[Sequence[object]]) -> str:
    shown, at = "", start
    for place, words in insertions:
        if start <= int(str(place)) <= end:
            shown = _spaced(shown + text[at : int(str(place))], f"[{words}]")
            at = int(str(place))
    return _spaced(shown, text[at:end]) if at > start or shown else text[start:end]


def _spaced(before: str, after: str) -> str:
    """Two pieces with a space between where either is a bracket of an editor's and writing there sets spaces."""
    left, right = before[-1:], after[:1]
    touches = left == "]" or right == "["
    is_open = (
        left in _OPENING
        or right in _CLOSING
        or (left + right).strip() != left + right
        or _WIDE.search(left + right) is not None
    )
    return f"{before} {after}" if touches and left and right and not is_open else before + after


def stands(excerpt: Excerpt, source: Source) -> bool:
    """Whether the excerpt is character for character in the visible text of `source`, with what is around it: nothing
    differs but what its cuts leave out and its brackets put in."""
    text, segments = source.visible_text, excerpt.segments
    bounds = [place for segment in segments for place in segment]
    inside = bool(bounds) and bounds == sorted(bounds) and bounds[0] >= 0 and bounds[-1] <= len(text)
    return (
        inside
        and [excerpt.start, excerpt.end] == [bounds[0], bounds[-1]]
        and _brackets_hold(text, segments, excerpt.insertions)
        and excerpt.exact == exact_of(text, segments, excerpt.insertions)
        and (excerpt.prefix, excerpt.suffix) == context_of(text, excerpt.start, excerpt.end)
    )


def _brackets_hold(
    text: str, segments: Sequence[Sequence[int]], insertions: Sequence[Sequence[object]]
) -> bool:
    spans = [(start, end) for start, end in segments]
    try:
        return tidy_insertions(text, spans, insertions) == [(place, words) for place, words in insertions]
    except CannotCut:
        return False


def speaker_of(source: Source, start: int, end: int) -> str:
    """Whose words the span is, as read or corrected: a quotation's speaker, else the turn's; `""` where it is of
    nobody or of two."""
    for spoken in (Quotation, Turn):
        around = spoken.objects.filter(source=source, start__lte=start, end__gte=end).exclude(speaker="")
        found = around.order_by("-start").values_list("speaker", flat=True).first()
        if found:
            return found
    return ""


@transaction.atomic
def withdraw(excerpt: Excerpt, *, reason: str, now: dt.datetime, by: Person | None = None) -> bool:
    """Take an excerpt back, from every published version at once; False where it was withdrawn already.

    Who, when and why stand in its history.
    """
    row = Excerpt.objects.select_for_update(of=("self",)).filter(pk=excerpt.pk, withdrawn_at=None).first()
    if row:
        row.withdrawn_at, row.withdrawn_reason = now, reason
        if by:
            row._history_user = by  # type: ignore[attr-defined]
        row._history_date = now  # type: ignore[attr-defined]
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        take_down(row)
    excerpt.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason"])
    return row is not None


@transaction.atomic
def withdraw_source(source: Source, *, reason: str, now: dt.datetime, by: Person | None) -> int:
    """Take back everything that is quoted from a source, in one act; nothing new can be cut from it.

    Gives how many excerpts that were still shown were taken back.
    """
    Source.objects.filter(pk=source.pk, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_reason=reason, withdrawn_by=by
    )
    source.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason", "withdrawn_by"])
    return sum(
        withdraw(excerpt, reason=reason, now=now, by=by)
        for excerpt in source.excerpts.filter(withdrawn_at=None)
    )
