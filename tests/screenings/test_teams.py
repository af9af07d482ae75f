"""Who works for a theater: inviting, answering, changing roles, leaving."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts import memberships
from accounts.memberships import Invitation, TeamError
from accounts.models import Person
from screenings.models import Theater, TheaterInvitation, TheaterMembership, TheaterRole
from tests.cast import MANAGER, STRANGER, make_person
from tests.factories import make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def theater() -> Theater:
    return make_theater()


@pytest.fixture
def manager(theater: Theater) -> Person:
    manager = make_person(MANAGER)
    TheaterMembership.objects.create(theater=theater, person=manager, role=TheaterRole.MANAGER)
    return manager


def invite(
    theater: Theater, by: Person, email: str = "tess@lantern.example", role: str = "staff"
) -> Invitation:
    return memberships.invite(theater, email, role, by=by, now=NOW)[0]


def test_who_accepts_an_invitation_has_the_role_they_were_asked_for(
    theater: Theater, manager: Person
) -> None:
    invitation = invite(theater, manager)
    memberships.accept(theater, invitation, make_person("tess@lantern.example"), now=NOW)
    assert theater.memberships.get(person__email="tess@lantern.example").role == TheaterRole.STAFF


def test_an_address_written_in_capitals_is_the_same_person(theater: Theater, manager: Person) -> None:
    tess = make_person("tess@lantern.example")
    assert invite(theater, manager, "  Tess@Lantern.example ").person == tess


def test_inviting_twice_is_one_invitation_with_the_role_said_last(theater: Theater, manager: Person) -> None:
    _, first = memberships.invite(theater, "tess@lantern.example", "staff", by=manager, now=NOW)
    _, second = memberships.invite(theater, "tess@lantern.example", "manager", by=manager, now=NOW)
    assert (first, second) == (True, False)
    assert TheaterInvitation.objects.get().role == TheaterRole.MANAGER


def test_the_database_itself_holds_one_open_invitation(theater: Theater, manager: Person) -> None:
    invitation = invite(theater, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        TheaterInvitation.objects.create(theater=theater, person=invitation.person, role="staff")


def test_a_member_is_not_invited_again(theater: Theater, manager: Person) -> None:
    with pytest.raises(TeamError, match="on the team already"):
        invite(theater, manager, MANAGER)


def test_a_forwarded_invitation_lets_nobody_else_in(theater: Theater, manager: Person) -> None:
    invitation = invite(theater, manager)
    with pytest.raises(TeamError, match="another address"):
        memberships.accept(theater, invitation, make_person(STRANGER), now=NOW)
    assert theater.memberships.count() == 1


@pytest.mark.parametrize("ending", ["accepted", "declined", "withdrawn"])
def test_an_invitation_is_answered_once(theater: Theater, manager: Person, ending: str) -> None:
    invitation, tess = invite(theater, manager), make_person("tess@lantern.example")
    if ending == "accepted":
        memberships.accept(theater, invitation, tess, now=NOW)
    elif ending == "declined":
        memberships.decline(invitation, tess, now=NOW)
    else:
        assert memberships.withdraw(invitation, now=NOW)
    with pytest.raises(TeamError, match="answered or taken back"):
        memberships.accept(theater, invitation, tess, now=NOW)
    assert memberships.withdraw(invitation, now=NOW) is False


def test_the_last_manager_cannot_leave(theater: Theater, manager: Person) -> None:
    with pytest.raises(TeamError, match="last manager"):
        memberships.remove(theater, theater.memberships.get())
    assert theater.memberships.count() == 1


def test_the_last_manager_cannot_become_staff(theater: Theater, manager: Person) -> None:
    with pytest.raises(TeamError, match="last manager"):
        memberships.change_role(theater, theater.memberships.get(), TheaterRole.STAFF)


def test_a_manager_leaves_when_another_stays(theater: Theater, manager: Person) -> None:
    TheaterMembership.objects.create(
        theater=theater, person=make_person("tess@lantern.example"), role="manager"
    )
    memberships.remove(theater, theater.memberships.get(person=manager))
    assert [m.person.email for m in theater.memberships.all()] == ["tess@lantern.example"]
