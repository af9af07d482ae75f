"""The programme's cover: where something is on tonight, and which films are in limited release now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from common.local_time import get_zone

from ..models import Film, Screening
from ..spoken_times import say_day, tonight_in
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
    """Cities with a scheduled showing tonight that is not over, the ones with most first: one query.

    Tonight is each city's own: the nights around `now` are read and each city keeps its own.
    """
    around = [(now + dt.timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    city = "engagement__theater__city__"
    rows = (
        Screening.objects.scheduled()
        .upcoming(now)
        .filter(night__in=around)
        .values(*(city + name for name in ("name", "slug", "country", "region", "zone")), "night")
        .annotate(count=Count("id"))
        .order_by("-count", city + "name")
    )
    return tuple(
        CityRow(
            name=row[city + "name"],
            url=reverse("city", args=[row[city + "slug"]]),
            place=say_place(row[city + "country"], row[city + "region"]),
            on=f"{row['count']} {'showing' if row['count'] == 1 else 'showings'}",
        )
        for row in rows
        if row["night"] == tonight_in(get_zone(row[city + "zone"]), now)
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
    """The cover at the instant `now`: four queries."""
    return HomePage(cities_tonight(now)[:CITIES_TONIGHT], films_in_release(now))
