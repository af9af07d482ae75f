"""A theater's play week: Friday to Thursday unless the theater says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common.local_time import night_of
from common.prepared_queries import prepared_rows

from ..models import Theater
from ..spoken_times import say_day, say_zone
from ..week_view import week_start
from .booking_rows import Booked, BookingRow, announced_rows, read_announced
from .city_page import count_by_night, count_showings
from .filters import LabelFilter, count_labels, label_filter, query
from .showing_rows import COLUMNS, KEPT_ROWS, Listed, Night, by_night, listed_row, of_nights, seats_shown
from .venue_facts import VenueFacts, say_confirmed, venue_facts

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
AT_THEATER = "engagement__theater"


@dataclass(frozen=True, slots=True)
class WeekLink:
    """Another play week: its first day in words, and the query that asks for it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class TheaterPage:
    """One play week of a theater from tonight on, and the weeks on either side that have showings."""

    venue: VenueFacts
    clock: str
    week: str
    is_this_week: bool
    labels: LabelFilter | None
    nights: tuple[Night, ...]
    confirmed: str
    earlier: WeekLink | None
    later: WeekLink | None
    announced: tuple[BookingRow, ...]
    tags: frozenset[str]


def week_links(
    weeks: Sequence[dt.date], shown: dt.date, tonight: dt.date, label: str = ""
) -> tuple[WeekLink | None, WeekLink | None]:
    """The nearest week with showings before the one shown, and the nearest after it."""
    before = [week for week in weeks if week < shown]
    after = [week for week in weeks if week > shown]

    def link(week: dt.date) -> WeekLink:
        return WeekLink(say_day(week, tonight), query(week, label, day_name="week"))

    return link(before[-1]) if before else None, link(after[0]) if after else None


def theater_page(
    theater: Theater, now: dt.datetime, asked: dt.date | None = None, label: str = ""
) -> TheaterPage:
    """The play week of `theater` that holds the day `asked`, else tonight's, else the first with showings; of showings
    with `label` alone where one is given.

    `theater` is read with its city. Three queries.
    """
    here = now.astimezone(theater.tzinfo)
    tonight = night_of(here)
    this_week = week_start(theater, tonight)
    every = count_showings(AT_THEATER, theater.pk, now, tonight)
    weeks = sorted({week_start(theater, night) for night in count_by_night(every, label)})
    shown = week_start(theater, asked) if asked else (weeks or [this_week])[0]
    earlier, later = week_links(weeks, shown, tonight, label)
    bookings = read_announced("theater", theater.pk, now)
    first, last = max(shown, tonight), shown + WEEK - DAY
    confirmed = _confirmed(label, theater=theater.pk, now=now, first=first, last=last)
    showings = [row for row, _ in confirmed]
    by_labels = count_labels((labels, count) for (_, labels), count in every.items())
    return TheaterPage(
        venue=venue_facts(theater),
        clock=say_zone(theater.zone),
        week=f"{say_day(shown, tonight)} to {say_day(last, tonight)}",
        is_this_week=shown == this_week,
        labels=label_filter(by_labels, label, asked, day_name="week") if every or label else None,
        nights=by_night((listed_row(row, now, tonight) for row in showings), here),
        confirmed=say_confirmed(theater, confirmed_since(at for _, at in confirmed), here),
        earlier=earlier,
        later=later,
        announced=announced_rows(bookings, now),
        tags=theater_tags(theater, showings, bookings),
    )


def _with_its_confirmation(columns: tuple[Any, ...]) -> tuple[Listed, dt.datetime | None]:
    *listed, confirmed_at = columns
    return Listed._make(listed), confirmed_at


@prepared_rows(_with_its_confirmation, kept=KEPT_ROWS)
def _confirmed(
    label: str, *, theater: int, now: dt.datetime, first: dt.date, last: dt.date
) -> QuerySet[Any, Any]:
    """The theater's showings `of_nights`, with when the theater said last that each stands."""
    showings = of_nights(AT_THEATER, label, place=theater, now=now, first=first, last=last)
    return showings.values_list(*COLUMNS, "confirmed_at")


def confirmed_since(said: Iterable[dt.datetime | None]) -> dt.datetime | None:
    """Since when all showings stand confirmed that the theater confirmed at such times; None where one was never, or
    there are none."""
    times = list(said)
    known = [at for at in times if at is not None]
    return min(known) if known and len(known) == len(times) else None


def theater_tags(theater: Theater, showings: Sequence[Listed], bookings: Iterable[Booked]) -> frozenset[str]:
    """What the page shows (see `screenings.page_tags`)."""
    films = {row.film_id for row in showings} | {booking.film_id for booking in bookings}
    shown = {f"theater-{theater.pk}", f"week-{theater.pk}", *(f"film-{film}" for film in films)}
    return frozenset(shown | seats_shown(showings))
