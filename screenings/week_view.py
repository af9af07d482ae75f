"""A theater's play week at a glance: its days, and what shows on each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .models import Screening, Theater
from .spoken_times import tonight_in


@dataclass(frozen=True)
class Night:
    """One business date of a play week, with its showings in the order of their starts."""

    date: dt.date
    showings: list[Screening]


def week_start(theater: Theater, day: dt.date) -> dt.date:
    """The first day of the theater's play week that holds `day`."""
    return day - dt.timedelta(days=(day.weekday() - theater.play_week_start) % 7)


def play_week(theater: Theater, now: dt.datetime, weeks_ahead: int = 0) -> list[Night]:
    """The seven nights of the play week at `now` (or some weeks ahead), drafts and cancelled ones too. One query."""
    first = week_start(theater, tonight_in(theater.tzinfo, now)) + dt.timedelta(weeks=weeks_ahead)
    rows = (
        Screening.objects.filter(
            engagement__theater=theater, night__range=(first, first + dt.timedelta(days=6))
        )
        .select_related("engagement__film", "engagement__theater", "screen")
        .order_by("starts_at", "id")
    )
    nights: dict[dt.date, list[Screening]] = {first + dt.timedelta(days=n): [] for n in range(7)}
    for row in rows:
        nights[row.night].append(row)
    return [Night(date, showings) for date, showings in nights.items()]
