"""Reminders of a showing: the day before and two hours before, and what becomes of them when it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, starmap

from django.db.models import F

from common.any_of import AnyOf
from common.local_time import get_zone
from notices.busy import Busy
from notices.ledger import Owed
from notices.quiet_hours import before_the_night

from . import plans
from .change_notices import QUIET_SPELL, owe_changes
from .models import Rsvp, Screening

RSVPS_AT_A_TIME = 500


@dataclass(frozen=True)
class Reminder:
    """A reminder's kind, how long before the start it is due, and until how long before it is useful."""

    kind: str
    due_before: dt.timedelta
    useful_until_before: dt.timedelta


DAY_BEFORE = Reminder("reminder_day", dt.timedelta(days=1), dt.timedelta(hours=3))
HOURS_BEFORE = Reminder("reminder_hours", dt.timedelta(hours=2), dt.timedelta(minutes=15))
REMINDERS = (DAY_BEFORE, HOURS_BEFORE)


def window(
    reminder: Reminder, screening: Screening, now: dt.datetime
) -> tuple[dt.datetime, dt.datetime] | None:
    """From when to when (UTC) a reminder of a showing goes out, planned at `now`.

    One that would fall into the night goes before it. None where its time is past: who says at noon that they
    come tonight needs no reminder of yesterday.
    """
    due_at = before_the_night(screening.starts_at - reminder.due_before, get_zone(screening.zone), now)
    useful_until = screening.starts_at - reminder.useful_until_before
    return (due_at, useful_until) if now < due_at < useful_until else None


def plan_reminders(screening: Screening, rsvps: Sequence[Rsvp], now: dt.datetime) -> Iterator[Owed]:
    """The reminders owed to those of `rsvps` who want them."""
    for reminder in REMINDERS:
        if times := window(reminder, screening, now):
            for rsvp in rsvps:
                if rsvp.wants_reminders:
                    yield _owed(reminder, screening, rsvp, *times)


def _owed(
    reminder: Reminder, screening: Screening, rsvp: Rsvp, due_at: dt.datetime, useful_until: dt.datetime
) -> Owed:
    return Owed(
        person_id=rsvp.person_id,
        kind=reminder.kind,
        subject=plans.subject_of(screening),
        due_at=due_at,
        useful_until=useful_until,
        facts={"starts_at": screening.starts_at.isoformat()},
    )


def replan(screening: Screening, now: dt.datetime, *, quiet: dt.timedelta = QUIET_SPELL) -> None:
    """After any change of a showing, in its transaction: what was owed about it and is unsent is superseded, and
    those who go are owed what is true of it now (nothing, where it is cancelled), and the news of the change
    after the `quiet` spell.

    What was sent about an earlier revision stays sent; the news says what is different from it.
    """
    cancelled = screening.is_cancelled
    plans.take_back(screening, "The showing was cancelled." if cancelled else "The showing changed.", now)
    owe_changes(screening, now, quiet=quiet)
    if screening.status != Screening.Status.SCHEDULED or screening.starts_at <= now:
        return
    for rsvps in _in_batches(screening.rsvps.going().order_by("pk").iterator(RSVPS_AT_A_TIME)):
        plans.plan_for(screening, rsvps, now)


def _in_batches(rsvps: Iterator[Rsvp]) -> Iterator[list[Rsvp]]:
    while batch := list(islice(rsvps, RSVPS_AT_A_TIME)):
        yield batch


def in_a_film(people: Collection[int], now: dt.datetime, later: dt.datetime) -> Iterable[Busy]:
    """When `people` (ids) sit, at some instant from `now` to `later`, in a showing that they said they come to: one
    query."""
    running = Rsvp.objects.going().filter(
        AnyOf(F("person_id"), people),
        screening__status=Screening.Status.SCHEDULED,
        screening__starts_at__lte=later,
        screening__ends_at__gt=now,
    )
    return starmap(Busy, running.values_list("person_id", "screening__starts_at", "screening__ends_at"))
