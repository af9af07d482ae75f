"""A film's limited release, city by city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ..models import Film
from .booking_rows import BookingRow, booking_rows, read_bookings, read_coming
from .filters import LabelFilter, label_filter
from .showing_rows import KEPT_ROWS

NEXT_SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseCity:
    """A city of the release and the theaters there; of the same rows the same, as they are."""

    name: str
    url: str
    bookings: tuple[BookingRow, ...]


@dataclass(frozen=True, slots=True)
class FilmPage:
    """Where the film plays and will play, the next showing first, then in the order of opening; and where it has played.
    `openings` are the days and cities of all of its release."""

    cities: tuple[ReleaseCity, ...]
    played: tuple[BookingRow, ...]
    labels: LabelFilter | None
    openings: tuple[tuple[dt.date, str], ...]
    tags: frozenset[str]


def by_city(rows: tuple[BookingRow, ...]) -> tuple[ReleaseCity, ...]:
    """Bookings under their cities; the city whose next showing comes first stands first, then those that open."""
    opening: dict[str, tuple[dt.datetime, dt.date, str, str]] = {}
    for row in rows:
        first = (row.next_start, row.opens_on, row.city, row.city_url)
        opening[row.city_url] = min(first, opening.get(row.city_url, first))
    ordered = sorted(rows, key=lambda row: opening[row.city_url])
    return tuple(
        _city(city, url, tuple(bookings))
        for (_, _, city, url), bookings in groupby(ordered, key=lambda row: opening[row.city_url])
    )


@lru_cache(maxsize=KEPT_ROWS)
def _city(name: str, url: str, bookings: tuple[BookingRow, ...]) -> ReleaseCity:
    return ReleaseCity(name, url, bookings)


def film_page(film: Film, now: dt.datetime, label: str = "") -> FilmPage:
    """The roll-out of `film` at the instant `now`, where `label` is given only where showings have it: three queries."""
    bookings = read_bookings(film=film.pk)
    showings = read_coming(film.pk, now, each=NEXT_SHOWN, label=label)
    rows = booking_rows(bookings, showings, now)
    coming = tuple(row for row in rows if not row.over and (row.showings or not label))
    return FilmPage(
        cities=by_city(coming),
        played=() if label else tuple(row for row in reversed(rows) if row.over),
        labels=label_filter(showings.labels, label) if coming or label else None,
        openings=tuple((row.opens_on, row.city) for row in rows if not row.over),
        tags=frozenset(
            {f"film-{film.pk}", f"release-{film.pk}"}
            | {f"theater-{booking.theater_id}" for booking in bookings}
        ),
    )
