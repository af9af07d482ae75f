"""A film's limited release, city by city: what its team announces, and which bookings it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from common.slugs import fold

from .gazetteer import find_cities, fold_place
from .models import City, Engagement, Film, Theater
from .rollout_text import Opening
from .showings import book


@dataclass(frozen=True)
class Matched:
    """An announced opening beside what we know: its theater; else why not, in a sentence."""

    opening: Opening
    theater: Theater | None = None
    why_not: str = ""
    stands: bool = False


def match_all(film: Film, openings: Sequence[Opening]) -> list[Matched]:
    """Each opening with the one theater it names. A name that could be two theaters names none."""
    booked = set(film.engagements.values_list("theater_id", "opens_on"))
    cities = {opening.city: _cities(opening.city) for opening in openings}
    theaters = list(
        Theater.objects.filter(city__in=[c for found in cities.values() for c in found]).select_related(
            "city"
        )
    )
    return [_match(opening, cities[opening.city], theaters, booked) for opening in openings]


def _cities(name: str) -> list[City]:
    """The cities called `name`, without a state or country behind it."""
    return [city for city in find_cities(name, limit=50) if city.folded_name == fold_place(name)]


def _match(
    opening: Opening, cities: Sequence[City], theaters: Sequence[Theater], booked: set[tuple[int, dt.date]]
) -> Matched:
    if not cities:
        return Matched(opening, why_not=f"We know no city called {opening.city}.")
    wanted = fold(opening.theater).split()
    places = [theater for theater in theaters if theater.city in cities]
    exact = [theater for theater in places if fold(theater.name).split() == wanted]
    found = exact or [theater for theater in places if _is_part(wanted, fold(theater.name).split())]
    if not found:
        return Matched(opening, why_not=f"{opening.theater} is not listed in {opening.city} yet. Propose it.")
    if len(found) > 1:
        return Matched(
            opening, why_not=f"Several theaters in {opening.city} are called that. Write its whole name."
        )
    return Matched(opening, found[0], stands=(found[0].pk, opening.opens_on) in booked)


def _is_part(wanted: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words stand in the name in one run: “Tara” names the Tara Cinema, “Tar” does not."""
    runs = (name[n : n + len(wanted)] for n in range(len(name) - len(wanted) + 1))
    return bool(wanted) and any(list(run) == list(wanted) for run in runs)


@transaction.atomic
def announce(film: Film, matched: Sequence[Matched], *, listings_url: str = "") -> list[Engagement]:
    """Book what was matched, without showtimes: each theater's own week confirms them. Twice is once."""
    return [
        book(film, one.theater, one.opening.opens_on, listings_url=listings_url or one.theater.website)
        for one in matched
        if one.theater
    ]
