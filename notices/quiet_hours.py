"""Quiet hours: 22:00 to 08:00 on the theater's clock, and when a message goes that would fall into them.

Pure functions of instants and a zone. Every instant is aware; what is given back is UTC.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from common.local_time import SkippedTime, to_utc

NIGHT_BEGINS = dt.time(22, 0)
NIGHT_ENDS = dt.time(8, 0)
# A reminder that would fall into the night goes before it.
LAST_CALL = dt.time(21, 30)
# What is about an evening is told on it, or else at this hour.
MORNING = dt.time(9, 0)
# News of a showing that starts this soon does not wait for the morning.
NEWS_DOES_NOT_WAIT = dt.timedelta(hours=12)
DAY = dt.timedelta(days=1)


@lru_cache(maxsize=64)  # One look asks for each of its notices, all at the same instants.
def is_quiet(at: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the instant `at` is in the night of `zone`."""
    wall = at.astimezone(zone).time()
    return wall >= NIGHT_BEGINS or wall < NIGHT_ENDS


def quiet_until(
    at: dt.datetime, zone: ZoneInfo, news_of_start: dt.datetime | None = None
) -> dt.datetime | None:
    """When the night around `at` ends in `zone`; None by day.

    None too for news of a showing that starts (`news_of_start`) within 12 hours of `at`: a change of that
    showing is worth waking for.
    """
    if not is_quiet(at, zone):
        return None
    if news_of_start is not None and news_of_start - at <= NEWS_DOES_NOT_WAIT:
        return None
    return _next(NIGHT_ENDS, at, zone)


def before_the_night(due_at: dt.datetime, zone: ZoneInfo, now: dt.datetime) -> dt.datetime:
    """When a reminder due at `due_at` goes: then by day; at 21:30 before the night that it falls into; and
    where that is past at `now`, when the night ends."""
    if not is_quiet(due_at, zone):
        return due_at.astimezone(dt.UTC)
    evening = _last(LAST_CALL, due_at, zone)
    return evening if evening > now else _next(NIGHT_ENDS, due_at, zone)


def evening_or_morning(ready_at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """When to write about an evening that can be written about from `ready_at` on: at once where that is before
    22:00, else at the next 09:00."""
    if not is_quiet(ready_at, zone):
        return ready_at.astimezone(dt.UTC)
    return _next(MORNING, ready_at, zone)


def _next(hour: dt.time, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first time after `after` that clocks in `zone` show `hour`."""
    today = after.astimezone(zone).date()
    return next(at for day in (today, today + DAY) if (at := at_hour(day, hour, zone)) > after)


def _last(hour: dt.time, before: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The last time up to `before` that clocks in `zone` showed `hour`."""
    today = before.astimezone(zone).date()
    return next(at for day in (today, today - DAY) if (at := at_hour(day, hour, zone)) <= before)


def at_hour(day: dt.date, hour: dt.time, zone: ZoneInfo) -> dt.datetime:
    """`hour` of `day` in `zone`: the first of two, and an hour later where the clocks skip it."""
    wall = dt.datetime.combine(day, hour)
    try:
        return to_utc(wall, zone, fold=0)
    except SkippedTime:
        return to_utc(wall + dt.timedelta(hours=1), zone, fold=0)
