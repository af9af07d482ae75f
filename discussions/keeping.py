"""How long what phones wrote is kept, and whether it may be read outside its room."""

from __future__ import annotations

import datetime as dt

from .models import Discussion


def erased_on(room: Discussion, now: dt.datetime) -> dt.date:
    """The day on which a room's answers are erased: `kept_days` after its evening, the next morning at least.

    The evening is the showing's night; without a showing, the day on which the room was closed (or would be, now).
    """
    evening = room.screening.night if room.screening else (room.closed_at or now).date()
    return evening + dt.timedelta(days=max(1, room.kept_days))


def words_may_leave(room: Discussion) -> bool:
    """Whether words of this room may be read elsewhere: its joining page said so and, where a theater hosts, the
    theater's manager agreed."""
    return room.words_may_leave and (room.screening_id is None or room.theater_agreed_at is not None)


def say_kept(days: int) -> str:
    """How long answers are kept, in words for who opens or joins a room."""
    if days <= 0:
        return "until tomorrow morning"
    return "for a week" if days == 7 else f"for {days} days"
