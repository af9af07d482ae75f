"""The week as the theater's answering machine says it: a script to be read aloud, in the theater's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .spoken_numbers import VOICES, speak_times
from .week.schedule import Showing
from .week_format import TAG_WORDS
from .week_lines import Line, by_film, locale_of, say_date, say_nights


@dataclass(frozen=True)
class _Script:
    """The sentences around the showtimes."""

    greeting: str
    week: str
    nothing: str
    goodbye: str
    to: str


_SCRIPTS = {
    "en": _Script(
        "Thank you for calling {theater}.",
        "These are our showtimes from {first} to {last}.",
        "Nothing is listed for this week yet. Please call again.",
        "Times can change: please look at our page before you set out. Goodbye.",
        " to ",
    ),
    "fr": _Script(
        "Bonjour, vous êtes bien au cinéma {theater}.",
        "Voici nos séances du {first} au {last}.",
        "Aucune séance n’est encore annoncée cette semaine. Merci de rappeler.",
        "Les horaires peuvent changer : consultez notre page avant de venir. À bientôt.",
        " à ",
    ),
    "de": _Script(
        "Guten Tag, hier ist {theater}.",
        "Das Programm von {first} bis {last}.",
        "Für diese Woche steht noch nichts fest. Bitte rufen Sie wieder an.",
        "Zeiten können sich ändern: Sehen Sie vor dem Weg auf unsere Seite. Auf Wiederhören.",
        " bis ",
    ),
    "es": _Script(
        "Gracias por llamar a {theater}.",
        "Estas son nuestras funciones del {first} al {last}.",
        "Todavía no hay funciones anunciadas para esta semana. Vuelva a llamar, por favor.",
        "Los horarios pueden cambiar: mire nuestra página antes de salir. Hasta pronto.",
        " a ",
    ),
}


def write_script(showings: Iterable[Showing], *, theater: str, locale: str, week_starting: dt.date) -> str:
    """What to read onto the machine, one paragraph a film: days, then times, in words."""
    words = locale_of(locale)
    script = _SCRIPTS[words.language]
    first, last = (say_date(day, words) for day in (week_starting, week_starting + dt.timedelta(days=6)))
    films = [_film(title, lines, locale) for title, lines in by_film(showings).items()]
    return "\n\n".join(
        [
            script.greeting.format(theater=theater),
            *([script.week.format(first=first, last=last), *films] if films else [script.nothing]),
            script.goodbye,
        ]
    )


def _film(title: str, lines: list[Line], locale: str) -> str:
    return "\n".join([f"{title.rstrip('.')}.", *(_line(line, locale) for line in lines)])


def _line(line: Line, locale: str) -> str:
    words = locale_of(locale)
    language = words.language
    names = TAG_WORDS[language]
    times = [
        (s.starts_local.time(), ", ".join(names[tag] for tag in names if tag in s.tags))
        for s in line.showings
    ]
    days = say_nights(line.nights, words, _SCRIPTS[language].to, VOICES[language].and_)
    return f"{days[0].upper()}{days[1:]}: {'; '.join(speak_times(times, language))}."
