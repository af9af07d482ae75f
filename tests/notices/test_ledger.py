"""The ledger: owed once, claimed by one, settled once, taken back in the transaction of the change."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from notices import ledger
from notices.delivery import Ending, Fate
from notices.ledger import Claim, Ended, Owed, Subject
from notices.marks import mark
from notices.models import Notice
from tests.cast import ATTENDEE, STRANGER, make_person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 8, 7, 18, 0, tzinfo=dt.UTC)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
LEASE = dt.timedelta(seconds=60)
SHOWING = Subject("screening", 7, 3)


def owe(
    email: str = ATTENDEE, subject: Subject = SHOWING, due_at: dt.datetime = NOW, **more: object
) -> Notice:
    return ledger.plan(
        make_person(email),
        "reminder_day",
        subject,
        due_at=due_at,
        useful_until=due_at + HOUR,
        now=NOW,
        **more,  # type: ignore[arg-type]
    )


def claim(now: dt.datetime = NOW, limit: int = 100, **more: Any) -> Claim:
    return ledger.claim(now, limit=limit, lease_for=LEASE, **more)


def begin(notice: Notice, held: Claim, now: dt.datetime) -> set[int]:
    return mark([], [notice], held.lease, now, LEASE)


def state(notice: Notice) -> str:
    notice.refresh_from_db()
    return notice.state


def test_the_same_fact_is_owed_once() -> None:
    assert owe().pk == owe().pk
    assert Notice.objects.count() == 1


def test_another_revision_another_person_and_another_channel_are_other_facts() -> None:
    rows = {owe().pk, owe(STRANGER).pk, owe(subject=Subject("screening", 7, 4)).pk, owe(channel="push").pk}
    assert len(rows) == 4


def test_the_database_itself_says_once() -> None:
    row = owe()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_sent_is_not_owed_again() -> None:
    row = owe()
    Notice.objects.update(state="sent")
    owe()
    assert state(row) == "sent"


def test_what_was_taken_back_unsent_is_owed_again_at_its_new_time() -> None:
    row = owe()
    ledger.supersede(SHOWING, None, "The person does not come.", NOW)
    assert state(row) == "superseded"
    owe(due_at=NOW + HOUR)
    assert state(row) == "due"
    assert row.due_at == NOW + HOUR


def test_many_are_owed_with_a_fixed_number_of_queries() -> None:
    people = Person.objects.bulk_create(Person(email=f"guest{n}@home.example") for n in range(40))
    owed = [Owed(person.pk, "reminder_day", SHOWING, NOW, NOW + HOUR) for person in people]
    with CaptureQueriesContext(connection) as few:
        ledger.plan_all(owed[:2], NOW)
    with CaptureQueriesContext(connection) as many:
        ledger.plan_all(owed, NOW)
    assert len(many) == len(few)
    assert Notice.objects.count() == 40


def test_superseding_names_kinds_and_people() -> None:
    mine, theirs = owe(), owe(STRANGER)
    assert ledger.supersede(SHOWING, ["other"], "", NOW) == 0
    assert ledger.supersede(SHOWING, None, "", NOW, people=[theirs.person_id]) == 1
    assert (state(mine), state(theirs)) == ("due", "superseded")


def test_a_change_that_is_rolled_back_supersedes_nothing() -> None:
    row = owe()
    with transaction.atomic():
        assert ledger.supersede(SHOWING, None, "", NOW) == 1
        transaction.set_rollback(True)
    assert state(row) == "due"


def test_what_is_due_is_claimed_and_what_is_not_yet_due_is_left() -> None:
    due, later = owe(), owe(STRANGER, due_at=NOW + MINUTE)
    assert [notice.pk for notice in claim().notices] == [due.pk]
    assert (state(due), state(later)) == ("claimed", "due")


def test_what_is_claimed_is_not_claimed_again_until_the_lease_runs_out() -> None:
    owe()
    assert len(claim().notices) == 1
    assert claim(NOW + LEASE - dt.timedelta(seconds=1)).notices == []
    assert len(claim(NOW + LEASE).notices) == 1


def test_urgent_rows_go_first() -> None:
    owe()
    urgent = owe(STRANGER, due_at=NOW - MINUTE, urgent=True)
    assert claim(limit=1).notices == [urgent]
    assert claim(urgent_only=True).notices == []


def test_who_holds_a_lease_claims_more_under_it_and_keeps_what_was_claimed_before() -> None:
    rows = [owe(f"guest{n}@home.example") for n in range(3)]
    first = claim(limit=2)
    more = claim(NOW + MINUTE / 2, lease=first.lease)
    assert (more.lease, [notice.pk for notice in more.notices]) == (first.lease, [rows[2].pk])
    held = Notice.objects.filter(lease=first.lease)
    assert set(held.values_list("pk", flat=True)) == {notice.pk for notice in rows}
    assert claim(NOW + MINUTE / 2).notices == []
    assert begin(more.notices[0], first, NOW + MINUTE / 2) == {rows[2].pk}


def test_what_waits_and_what_is_held_is_found_whatever_has_ended() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # It prefers that while there are few rows.
    by_turn = Notice.objects.claimable(NOW).order_by("-urgent", "due_at", "id")
    assert "due_notice_by_turn" in by_turn.explain()
    assert "due_notice_by_turn" in by_turn.filter(urgent=True).explain()
    assert "claimed_notice_by_lease" in Notice.objects.with_lease_run_out(NOW).explain()
    for owner in ({"person_id": 1}, {"reply_to_id": 1}):
        assert "is_owed_once" in Notice.objects.filter(**owner).order_by().explain()


def test_claiming_takes_as_many_queries_for_forty_as_for_one() -> None:
    def queries(count: int) -> int:
        for n in range(count):
            owe(f"guest{n}@home.example", subject=Subject("screening", count))
        with CaptureQueriesContext(connection) as captured:
            assert len(claim().notices) == count
        return len(captured)

    assert queries(1) == queries(40)


def test_a_superseded_row_cannot_begin() -> None:
    row = owe()
    held = claim()
    ledger.supersede(SHOWING, None, "The showing changed.", NOW)
    assert not begin(row, held, NOW)
    ledger.settle([Ended(row, Fate(Ending.SENT))], held.lease, NOW)
    assert state(row) == "superseded"


def test_a_row_whose_transmission_has_begun_is_left_to_end() -> None:
    row = owe()
    held = claim()
    assert begin(row, held, NOW)
    assert ledger.supersede(SHOWING, None, "The showing changed.", NOW) == 0
    ledger.settle([Ended(row, Fate(Ending.SENT))], held.lease, NOW)
    assert state(row) == "sent"


def test_nothing_begins_at_the_end_of_its_use_nor_under_a_lease_that_ran_out() -> None:
    row = owe()
    held = claim()
    assert not begin(row, held, NOW + HOUR)
    assert not begin(row, held, NOW + LEASE)


def test_a_worker_that_vanished_before_it_sent_costs_the_lease_and_no_doubt() -> None:
    row = owe()
    claim()
    (again,) = claim(NOW + LEASE).notices
    assert (again.pk, again.in_doubt, again.attempts) == (row.pk, 0, 0)


def test_a_worker_that_vanished_while_sending_leaves_one_in_doubt_and_the_second_is_uncertain() -> None:
    row, now = owe(), NOW
    for doubts in (1, 2):
        held = claim(now)
        assert begin(row, held, now)
        now += LEASE
        ledger.sweep(now)
        row.refresh_from_db()
        assert row.in_doubt == doubts
    assert row.state == "uncertain"
    assert row.settled_at == now
    assert claim(now + HOUR).notices == []


def test_a_worker_that_wakes_after_its_lease_settles_nothing() -> None:
    row = owe()
    asleep = claim()
    awake = claim(NOW + LEASE)
    ledger.settle([Ended(row, Fate(Ending.SENT))], asleep.lease, NOW + LEASE)
    assert state(row) == "claimed"
    ledger.settle([Ended(row, Fate(Ending.SENT))], awake.lease, NOW + LEASE)
    assert state(row) == "sent"


def test_a_retry_waits_and_stays_owed_since_its_due_time() -> None:
    row = owe()
    held = claim()
    later = Fate(Ending.HOLD, "450 later", NOW + MINUTE, is_retry=True)
    ledger.settle([Ended(row, later, tries=1)], held.lease, NOW)
    row.refresh_from_db()
    assert (row.state, row.due_at, row.attempts) == ("due", NOW, 1)
    assert claim(NOW + MINUTE - dt.timedelta(seconds=1)).notices == []
    assert claim(NOW + MINUTE).notices == [row]


def test_what_waits_for_the_morning_is_owed_in_the_morning() -> None:
    row = owe()
    held = claim()
    night = Fate(Ending.HOLD, "night", NOW + 30 * MINUTE)
    ledger.settle([Ended(row, night)], held.lease, NOW)
    row.refresh_from_db()
    assert (row.state, row.due_at) == ("due", NOW + 30 * MINUTE)


def test_the_database_knows_no_third_doubt() -> None:
    row = owe()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=row.pk).update(in_doubt=3)


@pytest.mark.django_db(transaction=True)
def test_no_row_is_claimed_by_two_workers_at_once() -> None:
    people = Person.objects.bulk_create(Person(email=f"guest{n}@home.example") for n in range(120))
    ledger.plan_all([Owed(p.pk, "reminder_day", SHOWING, NOW, NOW + HOUR) for p in people], NOW)
    claims: list[Claim] = []

    def work() -> None:
        try:
            while (held := claim(limit=7)).notices:
                claims.append(held)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    taken = [notice.pk for held in claims for notice in held.notices]
    assert len(taken) == len(set(taken)) == 120
