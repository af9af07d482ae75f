"""“Our theater is missing.”"""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Person
from screenings import proposals
from screenings.models import Theater, TheaterProposal
from tests.cast import MANAGER, make_person
from tests.factories import make_city

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Person:
    return make_person("sita@houselights.example", is_staff=True)


def propose(name: str = "The Lantern") -> TheaterProposal:
    facts = {"address": "12 Ponce Street", "phone": "404-555-0142", "website": "", "note": "I run it."}
    return proposals.propose(name, make_city(), by=make_person(MANAGER), **facts)[0]


def test_the_same_theater_proposed_twice_waits_once() -> None:
    assert propose() == propose()
    assert TheaterProposal.objects.count() == 1


def test_approving_makes_the_theater_with_its_first_manager(staff: Person) -> None:
    theater = proposals.approve(propose(), by=staff, now=NOW)
    assert (theater.name, theater.zone, theater.phone) == ("The Lantern", "America/New_York", "404-555-0142")
    assert [(m.person.email, m.role) for m in theater.memberships.all()] == [(MANAGER, "manager")]


def test_nothing_is_made_before_somebody_approves() -> None:
    propose()
    assert not Theater.objects.exists()


def test_the_first_decision_stands(staff: Person) -> None:
    proposal = propose()
    proposals.decline(proposal, by=staff, reason="It is listed as The Old Lantern.", now=NOW)
    with pytest.raises(proposals.AlreadyDecided, match="declined already"):
        proposals.approve(proposal, by=staff, now=NOW)
    assert not Theater.objects.exists()
