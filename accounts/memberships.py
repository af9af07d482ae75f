"""Who belongs to a team (a theater's people, a film's team, a guide's editors): the shape all teams share.

A team is a row with `memberships` and `invitations` and a `keeper_role`: the role without which nobody
could let anyone else in. The tables live with what they are of.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from .models import Person


class TeamError(ValueError):
    """An act on a team that cannot be; the message is a sentence for the person who tried."""


class Team(Protocol):
    """A row that people belong to."""

    pk: Any
    keeper_role: str
    memberships: Any
    invitations: Any


class Membership(models.Model):
    """One person's role in one team. Subclasses add the team and a `role` with its choices."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Invitation(models.Model):
    """An address is asked to join. It can be answered by the person of that address only, once."""

    class State(models.TextChoices):
        OPEN = "open", "not answered yet"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


OPEN_INVITATION = Q(state=Invitation.State.OPEN)


def _lock(team: Team) -> None:
    """Hold the team's row: who belongs to it is changed by one act at a time."""
    type(team)._default_manager.select_for_update().get(pk=team.pk)  # type: ignore[attr-defined]


@transaction.atomic
def invite(team: Team, email: str, role: str, *, by: Person, now: dt.datetime) -> tuple[Invitation, bool]:
    """Ask the person of `email` to join `team` as `role`. Gives the open invitation and whether it is new.

    Asking twice is one invitation (with the role said last). Raises TeamError for somebody who belongs
    to the team already.
    """
    _lock(team)
    person = Person.objects.for_address(email)
    if team.memberships.filter(person=person).exists():
        raise TeamError(f"{person.email} is on the team already. You can change their role below.")
    invitation, created = team.invitations.get_or_create(
        person=person,
        state=Invitation.State.OPEN,
        defaults={"role": role, "invited_by": by, "created_at": now},
    )
    if invitation.role != role:
        invitation.role = role
        invitation.save(update_fields=["role"])
    return invitation, created


@transaction.atomic
def accept(team: Team, invitation: Invitation, person: Person, *, now: dt.datetime) -> Membership:
    """The invited person joins. Raises TeamError for anybody else, or once it has been answered or taken back."""
    _answer(invitation, person, Invitation.State.ACCEPTED, now)
    membership, _ = team.memberships.get_or_create(
        person=person, defaults={"role": invitation.role, "since": now}
    )
    return membership


@transaction.atomic
def decline(invitation: Invitation, person: Person, *, now: dt.datetime) -> None:
    """The invited person says no. Raises TeamError as `accept` does."""
    _answer(invitation, person, Invitation.State.DECLINED, now)


def withdraw(invitation: Invitation, *, now: dt.datetime) -> bool:
    """Take an open invitation back. False where it was answered before."""
    return _settle(invitation, Invitation.State.WITHDRAWN, now)


def _settle(invitation: Invitation, state: str, now: dt.datetime) -> bool:
    rows = type(invitation)._default_manager.filter(OPEN_INVITATION, pk=invitation.pk)
    return bool(rows.update(state=state, answered_at=now))


def _answer(invitation: Invitation, person: Person, state: str, now: dt.datetime) -> None:
    if invitation.person_id != person.pk:
        raise TeamError("This invitation is for another address. Sign in with the address it was sent to.")
    if not _settle(invitation, state, now):
        raise TeamError("This invitation has been answered or taken back. Ask for a new one.")


@transaction.atomic
def change_role(team: Team, membership: Membership, role: str) -> None:
    """Give a member another role. Raises TeamError where the team would lose its last keeper."""
    _lock(team)
    if role != team.keeper_role:
        _keep_a_keeper(team, membership)
    membership.role = role
    membership.save()


@transaction.atomic
def remove(team: Team, membership: Membership) -> None:
    """Let a member go (or let them leave). Raises TeamError for the last keeper."""
    _lock(team)
    _keep_a_keeper(team, membership)
    membership.delete()


def _keep_a_keeper(team: Team, leaving: Membership) -> None:
    if leaving.role != team.keeper_role:
        return
    if not team.memberships.filter(role=team.keeper_role).exclude(pk=leaving.pk).exists():
        raise TeamError(
            f"The last {team.keeper_role} cannot go: nobody could let anyone in. Make somebody else {team.keeper_role} first."
        )
