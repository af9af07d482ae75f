"""One statement says how one message ended and that the next one starts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from notices import ledger
from notices.delivery import Ending, Fate
from notices.ledger import Claim, Ended, Subject
from notices.marks import SENT, begin_to_mark, mark
from notices.models import Notice
from tests.cast import ATTENDEE, STRANGER, make_person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 8, 7, 18, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
LEASE = dt.timedelta(seconds=60)
SHOWING = Subject("screening", 7, 3)


def owe(email: str) -> Notice:
    times = {"due_at": NOW, "useful_until": NOW + HOUR, "now": NOW}
    return ledger.plan(make_person(email), "reminder_day", SHOWING, **times)


@pytest.fixture
def first() -> Notice:
    return owe(ATTENDEE)


@pytest.fixture
def second() -> Notice:
    return owe(STRANGER)


@pytest.fixture
def held(first: Notice, second: Notice) -> Claim:
    """Both are claimed, and the first is under way."""
    claim = ledger.claim(NOW, limit=10, lease_for=LEASE)
    assert mark([], [first], claim.lease, NOW, LEASE) == {first.pk}
    return claim


def facts(notice: Notice) -> tuple[object, ...]:
    notice.refresh_from_db()
    return notice.state, notice.attempts, notice.transmitting_since, notice.settled_at, notice.leased_until


def test_an_end_and_a_start_are_one_statement(first: Notice, second: Notice, held: Claim) -> None:
    later = NOW + dt.timedelta(seconds=1)
    with CaptureQueriesContext(connection) as captured:
        assert mark([Ended(first, SENT, tries=1)], [second], held.lease, later, LEASE) == {second.pk}
    assert len(captured) == 1
    assert facts(first) == ("sent", 1, NOW, later, None)
    assert facts(second) == ("claimed", 0, later, None, later + LEASE)


def test_what_was_taken_back_does_not_start_and_the_end_is_written(
    first: Notice, second: Notice, held: Claim
) -> None:
    ledger.supersede(SHOWING, None, "The showing changed.", NOW)
    assert mark([Ended(first, SENT, tries=1)], [second], held.lease, NOW, LEASE) == set()
    assert (facts(first)[0], facts(second)[0]) == ("sent", "superseded")


def test_what_is_not_useful_any_more_does_not_start(first: Notice, second: Notice, held: Claim) -> None:
    ledger.renew(held.lease, NOW, 2 * HOUR)
    assert mark([Ended(first, SENT, tries=1)], [second], held.lease, NOW + HOUR, LEASE) == set()
    assert facts(first)[0] == "sent"


def test_an_end_that_says_more_goes_along(first: Notice, second: Notice, held: Claim) -> None:
    refused = Ended(first, Fate(Ending.FAILED, "550 no such user"), tries=1)
    assert mark([refused], [second], held.lease, NOW, LEASE) == {second.pk}
    first.refresh_from_db()
    assert (first.state, first.reason) == ("failed", "550 no such user")


def test_who_lost_the_lease_ends_nothing_and_starts_nothing(
    first: Notice, second: Notice, held: Claim
) -> None:
    ledger.claim(NOW + LEASE, limit=10, lease_for=LEASE)
    assert mark([Ended(first, SENT, tries=1)], [second], held.lease, NOW + LEASE, LEASE) == set()
    assert (facts(first)[0], facts(second)[0]) == ("claimed", "claimed")


def test_nothing_to_mark_asks_the_database_nothing(held: Claim) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert mark([], [], held.lease, NOW, LEASE) == set()
    assert len(captured) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_was_begun_is_committed_when_it_was_waited_for(
    first: Notice, second: Notice, held: Claim
) -> None:
    later = NOW + dt.timedelta(seconds=1)
    with CaptureQueriesContext(connection) as captured:
        committed = begin_to_mark([Ended(first, SENT, tries=1)], [second], held.lease, later, LEASE)
        assert committed() == {second.pk}
    assert len(captured) == (connection.vendor == "sqlite")  # PostgreSQL is sent it past Django's log.
    assert facts(first) == ("sent", 1, NOW, later, None)
    assert facts(second) == ("claimed", 0, later, None, later + LEASE)


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_was_begun_starts_nothing_that_was_taken_back(
    first: Notice, second: Notice, held: Claim
) -> None:
    ledger.supersede(SHOWING, None, "The showing changed.", NOW)
    committed = begin_to_mark([Ended(first, SENT, tries=1)], [second], held.lease, NOW, LEASE)
    assert committed() == set()
    assert (facts(first)[0], facts(second)[0]) == ("sent", "superseded")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_while_it_marks_says_so(first: Notice, held: Claim) -> None:
    if connection.vendor == "sqlite":
        return  # a file
    later = NOW + dt.timedelta(seconds=1)
    assert mark([], [first], held.lease, later, LEASE) == {first.pk}
    connection.connection.pgconn.finish()
    with pytest.raises(DatabaseError):
        mark([], [first], held.lease, later, LEASE)
    connection.close()
    assert mark([Ended(first, SENT, tries=1)], [], held.lease, later, LEASE) == set()
    assert facts(first)[0] == "sent"
