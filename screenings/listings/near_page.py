"""Tonight near a position: what is on around it, nearest first. The position is rounded and kept nowhere."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.urls import reverse

from ..gazetteer import kilometres_between
from ..models import City, Screening
from ..reach import Spot, box_around
from ..spoken_times import nights_now, tonight_in
from .showing_rows import ShowingRow, showing_row

NEAR_KM = 50.0
SHOWN_OF_EACH = 20
# Two places behind the point are about a kilometre: enough to sort theaters by, too little to know a house by.
DECIMALS = 2


def read_spot(latitude: str, longitude: str) -> Spot | None:
    """A position as a form sends it, rounded; None for what is none on earth."""
    try:
        spot = Spot(round(float(latitude), DECIMALS), round(float(longitude), DECIMALS))
    except (ValueError, OverflowError):
        return None
    on_earth = math.isfinite(spot.latitude) and abs(spot.latitude) <= 90 and abs(spot.longitude) <= 180
    return spot if on_earth else None


@dataclass(frozen=True, slots=True)
class NearCity:
    """A city with its distance in words, and what is on there tonight."""

    name: str
    url: str
    far: str
    showings: tuple[ShowingRow, ...]


@dataclass(frozen=True, slots=True)
class NearPage:
    """Cities within 50 km where something is on tonight, and the nearest that we know (None at sea)."""

    cities: tuple[NearCity, ...]
    city: City | None


def say_far(kilometres: float) -> str:
    """`here`, `12 km away`: a theater's position is its city's, so nothing finer is said."""
    return "here" if kilometres < 5 else f"{round(kilometres)} km away"


def near_page(spot: Spot, now: dt.datetime) -> NearPage:
    """What is on tonight around `spot`, nearest city first, then by the clock: two queries."""
    around = [(now + dt.timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    showings = (
        Screening.objects.published()
        .upcoming(now)
        .filter(box_around(spot, "engagement__theater__city__", NEAR_KM), night__in=around)
        .for_listing()
    )
    found: dict[City, list[ShowingRow]] = {}
    for screening in showings:
        city, zone = screening.theater.city, screening.theater.tzinfo
        if _far(spot, city) <= NEAR_KM and screening.night in nights_now(now.astimezone(zone)):
            found.setdefault(city, []).append(showing_row(screening, now, tonight_in(zone, now)))
    nearest_first = sorted(found, key=lambda city: (_far(spot, city), city.pk))
    return NearPage(tuple(_near_city(spot, city, found[city]) for city in nearest_first), _nearest_city(spot))


def _far(spot: Spot, city: City) -> float:
    return kilometres_between(spot.latitude, spot.longitude, city.latitude, city.longitude)


def _near_city(spot: Spot, city: City, rows: list[ShowingRow]) -> NearCity:
    url = reverse("city", args=[city.slug])
    return NearCity(city.name, url, say_far(_far(spot, city)), tuple(rows[:SHOWN_OF_EACH]))


def _nearest_city(spot: Spot) -> City | None:
    """The nearest city within reach."""
    near = City.objects.filter(box_around(spot, "", NEAR_KM))
    return min(near, key=lambda city: _far(spot, city), default=None)
