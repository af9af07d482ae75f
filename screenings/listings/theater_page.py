"""A theater's play week: Friday to Thursday unless the theater says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from common.local_time import night_of

from ..models import Screening, Theater
from ..spoken_times import say_day, say_zone
from ..week_view import week_start
from .booking_rows import BookingRow, awaiting_times, booking_rows, in_release
from .showing_rows import Night, by_night, showing_row
from .venue_facts import VenueFacts, venue_facts

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekLink:
    """Another play week: its first day, and that day in words."""

    starts_on: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class TheaterPage:
    """One play week of a theater from tonight on, and the weeks on either side that have showings."""

    venue: VenueFacts
    clock: str
    week: str
    is_this_week: bool
    nights: tuple[Night, ...]
    earlier: WeekLink | None
    later: WeekLink | None
    announced: tuple[BookingRow, ...]


def week_links(
    weeks: Sequence[dt.date], shown: dt.date, tonight: dt.date
) -> tuple[WeekLink | None, WeekLink | None]:
    """The nearest week with showings before the one shown, and the nearest after it."""
    before = [week for week in weeks if week < shown]
    after = [week for week in weeks if week > shown]
    earlier = WeekLink(before[-1], say_day(before[-1], tonight)) if before else None
    return earlier, WeekLink(after[0], say_day(after[0], tonight)) if after else None


def _to_come(theater: Theater, now: dt.datetime, tonight: dt.date) -> list[Screening]:
    screenings = Screening.objects.published().upcoming(now).filter(engagement__theater=theater)
    return list(screenings.filter(night__gte=tonight).for_listing())


def theater_page(theater: Theater, now: dt.datetime, asked: dt.date | None = None) -> TheaterPage:
    """The play week of `theater` that holds the day `asked`, else tonight's, else the first with showings.

    `theater` is read with its city. Three queries.
    """
    here = now.astimezone(theater.tzinfo)
    tonight = night_of(here)
    this_week = week_start(theater, tonight)
    showings = _to_come(theater, now, tonight)
    weeks = sorted({week_start(theater, screening.night) for screening in showings})
    shown = week_start(theater, asked) if asked else (weeks or [this_week])[0]
    earlier, later = week_links(weeks, shown, tonight)
    engagements = in_release(now).filter(theater=theater).for_listing().order_by("opens_on", "id")
    in_week = (screening for screening in showings if shown <= screening.night < shown + WEEK)
    return TheaterPage(
        venue=venue_facts(theater),
        clock=say_zone(theater.zone),
        week=f"{say_day(shown, tonight)} to {say_day(shown + WEEK - dt.timedelta(days=1), tonight)}",
        is_this_week=shown == this_week,
        nights=by_night((showing_row(screening, now, tonight) for screening in in_week), here),
        earlier=earlier,
        later=later,
        announced=awaiting_times(booking_rows(list(engagements), now, each=1)),
    )
