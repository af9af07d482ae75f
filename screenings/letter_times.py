"""Times as a letter says them, in its reader's language (the translation that is active while it is written).

In English they are those of the pages (`spoken_times`). In another language days, months and zones are as Unicode CLDR
has them (Babel): `Fr. 7. Aug.`, `vie 7 ago`; the clock's 12 or 24 hours stay the theater's custom.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from babel.dates import format_skeleton, format_time, get_timezone_name
from django.conf import settings
from django.utils.translation import get_language, gettext

from common.local_time import get_zone

from . import spoken_times
from .spoken_times import EVENING, needs_year, uses_24_hours


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def say_time(at: dt.datetime | dt.time, locale: str = "en-US") -> str:
    """The wall time in words, as the theater's `locale` counts hours: `7:00 p. m.`, `19:00`.

    Outside English noon and midnight are `12:00` and `00:00` everywhere: whose clock counts to 24 may read 12:00 PM as
    midnight.
    """
    if _language() == "en":
        return spoken_times.say_time(at, locale)
    if uses_24_hours(locale) or (at.minute == 0 and at.hour in (0, 12)):
        return f"{at:%H:%M}"
    return _kept_together(format_time(dt.time(at.hour, at.minute), "h:mm a", locale=_language()))


def say_day(day: dt.date, today: dt.date | None = None) -> str:
    """`Fri 7 Aug`, `Fr. 7. Aug.`; with the year where `today` is half a year away or more."""
    if _language() == "en":
        return spoken_times.say_day(day, today)
    parts = "yMMMEd" if needs_year(day, today) else "MMMEd"
    # A comma follows where the hour does; within the day there is none, in English neither.
    return _kept_together(format_skeleton(parts, day, locale=_language()).replace(",", ""))


def _kept_together(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def say_when(at: dt.datetime, locale: str = "en-US", today: dt.date | None = None) -> str:
    """The day and time of the wall clock `at`: `Fr. 7. Aug., 19:00`."""
    return f"{say_day(at.date(), today)}, {say_time(at, locale)}"


def say_night(night: dt.date, here: dt.datetime, first_start: dt.time = EVENING) -> str:
    """How near a night is at the wall clock `here` (`Tonight`, `Today`, `Tomorrow`), else ``""``."""
    words = {"Tonight": gettext("Tonight"), "Today": gettext("Today"), "Tomorrow": gettext("Tomorrow")}
    return words.get(spoken_times.say_night(night, here, first_start), "")


def say_zone(zone: str) -> str:
    """Whose clock an IANA zone is: `Eastern Time`, `hora oriental`."""
    return _zone_in(zone, _language())


@cache
def _zone_in(zone: str, language: str) -> str:
    return get_timezone_name(get_zone(zone), width="long", zone_variant="generic", locale=language)
