"""Whose turn it is: pure functions of plain values.

Nobody is passed over without being asked. A place that opens is offered to the first in line. Where their party is
larger than what is free, they are offered what there is: they may take it, or keep their place and wait until all
have room; only who has said so (or let such an offer run out) is passed over by fewer seats than their party.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

OFFER_LASTS = dt.timedelta(hours=2)
SHORTEST_OFFER = dt.timedelta(minutes=10)
# The nearer the start, the shorter: an offer takes a quarter of the time that is left.
SHARE_OF_WHAT_IS_LEFT = 4
# After this there is no time left for turns: what is free is whoever's comes first.
LAST_OFFER_BEFORE = dt.timedelta(minutes=40)
# Who let two offers of all their seats run out is asked no more, until they say that they still want to come.
MOST_UNANSWERED = 2


@dataclass(frozen=True)
class InLine:
    """Somebody in line: how many they are, and whether they wait until all have room."""

    id: int
    party: int
    wants_all: bool = False
    unanswered: int = 0


@dataclass(frozen=True)
class Turn:
    """Seats that are whose turn it is to take."""

    id: int
    seats: int


def turns(free: int | None, line: Iterable[InLine]) -> Iterator[Turn]:
    """To whom `free` seats are offered, in the order of `line`; None is as many as anybody wants."""
    for one in line:
        if one.unanswered >= MOST_UNANSWERED:
            continue
        if free is None or one.party <= free:
            seats = one.party
        elif free and not one.wants_all:
            seats = free
        else:
            continue
        if free is not None:
            free -= seats
        yield Turn(one.id, seats)


def offer_until(start: dt.datetime, begins: dt.datetime) -> dt.datetime | None:
    """Until when a place is held for who is offered it at `begins`, for a showing at `start`.

    Two hours; a quarter of the time that is left where that is shorter; ten minutes at least. None in the last 40
    minutes, when there is no time left for turns.
    """
    left = start - begins
    if left < LAST_OFFER_BEFORE:
        return None
    return begins + max(SHORTEST_OFFER, min(OFFER_LASTS, left / SHARE_OF_WHAT_IS_LEFT))
