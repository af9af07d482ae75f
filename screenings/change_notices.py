"""Telling those who mean to come that a showing changed: once, after a quiet spell, and only what is news to them.

What is news depends on the person: what they agreed to when they confirmed, or what the last mail told them. A
showing moved from 7:00 to 7:30 and back within the quiet spell is no news to anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from django.db.models import Q

from notices import ledger
from notices.ledger import Owed
from notices.models import Notice

from . import plans
from .models import Rsvp, Screening

QUIET_SPELL = dt.timedelta(minutes=10)
CHANGED, CANCELLED, REINSTATED = "showing_changed", "showing_cancelled", "showing_reinstated"
KINDS = (CHANGED, CANCELLED, REINSTATED)
RSVPS_AT_A_TIME = 500


@dataclass(frozen=True)
class Known:
    """What somebody knows of a showing: when it starts (ISO 8601, UTC), its labels, whether it is off."""

    starts_at: str
    labels: tuple[str, ...]
    cancelled: bool = False

    @classmethod
    def of(cls, screening: Screening) -> Known:
        start = screening.starts_at.astimezone(dt.UTC).isoformat()
        return cls(start, tuple(screening.labels), screening.is_cancelled)

    @classmethod
    def from_facts(cls, facts: Mapping[str, object]) -> Known:
        """The facts of a row as they were stored. Raises KeyError for facts of another shape."""
        labels = facts["labels"]
        assert isinstance(labels, list)
        return cls(str(facts["starts_at"]), tuple(map(str, labels)), bool(facts["cancelled"]))


def news(known: Known, now: Known) -> str | None:
    """The kind of notice that tells somebody who knows `known` what is so `now`; None where it is no news."""
    if now.cancelled:
        return None if known.cancelled else CANCELLED
    if known.cancelled:
        return REINSTATED
    return CHANGED if known != now else None


def owe_changes(screening: Screening, now: dt.datetime, *, quiet: dt.timedelta = QUIET_SPELL) -> None:
    """Owe everybody who comes to `screening` (or waits to) what is news to them, in the transaction of the change.

    Due after the `quiet` spell, so that changes gather; at once where the showing starts before that is twice
    over. What an earlier change owed and is unsent has been taken back by `plans.take_back`. Three queries for
    every 500 people.
    """
    if screening.status == Screening.Status.DRAFT or screening.starts_at <= now:
        return
    coming = screening.rsvps.filter(state__in=[Rsvp.State.GOING, Rsvp.State.WAITING]).order_by("pk")
    rows = coming.iterator(RSVPS_AT_A_TIME)
    while batch := list(islice(rows, RSVPS_AT_A_TIME)):
        ledger.plan_all(_owed(screening, batch, now, quiet), now)


def _owed(
    screening: Screening, rsvps: Sequence[Rsvp], now: dt.datetime, quiet: dt.timedelta
) -> Iterator[Owed]:
    is_so, told = Known.of(screening), last_told(screening, rsvps)
    soon = screening.starts_at - now < 2 * quiet
    for rsvp in rsvps:
        known = told.get(rsvp.person_id) or agreed_to(rsvp)
        if known and (kind := news(known, is_so)):
            yield Owed(
                person_id=rsvp.person_id,
                kind=kind,
                subject=plans.subject_of(screening),
                due_at=now if soon else now + quiet,
                useful_until=screening.starts_at,
                facts={**plain(is_so), "was": plain(known)},
                urgent=True,
            )


def plain(known: Known) -> dict[str, object]:
    """The same in values that JSON holds; `Known.from_facts` reads it."""
    return {**asdict(known), "labels": list(known.labels)}


def agreed_to(rsvp: Rsvp) -> Known | None:
    """What the person knew when they confirmed; None for one who never did."""
    return Known.from_facts(rsvp.agreed_to) if rsvp.agreed_to else None


def last_told(screening: Screening, rsvps: Sequence[Rsvp]) -> dict[int, Known]:
    """What the newest mail about a change told each person (by id) since they confirmed: one query.

    A mail whose transmission has begun counts as told: it may arrive.
    """
    begun = Q(state__in=[Notice.State.SENT, Notice.State.UNCERTAIN]) | Q(transmitting_since__isnull=False)
    confirmed = {rsvp.person_id: rsvp.confirmed_at for rsvp in rsvps}
    rows: Iterable[Notice] = (
        Notice.objects.about(plans.SUBJECT_KIND, screening.pk)
        .filter(begun, kind__in=KINDS, person_id__in=confirmed)
        .order_by("subject_revision", "pk")
    )
    return {
        row.person_id: Known.from_facts(row.facts)
        for row in rows
        if row.person_id and ((since := confirmed[row.person_id]) is None or row.created_at >= since)
    }
