"""Reading a film's pasted release: “Aug 3 Chicago, Music Box; Aug 10 Atlanta, Tara”. Pure; no database.

One entry a line or between semicolons: a date, a city, a comma, a theater. A date stands for the entries after
it until the next one (“Aug 10: Atlanta, Tara; Boston, Coolidge”). What is not understood is given back, marked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

from common.slugs import fold

LANGUAGES = ("en", "fr", "de", "es")
MAX_CHARACTERS = 50_000
# A release without a year is the next one: a date longer ago than this is next year's.
LOOKING_BACK = dt.timedelta(days=120)

_PIECE = re.compile(r"[^;\n]+")
_CITY_AND_THEATER = re.compile(
    r"^(?P<city>[^,:–—(]{2,80}?)\s*(?:,|:|\s[–—-]\s|\()\s*(?P<theater>.{2,160}?)\)?\s*\.?$"
)


@dataclass(frozen=True)
class Opening:
    """One booking as announced. `start` and `end` are code points of the pasted text."""

    opens_on: dt.date
    city: str
    theater: str
    start: int
    end: int


@dataclass(frozen=True)
class NotUnderstood:
    """A piece of the text that names no booking for sure, and why."""

    start: int
    end: int
    text: str
    reason: str


@cache
def _months() -> dict[str, int]:
    """Month names of the languages, as they are written and without accents, in full and short."""
    names: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names |= dict.fromkeys((name.casefold().rstrip("."), fold(name), fold(name)[:3]), number)
    return names


@cache
def _date() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"""^\s*(?:[^\W\d_]{{2,12}}\.?,?\s+)?          # a weekday, which the date itself overrules
        (?:(?P<month>{month})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?
          |(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<month2>{month})\b\.?
          |(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
          |(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})(?:[/.](?P<year2>\d{{4}}|\d{{2}}))?)
        (?:,?\s+(?P<year>\d{{4}}))?
        \s*[:,–—-]?\s*""",
        re.VERBOSE | re.IGNORECASE,
    )


def read(text: str, *, today: dt.date, month_first: bool = True) -> tuple[list[Opening], list[NotUnderstood]]:
    """The openings that `text` announces, and the pieces that it does not make sure of.

    `month_first` decides 8/3 (August in the United States). Raises ValueError for more than MAX_CHARACTERS.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError("That is more than a film's release. Paste its dates, cities and theaters only.")
    openings: list[Opening] = []
    doubts: list[NotUnderstood] = []
    opens_on: dt.date | None = None
    for start, end, piece in _pieces(text):
        rest, date, wrong = _take_date(piece, today, month_first)
        opens_on = date or (None if wrong else opens_on)
        if wrong:
            doubts.append(NotUnderstood(start, end, piece, wrong))
        elif rest:
            found = _read_place(rest, opens_on, start, end, piece)
            (openings if isinstance(found, Opening) else doubts).append(found)  # type: ignore[arg-type]
    return openings, doubts


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _PIECE.finditer(text):
        piece = match.group().strip()
        if piece:
            start = match.start() + match.group().index(piece)
            yield start, start + len(piece), piece


def _take_date(piece: str, today: dt.date, month_first: bool) -> tuple[str, dt.date | None, str]:
    """The rest of a piece after its date, the date if there is one, and what is wrong with it if something is."""
    match = _date().match(piece)
    if not match:
        return piece, None, ""
    found = match.groupdict()
    if found["iso"]:
        numbers = found["iso"].split("-")
        year, month, day = int(numbers[0]), int(numbers[1]), int(numbers[2])
    else:
        year = int(found["year"] or found["year2"] or 0)
        month, day = _month_and_day(found, month_first)
    try:
        return piece[match.end() :], _nearest_year(year, month, day, today), ""
    except ValueError:
        return "", None, "This date does not exist."


def _month_and_day(found: dict[str, str | None], month_first: bool) -> tuple[int, int]:
    if name := found["month"] or found["month2"]:
        return _months()[name.casefold()], int(found["day"] or found["day2"] or 0)
    first, second = int(found["first"] or 0), int(found["second"] or 0)
    return (first, second) if month_first else (second, first)


def _nearest_year(year: int, month: int, day: int, today: dt.date) -> dt.date:
    if year:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    this_year = dt.date(today.year, month, day)
    return this_year if this_year >= today - LOOKING_BACK else dt.date(today.year + 1, month, day)


def _read_place(
    rest: str, opens_on: dt.date | None, start: int, end: int, piece: str
) -> Opening | NotUnderstood:
    match = _CITY_AND_THEATER.match(rest)
    if opens_on is None:
        return NotUnderstood(start, end, piece, "No date stands before it.")
    if not match:
        return NotUnderstood(start, end, piece, "Write it as “city, theater”.")
    return Opening(opens_on, match["city"].strip(), match["theater"].strip(), start, end)
