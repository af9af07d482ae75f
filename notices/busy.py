"""Who must not be written to now: people who sit in a film. Higher apps say so; this one asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping

# Ids of people and an instant → who is busy then, and until when.
BusyUntil = Callable[[Collection[int], dt.datetime], Mapping[int, dt.datetime]]
_askers: list[BusyUntil] = []


def register(busy: BusyUntil) -> None:
    """Have `busy` asked before anything is sent, once however often it is registered."""
    if busy not in _askers:
        _askers.append(busy)


def busy_until(people: Collection[int], now: dt.datetime) -> dict[int, dt.datetime]:
    """Until when each of `people` (ids) is busy at `now`; who is not is missing. One query for each asker."""
    until: dict[int, dt.datetime] = {}
    for ask in _askers:
        for person_id, at in ask(people, now).items():
            until[person_id] = max(at, until.get(person_id, at))
    return until
