"""The audit trail: who changed what, from what to what, when; and what stays of it when a person goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.http import HttpRequest
from simple_history.models import HistoricalRecords

from accounts.models import Person
from accounts.trail import Change
from screenings.models import Theater, TheaterMembership
from screenings.permits import theater_for
from screenings.showings import cancel, move
from screenings.trails import trail_of
from tests.cast import MANAGER, make_person
from tests.factories import make_engagement, make_screening, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def theater() -> Theater:
    return make_theater()


@pytest.fixture
def manager(theater: Theater) -> Person:
    manager = make_person(MANAGER, name="Marta")
    TheaterMembership.objects.create(theater=theater, person=manager, role="manager")
    return manager


@pytest.fixture
def as_manager(theater: Theater, manager: Person):
    """Acts done inside are done by the manager, at their theater's pages."""

    def run(act: Callable[[], object]) -> None:
        request = HttpRequest()
        request.user = manager
        HistoricalRecords.context.request = request
        try:
            theater_for(request, theater.slug)
            act()
        finally:
            del HistoricalRecords.context.request

    return run


def test_a_moved_showing_says_who_and_from_when_to_when(theater: Theater, as_manager) -> None:
    showing = make_screening(engagement=make_engagement(theater=theater))
    as_manager(lambda: move(showing, dt.datetime(2026, 8, 7, 19, 30), now=NOW))
    entry = trail_of(theater)[0]
    assert (entry.who, entry.verb) == ("Marta", "changed")
    assert Change("wall time", "2026-08-07T19:00", "2026-08-07T19:30") in entry.changes


def test_a_cancelled_showing_says_why(theater: Theater, as_manager) -> None:
    showing = make_screening(engagement=make_engagement(theater=theater))
    as_manager(lambda: cancel(showing, reason="The projector is ill.", now=NOW))
    assert Change("cancel reason", "nothing", "The projector is ill.") in trail_of(theater)[0].changes


def test_what_nobody_decided_is_not_told(theater: Theater, as_manager) -> None:
    showing = make_screening(engagement=make_engagement(theater=theater))
    as_manager(lambda: move(showing, dt.datetime(2026, 8, 7, 19, 30), now=NOW))
    assert {change.field for change in trail_of(theater)[0].changes} == {"wall time"}


def test_the_trail_survives_the_erasing_of_a_person(theater: Theater, manager: Person, as_manager) -> None:
    showing = make_screening(engagement=make_engagement(theater=theater))
    as_manager(lambda: cancel(showing, reason="The projector is ill.", now=NOW))
    manager.delete()
    entry = next(e for e in trail_of(theater) if e.verb == "changed")
    assert entry.who == "a former manager"
    assert "Marta" not in str(trail_of(theater))


def test_reading_the_trail_takes_the_same_number_of_queries_with_one_act_and_with_thirty(
    theater: Theater, as_manager, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    showing = make_screening(engagement=make_engagement(theater=theater))
    as_manager(lambda: move(showing, dt.datetime(2026, 8, 7, 19, 30), now=NOW))
    with django_assert_max_num_queries(12) as few:
        trail_of(theater)
    for minute in range(30):
        as_manager(lambda m=minute: move(showing, dt.datetime(2026, 8, 7, 20, m), now=NOW))
    with django_assert_num_queries(len(few)):
        assert len(trail_of(theater)) >= 30
