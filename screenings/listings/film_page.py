"""A film's limited release, city by city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from ..models import Engagement, Film
from .booking_rows import BookingRow, booking_rows


@dataclass(frozen=True, slots=True)
class ReleaseCity:
    """A city of the release and the theaters there."""

    name: str
    url: str
    bookings: tuple[BookingRow, ...]


@dataclass(frozen=True, slots=True)
class FilmPage:
    """Where the film plays and will play, in the order of opening; and where it has played."""

    cities: tuple[ReleaseCity, ...]
    played: tuple[BookingRow, ...]


def by_city(rows: tuple[BookingRow, ...]) -> tuple[ReleaseCity, ...]:
    """Bookings under their cities; the city that opens first stands first."""
    opening: dict[str, tuple[dt.date, str, str]] = {}
    for row in rows:
        opening.setdefault(row.city_url, (row.opens_on, row.city, row.city_url))
    ordered = sorted(rows, key=lambda row: opening[row.city_url])
    return tuple(
        ReleaseCity(city, url, tuple(bookings))
        for (_, city, url), bookings in groupby(ordered, key=lambda row: opening[row.city_url])
    )


def film_page(film: Film, now: dt.datetime) -> FilmPage:
    """The roll-out of `film` at the instant `now`: two queries."""
    engagements = list(Engagement.objects.filter(film=film).for_listing().order_by("opens_on", "id"))
    rows = booking_rows(engagements, now)
    return FilmPage(
        cities=by_city(tuple(row for row in rows if not row.over)),
        played=tuple(row for row in reversed(rows) if row.over),
    )
