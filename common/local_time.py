"""Wall clocks: what a manager writes, and the instant it means in the theater's zone.

A zone's clocks skip an hour once a year and repeat one; PEP 495's `fold` tells the two apart.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError

# A business day ends when the last late show does: what starts before this hour files under the night before.
NIGHT_ENDS_AT = dt.time(5, 0)


class LocalTimeError(ValueError):
    """A wall time that cannot be scheduled as written."""


class SkippedTime(LocalTimeError):
    """The clocks go forward over this time: it does not exist."""


class RepeatedTime(LocalTimeError):
    """The clocks go back over this time: it happens twice, and nobody said which is meant."""


@cache
def _zone_names() -> frozenset[str]:
    # available_timezones() walks the zone files: 4 ms, on a page once a row.
    return frozenset(available_timezones())


@cache
def get_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name (`America/New_York`). Raises ValidationError for a name that is none."""
    # Kept for good: ZoneInfo itself remembers eight, and a page of forty cities would read their files each time.
    try:
        if name not in _zone_names():
            raise ZoneInfoNotFoundError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValidationError(
            f"“{name}” is not a time zone. Use an IANA name such as America/New_York."
        ) from error


def is_skipped(wall: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks jump over the naive time `wall` (round trip through UTC changes it)."""
    there_and_back = wall.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) != wall


def is_repeated(wall: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the naive time `wall` happens twice, an hour of the clocks going back."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and not is_skipped(wall, zone)


def to_utc(wall: dt.datetime, zone: ZoneInfo, fold: int | None = None) -> dt.datetime:
    """The instant (aware, UTC) of the naive `wall` in `zone`.

    `fold` 0 or 1 says which of two is meant. Raises SkippedTime where the time does not exist, and
    RepeatedTime where it exists twice and `fold` is None.
    """
    if is_skipped(wall, zone):
        raise SkippedTime(f"{wall:%H:%M} on {wall:%-d %B} does not exist: the clocks go forward.")
    if fold is None and is_repeated(wall, zone):
        raise RepeatedTime(f"{wall:%H:%M} on {wall:%-d %B} happens twice: the clocks go back.")
    return wall.replace(tzinfo=zone, fold=fold or 0).astimezone(dt.UTC)


def night_of(wall: dt.datetime) -> dt.date:
    """The business date that a showing at `wall` files under: before 5 am it is the night before."""
    return wall.date() - dt.timedelta(days=1) if wall.time() < NIGHT_ENDS_AT else wall.date()
