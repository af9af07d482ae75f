"""What a line says of a film beside its title."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Film


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """`directors` may be in any script; `rest` is year and running time, in English."""

    directors: str
    rest: str


def film_facts(film: Film) -> FilmFacts:
    """`Mara Lindqvist` and `2026, 91 minutes`: what is known of a film read with its credits."""
    year = [str(film.year)] if film.year else []
    minutes = [f"{film.running_minutes} minutes"] if film.running_minutes else []
    directors = (credit.name for credit in film.credits.all() if credit.role == "director")
    return FilmFacts(", ".join(directors), ", ".join([*year, *minutes]))
