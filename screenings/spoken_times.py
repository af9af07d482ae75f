"""Times as people say them: “Fri 3 Aug, 7:00 pm” (19:00 where that is the custom), and whose clock it is.

Days and months are in English, the language of the pages (letters: `letter_times`); the clock's 12 or 24 hours follow
the theater's locale (Unicode CLDR, through Babel).
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_name

from common.local_time import NIGHT_ENDS_AT, night_of

# From here on a bare day and month could be taken for another year's.
YEAR_IS_SAID_AFTER = dt.timedelta(days=180)
EVENING = dt.time(17, 0)


@cache
def uses_24_hours(locale: str) -> bool:
    """Whether clocks of a locale (`en-US`, `fr_FR`) customarily count to 24. An unknown one is read as English."""
    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return "H" in known.time_formats["short"].pattern


def say_time(at: dt.datetime | dt.time, locale: str = "en-US") -> str:
    """The wall time in words: `7:00 pm`, `12 noon`, `12 midnight`; `19:00` where clocks count to 24."""
    if uses_24_hours(locale):
        return f"{at:%H:%M}"
    if at.minute == 0 and at.hour in (0, 12):
        return "12 noon" if at.hour else "12 midnight"
    return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}"


def say_day(day: dt.date, today: dt.date | None = None) -> str:
    """`Fri 3 Aug`; with the year where `today` is half a year away or more."""
    words = f"{day:%a} {day.day} {day:%b}"
    return f"{words} {day.year}" if needs_year(day, today) else words


def needs_year(day: dt.date, today: dt.date | None) -> bool:
    """Whether `day` must be said with its year, seen from `today` (None: it need not)."""
    return today is not None and abs(day - today) > YEAR_IS_SAID_AFTER


def say_when(at: dt.datetime, locale: str = "en-US", today: dt.date | None = None) -> str:
    """The day and time of the wall clock `at`: `Fri 3 Aug, 7:00 pm`."""
    return f"{say_day(at.date(), today)}, {say_time(at, locale)}"


def say_moment(at: dt.datetime, here: dt.datetime, locale: str = "en-US") -> str:
    """A moment that is past, on the wall clock `here`: `Mon 3:12 pm` within six days, else `Mon 27 Jul, 3:12 pm`."""
    if dt.timedelta() <= here.date() - at.date() < dt.timedelta(days=6):
        return f"{at:%a} {say_time(at, locale)}"
    return say_when(at, locale, here.date())


def nights_now(here: dt.datetime) -> tuple[dt.date, ...]:
    """The business dates that are on at the wall clock `here`: tonight's, and past midnight the new day's too."""
    return tuple(dict.fromkeys([night_of(here), here.date()]))


def say_night(night: dt.date, here: dt.datetime, first_start: dt.time = EVENING) -> str:
    """How near a night is at the wall clock `here`, else ``""``.

    `Tonight` (`Today` where its first showing starts by day), past midnight `Today` for the new day's,
    `Tomorrow`.
    """
    if night == night_of(here):
        return "Tonight" if first_start >= EVENING or first_start < NIGHT_ENDS_AT else "Today"
    if night == here.date():
        return "Today"
    return "Tomorrow" if night == here.date() + dt.timedelta(days=1) else ""


@cache
def say_zone(zone: str) -> str:
    """Whose clock an IANA zone is, summer and winter: `America/New_York` → `Eastern Time`."""
    return get_timezone_name(ZoneInfo(zone), width="long", zone_variant="generic", locale="en")


def tonight_in(zone: ZoneInfo, now: dt.datetime) -> dt.date:
    """The business date at the instant `now`: until the last late show has begun it is still last night's."""
    return night_of(now.astimezone(zone))
