"""A week as people read it out: film by film, the nights that have the same times together. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_day_names

from .week.schedule import Showing
from .week.vocabulary import vocabulary_for


@dataclass(frozen=True)
class Line:
    """Nights that have the same showings, and those showings as they are on the first of them."""

    nights: tuple[dt.date, ...]
    showings: tuple[Showing, ...]


@cache
def locale_of(name: str) -> Locale:
    """The locale in which a theater's week is worded: of its language, if that is one we write, else British English."""
    try:
        known = Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
    return known if known.language == vocabulary_for(name).language else Locale("en", "GB")


def by_film(showings: Iterable[Showing]) -> dict[str, list[Line]]:
    """Each film's lines, in the order of their first nights; films by title."""
    films: dict[str, list[Showing]] = {}
    for showing in sorted(showings, key=lambda s: (s.starts_local, s.fold)):
        films.setdefault(showing.film, []).append(showing)
    return {film: _lines(films[film]) for film in sorted(films, key=str.casefold)}


def _lines(showings: Sequence[Showing]) -> list[Line]:
    by_night: dict[dt.date, list[Showing]] = {}
    for showing in showings:
        by_night.setdefault(showing.night, []).append(showing)
    alike: dict[object, list[dt.date]] = {}
    for night, found in by_night.items():
        times = tuple((s.starts_local - dt.datetime.combine(night, dt.time()), s.tags) for s in found)
        alike.setdefault(times, []).append(night)
    return [Line(tuple(nights), tuple(by_night[nights[0]])) for nights in alike.values()]


def runs(nights: Iterable[dt.date]) -> list[list[dt.date]]:
    """The nights in runs of days that follow one another."""
    found: list[list[dt.date]] = []
    for night in nights:
        if found and night - found[-1][-1] == dt.timedelta(days=1):
            found[-1].append(night)
        else:
            found.append([night])
    return found


def say_nights(nights: Sequence[dt.date], locale: Locale, to: str, and_: str, width: str = "wide") -> str:
    """`Friday to Sunday`, `Tuesday and Thursday`: weekdays in the locale's words, joined by `to` and `and_`."""
    names = get_day_names(width, locale=locale)  # type: ignore[arg-type]
    pieces: list[str] = []
    for run in runs(nights):
        days = [str(names[day.weekday()]).rstrip(".") for day in run]
        pieces += [f"{days[0]}{to}{days[-1]}"] if len(days) > 2 else days
    return join(pieces, and_)


# Between the weekday and the date: `Freitag, 7. August`, `vendredi 7 août`.
_AFTER_WEEKDAY = {"fr": " ", "es": " "}


def say_date(day: dt.date, locale: Locale) -> str:
    """A date in full without its year: `Friday, August 7`, `vendredi 7 août`."""
    weekday = get_day_names("wide", locale=locale)[day.weekday()]
    return (
        f"{weekday}{_AFTER_WEEKDAY.get(locale.language, ', ')}{format_skeleton('MMMMd', day, locale=locale)}"
    )


def join(words: Sequence[str], and_: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return and_.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
