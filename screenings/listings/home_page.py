"""The programme's cover: where something is on tonight, and which films are in limited release now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from ..models import City, Film, Screening
from ..spoken_times import nights_now, say_day
from .booking_rows import in_release
from .film_facts import FilmFacts, film_facts
from .places import CityRow, say_place

# The cover names so many films and cities; the rest is a page away.
FILMS_ON_THE_COVER = 24
CITIES_TONIGHT = 24
CITIES_NAMED = 3


@dataclass(frozen=True, slots=True)
class FilmRow:
    """A film in limited release: `where` is its cities in words."""

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


def cities_tonight(now: dt.datetime) -> tuple[CityRow, ...]:
    """Cities with a scheduled showing tonight that is not over, the ones with most first: two queries.

    Tonight is each city's own: the nights around `now` are read, and each city keeps those that are on there.
    """
    around = [(now + dt.timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    to_come = Screening.objects.scheduled().upcoming(now).filter(night__in=around)
    nights = to_come.values_list("engagement__theater__city", "night").annotate(count=Count("id")).order_by()
    counts: Counter[int] = Counter()
    cities = City.objects.in_bulk({city for city, _, _ in nights})
    for city, night, count in nights:
        if night in nights_now(now.astimezone(cities[city].tzinfo)):
            counts[city] += count
    return tuple(_city_row(cities[city], count) for city, count in counts.most_common(CITIES_TONIGHT))


def _city_row(city: City, count: int) -> CityRow:
    return CityRow(
        name=city.name,
        url=reverse("city", args=[city.slug]),
        place=say_place(city.country, city.region),
        on=f"{count} showing" if count == 1 else f"{count} showings",
    )


def films_in_release(now: dt.datetime) -> tuple[FilmRow, ...]:
    """Films with a booking that is not over, those in most cities first: three queries."""
    bookings: dict[int, list[tuple[dt.date, str]]] = {}
    for film, city, opens_on in in_release(now).values_list("film", "theater__city__name", "opens_on"):
        bookings.setdefault(film, []).append((opens_on, city))
    widest = sorted(bookings, key=lambda film: -len(bookings[film]))[:FILMS_ON_THE_COVER]
    films = Film.objects.prefetch_related("credits").in_bulk(widest)
    return tuple(_film_row(films[film], sorted(bookings[film]), now) for film in widest)


def _film_row(film: Film, bookings: list[tuple[dt.date, str]], now: dt.datetime) -> FilmRow:
    today, opens_on = now.date(), bookings[0][0]
    return FilmRow(
        title=film.title,
        url=reverse("film", args=[film.slug]),
        facts=film_facts(film),
        where=say_where(city for _, city in bookings),
        opens=f"Opens {say_day(opens_on, today)}" if opens_on > today else "",
    )


def home_page(now: dt.datetime) -> HomePage:
    """The cover at the instant `now`: five queries."""
    return HomePage(cities_tonight(now), films_in_release(now))
