"""Cities as a reader picks one: by the first letters of the name, or from those where something is on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from ..gazetteer import fold_place, kilometres_between
from ..models import City
from ..spoken_times import nights_now, say_day, say_night

MATCHES_SHOWN = 20
LETTERS_NEEDED = 3
NEIGHBOURS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city to go to: `place` is its region and country, `on` what is on there, in words (`""` for nothing)."""

    name: str
    url: str
    place: str
    on: str


@cache
def say_country(code: str) -> str:
    """The country of an ISO 3166 code in English (Unicode CLDR); the code itself where it is none."""
    return str(Locale("en").territories.get(code, code))


def say_place(country: str, region: str) -> str:
    """`GA, United States`, `Ireland`: regions are named where their code is the one that people write."""
    return ", ".join(filter(None, [region if country == "US" else "", say_country(country)]))


def with_showings(cities: QuerySet[City], now: dt.datetime) -> QuerySet[Any]:
    """Cities annotated with `showings` (how many are scheduled and not over) and `next_night`."""
    screening = "theaters__engagements__screenings"
    to_come = Q(**{f"{screening}__status": "scheduled", f"{screening}__ends_at__gt": now})
    return cities.annotate(
        showings=Count(screening, filter=to_come), next_night=Min(f"{screening}__night", filter=to_come)
    )


def playing(now: dt.datetime) -> QuerySet[Any]:
    """The cities where something is to come, `with_showings`."""
    return with_showings(City.objects.all(), now).filter(showings__gt=0)


def say_what_is_on(night: dt.date | None, here: dt.datetime) -> str:
    """`On tonight`, `On today`, `Next: Fri 14 Aug`; `""` for a city without a showing."""
    if night is None:
        return ""
    if night in nights_now(here):
        return f"On {say_night(night, here).lower()}"
    return f"Next: {say_day(night, here.date())}"


def city_row(city: Any, now: dt.datetime) -> CityRow:
    """The line of a city read `with_showings`."""
    return CityRow(
        name=city.name,
        url=reverse("city", args=[city.slug]),
        place=say_place(city.country, city.region),
        on=say_what_is_on(city.next_night, now.astimezone(city.tzinfo)),
    )


def find_cities(typed: str, now: dt.datetime) -> tuple[CityRow, ...]:
    """Cities whose name begins with what was typed, those with showings first, then the largest: one query.

    Fewer than three letters must be a whole name. Case and accents do not matter.
    """
    folded = fold_place(typed)
    if not folded:
        return ()
    lookup = "folded_name__startswith" if len(folded) >= LETTERS_NEEDED else "folded_name"
    matching = with_showings(City.objects.filter(**{lookup: folded}), now)
    found = matching.order_by("-showings", "-population", "id")
    return tuple(city_row(city, now) for city in found[:MATCHES_SHOWN])


def cities_with_showings(now: dt.datetime) -> tuple[CityRow, ...]:
    """Every city with a scheduled showing to come, by name: one query."""
    return tuple(city_row(city, now) for city in playing(now).order_by("name", "id"))


def nearest(city: City, others: Iterable[City]) -> list[City]:
    """The few of `others` that are nearest to `city`, nearest first; never the city itself."""
    elsewhere = (other for other in others if other.pk != city.pk)
    here = (city.latitude, city.longitude)
    return sorted(elsewhere, key=lambda other: kilometres_between(*here, other.latitude, other.longitude))[
        :NEIGHBOURS_SHOWN
    ]


def neighbours_with_showings(city: City, now: dt.datetime) -> tuple[CityRow, ...]:
    """The cities nearest to `city` where something is on: one query."""
    return tuple(city_row(other, now) for other in nearest(city, playing(now)))
