"""A city's programme: tonight first, tomorrow after it, other days behind links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from common.local_time import night_of

from ..models import City, Screening
from ..spoken_times import nights_now, say_day, say_zone
from .booking_rows import BookingRow, awaiting_times, booking_rows, in_release
from .places import CityRow, neighbours_with_showings, say_place
from .showing_rows import Night, by_night, showing_row

DAYS_LINKED = 28


@dataclass(frozen=True, slots=True)
class DayLink:
    """Another day of the city: its date, in words, and how many showings it has."""

    date: dt.date
    words: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class CityPage:
    """The nights shown (one that is empty is left out) and what else there is to know of the city."""

    place: str
    clock: str
    nothing_today: bool
    asked: str
    nights: tuple[Night, ...]
    days: tuple[DayLink, ...]
    announced: tuple[BookingRow, ...]
    neighbours: tuple[CityRow, ...]


def count_by_night(city: City, now: dt.datetime, tonight: dt.date) -> dict[dt.date, int]:
    """Night → published showings of the city that are not over: one query."""
    nights = (
        Screening.objects.published()
        .upcoming(now)
        .in_city(city)
        .filter(night__gte=tonight)
        .values_list("night")
        .annotate(count=Count("id"))
        .order_by("night")
    )
    return dict(nights[:DAYS_LINKED])


def nights_to_show(nights: Iterable[dt.date], today: dt.date, asked: dt.date | None) -> list[dt.date]:
    """The night asked for; else tonight and tomorrow; else, where both are empty, the first that is not."""
    if asked:
        return [asked]
    near = [night for night in nights if night <= today + dt.timedelta(days=1)]
    return near or list(nights)[:1]


def day_links(counts: dict[dt.date, int], shown: list[dt.date], tonight: dt.date) -> tuple[DayLink, ...]:
    return tuple(
        DayLink(night, say_day(night, tonight), count, night in shown) for night, count in counts.items()
    )


def city_page(city: City, now: dt.datetime, asked: dt.date | None = None) -> CityPage:
    """The programme of `city` at the instant `now`, or of the night `asked`: four queries, five where all is dark."""
    here = now.astimezone(city.tzinfo)
    tonight = night_of(here)
    counts = count_by_night(city, now, tonight)
    shown = nights_to_show(counts, here.date(), asked)
    showings = Screening.objects.published().upcoming(now).in_city(city).filter(night__in=shown).for_listing()
    engagements = in_release(now).filter(theater__city=city).for_listing().order_by("opens_on", "id")
    return CityPage(
        place=say_place(city.country, city.region),
        clock=say_zone(city.zone),
        nothing_today=not counts.keys() & {*nights_now(here)},
        asked=say_day(asked, tonight) if asked else "",
        nights=by_night((showing_row(screening, now, tonight) for screening in showings), here),
        days=day_links(counts, shown, tonight),
        announced=awaiting_times(booking_rows(list(engagements), now, each=1)),
        neighbours=() if counts else neighbours_with_showings(city, now),
    )
