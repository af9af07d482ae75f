"""Showings around this very hour: one tonight, one that is running, one just over, wherever it is evening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from common.local_time import night_of
from screenings.models import Screening
from screenings.showings import ending_of

from .programme import Run, is_taken, put_on

LABELS = {"tonight": ("oc", "qa"), "running": (), "over": ("oc",)}
STARTS_IN = dt.timedelta(minutes=150)
STARTED = dt.timedelta(minutes=35)
ENDED = dt.timedelta(minutes=20)
QUARTER = 15
# Minutes of the day: when people go out, and the hours in which a theater is open at all.
PRIME, OPEN, LATEST = 19 * 60 + 30, 11 * 60, 22 * 60 + 30


def put_on_evening(runs: Iterable[Run], now: dt.datetime) -> dict[str, Screening]:
    """One showing of each kind (`tonight`, `running`, `over`), in three theaters by their local evening.

    `tonight` starts two to three hours from `now`, `running` began half an hour ago or a little more,
    `over` ended within the hour before. Raises LookupError where no theater can play one.
    """
    left = list(runs)
    evening: dict[str, Screening] = {}
    for kind in LABELS:
        run = likeliest(left, kind, now)
        if run is None:
            raise LookupError(f"No theater can play the showing that is {kind}.")
        left.remove(run)
        evening[kind] = _put_on(run, kind, now)
    return evening


def put_on_tonight(runs: Iterable[Run], now: dt.datetime) -> Screening | None:
    """A showing that starts two to three hours from `now`; None where every screen is taken then."""
    run = likeliest(runs, "tonight", now)
    return _put_on(run, "tonight", now) if run else None


def likeliest(runs: Iterable[Run], kind: str, now: dt.datetime) -> Run | None:
    """The run at whose theater a showing of that kind is nearest to half past seven; None where it fits none."""
    fitting = [run for run in runs if run.usual and _can_play(run, start_of(run, kind, now))]
    return min(fitting, key=lambda run: _oddness(start_of(run, kind, now)), default=None)


def _can_play(run: Run, wall: dt.datetime) -> bool:
    booking, night = run.engagement, night_of(wall)
    booked = booking.opens_on <= night <= (booking.closes_on or night)
    return booked and not is_taken(run, wall)


def _oddness(wall: dt.datetime) -> tuple[bool, int]:
    minute = wall.hour * 60 + wall.minute
    return not OPEN <= minute <= LATEST, abs(minute - PRIME)


def start_of(run: Run, kind: str, now: dt.datetime) -> dt.datetime:
    """When a showing of that kind starts, naive on the theater's clock, on a quarter of an hour."""
    theater = run.engagement.theater
    lasts = ending_of(now, theater, run.engagement.film) - now
    start = now + {"tonight": STARTS_IN, "running": -STARTED, "over": -lasts - ENDED}[kind]
    wall = start.astimezone(theater.tzinfo).replace(tzinfo=None, second=0, microsecond=0)
    return wall - dt.timedelta(minutes=wall.minute % QUARTER)


def _put_on(run: Run, kind: str, now: dt.datetime) -> Screening:
    showing = put_on(run, start_of(run, kind, now), labels=LABELS[kind], now=now)
    if showing is None:
        raise LookupError("The screen is taken.")
    return showing


def has_tonight(runs: Iterable[Run], now: dt.datetime) -> bool:
    """Whether one of the runs has a showing that starts within one to four hours."""
    soon = (now + dt.timedelta(hours=1), now + dt.timedelta(hours=4))
    engagements = [run.engagement for run in runs]
    return Screening.objects.scheduled().filter(engagement__in=engagements, starts_at__range=soon).exists()
