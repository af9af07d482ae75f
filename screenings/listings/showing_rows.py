"""A showing as a line of a programme.

Programmes are long and change little: rows are read as plain columns, and what has been made of the same columns
before is not made again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet

from common.local_time import get_zone, night_of
from common.prepared_queries import prepared_rows

from ..labels import ACCESS_LABELS, LABELS, PRINTED_CODES
from ..models import Screening
from ..models.listing import ScreeningQuerySet
from ..spoken_times import say_day, say_night, say_time
from .addresses import address


@dataclass(frozen=True, slots=True)
class Label:
    """A label in words, with the code that the trade prints beside it."""

    words: str
    printed: str
    is_access: bool


@dataclass(frozen=True, slots=True, eq=False)
class ShowingRow:
    """One showing, in words, on the theater's clock. `iso` is the machine's time with its offset.

    Made of the same words it is the same row, while it is kept: what is made of rows need not compare them.
    """

    url: str
    film: str
    film_url: str
    theater: str
    theater_url: str
    night: dt.date
    wall: dt.datetime
    day: str
    time: str
    iso: str
    true_date: str
    screen: str
    labels: tuple[Label, ...]
    cancelled: bool
    reason: str
    sold_out: bool
    full: bool
    moved: str
    running: bool


@dataclass(frozen=True, slots=True)
class Night:
    """A business date of a programme: what is near is named (`Tonight`), the rest by its day."""

    name: str
    day: str
    is_tonight: bool
    showings: tuple[ShowingRow, ...]


def label_row(code: str) -> Label:
    return Label(LABELS[code], PRINTED_CODES.get(code, ""), code in ACCESS_LABELS)


class Listed(NamedTuple):
    """The columns of a showing that a programme shows, in the order of `COLUMNS`: its own, then its booking's."""

    id: int
    code: str
    night: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    labels: tuple[str, ...]
    status: str
    cancel_reason: str
    sold_out: bool
    moved_from: str
    capacity: int | None
    seats_taken: int | None
    screen: str | None
    film_id: int
    film: str
    film_slug: str
    theater_id: int
    theater: str
    theater_slug: str
    locale: str

    @property
    def is_full(self) -> bool:
        """Whether every seat kept here is taken."""
        return self.capacity is not None and (self.seats_taken or 0) >= self.capacity


OWN_COLUMNS = (
    *("id", "code", "night", "starts_at", "ends_at", "zone", "labels", "status", "cancel_reason", "sold_out"),
    *("moved_from", "capacity", "seats_taken", "screen__name"),
)
BOOKED_COLUMNS = (
    *("film_id", "film__title", "film__slug", "theater_id", "theater__name", "theater__slug"),
    "theater__locale",
)
COLUMNS = (*OWN_COLUMNS, *(f"engagement__{column}" for column in BOOKED_COLUMNS))
# A large city's fortnight. Rows are small: about 2 kB each with their HTML.
KEPT_ROWS = 4096


def of_nights(
    where: str, label: str, *, place: int, now: dt.datetime, first: dt.date, last: dt.date
) -> ScreeningQuerySet:
    """The published showings of the nights from `first` to `last` that are not over, of those with `label` where one is
    given, the first to start first. `where` is the column that holds `place`. For queries that are prepared."""
    coming = Screening.objects.published().upcoming(now).filter(**{where: place}, night__range=(first, last))
    return (coming.labelled(label) if label else coming).for_listing()


@prepared_rows(Listed._make, kept=KEPT_ROWS)
def read_nights(
    where: str, label: str = "", *, place: int, now: dt.datetime, first: dt.date, last: dt.date
) -> QuerySet[Any, Any]:
    """The columns of showings `of_nights`: one query, and no object for each."""
    showings = of_nights(where, label, place=place, now=now, first=first, last=last)
    return showings.values_list(*COLUMNS)


@prepared_rows(tuple, kept=KEPT_ROWS)
def read_own_columns(*, ids: list[int]) -> QuerySet[Any, Any]:
    """The own columns of the published showings of these ids, in any order: one query."""
    showings = Screening.objects.published().filter(pk__in=ids).for_listing().order_by()
    return showings.values_list(*OWN_COLUMNS)


def listed(screening: Screening) -> Listed:
    """The columns of a showing read with `for_listing()`."""
    theater, film = screening.theater, screening.film
    return Listed(
        id=screening.pk,
        code=screening.code,
        night=screening.night,
        starts_at=screening.starts_at,
        ends_at=screening.ends_at,
        zone=screening.zone,
        labels=tuple(screening.labels),
        status=screening.status,
        cancel_reason=screening.cancel_reason,
        sold_out=screening.sold_out,
        moved_from=screening.moved_from,
        capacity=screening.capacity,
        seats_taken=getattr(screening, "seats_taken", 0),
        screen=screening.screen.name if screening.screen else None,
        film_id=film.pk,
        film=film.title,
        film_slug=film.slug,
        theater_id=theater.pk,
        theater=theater.name,
        theater_slug=theater.slug,
        locale=theater.locale,
    )


def showing_row(screening: Screening, now: dt.datetime, today: dt.date | None = None) -> ShowingRow:
    """The line of `screening`, read with `for_listing()`. `today` decides whether its year is said."""
    return listed_row(listed(screening), now, today)


def listed_row(row: Listed, now: dt.datetime, today: dt.date | None = None) -> ShowingRow:
    """The line of a showing as it was read. `today` decides whether its year is said."""
    running = row.status != Screening.Status.CANCELLED and row.starts_at <= now < row.ends_at
    return _row(row, running, today)


@lru_cache(maxsize=KEPT_ROWS)
def _row(row: Listed, running: bool, today: dt.date | None) -> ShowingRow:
    wall = row.starts_at.astimezone(get_zone(row.zone))
    cancelled = row.status == Screening.Status.CANCELLED
    return ShowingRow(
        url=address("screening", row.code),
        film=row.film,
        film_url=address("film", row.film_slug),
        theater=row.theater,
        theater_url=address("theater", row.theater_slug),
        night=row.night,
        wall=wall,
        day=say_day(row.night, today),
        time=say_time(wall, row.locale),
        iso=wall.isoformat(timespec="minutes"),
        true_date=say_day(wall.date(), today) if wall.date() != row.night else "",
        screen=row.screen or "",
        labels=tuple(label_row(code) for code in row.labels),
        cancelled=cancelled,
        reason=row.cancel_reason,
        sold_out=row.sold_out,
        full=row.is_full and not cancelled,
        moved="" if cancelled else say_moved(row, wall, today),
        running=running,
    )


def say_moved(row: Listed, wall: dt.datetime, today: dt.date | None = None) -> str:
    """What a showing was listed for first, where it is at another time now: `Moved from 7:00 pm`, with the day where it
    is another; `""` for one that was not moved."""
    if not row.moved_from:
        return ""
    before = dt.datetime.fromisoformat(row.moved_from)
    clock = say_time(before, row.locale)
    same_day = before.date() == wall.date()
    return f"Moved from {clock}" if same_day else f"Moved from {say_day(before.date(), today)}, {clock}"


def seats_shown(rows: Iterable[Listed]) -> set[str]:
    """The tags (`screenings.page_tags`) of showings whose seats are counted: their lines say when they are full."""
    return {f"seats-{row.id}" for row in rows if row.capacity is not None}


def by_night(showings: Iterable[ShowingRow], here: dt.datetime) -> tuple[Night, ...]:
    """The rows under the nights they belong to, in the order in which they come; `here` is the clock on the wall."""
    ordered = sorted(showings, key=lambda row: row.night)
    return tuple(
        _night(date, tuple(rows), here) for date, rows in groupby(ordered, key=lambda row: row.night)
    )


def _night(date: dt.date, rows: tuple[ShowingRow, ...], here: dt.datetime) -> Night:
    name = say_night(date, here, rows[0].wall.time())
    return Night(name, say_day(date, here.date()), date == night_of(here), rows)


def titles_of(nights: Iterable[Night]) -> list[str]:
    """The films of a programme by name, once each, the first first; none that is cancelled."""
    rows = (row for night in nights for row in night.showings if not row.cancelled)
    return list(dict.fromkeys(row.film for row in rows))
