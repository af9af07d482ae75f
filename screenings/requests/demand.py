"""How many want which film within a theater's reach. Confirmed addresses and single taps are never added up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from ..listings.booking_rows import in_release
from ..models import CityRequest, Film, Theater
from ..reach import Spot, box_around, is_within_reach

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Demand:
    """One film: confirmed addresses, taps without one, and the opening within reach, if any."""

    film: Film
    confirmed: int
    taps: int
    opens_on: dt.date | None
    opens_at: str


def demand_near(theater: Theater, now: dt.datetime) -> list[Demand]:
    """Films wanted within 50 km of `theater`, most confirmed addresses first: three queries, however many ask."""
    here = theater.city
    by_film_and_city = (
        CityRequest.objects.filter(box_around(here, "city__"))
        .values_list("film", "city__latitude", "city__longitude")
        .annotate(
            confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
            taps=Count("pk", filter=Q(person__isnull=True)),
        )
        .order_by()
    )
    counted: dict[int, list[tuple[int, int]]] = {}
    for film, latitude, longitude, confirmed, taps in by_film_and_city:
        if (confirmed or taps) and is_within_reach(here, Spot(latitude, longitude)):
            counted.setdefault(film, []).append((confirmed, taps))
    films, openings = Film.objects.in_bulk(counted), _openings_near(theater, list(counted), now)
    rows = []
    for pk, counts in counted.items():
        opens_on, opens_at = openings.get(pk, (None, ""))
        confirmed, taps = (sum(numbers) for numbers in zip(*counts, strict=True))
        rows.append(Demand(films[pk], confirmed, taps, opens_on, opens_at))
    return sorted(rows, key=lambda row: (-row.confirmed, -row.taps, row.film.title))[:SHOWN]


def _openings_near(theater: Theater, films: list[int], now: dt.datetime) -> dict[int, tuple[dt.date, str]]:
    """By film, the first booking within reach that is not over: its opening and its theater."""
    booked = in_release(now).filter(box_around(theater.city, "theater__city__"), film__in=films)
    found: dict[int, tuple[dt.date, str]] = {}
    for engagement in booked.select_related("theater__city").order_by("opens_on", "pk"):
        if is_within_reach(theater.city, engagement.theater.city):
            found.setdefault(engagement.film_id, (engagement.opens_on, engagement.theater.name))
    return found
