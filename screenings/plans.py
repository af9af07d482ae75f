"""What is owed to those who go to a showing: planned by whoever registers here, taken back when it changes.

Planning and taking back happen in the transaction of the act that made them necessary.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain

from notices import ledger
from notices.ledger import Owed, Subject

from .models import Rsvp, Screening

SUBJECT_KIND = "screening"

# A showing, RSVPs to it that are *going*, and the instant → what is owed to them from now on. Planned for many
# at once: a planner makes no query per RSVP.
Planner = Callable[[Screening, Sequence[Rsvp], dt.datetime], Iterable[Owed]]
_planners: list[Planner] = []


def register_planner(planner: Planner) -> None:
    """Have `planner` asked whenever somebody is going to a showing, or a showing changes; once is enough."""
    if planner not in _planners:
        _planners.append(planner)


def subject_of(screening: Screening) -> Subject:
    """A showing as the ledger's subject: each revision of it is a fact of its own."""
    return Subject(SUBJECT_KIND, screening.pk, screening.revision)


def plan_for(screening: Screening, rsvps: Sequence[Rsvp], now: dt.datetime) -> None:
    """Owe those who go what every planner says."""
    going = [rsvp for rsvp in rsvps if rsvp.state == Rsvp.State.GOING]
    ledger.plan_all(chain.from_iterable(planner(screening, going, now) for planner in _planners), now)


def take_back(
    screening: Screening, reason: str, now: dt.datetime, people: Collection[int] | None = None
) -> int:
    """Supersede what is unsent about a showing, for some people (ids) or all. Gives the number of notices."""
    return ledger.supersede(subject_of(screening), None, reason, now, people=people)
