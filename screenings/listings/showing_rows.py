"""A showing as a line of a programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from common.local_time import night_of

from ..labels import ACCESS_LABELS, LABELS, PRINTED_CODES
from ..models import Screening
from ..spoken_times import say_day, say_night, say_time


@dataclass(frozen=True, slots=True)
class Label:
    """A label in words, with the code that the trade prints beside it."""

    words: str
    printed: str
    is_access: bool


@dataclass(frozen=True, slots=True)
class ShowingRow:
    """One showing, in words, on the theater's clock. `iso` is the machine's time with its offset."""

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


def showing_row(screening: Screening, now: dt.datetime, today: dt.date | None = None) -> ShowingRow:
    """The line of `screening`, read with `for_listing()`. `today` decides whether its year is said."""
    theater, film, wall = screening.theater, screening.film, screening.local_start
    return ShowingRow(
        url=reverse("screening", args=[screening.code]),
        film=film.title,
        film_url=reverse("film", args=[film.slug]),
        theater=theater.name,
        theater_url=reverse("theater", args=[theater.slug]),
        night=screening.night,
        wall=wall,
        day=say_day(screening.night, today),
        time=say_time(wall, theater.locale),
        iso=wall.isoformat(timespec="minutes"),
        true_date=say_day(wall.date(), today) if screening.is_after_midnight else "",
        screen=screening.screen.name if screening.screen else "",
        labels=tuple(label_row(code) for code in screening.labels),
        cancelled=screening.is_cancelled,
        reason=screening.cancel_reason,
        sold_out=screening.sold_out,
        full=screening.is_full and not screening.is_cancelled,
        moved="" if screening.is_cancelled else say_moved(screening, today),
        running=not screening.is_cancelled and screening.starts_at <= now < screening.ends_at,
    )


def say_moved(screening: Screening, today: dt.date | None = None) -> str:
    """What a showing was listed for first, where it is at another time now: `Moved from 7:00 pm`, with the day where it
    is another; `""` for one that was not moved."""
    if not screening.moved_from:
        return ""
    before, locale = dt.datetime.fromisoformat(screening.moved_from), screening.theater.locale
    clock = say_time(before, locale)
    same_day = before.date() == screening.local_start.date()
    return f"Moved from {clock}" if same_day else f"Moved from {say_day(before.date(), today)}, {clock}"


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
