"""A theater's play week: Friday to Thursday unless the theater says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from common.local_time import night_of

from ..models import Engagement, Screening, Theater
from ..models.listing import ScreeningQuerySet
from ..spoken_times import say_day, say_zone
from ..week_view import week_start
from .booking_rows import BookingRow, announced, announced_rows
from .city_page import Counts, count_by_night
from .filters import LabelFilter, count_labels, label_filter, query
from .showing_rows import Listed, Night, by_night, listed_row, read_listed, seats_shown
from .venue_facts import VenueFacts, say_confirmed, venue_facts

WEEK = dt.timedelta(days=7)


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


def count_showings(theater: Theater, now: dt.datetime, tonight: dt.date) -> Counts:
    """The theater's published showings that are not over, by night and labels: one query."""
    rows = (
        Screening.objects.published()
        .upcoming(now)
        .filter(engagement__theater=theater, night__gte=tonight)
        .values_list("night", "labels")
        .annotate(count=Count("id"))
        .order_by("night")
    )
    return {(night, labels): count for night, labels, count in rows}


def theater_page(
    theater: Theater, now: dt.datetime, asked: dt.date | None = None, label: str = ""
) -> TheaterPage:
    """The play week of `theater` that holds the day `asked`, else tonight's, else the first with showings; of showings
    with `label` alone where one is given.

    `theater` is read with its city. Four queries.
    """
    here = now.astimezone(theater.tzinfo)
    tonight = night_of(here)
    this_week = week_start(theater, tonight)
    every = count_showings(theater, now, tonight)
    weeks = sorted({week_start(theater, night) for night in count_by_night(every, label)})
    shown = week_start(theater, asked) if asked else (weeks or [this_week])[0]
    earlier, later = week_links(weeks, shown, tonight, label)
    bookings = list(announced(now).filter(theater=theater))
    week = in_week(theater, max(shown, tonight), shown + WEEK, now, label)
    showings, since = read_listed(week), confirmed_since(week)
    by_labels = count_labels((labels, count) for (_, labels), count in every.items())
    return TheaterPage(
        venue=venue_facts(theater),
        clock=say_zone(theater.zone),
        week=f"{say_day(shown, tonight)} to {say_day(shown + WEEK - dt.timedelta(days=1), tonight)}",
        is_this_week=shown == this_week,
        labels=label_filter(by_labels, label, asked, day_name="week") if every or label else None,
        nights=by_night((listed_row(row, now, tonight) for row in showings), here),
        confirmed=say_confirmed(theater, since, here),
        earlier=earlier,
        later=later,
        announced=announced_rows(bookings, now),
        tags=theater_tags(theater, showings, bookings),
    )


def in_week(
    theater: Theater, first: dt.date, end: dt.date, now: dt.datetime, label: str = ""
) -> ScreeningQuerySet:
    """The published showings of the nights from `first` up to `end` that are not over."""
    showings = Screening.objects.published().upcoming(now).filter(engagement__theater=theater)
    wanted = showings.labelled(label) if label else showings
    return wanted.filter(night__gte=first, night__lt=end)


def confirmed_since(showings: ScreeningQuerySet) -> dt.datetime | None:
    """Since when all of `showings` stand confirmed; None where one was never, or there are none. One query."""
    said = showings.aggregate(
        since=Min("confirmed_at"), never=Count("id", filter=Q(confirmed_at__isnull=True))
    )
    return None if said["never"] else said["since"]


def theater_tags(
    theater: Theater, showings: Sequence[Listed], bookings: Iterable[Engagement]
) -> frozenset[str]:
    """What the page shows (see `screenings.page_tags`)."""
    films = {row.film_id for row in showings} | {booking.film_id for booking in bookings}
    shown = {f"theater-{theater.pk}", f"week-{theater.pk}", *(f"film-{film}" for film in films)}
    return frozenset(shown | seats_shown(showings))
