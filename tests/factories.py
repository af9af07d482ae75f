"""Worlds for tests, small and built through the real acts. Every film, person and word here is invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from screenings.films import create_film
from screenings.models import City, Engagement, Film, Screening, Theater
from screenings.showings import book, schedule
from screenings.theaters import create_theater

CITIES: dict[str, tuple[int, str, str, float, float, str, int]] = {
    "Atlanta": (4180439, "US", "GA", 33.749, -84.388, "America/New_York", 498715),
    "Chicago": (4887398, "US", "IL", 41.850, -87.650, "America/Chicago", 2746388),
    "Galway": (2964180, "IE", "C", 53.272, -9.049, "Europe/Dublin", 83456),
    "Lyon": (2996944, "FR", "84", 45.748, 4.847, "Europe/Paris", 522969),
    "Melbourne": (2158177, "AU", "07", -37.814, 144.963, "Australia/Melbourne", 5031195),
}


def make_city(name: str = "Atlanta") -> City:
    """One of `CITIES`, once."""
    geoname_id, country, region, latitude, longitude, zone, population = CITIES[name]
    city, _ = City.objects.get_or_create(
        geoname_id=geoname_id,
        defaults={
            "name": name,
            "folded_name": name.casefold(),
            "slug": name.lower(),
            "country": country,
            "region": region,
            "latitude": latitude,
            "longitude": longitude,
            "zone": zone,
            "population": population,
        },
    )
    return city


def make_film(title: str = "The Salt Road", **facts: Any) -> Film:
    facts = {"director": "Mara Lindqvist", "year": 2026, "running_minutes": 91, **facts}
    return create_film(title, **facts)


def make_theater(name: str = "The Lantern", city: str = "Atlanta", **facts: Any) -> Theater:
    facts = {"address": "12 Ponce Street", "phone": "404-555-0142", **facts}
    return create_theater(name, make_city(city), **facts)


def make_engagement(
    film: Film | None = None, theater: Theater | None = None, opens_on: dt.date | None = None
) -> Engagement:
    return book(film or make_film(), theater or make_theater(), opens_on or dt.date(2026, 8, 7))


def make_screening(
    wall: str | dt.datetime = "2026-08-07T19:00",
    *,
    now: dt.datetime = dt.datetime(2026, 8, 1, 16, 0, tzinfo=dt.UTC),
    engagement: Engagement | None = None,
    **facts: Any,
) -> Screening:
    """A published showing at `wall` on the theater's clock (Fri 7 Aug 2026, 7:00 pm in Atlanta)."""
    if isinstance(wall, str):
        wall = dt.datetime.fromisoformat(wall)
    return schedule(engagement or make_engagement(opens_on=wall.date()), wall, now=now, **facts)
