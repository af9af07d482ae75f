"""Who must not be written to now: people who sit in a film. Higher apps say so; this one asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple


class Busy(NamedTuple):
    """Somebody (an id) is busy from `begins` and no more at `ends`."""

    person_id: int
    begins: dt.datetime
    ends: dt.datetime


# Ids of people, and an instant and a later one → when they are busy between the two.
BusyBetween = Callable[[Collection[int], dt.datetime, dt.datetime], Iterable[Busy]]
_askers: list[BusyBetween] = []


def register(busy: BusyBetween) -> None:
    """Have `busy` asked before anything is sent, once however often it is registered."""
    if busy not in _askers:
        _askers.append(busy)


def busy_between(people: Collection[int], now: dt.datetime, later: dt.datetime) -> list[Busy]:
    """When `people` (ids) are busy at some instant from `now` to `later`. One query for each asker."""
    return [busy for ask in _askers for busy in ask(people, now, later)]


def until_at(found: Iterable[Busy], now: dt.datetime) -> dict[int, dt.datetime]:
    """Until when each person is busy, of what was `found`, who is busy at `now`; who is not is missing."""
    until: dict[int, dt.datetime] = {}
    for person_id, begins, ends in found:
        if begins <= now < ends:
            until[person_id] = max(ends, until.get(person_id, ends))
    return until


def busy_until(person_id: int, now: dt.datetime) -> dt.datetime | None:
    """Until when one person is busy at `now`; None where they are not."""
    return until_at(busy_between([person_id], now, now), now).get(person_id)
