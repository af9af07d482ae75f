"""A film's limited release, city by city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from ..models import Engagement, Film, Screening
from .booking_rows import BookingRow, booking_rows
from .filters import LabelFilter, count_labels, label_filter


@dataclass(frozen=True, slots=True)
class ReleaseCity:
    """A city of the release and the theaters there."""

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
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    for row in rows:
        next_start = next((showing.wall for showing in row.showings if not showing.cancelled), never)
        known = opening.get(row.city_url, (never, row.opens_on, row.city, row.city_url))
        opening[row.city_url] = min(known, (next_start, row.opens_on, row.city, row.city_url))
    ordered = sorted(rows, key=lambda row: opening[row.city_url])
    return tuple(
        ReleaseCity(city, url, tuple(bookings))
        for (_, _, city, url), bookings in groupby(ordered, key=lambda row: opening[row.city_url])
    )


def count_by_label(film: Film, now: dt.datetime) -> dict[str, int]:
    """Label → the film's showings to come that have it: one query."""
    showings = Screening.objects.published().upcoming(now).filter(engagement__film=film)
    return count_labels(showings.order_by().values_list("labels").annotate(count=Count("id")))


def film_page(film: Film, now: dt.datetime, label: str = "") -> FilmPage:
    """The roll-out of `film` at the instant `now`, where `label` is given only where showings have it: three queries."""
    engagements = list(Engagement.objects.filter(film=film).for_listing().order_by("opens_on", "id"))
    rows = booking_rows(engagements, now, label=label)
    coming = tuple(row for row in rows if not row.over and (row.showings or not label))
    return FilmPage(
        cities=by_city(coming),
        played=() if label else tuple(row for row in reversed(rows) if row.over),
        labels=label_filter(count_by_label(film, now), label) if coming or label else None,
        openings=tuple((row.opens_on, row.city) for row in rows if not row.over),
        tags=frozenset(
            {f"film-{film.pk}", f"release-{film.pk}"}
            | {f"theater-{booking.theater_id}" for booking in engagements}
        ),
    )
