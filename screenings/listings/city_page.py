"""A city's programme: tonight first, tomorrow after it, other days behind links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from common.local_time import night_of
from common.prepared_queries import prepared_rows

from ..models import City, Screening
from ..spoken_times import nights_now, say_day, say_zone
from .booking_rows import Booked, BookingRow, announced_rows, read_announced
from .filters import LabelFilter, count_labels, label_filter, query
from .places import CityRow, neighbours_with_showings, say_place
from .showing_rows import Listed, Night, by_night, listed_row, read_nights, seats_shown

DAYS_LINKED = 28
# What of these counts stays in memory as it was read.
KEPT_COUNTS = 1024
# (night, labels) → how many showings have them.
Counts = dict[tuple[dt.date, tuple[str, ...]], int]


@dataclass(frozen=True, slots=True)
class DayLink:
    """Another day of the city: in words, how many showings it has, and the query that asks for it."""

    words: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class CityPage:
    """The nights shown (one that is empty is left out) and what else there is to know of the city."""

    place: str
    clock: str
    nothing_today: bool
    asked: str
    near_url: str
    labels: LabelFilter | None
    nights: tuple[Night, ...]
    days: tuple[DayLink, ...]
    announced: tuple[BookingRow, ...]
    neighbours: tuple[CityRow, ...]
    tags: frozenset[str]


IN_CITY = "engagement__theater__city"


@prepared_rows(tuple, kept=KEPT_COUNTS)
def _counted(where: str, *, place: int, now: dt.datetime, tonight: dt.date) -> QuerySet[Any, Any]:
    to_come = Screening.objects.published().upcoming(now).filter(**{where: place}, night__gte=tonight)
    return to_come.values_list("night", "labels").annotate(count=Count("id")).order_by("night")


def count_showings(where: str, place: int, now: dt.datetime, tonight: dt.date) -> Counts:
    """The published showings that are not over, by night and labels, of what the column `where` says is at `place`: one
    query."""
    rows = _counted(where, place=place, now=now, tonight=tonight)
    return {(night, labels): count for night, labels, count in rows}


def count_by_night(counts: Counts, label: str = "") -> dict[dt.date, int]:
    """Night → showings, of those with the label where one is asked for."""
    found: dict[dt.date, int] = {}
    for (night, labels), count in counts.items():
        if not label or label in labels:
            found[night] = found.get(night, 0) + count
    return dict(list(found.items())[:DAYS_LINKED])


def nights_to_show(nights: Iterable[dt.date], today: dt.date, asked: dt.date | None) -> list[dt.date]:
    """The night asked for; else tonight and tomorrow; else, where both are empty, the first that is not."""
    if asked:
        return [asked]
    near = [night for night in nights if night <= today + dt.timedelta(days=1)]
    return near or list(nights)[:1]


def day_links(
    counts: dict[dt.date, int], shown: list[dt.date], tonight: dt.date, label: str
) -> tuple[DayLink, ...]:
    return tuple(
        DayLink(say_day(night, tonight), count, query(night, label), night in shown)
        for night, count in counts.items()
    )


def city_page(city: City, now: dt.datetime, asked: dt.date | None = None, label: str = "") -> CityPage:
    """The programme of `city` at the instant `now`, or of the night `asked`, of showings with `label` alone where one
    is given: three queries, four where all is dark."""
    here = now.astimezone(city.tzinfo)
    tonight = night_of(here)
    every = count_showings(IN_CITY, city.pk, now, tonight)
    counts = count_by_night(every, label)
    shown = nights_to_show(counts, here.date(), asked)
    found = (
        read_nights(IN_CITY, label, place=city.pk, now=now, first=shown[0], last=shown[-1]) if shown else []
    )
    bookings = read_announced("theater__city", city.pk, now)
    by_labels = count_labels((labels, count) for (_, labels), count in every.items())
    return CityPage(
        place=say_place(city.country, city.region),
        clock=say_zone(city.zone),
        nothing_today=not counts.keys() & {*nights_now(here)},
        asked=say_day(asked, tonight) if asked else "",
        near_url=query(None, label),
        labels=label_filter(by_labels, label, asked) if every or label else None,
        nights=by_night((listed_row(row, now, tonight) for row in found), here),
        days=day_links(counts, shown, tonight, label),
        announced=announced_rows(bookings, now),
        neighbours=() if every else neighbours_with_showings(city, now),
        tags=city_tags(city, found, bookings, alone=bool(every)),
    )


def city_tags(
    city: City, showings: Sequence[Listed], bookings: Iterable[Booked], *, alone: bool
) -> frozenset[str]:
    """What the page shows (see `screenings.page_tags`); one that names neighbours hangs on what is on anywhere."""
    shown = {(row.film_id, row.theater_id) for row in showings}
    shown |= {(booking.film_id, booking.theater_id) for booking in bookings}
    films, theaters = {film for film, _ in shown}, {theater for _, theater in shown}
    return frozenset(
        {
            *(f"city-{city.pk}", "" if alone else "listing"),
            *seats_shown(showings),
            *(f"film-{film}" for film in films),
            *(f"theater-{theater}" for theater in theaters),
        }
        - {""}
    )
