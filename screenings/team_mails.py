"""Mails to those who work with us: an invitation to a team, and what became of a proposed theater."""

from __future__ import annotations

import datetime as dt

from accounts.memberships import Invitation
from notices.models import Notice

from .models import TheaterProposal

INVITATION = "invitation"
PROPOSAL_DECIDED = "proposal_decided"
INVITATION_LASTS = dt.timedelta(days=30)
DECISION_IS_NEWS_FOR = dt.timedelta(days=7)


def owe_invitation(team_kind: str, invitation: Invitation, now: dt.datetime) -> None:
    """Owe the invited person the mail. `team_kind` is `theater`, `film` or another kind of team."""
    Notice.objects.get_or_create(
        person=invitation.person,
        kind=INVITATION,
        subject_kind=f"{team_kind}_invitation",
        subject_id=invitation.pk,
        defaults={"due_at": now, "useful_until": now + INVITATION_LASTS, "urgent": True},
    )


def owe_decision(proposal: TheaterProposal, now: dt.datetime) -> None:
    """Owe the person who proposed the theater the word on it."""
    Notice.objects.get_or_create(
        person=proposal.proposed_by,
        kind=PROPOSAL_DECIDED,
        subject_kind="theater_proposal",
        subject_id=proposal.pk,
        defaults={"due_at": now, "useful_until": now + DECISION_IS_NEWS_FOR},
    )
