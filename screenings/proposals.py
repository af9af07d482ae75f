"""“Our theater is missing”: proposing one, and deciding on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import Person

from .models import City, Theater, TheaterMembership, TheaterProposal, TheaterRole
from .team_mails import owe_decision
from .theaters import create_theater


class AlreadyDecided(ValueError):
    """Somebody has decided on this proposal before; the message says what was decided."""


def propose(name: str, city: City, *, by: Person, **facts: str) -> tuple[TheaterProposal, bool]:
    """A proposal that waits for site staff, and whether it is new: the same theater twice is one.

    `facts`: address, phone, website, note.
    """
    return TheaterProposal.objects.get_or_create(
        name=name, city=city, proposed_by=by, state=TheaterProposal.State.OPEN, defaults=facts
    )


def _decide(proposal: TheaterProposal, state: str, by: Person, now: dt.datetime, reason: str = "") -> None:
    """The first decision stands: a conditional update. Whoever proposed it is owed the word on it."""
    rows = TheaterProposal.objects.filter(pk=proposal.pk, state=TheaterProposal.State.OPEN)
    if not rows.update(state=state, decided_by=by, decided_at=now, reason=reason):
        proposal.refresh_from_db()
        raise AlreadyDecided(f"This proposal was {proposal.get_state_display()} already.")
    proposal.refresh_from_db()
    owe_decision(proposal, now)


@transaction.atomic
def approve(proposal: TheaterProposal, *, by: Person, now: dt.datetime, **facts: Any) -> Theater:
    """Make the theater, with the person who proposed it as its first manager. Raises AlreadyDecided.

    `facts` are further columns of `Theater` (locale, play_week_start …).
    """
    _decide(proposal, TheaterProposal.State.APPROVED, by, now)
    theater = create_theater(
        proposal.name,
        proposal.city,
        address=proposal.address,
        phone=proposal.phone,
        website=proposal.website,
        **facts,
    )
    TheaterMembership.objects.create(
        theater=theater, person=proposal.proposed_by, role=TheaterRole.MANAGER, since=now
    )
    proposal.theater = theater
    proposal.save(update_fields=["theater"])
    return theater


@transaction.atomic
def decline(proposal: TheaterProposal, *, by: Person, reason: str, now: dt.datetime) -> None:
    """Say no, with a reason that the person reads. Raises AlreadyDecided."""
    _decide(proposal, TheaterProposal.State.DECLINED, by, now, reason)
