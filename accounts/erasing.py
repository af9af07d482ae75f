"""Erasing a person: what they gave us is gone when the act returns, and nothing of it is written about.

An app that must do more than lose its rows (give seats back, keep a code of the address) registers an eraser when it
is ready. Rows that point at a person go with them by the database's own rules; what names who changed something keeps
the change and loses the name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from .models import Person
from .sessions import end_sessions, sessions_of

# Gives up what an app keeps of a person, in the transaction that erases them.
Eraser = Callable[[Person, dt.datetime], None]
# Why the person themselves must stay, in words (“You work with The Lantern”); none where nothing keeps them.
Reasons = Callable[[Person], list[str]]
_erasers: list[Eraser] = []
_reasons: list[Reasons] = []


@dataclass(frozen=True)
class Erased:
    """What came of it: `stays` says why the address itself is still here, if it is."""

    stays: tuple[str, ...]

    @property
    def is_gone(self) -> bool:
        return not self.stays


def register(eraser: Eraser) -> None:
    """Have `eraser` called before a person is erased. Once is enough."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def register_reasons(reasons: Reasons) -> None:
    """Have `reasons` asked why somebody cannot go. Once is enough."""
    if reasons not in _reasons:
        _reasons.append(reasons)


def what_keeps(person: Person) -> tuple[str, ...]:
    """Why the person's address would stay: the teams that they work with. Attendees have none."""
    said = ["You are of the site’s staff."] if person.is_staff else []
    return tuple(said + [reason for ask in _reasons for reason in ask(person)])


@transaction.atomic
def erase(person: Person, now: dt.datetime) -> Erased:
    """Erase everything of `person`, and the person; who works with a team keeps their account until they leave it.

    Sessions end. Twice is once: who is gone already is gone.
    """
    locked = Person.objects.select_for_update().filter(pk=person.pk).first()
    if locked is None:
        return Erased(())
    stays = what_keeps(locked)
    for eraser in _erasers:
        eraser(locked, now)
    if not stays:
        end_sessions(sessions_of(locked, now))
        locked.delete()
    return Erased(stays)
