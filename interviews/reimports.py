"""A source that comes in again with changes: each of its interview's excerpts is found again exactly, or flagged.

A look-alike is offered beside the old words; it is taken by a person, never by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Person

from .excerpts import CannotCut, exact_of, recut, speaker_of, tidy_insertions
from .models import Excerpt, Refinding, Source
from .refinding import LookAlike, find_again, find_alike
from .selectors import Span

CHANGED = "These words do not stand in the new text as they were quoted."
GONE = "Nothing like these words stands in the new text."
SAID_BY_ANOTHER = "The new text has these words, but {now} says them, not {then}."


class AlreadyDecided(ValueError):
    """Somebody has answered this before; the message says what stands."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an interview's excerpts: found again as they were, and flagged for a person."""

    found: tuple[Excerpt, ...]
    flagged: tuple[Refinding, ...]


@transaction.atomic
def carry_over(source: Source, *, now: dt.datetime) -> Outcome:
    """Look for every excerpt of the interview in its new `source`, which is imported already, with its turns.

    What stands there character for character, in one place and as the same person's words, is moved there. All else
    stays where it was cut, is flagged, and holds up publishing until somebody decides. Doing it twice changes nothing.
    """
    excerpts = (
        Excerpt.objects.select_for_update(of=("self",))
        .filter(source__interview=source.interview, withdrawn_at=None)
        .exclude(source=source)
        .exclude(refindings__source=source)
        .select_related("source")
    )
    results = [_carry(excerpt, source, now) for excerpt in excerpts]
    return Outcome(
        tuple(one for one in results if isinstance(one, Excerpt)),
        tuple(one for one in results if isinstance(one, Refinding)),
    )


def _carry(excerpt: Excerpt, source: Source, now: dt.datetime) -> Excerpt | Refinding:
    old, segments = excerpt.source, _spans(excerpt.segments)
    found = find_again(old.visible_text, segments, source.visible_text)
    if found is None:
        return _flag_changed(excerpt, source, segments, now)
    then, today = speaker_of(old, excerpt.start, excerpt.end), speaker_of(source, found[0][0], found[-1][1])
    if then and today and then != today:
        reason = SAID_BY_ANOTHER.format(now=today, then=then)
        return _flag(excerpt, source, reason[:200], found, _moved(excerpt, segments, found), 100.0, now)
    recut(excerpt, found, _moved(excerpt, segments, found), source=source)
    # What an earlier re-import left open is answered: the words stand again as they were quoted.
    excerpt.refindings.filter(state=Refinding.State.OPEN).delete()
    return excerpt


def _moved(excerpt: Excerpt, old: Sequence[Span], new: Sequence[Span]) -> list[list[object]]:
    """The editor's words at the same letters of segments that stand elsewhere."""
    return [
        [place - low + moved, words]
        for place, words in excerpt.insertions
        for (low, high), (moved, _) in zip(old, new, strict=True)
        if low <= place <= high
    ]


def _flag_changed(excerpt: Excerpt, source: Source, segments: Sequence[Span], now: dt.datetime) -> Refinding:
    alike = find_alike(excerpt.source.visible_text, segments, source.visible_text)
    if alike is None:
        return _flag(excerpt, source, GONE, [], [], 0, now)
    insertions = _carried_insertions(excerpt, source, alike)
    return _flag(excerpt, source, CHANGED, alike.segments, insertions, alike.alike, now)


def _carried_insertions(excerpt: Excerpt, source: Source, alike: LookAlike) -> list[list[object]]:
    carried = [[alike.places[place], words] for place, words in excerpt.insertions if place in alike.places]
    try:
        tidy_insertions(source.visible_text, alike.segments, carried)
    except CannotCut:
        return []
    return carried


def _flag(
    excerpt: Excerpt,
    source: Source,
    reason: str,
    segments: Sequence[Span],
    insertions: Sequence[Sequence[object]],
    alike: float,
    now: dt.datetime,
) -> Refinding:
    return Refinding.objects.create(
        excerpt=excerpt,
        source=source,
        reason=reason,
        segments=[list(span) for span in segments],
        insertions=[list(one) for one in insertions],
        exact=exact_of(source.visible_text, segments, insertions),
        alike=alike,
        created_at=now,
    )


def _spans(segments: Sequence[Sequence[int]]) -> list[Span]:
    return [(start, end) for start, end in segments]


@transaction.atomic
def accept(refinding: Refinding, *, by: Person, now: dt.datetime) -> Excerpt:
    """Take the look-alike: the excerpt now stands in the new source. Raises AlreadyDecided, CannotCut."""
    if not refinding.segments:
        raise CannotCut("There is nothing to take: quote the new text anew, or keep the old words.")
    _decide(refinding, Refinding.State.ACCEPTED, by, now)
    excerpt = refinding.excerpt
    said_by = speaker_of(refinding.source, refinding.segments[0][0], refinding.segments[-1][1])
    excerpt.speaker = said_by or excerpt.speaker
    excerpt._history_user = by  # type: ignore[attr-defined]
    recut(excerpt, refinding.segments, refinding.insertions, source=refinding.source)
    return excerpt


@transaction.atomic
def keep(refinding: Refinding, *, by: Person, now: dt.datetime) -> None:
    """Keep the old words: they stand in the source as it was archived then. Raises AlreadyDecided."""
    _decide(refinding, Refinding.State.KEPT, by, now)


def _decide(refinding: Refinding, state: str, by: Person, now: dt.datetime) -> None:
    """The first decision stands."""
    is_open = Refinding.objects.filter(pk=refinding.pk, state=Refinding.State.OPEN)
    if not is_open.update(state=state, decided_by=by, decided_at=now):
        refinding.refresh_from_db()
        raise AlreadyDecided(f"This was decided before: {refinding.get_state_display()}.")
    refinding.refresh_from_db(fields=["state", "decided_by", "decided_at"])
