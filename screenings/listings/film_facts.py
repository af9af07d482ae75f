"""What a line says of a film beside its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from common.prepared_queries import fill, prepared

from ..models import Film, FilmCredit


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """`directors` may be in any script; `rest` is year and running time, in English."""

    directors: str
    rest: str


DIRECTOR = "director"


@prepared
def _credits(*, film: int) -> QuerySet[FilmCredit]:
    return FilmCredit.objects.filter(film=film)


def with_credits(film: Film) -> Film:
    """The film, its credits read with it: one query."""
    fill(film, "credits", _credits(film=film.pk))
    return film


def film_facts(film: Film) -> FilmFacts:
    """`Mara Lindqvist` and `2026, 91 minutes`: what is known of a film read with its credits."""
    directors = (credit.name for credit in film.credits.all() if credit.role == DIRECTOR)
    return say_facts(directors, film.year, film.running_minutes)


def say_facts(directors: Iterable[str], year: int | None, minutes: int | None) -> FilmFacts:
    known = [str(year)] if year else []
    return FilmFacts(", ".join(directors), ", ".join([*known, *([f"{minutes} minutes"] if minutes else [])]))
