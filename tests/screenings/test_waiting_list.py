"""A place that opens is offered in turn, for a limited time: taken, or passed on. Seats are counted under the lock."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connections

from notices.models import Notice
from screenings import rsvps
from screenings.models import Rsvp, Screening
from screenings.rsvps import confirm, rsvp_to, set_party, withdraw
from screenings.showings import cancel, move, reinstate
from screenings.tasks import offer_places
from screenings.waiting.line import OFFER_LASTS
from screenings.waiting.offers import (
    PLACE_OFFERED,
    OfferIsOver,
    go_on,
    seats_left,
    still_waiting,
    take,
    wait_for_all,
)
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

# Monday noon in Atlanta; the showing is on Friday 7 August 2026 at 7 pm there (23:00 UTC).
NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
NIGHT = dt.datetime(2026, 8, 5, 3, 0, tzinfo=dt.UTC)  # 11 pm on Tuesday in Atlanta
MORNING = dt.datetime(2026, 8, 5, 12, 0, tzinfo=dt.UTC)  # 8 am on Wednesday


def say(screening: Screening, name: str, seats: int = 1, now: dt.datetime = NOW) -> Rsvp:
    """Somebody says that they come, and confirms."""
    return confirm(rsvp_to(screening, f"{name}@home.example", now=now, party_size=seats), now)


def full(capacity: int = 2) -> tuple[Screening, list[Rsvp]]:
    """A showing whose seats are all taken, and who has them."""
    screening = make_screening(entry=Screening.Entry.RESERVED, capacity=capacity)
    return screening, [say(screening, f"first{n}") for n in range(capacity)]


def offers() -> dict[str, int]:
    """Seats on offer, by whom they are offered to."""
    rows = Rsvp.objects.filter(offered_seats__isnull=False).order_by("pk")
    return {row.person.email.partition("@")[0]: row.offered_seats or 0 for row in rows}


def state_of(rsvp: Rsvp) -> str:
    return Rsvp.objects.get(pk=rsvp.pk).state


def owed_offers(state: str = "due") -> list[str]:
    rows = Notice.objects.filter(kind=PLACE_OFFERED, state=state).order_by("pk")
    return [row.person.email.partition("@")[0] for row in rows]


# --- offered --------------------------------------------------------------------------------------------------


def test_a_place_that_opens_is_offered_to_the_first_in_line_at_once_and_held_for_two_hours() -> None:
    screening, (going, _) = full()
    ana, ben = say(screening, "ana"), say(screening, "ben", now=NOW + MINUTE)
    withdraw(going, NOW + HOUR)
    assert offers() == {"ana": 1}
    assert owed_offers() == ["ana"]
    ana.refresh_from_db()
    assert ana.offered_until == NOW + HOUR + OFFER_LASTS
    assert seats_left(screening, NOW + HOUR) == 0
    assert state_of(ben) == "waiting"


def test_an_offer_that_is_taken_makes_them_going_and_plans_their_reminders() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    withdraw(going, NOW + HOUR)
    assert take(ana, NOW + 2 * HOUR).state == "going"
    assert offers() == {}
    kinds = Notice.objects.filter(person=ana.person, state="due").values_list("kind", flat=True)
    assert set(kinds) == {"reminder_day", "reminder_hours"}


def test_taking_twice_is_once() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    withdraw(going, NOW)
    take(take(ana, NOW + MINUTE), NOW + 2 * MINUTE)
    assert Notice.objects.filter(person=ana.person, kind="reminder_day").count() == 1


def test_an_offer_that_is_not_taken_goes_to_the_next_in_line() -> None:
    screening, (going, _) = full()
    ana, ben = say(screening, "ana"), say(screening, "ben", now=NOW + MINUTE)
    withdraw(going, NOW + HOUR)
    over = NOW + HOUR + OFFER_LASTS
    go_on(over - MINUTE)
    assert offers() == {"ana": 1}
    assert go_on(over) == 1
    assert offers() == {"ben": 1}
    with pytest.raises(OfferIsOver, match="still on the waiting list"):
        take(ana, over + MINUTE)
    assert take(ben, over + MINUTE).state == "going"
    assert state_of(ana) == "waiting"


def test_looking_after_offers_twice_is_once() -> None:
    screening, (going, _) = full()
    say(screening, "ana")
    say(screening, "ben")
    withdraw(going, NOW)
    over = NOW + OFFER_LASTS
    assert (go_on(over), go_on(over), go_on(over)) == (1, 0, 0)
    assert len(owed_offers()) == 2


def test_who_let_an_offer_run_out_stands_at_the_end_of_the_line_and_is_asked_once_more() -> None:
    screening, (going, _) = full()
    ana, ben = say(screening, "ana"), say(screening, "ben", now=NOW + MINUTE)
    withdraw(going, NOW)
    now = NOW
    asked = []
    for _ in range(6):
        asked += offers()
        now += OFFER_LASTS
        go_on(now)
    assert asked == ["ana", "ben", "ana", "ben"]
    assert seats_left(screening, now) == 1
    assert {state_of(ana), state_of(ben)} == {"waiting"}
    still_waiting(ana, NOW + 24 * HOUR)  # by day
    assert offers() == {"ana": 1}


def test_nobody_new_takes_the_place_of_those_who_wait() -> None:
    screening, (going, _) = full()
    say(screening, "ana")
    withdraw(going, NOW)
    assert say(screening, "new", now=NOW + MINUTE).state == "waiting"


def test_a_seat_left_by_a_hold_that_ran_out_is_offered_to_those_who_wait() -> None:
    screening, _ = full(1)
    Screening.objects.update(capacity=2)
    rsvp_to(screening, "never@home.example", now=NOW)
    ana = say(screening, "ana")
    assert ana.state == "waiting"
    assert go_on(NOW + 29 * MINUTE) == 0
    assert go_on(NOW + 31 * MINUTE) == 1
    assert offers() == {"ana": 1}


def test_a_place_given_back_by_a_smaller_party_is_offered() -> None:
    screening = make_screening(entry=Screening.Entry.RESERVED, capacity=3)
    family = say(screening, "family", 3)
    say(screening, "ana")
    set_party(family, party_size=2, now=NOW)
    assert offers() == {"ana": 1}


def test_who_leaves_the_list_gives_the_offer_on() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    say(screening, "ben", now=NOW + MINUTE)
    withdraw(going, NOW)
    withdraw(ana, NOW + MINUTE)
    assert offers() == {"ben": 1}
    assert owed_offers("superseded") == ["ana"]


# --- parties ----------------------------------------------------------------------------------------------------


def test_a_party_is_offered_what_there_is_and_may_take_it() -> None:
    screening, (going, _) = full()
    pair, single = say(screening, "pair", 2), say(screening, "single", now=NOW + MINUTE)
    withdraw(going, NOW)
    assert offers() == {"pair": 1}
    assert Notice.objects.get(kind=PLACE_OFFERED).facts["of"] == 2
    taken = take(pair, NOW + MINUTE)
    assert (taken.state, taken.party_size) == ("going", 1)
    assert state_of(single) == "waiting"


def test_a_party_that_waits_for_all_seats_keeps_its_place_and_the_next_in_line_is_asked() -> None:
    screening, (one, other) = full()
    pair = say(screening, "pair", 2)
    single = say(screening, "single", now=NOW + MINUTE)
    withdraw(one, NOW)
    wait_for_all(pair, NOW + MINUTE)
    assert offers() == {"single": 1}
    withdraw(single, NOW + 2 * MINUTE)
    assert offers() == {}
    withdraw(other, NOW + 3 * MINUTE)
    assert offers() == {"pair": 2}


def test_a_party_that_let_fewer_seats_run_out_keeps_its_place() -> None:
    screening, (one, other) = full()
    pair = say(screening, "pair", 2)
    single = say(screening, "single", now=NOW + MINUTE)
    withdraw(one, NOW)
    go_on(NOW + OFFER_LASTS)
    assert offers() == {"single": 1}
    withdraw(single, NOW + OFFER_LASTS)
    withdraw(other, NOW + OFFER_LASTS)
    assert offers() == {"pair": 2}
    pair.refresh_from_db()
    assert pair.unanswered == 0


def test_a_larger_party_is_refused_in_a_sentence_where_there_is_no_room() -> None:
    screening = make_screening(entry=Screening.Entry.RESERVED, capacity=3)
    ana = say(screening, "ana", 1)
    say(screening, "ben", 1)
    with pytest.raises(rsvps.NotSoManySeats, match="2 seats at most"):
        set_party(ana, party_size=3, now=NOW)
    assert set_party(ana, party_size=2, now=NOW).party_size == 2


# --- time ---------------------------------------------------------------------------------------------------------


def test_at_night_nobody_is_asked_and_the_place_stays_theirs_until_the_morning() -> None:
    screening, (going, _) = full()
    say(screening, "ana")
    withdraw(going, NIGHT)
    assert offers() == {}
    assert say(screening, "new", now=NIGHT + MINUTE).state == "waiting"
    assert go_on(NIGHT + 8 * HOUR) == 0
    assert go_on(MORNING) == 1
    assert Rsvp.objects.get(offered_seats=1).offered_until == MORNING + OFFER_LASTS


def test_who_looks_at_their_page_at_night_may_take_what_is_their_turn() -> None:
    screening, (going, _) = full()
    ana, ben = say(screening, "ana"), say(screening, "ben", now=NOW + MINUTE)
    withdraw(going, NIGHT)
    with pytest.raises(OfferIsOver):
        take(ben, NIGHT + MINUTE)
    assert take(ana, NIGHT + MINUTE).state == "going"


def test_in_the_last_minutes_what_is_free_is_whoevers_comes_first() -> None:
    screening, (going, _) = full()
    say(screening, "ana")
    ben = say(screening, "ben", now=NOW + MINUTE)
    withdraw(going, START - 30 * MINUTE)
    assert offers() == {}
    assert take(ben, START - 29 * MINUTE).state == "going"


def test_who_sits_in_a_film_is_given_the_time_after_it() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    film = make_screening("2026-08-04T19:00", now=NOW)
    say(film, "ana")
    withdraw(going, film.starts_at + MINUTE)
    ana.refresh_from_db()
    assert ana.offered_until == film.ends_at + OFFER_LASTS


def test_a_cancelled_showing_offers_nothing_and_counts_against_nobody() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    withdraw(going, NOW)
    cancel(screening, reason="The lamp.", now=NOW + MINUTE)
    with pytest.raises(OfferIsOver):
        take(ana, NOW + 2 * MINUTE)
    assert go_on(NOW + OFFER_LASTS) == 0
    reinstate(screening, now=NOW + 4 * HOUR)
    assert go_on(NOW + 4 * HOUR) == 1
    ana.refresh_from_db()
    assert (ana.unanswered, ana.offered_seats) == (0, 1)


def test_who_waits_is_told_that_the_showing_moved_and_keeps_their_place() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    move(screening, dt.datetime(2026, 8, 7, 20, 0), now=NOW)
    assert Notice.objects.filter(person=ana.person, kind="showing_changed", state="due").count() == 1
    withdraw(going, NOW)
    assert offers() == {"ana": 1}


# --- the mail -------------------------------------------------------------------------------------------------


def deliver(now: dt.datetime) -> None:
    from notices.dispatch import work_off

    work_off(clock=lambda: now)


def test_the_mail_says_until_when_on_the_theaters_clock() -> None:
    screening, (going, _) = full()
    say(screening, "pair", 2)
    withdraw(going, NOW)
    deliver(NOW + MINUTE)
    (letter,) = [m for m in mail.outbox if m.to == ["pair@home.example"] and "free until" in m.subject]
    assert letter.subject.startswith("A seat is free until 2:00 pm: The Salt Road")
    assert "You asked for 2: take this one, or keep your place until there are 2." in " ".join(
        letter.body.split()
    )
    assert "/mine/" in letter.body


def test_a_mail_about_an_offer_that_went_on_is_not_sent() -> None:
    screening, (going, _) = full()
    ana = say(screening, "ana")
    withdraw(going, NOW)
    take(ana, NOW)
    deliver(NOW + MINUTE)
    assert not [m for m in mail.outbox if "free until" in m.subject]


# --- many at once -----------------------------------------------------------------------------------------------


def race(acts: list[Callable[[], object]], threads: int = 4) -> list[BaseException]:
    """Do `acts` in threads, each with a connection of its own; gives what they raised."""
    queue, lock, raised = list(acts), threading.Lock(), list[BaseException]()

    def work() -> None:
        try:
            while True:
                with lock:
                    if not queue:
                        return
                    act = queue.pop()
                try:
                    act()
                except Exception as error:
                    raised.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    return raised


@pytest.mark.django_db(transaction=True)
def test_three_hundred_who_confirm_at_once_for_a_hundred_places_are_a_hundred_who_go_and_two_hundred_who_wait() -> (
    None
):
    screening = make_screening(entry=Screening.Entry.RESERVED, capacity=100)
    pending = [rsvp_to(screening, f"guest{n}@home.example", now=NOW) for n in range(300)]
    later = NOW + HOUR  # no hold is left: all race for the seats
    assert race([lambda rsvp=rsvp: confirm(rsvp, later) for rsvp in pending]) == []  # type: ignore[misc]
    assert Rsvp.objects.going().count() == 100
    assert Rsvp.objects.in_line().count() == 200
    assert Notice.objects.filter(kind="reminder_day").count() == 100
    assert seats_left(screening, later) == 0


@pytest.mark.django_db(transaction=True)
def test_places_given_back_taken_and_passed_on_at_once_are_never_more_than_there_are() -> None:
    screening, going = full(10)
    waiting = [say(screening, f"guest{n}", 1 + n % 3, NOW + n * MINUTE) for n in range(20)]
    now = NOW + HOUR
    acts: list[Callable[[], object]] = [lambda rsvp=rsvp: withdraw(rsvp, now) for rsvp in going[:6]]  # type: ignore[misc]
    acts += [lambda rsvp=rsvp: take(rsvp, now) for rsvp in waiting]  # type: ignore[misc]
    acts += [lambda: go_on(now) for _ in range(4)]
    raised = race(acts)
    assert {type(error) for error in raised} <= {OfferIsOver}
    assert Rsvp.objects.holding_a_seat(now).seats() == 10
    assert go_on(now) == 0


def test_beat_looks_after_the_line(settings: object) -> None:
    schedule = settings.CELERY_BEAT_SCHEDULE  # type: ignore[attr-defined]
    assert offer_places.name in {entry["task"] for entry in schedule.values()}
    offer_places()
