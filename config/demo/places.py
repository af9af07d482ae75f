"""The demo's films and theaters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from screenings.films import create_film, credit, find_film
from screenings.models import City, Film, Theater
from screenings.theaters import create_theater

from . import content


class NoCity(LookupError):
    """The gazetteer is not loaded; the message says how to load it."""


def add_films(now: dt.datetime) -> list[Film]:
    """Every film of the demo, those that stand as they are."""
    return [find_film(facts["title"]) or _add_film(facts, now) for facts in content.read("films")["film"]]


def _add_film(facts: dict[str, Any], now: dt.datetime) -> Film:
    facts = dict(facts)
    people = facts.pop("credits", [])
    facts["synopsis"] = facts["synopsis"].strip()
    film = create_film(**facts, created_at=now)
    for person in people:
        credit(film, **person)
    return film


def add_theaters() -> list[Theater]:
    """Every theater of the demo, those that stand as they are. Raises NoCity before the gazetteer is loaded."""
    return [_add_theater(facts) for facts in content.read("theaters")["theater"]]


def _add_theater(facts: dict[str, Any]) -> Theater:
    facts = dict(facts)
    city = city_of(facts.pop("city"))
    standing = Theater.objects.filter(name=facts["name"], city=city).first()
    return standing or create_theater(facts.pop("name"), city, **facts)


def city_of(geoname_id: int) -> City:
    """The city of that number. Raises NoCity before the gazetteer is loaded."""
    try:
        return City.objects.get(geoname_id=geoname_id)
    except City.DoesNotExist:
        raise NoCity("The cities are not here yet. Run `manage.py load_cities` first.") from None
