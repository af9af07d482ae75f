"""Reading a pasted week for somebody whom we do not know: no theater, no films, nothing stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import week_text
from .week_difference import Wanted, unite
from .week_drafts import wanted_of
from .week_text import Doubt

MOST_CHARACTERS = 20_000
# Settling one doubt can uncover another below it; a text that asks for ever is left with its doubts.
MOST_ROUNDS = 6
FRIDAY, WEDNESDAY, THURSDAY = 4, 2, 3

# Locale → whose clocks they usually are, and the weekday on which the trade's week begins there.
HABITS: Mapping[str, tuple[str, int]] = {
    "en-US": ("America/New_York", FRIDAY),
    "en-CA": ("America/Toronto", FRIDAY),
    "en-GB": ("Europe/London", FRIDAY),
    "en-IE": ("Europe/Dublin", FRIDAY),
    "en-AU": ("Australia/Sydney", THURSDAY),
    "fr-FR": ("Europe/Paris", WEDNESDAY),
    "fr-CH": ("Europe/Zurich", WEDNESDAY),
    "de-DE": ("Europe/Berlin", THURSDAY),
    "de-AT": ("Europe/Vienna", THURSDAY),
    "de-CH": ("Europe/Zurich", THURSDAY),
    "es-ES": ("Europe/Madrid", FRIDAY),
    "es-MX": ("America/Mexico_City", THURSDAY),
}

# The doubts that stand → the answers that somebody gives to some of them, by key.
Answerer = Callable[[Sequence[Doubt]], Mapping[str, str]]


@dataclass(frozen=True)
class Trial:
    """What a pasted week means as far as it says so: films are named by the titles it gives them."""

    showings: list[Wanted]
    doubts: tuple[Doubt, ...]
    answers: dict[str, str]

    @property
    def titles(self) -> list[str]:
        """The films of the week, in the order in which they first show."""
        return list(dict.fromkeys(str(showing.film) for showing in self.showings))


def next_week_in(locale: str, today: dt.date) -> dt.date:
    """The first day of the next play week, as the trade counts it where `locale` (one of HABITS) is at home."""
    return today + dt.timedelta(days=(HABITS[locale][1] - today.weekday() - 1) % 7 + 1)


def try_week(text: str, *, zone: str, locale: str, week_starting: dt.date, answer: Answerer) -> Trial:
    """Read `text` with every film a new one; `answer` is asked about all other doubts until it has no more to say.

    Raises TooMuchText as `week_text.read`.
    """
    told: dict[str, str] = {}
    films: dict[str, str] = {}
    for _ in range(MOST_ROUNDS):
        reading = week_text.read(
            text, zone=zone, locale=locale, week_starting=week_starting, films=[], answers={**films, **told}
        )
        more = {**_as_new_films(reading.doubts), **answer(reading.doubts)}
        if not more:
            break
        told |= {key: value for key, value in more.items() if not value.startswith("create:")}
        films |= {key: value for key, value in more.items() if value.startswith("create:")}
    sure = (showing for showing in reading.showings if not showing.fold_ambiguous)
    return Trial(unite(wanted_of(showing, {}) for showing in sure), reading.doubts, told)


def _as_new_films(doubts: Iterable[Doubt]) -> dict[str, str]:
    return {
        doubt.key: choice.value
        for doubt in doubts
        if doubt.reason == "unknown_film"
        for choice in doubt.choices
        if choice.value.startswith("create:")
    }
