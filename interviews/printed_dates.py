"""A date as it is printed above an article: `2026-05-03T10:00`, `May 3, 2026`, `3. Mai 2026`, `3 de mayo de 2026`."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from babel import Locale, UnknownLocaleError

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_CJK = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


def read_date(text: str, language: str = "en") -> dt.date | None:
    """The day that `text` names, its month spelled out in `language` (a BCP 47 tag) or in English; None where it
    names none. 03/05/2026 is nobody's guess: it is None too."""
    if found := _ISO.search(text) or _CJK.search(text):
        return _day(*(int(part) for part in found.groups()))
    numbers = [int(number) for number in _NUMBER.findall(text)]
    years = [number for number in numbers if 1900 <= number <= 2200]
    days = [number for number in numbers if 1 <= number <= 31]
    month = _month_in(text, language) or _month_in(text, "en")
    return _day(years[0], month, days[0]) if years and days and month else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_in(text: str, language: str) -> int | None:
    months = _months(language.partition("-")[0])
    return next((months[word] for word in map(str.casefold, _WORD.findall(text)) if word in months), None)


@cache
def _months(language: str) -> dict[str, int]:
    try:
        names = Locale.parse(language).months["format"]
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in names[width].items()
    }
