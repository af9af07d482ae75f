"""Mails to those who work with us, in English as their desks are: an invitation to a team, and what became of a
proposed theater."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings

from accounts.memberships import Invitation
from notices import kinds, ledger
from notices.delivery import Verdict, no_longer_true
from notices.kinds import Kind, SubjectKind
from notices.ledger import Subject
from notices.models import Notice

from .models import FilmInvitation, TheaterInvitation, TheaterProposal
from .team_words import FILM_ROLES, THEATER_ROLES

INVITATION_LASTS = dt.timedelta(days=30)
DECISION_IS_NEWS_FOR = dt.timedelta(days=7)


def owe_invitation(team_kind: str, invitation: Invitation, now: dt.datetime) -> None:
    """Owe the invited person the mail. `team_kind` is `theater`, `film` or another kind of team."""
    code = f"{team_kind}_invitation"
    ledger.plan(
        invitation.person,
        code,
        Subject(code, invitation.pk),
        due_at=now,
        useful_until=now + INVITATION_LASTS,
        now=now,
        urgent=True,
    )


def owe_decision(proposal: TheaterProposal, now: dt.datetime) -> None:
    """Owe the person who proposed the theater the word on it."""
    ledger.plan(
        proposal.proposed_by,
        "proposal_decided",
        Subject("theater_proposal", proposal.pk),
        due_at=now,
        useful_until=now + DECISION_IS_NEWS_FOR,
        now=now,
    )


def loader(model: Any, *related: str) -> Callable[[Collection[Notice]], Mapping[int, Any]]:
    """Finds what notices are about by their subject's id: one query for any number of them."""

    def load(notices: Collection[Notice]) -> Mapping[int, Any]:
        rows = model._default_manager.select_related(*related).in_bulk({n.subject_id for n in notices})
        return {n.pk: rows[n.subject_id] for n in notices if n.subject_id in rows}

    return load


def _is_open(notice: Notice, invitation: Invitation, now: dt.datetime) -> Verdict:
    if invitation.state == Invitation.State.OPEN:
        return Verdict()
    return no_longer_true(f"The invitation was {invitation.get_state_display()}.")


def register_invitation(team_kind: str, model: type[Invitation], words: Mapping[str, str]) -> None:
    """Make a team's invitations known to the ledger. `words` says for each role what one would do."""
    code = f"{team_kind}_invitation"

    def context(notice: Notice, invitation: Any, now: dt.datetime) -> Mapping[str, object]:
        return {
            "team": str(getattr(invitation, team_kind)),
            "role": invitation.get_role_display().lower(),
            "words": words.get(invitation.role, ""),
            "by": str(invitation.invited_by or ""),
            "url": f"{settings.BASE_URL}/invitations/{team_kind}s/{invitation.pk}/",
        }

    kinds.register(
        Kind(
            code,
            f"Invitation to a {team_kind}",
            "emails/invitation.html",
            context,
            check=_is_open,
            in_english=True,
        )
    )
    kinds.register_subject(SubjectKind(code, loader(model, team_kind, "invited_by")))


def _tell_decision(notice: Notice, proposal: TheaterProposal, now: dt.datetime) -> Mapping[str, object]:
    url = f"{settings.BASE_URL}/manage/theaters/{proposal.theater.slug}/" if proposal.theater else ""
    return {
        "name": f"{proposal.name}, {proposal.city}",
        "state": proposal.get_state_display(),
        "reason": proposal.reason,
        "url": url,
    }


def register() -> None:
    """Make these mails known to the ledger (called once, when the house opens)."""
    register_invitation("theater", TheaterInvitation, THEATER_ROLES)
    register_invitation("film", FilmInvitation, FILM_ROLES)
    kinds.register(
        Kind(
            "proposal_decided",
            "Word on a proposed theater",
            "emails/proposal_decided.html",
            _tell_decision,
            in_english=True,
        )
    )
    kinds.register_subject(SubjectKind("theater_proposal", loader(TheaterProposal, "theater", "city")))
