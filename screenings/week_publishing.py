"""From the week as wanted to the week that is live: one transaction, repeatable, undone within ten minutes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Person

from . import page_tags
from .follows import owe_week
from .labels import sort_labels
from .models import Engagement, Film, Publication, Screen, Screening, Theater
from .showings import NotPossible, book, place, settle
from .week_difference import Difference, Standing, Wanted, compare

UNDO_FOR = dt.timedelta(minutes=10)
WITHDRAWN_BY_THEATER = "The theater took this showing off its week."


@dataclass(frozen=True)
class Scope:
    """Which part of a week is published: all of it, one night, or one film (by its id)."""

    night: dt.date | None = None
    film: int | None = None

    def holds(self, showing: Wanted) -> bool:
        return self.night in (None, showing.night) and self.film in (None, showing.film)


WHOLE_WEEK = Scope()


def as_wanted(screening: Screening) -> Wanted:
    """A stored showing in the plain values that weeks are compared in; `film` is the film's id."""
    return Wanted(
        screening.engagement.film_id,
        dt.datetime.fromisoformat(screening.wall_time),
        screening.fold,
        tuple(sorted(screening.labels)),
        screening.sold_out,
    )


def standing_week(
    theater: Theater, week_starting: dt.date, wanted: Iterable[Wanted], now: dt.datetime
) -> list[Screening]:
    """The showings a week's text speaks about: those of its seven nights, and, beyond them, of the nights and
    films that it names. What has begun is past and stays as it was."""
    week = Q(night__range=(week_starting, week_starting + dt.timedelta(days=6)))
    for showing in wanted:
        if not 0 <= (showing.night - week_starting).days < 7:
            week |= Q(night=showing.night, engagement__film_id=showing.film)
    return list(
        Screening.objects.published()
        .filter(week, engagement__theater=theater, starts_at__gt=now)
        .select_related("engagement__film", "engagement__theater")
        .order_by("starts_at", "id")
    )


def difference_from_live(
    theater: Theater,
    week_starting: dt.date,
    wanted: Sequence[Wanted],
    now: dt.datetime,
    scope: Scope = WHOLE_WEEK,
) -> Difference:
    """What publishing would change. Showings in the past are neither wanted nor standing."""
    ahead = [showing for showing in wanted if scope.holds(showing) and _is_ahead(showing, theater, now)]
    rows = [
        Standing(row.pk, showing, row.is_cancelled)
        for row in standing_week(theater, week_starting, ahead, now)
        if scope.holds(showing := as_wanted(row))
    ]
    return compare(rows, ahead)


def _is_ahead(showing: Wanted, theater: Theater, now: dt.datetime) -> bool:
    return showing.wall.replace(tzinfo=theater.tzinfo, fold=showing.fold) > now


@transaction.atomic
def publish_week(
    theater: Theater,
    week_starting: dt.date,
    wanted: Sequence[Wanted],
    *,
    by: Person | None,
    now: dt.datetime,
    request_key: uuid.UUID,
    scope: Scope = WHOLE_WEEK,
) -> Publication:
    """Make the live week what is wanted: showings added, moved, changed, reinstated and cancelled at once.

    The same `request_key` again is the same publication (a phone that lost its reception asks twice); two
    managers at once come one after the other, the second over what the first left. Raises LocalTimeError
    for a time that the clocks skip. Whoever goes to a moved showing stays going.
    """
    Theater.objects.select_for_update().get(pk=theater.pk)
    done = theater.publications.filter(request_key=request_key).first()
    if done:
        return done
    difference = difference_from_live(theater, week_starting, wanted, now, scope)
    return publish_difference(theater, week_starting, difference, by=by, now=now, request_key=request_key)


def publish_difference(
    theater: Theater,
    week_starting: dt.date,
    difference: Difference,
    *,
    by: Person | None,
    now: dt.datetime,
    request_key: uuid.UUID,
    reasons: Mapping[int, str] | None = None,
) -> Publication:
    """Make the live showings what `difference` says, in the caller's transaction, which holds the theater's row.

    `by` is None where a system of the theater's did it; `reasons` says by a showing's id why it is cancelled.
    The publication's changes name the added showings in the order of `difference.added`.
    """
    changes = _Publisher(theater, now, reasons or {}).apply(difference)
    publication = Publication.objects.create(
        theater=theater,
        week_starting=week_starting,
        request_key=request_key,
        changes=changes,
        published_by=by,
        published_at=now,
    )
    owe_week(publication)
    return publication


Change = list[Any]


class _Publisher:
    """Applies one difference and notes each change, so that it can be undone."""

    def __init__(self, theater: Theater, now: dt.datetime, reasons: Mapping[int, str]) -> None:
        self.theater, self.now, self.reasons = theater, now, reasons
        self.changes: list[Change] = []
        self.engagements: dict[int, list[Engagement]] = {}
        self.screens: dict[str, Screen] = {}

    def apply(self, difference: Difference) -> list[Change]:
        rows = self._lock(difference)
        # A showing may move to where another one moves away from: first all step aside, then each is placed.
        moving = [row.id for row, _ in difference.moved]
        Screening.objects.filter(pk__in=moving).update(status=Screening.Status.DRAFT)
        for standing in difference.cancelled:
            reason = self.reasons.get(standing.id) or WITHDRAWN_BY_THEATER
            self._store("cancelled", rows[standing.id], status="cancelled", cancel_reason=reason)
        for act, pairs in (("changed", difference.changed), ("reinstated", difference.reinstated)):
            for standing, showing in pairs:
                self._store(act, rows[standing.id], **self._facts(showing))
        for standing, showing in difference.moved:
            row = rows[standing.id]
            before = _snapshot(row)
            place(row, showing.wall, showing.fold)
            self._store("moved", row, before, **self._facts(showing))
        for showing in difference.added:
            self._add(showing)
        unchanged = [row.id for row in difference.unchanged]
        Screening.objects.filter(pk__in=unchanged).update(confirmed_at=self.now)
        page_tags.touch([f"week-{self.theater.pk}", *(f"showing-{pk}" for pk in unchanged)])
        return self.changes

    def _lock(self, difference: Difference) -> dict[int, Screening]:
        pairs = difference.moved + difference.changed + difference.reinstated
        ids = [row.id for row, _ in pairs] + [row.id for row in difference.cancelled]
        rows = Screening.objects.select_for_update(of=("self",)).select_related(
            "engagement__film", "engagement__theater"
        )
        return {row.pk: row for row in rows.filter(pk__in=ids)}

    def _store(self, act: str, row: Screening, before: dict[str, Any] | None = None, **facts: Any) -> None:
        before = before or _snapshot(row)
        for name, value in facts.items():
            setattr(row, name, value)
        settle(row, self.now)
        self.changes.append([act, row.pk, before, _snapshot(row), row.revision])

    def _add(self, showing: Wanted) -> None:
        row = Screening(engagement=self._engagement(showing), confirmed_at=self.now, **self._facts(showing))
        place(row, showing.wall, showing.fold)
        row.save()
        self.changes.append(["added", row.pk, None, _snapshot(row), row.revision])

    def _engagement(self, showing: Wanted) -> Engagement:
        """The booking that holds the showing's night; else the film is booked from that night on."""
        film_id = int(showing.film)  # type: ignore[call-overload]
        known = self.engagements.setdefault(
            film_id,
            list(
                Engagement.objects.filter(theater=self.theater, film_id=film_id).select_related(
                    "film", "theater"
                )
            ),
        )
        for engagement in known:
            if engagement.opens_on <= showing.night and (
                engagement.closes_on is None or engagement.closes_on >= showing.night
            ):
                return engagement
        known.append(book(Film.objects.get(pk=film_id), self.theater, showing.night, now=self.now))
        return known[-1]

    def _facts(self, showing: Wanted) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "status": Screening.Status.SCHEDULED,
            "cancel_reason": "",
            "labels": sort_labels(showing.labels),
            "sold_out": showing.sold_out,
        }
        if showing.screen is not None:
            facts["screen"] = self._screen(showing.screen)
        if showing.ticket_url is not None:
            facts["ticket_url"] = showing.ticket_url
        return facts

    def _screen(self, name: str) -> Screen | None:
        """The theater's screen of this name, made where it has none; no screen for no name."""
        if name and name not in self.screens:
            self.screens[name], _ = Screen.objects.get_or_create(theater=self.theater, name=name)
        return self.screens.get(name)


def _snapshot(row: Screening) -> dict[str, Any]:
    """What undoing needs to know of a showing, in values that JSON holds."""
    return {
        "wall_time": row.wall_time,
        "fold": row.fold,
        "labels": list(row.labels),
        "sold_out": row.sold_out,
        "status": row.status,
        "cancel_reason": row.cancel_reason,
        "screen_id": row.screen_id,
        "ticket_url": row.ticket_url,
    }


def may_be_undone(publication: Publication, now: dt.datetime) -> bool:
    """Whether its ten minutes are not over: nobody has been told yet."""
    return publication.undone_at is None and now < publication.published_at + UNDO_FOR


@transaction.atomic
def undo(publication: Publication, *, now: dt.datetime) -> Publication:
    """Put back what a publication changed. Undoing twice is undoing once.

    Raises NotPossible after ten minutes, or where a showing was changed again since; then nothing is undone.
    """
    Theater.objects.select_for_update().get(pk=publication.theater_id)
    publication = Publication.objects.get(pk=publication.pk)
    if publication.undone_at:
        return publication
    if not may_be_undone(publication, now):
        raise NotPossible("Ten minutes are over and people may have been told. Change the week instead.")
    _put_back(publication, now)
    publication.undone_at = now
    publication.save(update_fields=["undone_at"])
    return publication


def _put_back(publication: Publication, now: dt.datetime) -> None:
    ids = [change[1] for change in publication.changes]
    rows = Screening.objects.select_for_update(of=("self",)).select_related(
        "engagement__film", "engagement__theater"
    )
    found = {row.pk: row for row in rows.filter(pk__in=ids)}
    for _, pk, _, after, _ in publication.changes:
        if pk not in found or _snapshot(found[pk]) != after:
            raise NotPossible(
                "A showing of this week was changed again since. Nothing was undone: change it by hand."
            )
    moved = [pk for act, pk, *_ in publication.changes if act == "moved"]
    Screening.objects.filter(pk__in=moved).update(status=Screening.Status.DRAFT)
    for act, pk, before, _, _ in reversed(publication.changes):
        _put_back_one(act, found[pk], before, now)


def _put_back_one(act: str, row: Screening, before: dict[str, Any] | None, now: dt.datetime) -> None:
    if before is None:
        if not row.rsvps.exists():
            row.delete()
            return
        before = {
            **_snapshot(row),
            "status": Screening.Status.CANCELLED,
            "cancel_reason": WITHDRAWN_BY_THEATER,
        }
    place(row, dt.datetime.fromisoformat(before["wall_time"]), before["fold"])
    for name in ("sold_out", "status", "cancel_reason", "screen_id", "ticket_url"):
        setattr(row, name, before[name])
    row.labels = sort_labels(before["labels"])
    settle(row, now)
