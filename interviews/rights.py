"""The right to quote: an excerpt's own where it states one, else its interview's; in words, and on a day.

A permission is good to the end of its last day (UTC, the calendar in which versions are dated).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from .models import Excerpt, RightToQuote

SOON = dt.timedelta(days=14)

# What the ground of a right is, as its form asks for it.
GROUNDS = {
    RightToQuote.OWN: "Who made the interview, for whom",
    RightToQuote.PERMISSION: "Who gave it",
    RightToQuote.LICENCE: "Which licence",
    RightToQuote.QUOTATION: "Why the quotation is fair: what is said about these words",
}


class HoldsRight(Protocol):
    """A row that states a right: an interview or an excerpt."""

    right: str
    right_note: str
    right_given_on: dt.date | None
    right_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Right:
    """On what ground words may be quoted. `is_own`: the excerpt's own, not its interview's."""

    right: str
    note: str
    given_on: dt.date | None
    until: dt.date | None
    is_own: bool = False


def _stated(row: HoldsRight, *, is_own: bool) -> Right:
    return Right(row.right, row.right_note, row.right_given_on, row.right_until, is_own)


def right_of(excerpt: Excerpt) -> Right:
    """The excerpt's own right where it states one, else its interview's."""
    return right_stated(excerpt) if excerpt.right else _stated(excerpt.source.interview, is_own=False)


def right_stated(row: HoldsRight) -> Right:
    """What a row itself states."""
    return _stated(row, is_own=isinstance(row, Excerpt))


def what_is_missing(right: Right, on: dt.date) -> str:
    """Why words may not be quoted on a day, in the words that follow “This quote …”; `""` where they may."""
    if not right.right:
        return "has no right to be quoted stated. Say on what right, at the interview or at the quote."
    if not right.note.strip():
        ground = GROUNDS[RightToQuote(right.right)]
        return f"does not say what the right to quote it rests on ({ground[0].lower()}{ground[1:]}). Write it down."
    if right.given_on and right.given_on > on:
        return f"may not be quoted yet: the permission is of {_day(right.given_on)}."
    if right.until and right.until < on:
        return f"may not be quoted any more: the permission ended on {_day(right.until)}."
    return ""


def say_right(right: Right, on: dt.date) -> str:
    """The right in a sentence or two: what, on what ground, and how long it still holds."""
    if not right.right:
        return "No right to quote is stated yet: nothing of it can be published."
    label = RightToQuote(right.right).label
    given = f", given {_day(right.given_on)}" if right.given_on else ""
    return f"{label[0].upper()}{label[1:]}: {right.note.rstrip(' .')}{given}. {_how_long(right, on)}".strip()


def _how_long(right: Right, on: dt.date) -> str:
    if right.until is None:
        return ""
    if right.until < on:
        return f"It ended on {_day(right.until)}."
    if right.until == on:
        return "It ends tonight: good today, until midnight UTC, and not after."
    if right.until - on <= SOON:
        days = (right.until - on).days
        return f"It ends on {_day(right.until)}, in {days} {'day' if days == 1 else 'days'}."
    return f"Good until {_day(right.until)}."


def _day(day: dt.date) -> str:
    return f"{day:%-d %B %Y}"
