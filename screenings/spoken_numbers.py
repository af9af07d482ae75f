"""Times of day as they are read aloud, in the four languages in which weeks are written. Pure.

English and Spanish count to twelve and say which part of the day it is; French and German count to 24, as
their answering machines and railway clocks do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from common.local_time import NIGHT_ENDS_AT

from .week_lines import join

_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty"]
_FR = [
    "zéro",
    "une",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FR_TENS = ["vingt", "trente", "quarante", "cinquante"]
_DE = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_DE_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig"]
_ES = [
    "cero",
    "una",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_ES_TENS = ["treinta", "cuarenta", "cincuenta"]


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    tens, ones = divmod(number, 10)
    return _EN_TENS[tens - 2] + (f"-{_EN[ones]}" if ones else "")


def _french(number: int) -> str:
    if number < 20:
        return _FR[number]
    tens, ones = divmod(number, 10)
    joint = " et " if ones == 1 else "-"
    return _FR_TENS[tens - 2] + (f"{joint}{_FR[ones]}" if ones else "")


def _german(number: int) -> str:
    if number < 20:
        return _DE[number]
    tens, ones = divmod(number, 10)
    first = "ein" if ones == 1 else _DE[ones]
    return f"{first}und{_DE_TENS[tens - 2]}" if ones else _DE_TENS[tens - 2]


def _spanish(number: int) -> str:
    if number < 30:
        return _ES[number]
    tens, ones = divmod(number, 10)
    last = "uno" if ones == 1 else _ES[ones]
    return _ES_TENS[tens - 3] + (f" y {last}" if ones else "")


def _english_clock(at: dt.time) -> str:
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    hour = _english(at.hour % 12 or 12)
    if at.minute == 0:
        return hour
    return f"{hour} oh {_english(at.minute)}" if at.minute < 10 else f"{hour} {_english(at.minute)}"


def _french_clock(at: dt.time) -> str:
    if at.minute == 0 and at.hour in (0, 12):
        return "midi" if at.hour else "minuit"
    hour = f"{_french(at.hour)} heure{'' if at.hour < 2 else 's'}"
    return f"{hour} {_french(at.minute)}" if at.minute else hour


def _german_clock(at: dt.time) -> str:
    hour = "ein" if at.hour == 1 else _german(at.hour)
    return f"{hour} Uhr {_german(at.minute)}" if at.minute else f"{hour} Uhr"


_ES_MINUTES = {0: "", 15: " y cuarto", 30: " y media"}


def _spanish_clock(at: dt.time) -> str:
    hour = at.hour % 12 or 12
    article = "la" if hour == 1 else "las"
    minutes = _ES_MINUTES.get(at.minute)
    if minutes is None:
        minutes = f" y {'uno' if at.minute == 1 else _spanish(at.minute)}"
    return f"{article} {_spanish(hour)}{minutes}"


def _english_part(at: dt.time) -> str:
    if at.minute == 0 and at.hour in (0, 12):
        return ""
    if at < NIGHT_ENDS_AT:
        return " after midnight"
    return " in the morning" if at.hour < 12 else " in the afternoon" if at.hour < 17 else " in the evening"


def _spanish_part(at: dt.time) -> str:
    if at.hour < 6:
        return " de la madrugada"
    if at.hour < 12:
        return " de la mañana"
    return " de la tarde" if at.hour < 20 else " de la noche"


def _french_part(at: dt.time) -> str:
    return " dans la nuit" if at < NIGHT_ENDS_AT and at != dt.time(0, 0) else ""


def _german_part(at: dt.time) -> str:
    return " in der Nacht" if at < NIGHT_ENDS_AT else ""


@dataclass(frozen=True)
class Voice:
    """How a language reads times aloud: the clock, the part of the day said after it, “and”."""

    clock: Callable[[dt.time], str]
    part: Callable[[dt.time], str]
    and_: str


VOICES: Mapping[str, Voice] = {
    "en": Voice(_english_clock, _english_part, " and "),
    "fr": Voice(_french_clock, _french_part, " et "),
    "de": Voice(_german_clock, _german_part, " und "),
    "es": Voice(_spanish_clock, _spanish_part, " y "),
}


def speak_times(times: Iterable[tuple[dt.time, str]], language: str) -> list[str]:
    """The times as phrases to be read in a row; what is said of a time (`open captions`) follows it at once.

    Times of one part of the day share its words: `one thirty and four fifteen in the afternoon`.
    """
    voice = VOICES[language]
    phrases: list[str] = []
    for (part, of_it), group in groupby(times, key=lambda timed: (voice.part(timed[0]), timed[1])):
        together = join([voice.clock(at) for at, _ in group], voice.and_)
        phrases.append(f"{together}{part}" + (f", {of_it}" if of_it else ""))
    return phrases
