"""Coming to a showing: pending until the mailbox answers, then going; seats counted under the lock."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.kept import kept_about
from accounts.models import Person
from notices import unsubscribe
from notices.models import Notice
from screenings import rsvps
from screenings.mail_lists import REMINDERS
from screenings.models import Rsvp, Screening
from screenings.rsvps import (
    MalformedAddress,
    NotListed,
    PartyTooLarge,
    ShowingCancelled,
    ShowingPast,
    TooManyJustNow,
    confirm,
    rsvp_to,
    set_wishes,
    withdraw,
)
from screenings.showings import cancel, move, reinstate, relabel
from screenings.waiting.offers import seats_left
from tests.cast import ATTENDEE, STRANGER, make_person
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

# Monday noon in Atlanta; the showing is on Friday 7 August 2026 at 7 pm there (23:00 UTC).
NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
PROMPTS = {"prompt_after", "prompt_next_day", "prompt_week_later"}
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def going(screening: Screening, email: str = ATTENDEE, now: dt.datetime = NOW, **wishes: object) -> Rsvp:
    return confirm(rsvp_to(screening, email, now=now, **wishes), now)  # type: ignore[arg-type]


def owed(email: str = ATTENDEE) -> dict[str, dt.datetime]:
    """What is due to somebody, by kind, with its due time."""
    return dict(Notice.objects.filter(person__email=email, state="due").values_list("kind", "due_at"))


def states(kind: str, email: str = ATTENDEE) -> list[str]:
    rows = Notice.objects.filter(kind=kind, person__email=email).order_by("id")
    return list(rows.values_list("state", flat=True))


def reserved(capacity: int) -> Screening:
    return make_screening(entry=Screening.Entry.RESERVED, capacity=capacity)


# --- said -----------------------------------------------------------------------------------------------------


def test_an_unconfirmed_rsvp_is_owed_a_confirmation_and_nothing_else() -> None:
    rsvp = rsvp_to(make_screening(), ATTENDEE, now=NOW, wants_prompts=True)
    assert rsvp.state == Rsvp.State.PENDING
    assert owed() == {"rsvp_confirm": NOW}
    assert Person.objects.get(email=ATTENDEE).confirmed_at is None


def test_an_address_is_one_person_however_it_is_written() -> None:
    screening = make_screening()
    first = rsvp_to(screening, "Ana@Home.Example ", now=NOW)
    assert rsvp_to(screening, ATTENDEE, now=NOW + HOUR).pk == first.pk


def test_the_same_rsvp_twice_is_one_row_and_one_mail() -> None:
    screening = make_screening()
    rsvp_to(screening, ATTENDEE, now=NOW)
    rsvp_to(screening, ATTENDEE, now=NOW + MINUTE, wants_prompts=True)
    assert Rsvp.objects.count() == 1
    assert Rsvp.objects.get().wants_prompts
    assert Notice.objects.filter(kind="rsvp_confirm").count() == 1


def test_the_confirmation_comes_again_when_asked_for_but_three_times_a_day_at_most() -> None:
    screening = make_screening()
    for hours in range(6):
        rsvp_to(screening, ATTENDEE, now=NOW + hours * HOUR)
    assert states("rsvp_confirm") == ["superseded", "superseded", "due"]


def test_a_script_cannot_fill_a_strangers_mailbox() -> None:
    start = dt.datetime(2026, 8, 7, 10, 0)
    screenings = [make_screening(start + n * HOUR) for n in range(12)]
    for screening in screenings:
        rsvp_to(screening, STRANGER, now=NOW)
    assert Rsvp.objects.count() == 12
    assert Notice.objects.filter(kind="rsvp_confirm").count() == rsvps.MAILS_PER_PERSON


def test_a_script_with_ten_thousand_addresses_is_stopped_and_who_goes_is_not() -> None:
    screening = reserved(100)
    real = rsvp_to(screening, ATTENDEE, now=NOW)
    refused = 0
    for number in range(10_000):
        try:
            rsvp_to(screening, f"bot{number}@script.example", now=NOW)
        except TooManyJustNow:
            refused += 1
    assert Rsvp.objects.count() == rsvps.MOST_UNCONFIRMED
    assert refused == 10_000 - (rsvps.MOST_UNCONFIRMED - 1)
    assert Person.objects.filter(email__startswith="bot").count() == rsvps.MOST_UNCONFIRMED - 1
    # What a script holds unconfirmed is half of the house at most: people find the other half.
    assert (seats_left(screening, NOW) or 0) >= 50
    assert confirm(real, NOW).state == Rsvp.State.GOING
    rsvp_to(screening, STRANGER, now=NOW + rsvps.UNCONFIRMED_COUNTED_OVER + dt.timedelta(minutes=1))


def test_a_stranger_who_types_the_address_of_one_who_goes_changes_nothing() -> None:
    screening = reserved(10)
    rsvp = going(screening, party_size=2)
    again = rsvp_to(screening, ATTENDEE, now=NOW + HOUR, party_size=8, wants_reminders=False)
    assert (again.pk, again.state, again.party_size, again.wants_reminders) == (rsvp.pk, "going", 2, True)


@pytest.mark.parametrize(
    "address", ["", "ana", "ana@", "@home.example", "a b@home.example", "ana@home", "x" * 300]
)
def test_a_malformed_address_is_refused_and_nothing_is_kept(address: str) -> None:
    with pytest.raises(MalformedAddress, match="does not look like an e-mail address"):
        rsvp_to(make_screening(), address, now=NOW)
    assert not Person.objects.filter(rsvps__isnull=False).exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("address", ["ana@home.example\r\nBcc: all@home.example", "ana@home.example\n"])
def test_an_address_cannot_carry_a_header(address: str) -> None:
    try:
        rsvp = rsvp_to(make_screening(), address, now=NOW)
    except MalformedAddress:
        return
    assert rsvp.person.email == ATTENDEE


def test_a_cancelled_showing_is_refused_in_a_sentence() -> None:
    screening = cancel(make_screening(), reason="The projector broke.", now=NOW)
    with pytest.raises(ShowingCancelled, match="cancelled"):
        rsvp_to(screening, ATTENDEE, now=NOW)


def test_a_showing_that_has_begun_or_is_over_is_refused_in_a_sentence() -> None:
    screening = make_screening()
    with pytest.raises(ShowingPast, match="has begun"):
        rsvp_to(screening, ATTENDEE, now=START)
    with pytest.raises(ShowingPast, match="is over"):
        rsvp_to(screening, ATTENDEE, now=START + 5 * HOUR)


def test_a_draft_is_refused() -> None:
    screening = make_screening()
    Screening.objects.update(status="draft")
    with pytest.raises(NotListed):
        rsvp_to(screening, ATTENDEE, now=NOW)


@pytest.mark.parametrize("seats", [0, -1, 9])
def test_a_party_of_none_or_nine_is_refused(seats: int) -> None:
    with pytest.raises(PartyTooLarge):
        rsvp_to(reserved(100), ATTENDEE, now=NOW, party_size=seats)


# --- proved ---------------------------------------------------------------------------------------------------


def test_confirming_makes_it_going_and_plans_the_reminders() -> None:
    rsvp = going(make_screening())
    assert rsvp.state == Rsvp.State.GOING
    assert owed() == {"reminder_day": START - 24 * HOUR, "reminder_hours": START - 2 * HOUR}
    assert Person.objects.get(email=ATTENDEE).confirmed_at == NOW


def test_reminders_are_useful_until_three_hours_and_a_quarter_before() -> None:
    going(make_screening())
    until = dict(Notice.objects.filter(state="due").values_list("kind", "useful_until"))
    assert until == {"reminder_day": START - 3 * HOUR, "reminder_hours": START - 15 * MINUTE}


def test_the_question_after_the_film_is_owed_to_those_who_ticked_it() -> None:
    screening = make_screening()
    going(screening, wants_prompts=True)
    going(screening, STRANGER)
    assert set(owed()) >= PROMPTS
    assert not PROMPTS & set(owed(STRANGER))


def test_confirming_twice_is_once() -> None:
    rsvp = going(make_screening())
    confirm(rsvp, NOW + HOUR)
    assert Notice.objects.filter(kind="reminder_day").count() == 1
    assert Rsvp.objects.get().confirmed_at == NOW


def test_who_confirms_in_the_afternoon_is_not_reminded_of_the_day_before() -> None:
    going(make_screening(), now=START - 5 * HOUR)
    assert list(owed()) == ["reminder_hours"]


def test_a_reminder_of_a_morning_showing_goes_the_evening_before() -> None:
    going(make_screening("2026-08-08T09:00"))
    assert owed()["reminder_hours"] == dt.datetime(2026, 8, 8, 1, 30, tzinfo=dt.UTC)  # 21:30 on Friday


def test_who_says_so_late_at_night_is_reminded_when_the_night_ends() -> None:
    late = dt.datetime(2026, 8, 8, 3, 0, tzinfo=dt.UTC)  # 23:00 on Friday
    going(make_screening("2026-08-08T09:00"), now=late)
    assert owed() == {"reminder_hours": dt.datetime(2026, 8, 8, 12, 0, tzinfo=dt.UTC)}  # 08:00


def test_a_link_for_a_showing_cancelled_meanwhile_is_refused_in_a_sentence() -> None:
    screening = make_screening()
    rsvp = rsvp_to(screening, ATTENDEE, now=NOW)
    cancel(screening, reason="", now=NOW)
    with pytest.raises(ShowingCancelled):
        confirm(rsvp, NOW)
    assert Rsvp.objects.get().state == Rsvp.State.PENDING


def test_ticking_reminders_and_confirming_brings_back_who_had_left_the_list() -> None:
    person = make_person(ATTENDEE)
    unsubscribe.stop(person, REMINDERS.code, NOW)
    going(make_screening())
    assert unsubscribe.wants(person.pk, REMINDERS.code)


# --- seats ----------------------------------------------------------------------------------------------------


def test_an_unconfirmed_seat_is_held_for_half_an_hour() -> None:
    screening = reserved(1)
    rsvp_to(screening, STRANGER, now=NOW)
    assert seats_left(screening, NOW + 29 * MINUTE) == 0
    assert seats_left(screening, NOW + 31 * MINUTE) == 1


def test_when_it_is_full_one_confirms_onto_the_waiting_list_and_is_owed_no_reminder() -> None:
    screening = reserved(2)
    going(screening, STRANGER, party_size=2)
    assert going(screening).state == Rsvp.State.WAITING
    assert owed() == {}


def test_who_confirms_after_the_hold_gets_a_seat_only_if_there_still_is_one() -> None:
    screening = reserved(1)
    late = rsvp_to(screening, ATTENDEE, now=NOW)
    going(screening, STRANGER, now=NOW + HOUR)
    assert confirm(late, NOW + 2 * HOUR).state == Rsvp.State.WAITING


def test_asking_for_more_seats_within_the_hold_does_not_take_what_is_not_there() -> None:
    screening = reserved(4)
    going(screening, STRANGER, party_size=2)
    rsvp_to(screening, ATTENDEE, now=NOW)
    rsvp = rsvp_to(screening, ATTENDEE, now=NOW + MINUTE, party_size=8)
    assert rsvp.held_until is None
    assert seats_left(screening, NOW + MINUTE) == 2


def test_withdrawing_frees_the_seat_and_takes_back_what_was_owed() -> None:
    screening = reserved(1)
    rsvp = going(screening, wants_prompts=True)
    withdraw(withdraw(rsvp, NOW), NOW)
    assert seats_left(screening, NOW) == 1
    assert owed() == {}
    assert states("reminder_day") == ["superseded"]


def test_who_comes_after_all_is_reminded_after_all() -> None:
    screening = make_screening()
    confirm(withdraw(going(screening), NOW), NOW)
    assert set(owed()) == {"reminder_day", "reminder_hours"}
    assert states("reminder_day") == ["due"]


def test_tickets_elsewhere_know_no_capacity_here() -> None:
    screening = make_screening(entry=Screening.Entry.TICKETS)
    assert seats_left(screening, NOW) is None


@pytest.mark.django_db(transaction=True)
def test_forty_who_confirm_at_once_for_ten_seats_are_ten_who_go_and_thirty_who_wait() -> None:
    screening = reserved(10)
    pending = [rsvp_to(screening, f"guest{n}@home.example", now=NOW) for n in range(40)]
    later = NOW + HOUR  # no hold is left: all race for the seats
    queue, lock = list(pending), threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    if not queue:
                        return
                    rsvp = queue.pop()
                confirm(rsvp, later)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Rsvp.objects.going().count() == 10
    assert Rsvp.objects.filter(state="waiting").count() == 30
    assert Notice.objects.filter(kind="reminder_day").count() == 10


# --- the showing changes ---------------------------------------------------------------------------------------


def test_a_moved_showing_supersedes_its_reminders_and_plans_them_anew() -> None:
    screening = make_screening()
    going(screening)
    move(screening, dt.datetime(2026, 8, 7, 20, 0), now=NOW)
    assert states("reminder_hours") == ["superseded", "due"]
    assert owed()["reminder_hours"] == START + HOUR - 2 * HOUR


def test_there_and_back_again_is_three_facts() -> None:
    screening = make_screening()
    going(screening)
    for hour in (20, 19):
        move(screening, dt.datetime(2026, 8, 7, hour, 0), now=NOW)
    assert states("reminder_hours") == ["superseded", "superseded", "due"]
    assert owed()["reminder_hours"] == START - 2 * HOUR


def test_a_cancelled_showing_owes_no_reminder_and_a_reinstated_one_does() -> None:
    screening = make_screening()
    going(screening, wants_prompts=True)
    cancel(screening, reason="", now=NOW)
    assert set(owed()) == {"showing_cancelled"}
    reinstate(screening, now=NOW)
    assert set(owed()) == {"reminder_day", "reminder_hours", *PROMPTS}


def test_who_was_reminded_is_not_reminded_again_because_a_label_changed() -> None:
    screening = make_screening()
    going(screening)
    Notice.objects.filter(kind="reminder_day").update(state="sent", settled_at=START - 24 * HOUR)
    relabel(screening, ["OC"], now=START - 20 * HOUR)
    assert states("reminder_day") == ["sent"]
    assert states("reminder_hours") == ["superseded", "due"]


def test_changing_a_showing_plans_for_many_with_as_many_queries_as_for_few() -> None:
    screening = make_screening()

    def queries_to_move(minute: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            move(Screening.objects.get(), dt.datetime(2026, 8, 7, 20, minute), now=NOW)
        return len(queries)

    going(screening)
    with_one = queries_to_move(1)
    for n in range(20):
        going(screening, f"guest{n}@home.example")
    assert queries_to_move(2) == with_one


def test_wishes_can_be_changed_and_what_is_owed_follows() -> None:
    rsvp = going(make_screening())
    set_wishes(rsvp, reminders=False, prompts=True, now=NOW)
    assert set(owed()) == PROMPTS
    set_wishes(rsvp, reminders=True, prompts=False, now=NOW)
    assert set(owed()) == {"reminder_day", "reminder_hours"}


def test_what_is_kept_about_somebody_says_what_they_come_to_and_what_was_written_to_them() -> None:
    person = going(make_screening()).person
    kept = {section.name: section.records for section in kept_about(person)}
    assert kept["showings"][0]["Film"] == "The Salt Road"
    assert {record["Message"] for record in kept["messages"]} >= {
        "Reminder, the day before",
        "Please confirm",
    }
