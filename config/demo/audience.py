"""Those who come: RSVPs of invented people over three days, and the mail of those days sent when it was due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from accounts.models import Person
from notices.dispatch import work_off
from notices.models import Notice
from screenings.models import Rsvp, Screening
from screenings.rsvps import confirm, rsvp_to, withdraw

from .people import attendees
from .programme import Single, let_happen

BEGAN = dt.timedelta(days=3)
HAPPENED = dt.timedelta(hours=2)
JUST_NOW = dt.timedelta(minutes=5)
# From the mail to the tap on its link.
READING = dt.timedelta(minutes=4)
POST_TAKES = dt.timedelta(seconds=2)
COME_TO_EVENING = {"tonight": 7, "running": 4, "over": 5}


def bring(evening: dict[str, Screening], singles: Iterable[Single], now: dt.datetime) -> None:
    """People say that they come, some change their minds, a showing is moved and one cancelled; mail goes out.

    Everything happens at its own time before `now`, by the acts that the pages call.
    """
    singles = list(singles)
    people = cycle(attendees(now - BEGAN))
    rsvps = list(_say_they_come(evening, singles, people, now - BEGAN))
    deliver_until(now - BEGAN + READING)
    for rsvp in rsvps:
        confirm(rsvp, now - BEGAN + READING)
    deliver_until(now - HAPPENED)
    for single in singles:
        let_happen(single, now - HAPPENED)
    withdraw(rsvps[0], now - HAPPENED)
    for person in islice(people, 2):
        rsvp_to(evening["tonight"], person, now=now - JUST_NOW, wants_prompts=True)
    deliver_until(now)


def _say_they_come(
    evening: dict[str, Screening], singles: list[Single], people: Iterator[Person], now: dt.datetime
) -> Iterator[Rsvp]:
    crowds = [(evening[kind], count) for kind, count in COME_TO_EVENING.items()]
    crowds += [
        (single.showing, single.facts.get("going", 0) + single.facts.get("waiting", 0)) for single in singles
    ]
    for showing, count in crowds:
        for number, person in enumerate(islice(people, count)):
            yield rsvp_to(showing, person, now=now, wants_prompts=number % 2 == 0)


def deliver_until(now: dt.datetime) -> None:
    """Send what fell due up to `now`, each notice at its own time; where no mail server answers, all wait."""
    while (at := _next_due(now)) and not Notice.objects.open().filter(attempts__gt=0).exists():
        work_off(clock=lambda at=at: at + POST_TAKES)  # type: ignore[misc]


def _next_due(now: dt.datetime) -> dt.datetime | None:
    due = Notice.objects.claimable(now).values_list("due_at", "held_until")
    return min((max(due_at, held_until or due_at) for due_at, held_until in due), default=None)
