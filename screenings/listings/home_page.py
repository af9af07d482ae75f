"""The programme's cover: where something is on tonight, and which films are in limited release now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from common.local_time import get_zone
from common.prepared_queries import prepared, prepared_rows

from ..models import Film, Screening
from ..spoken_times import nights_now, say_day
from .addresses import address
from .booking_rows import days_of_release, in_release_on
from .film_facts import DIRECTOR, FilmFacts, say_facts
from .places import CityRow, say_place

# The cover names so many films and cities; the rest is a page away.
FILMS_ON_THE_COVER = 24
CITIES_TONIGHT = 24
CITIES_NAMED = 3


# What of it stays in memory as it was made: the rows of a few covers.
KEPT = 512


@dataclass(frozen=True, slots=True, eq=False)
class FilmRow:
    """A film in limited release: `where` is its cities in words. Of the same words the same row, while it is kept."""

    title: str
    url: str
    facts: FilmFacts
    where: str
    opens: str


@dataclass(frozen=True, slots=True)
class HomePage:
    tonight: tuple[CityRow, ...]
    films: tuple[FilmRow, ...]


def say_where(cities: Iterable[str]) -> str:
    """Cities as a sentence names them: three by name, the rest by number."""
    names = list(dict.fromkeys(cities))
    named, others = names[:CITIES_NAMED], len(names) - CITIES_NAMED
    if others > 0:
        return f"{', '.join(named)} and {others} more {'city' if others == 1 else 'cities'}"
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


class Playing(NamedTuple):
    """A city with a night and how many showings it has, in the order of `PLAYING`."""

    id: int
    name: str
    slug: str
    country: str
    region: str
    zone: str
    night: dt.date
    showings: int


@prepared_rows(Playing._make, kept=KEPT)
def _playing(*, now: dt.datetime, nights: list[dt.date]) -> QuerySet[Any, Any]:
    to_come = Screening.objects.scheduled().upcoming(now).filter(night__in=nights)
    city = "engagement__theater__city"
    columns = (
        city,
        *(f"{city}__{column}" for column in ("name", "slug", "country", "region", "zone")),
        "night",
    )
    return to_come.values_list(*columns).annotate(showings=Count("id")).order_by(city, "night")


def cities_tonight(now: dt.datetime) -> tuple[CityRow, ...]:
    """Cities with a scheduled showing tonight that is not over, the ones with most first: one query.

    Tonight is each city's own: the nights around `now` are read, and each city keeps those that are on there.
    """
    around = [(now + dt.timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    counts: Counter[int] = Counter()
    cities: dict[int, Playing] = {}
    for row in _playing(now=now, nights=around):
        if row.night in nights_now(now.astimezone(get_zone(row.zone))):
            counts[row.id] += row.showings
            cities[row.id] = row
    return tuple(_city_row(cities[city], count) for city, count in counts.most_common(CITIES_TONIGHT))


@lru_cache(maxsize=KEPT)
def _city_row(city: Playing, count: int) -> CityRow:
    return CityRow(
        name=city.name,
        url=address("city", city.slug),
        place=say_place(city.country, city.region),
        on=f"{count} showing" if count == 1 else f"{count} showings",
    )


@prepared
def _bookings(*, now: dt.datetime, today: dt.date, news_since: dt.date) -> QuerySet[Any, Any]:
    booked = in_release_on(now=now, today=today, news_since=news_since)
    return booked.values_list("film", "theater__city__name", "opens_on")


class Credited(NamedTuple):
    """A film with one of its credits, if it has any, in the order of the columns of `_films`."""

    id: int
    title: str
    slug: str
    year: int | None
    running_minutes: int | None
    name: str | None
    role: str | None


@prepared_rows(Credited._make, kept=KEPT)
def _films(*, ids: list[int]) -> QuerySet[Any, Any]:
    films = Film.objects.filter(pk__in=ids).order_by("id", "credits__position", "credits__id")
    columns = ("id", "title", "slug", "year", "running_minutes", "credits__name", "credits__role")
    return films.values_list(*columns)


def films_in_release(now: dt.datetime) -> tuple[FilmRow, ...]:
    """Films with a booking that is not over, those in most cities first: two queries."""
    bookings: dict[int, list[tuple[dt.date, str]]] = {}
    for film, city, opens_on in _bookings(now=now, **days_of_release(now)):
        bookings.setdefault(film, []).append((opens_on, city))
    widest = sorted(bookings, key=lambda film: -len(bookings[film]))[:FILMS_ON_THE_COVER]
    films: dict[int, list[Credited]] = {}
    for row in _films(ids=widest):
        films.setdefault(row.id, []).append(row)
    today = now.date()
    return tuple(_film_row(tuple(films[film]), tuple(sorted(bookings[film])), today) for film in widest)


@lru_cache(maxsize=KEPT)
def _film_row(
    film: tuple[Credited, ...], bookings: tuple[tuple[dt.date, str], ...], today: dt.date
) -> FilmRow:
    opens_on, facts = bookings[0][0], film[0]
    directors = (credit.name for credit in film if credit.name and credit.role == DIRECTOR)
    return FilmRow(
        title=facts.title,
        url=address("film", facts.slug),
        facts=say_facts(directors, facts.year, facts.running_minutes),
        where=say_where(city for _, city in bookings),
        opens=f"Opens {say_day(opens_on, today)}" if opens_on > today else "",
    )


def home_page(now: dt.datetime) -> HomePage:
    """The cover at the instant `now`: three queries."""
    return HomePage(cities_tonight(now), films_in_release(now))
