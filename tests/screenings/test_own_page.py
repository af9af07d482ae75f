"""One's own page, behind a private link: everything of one address, nothing changed by opening it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from accounts.models import Person
from notices import suppression
from notices.dispatch import work_off
from notices.models import Notice, Suppression
from screenings import rsvp_links
from screenings.models import Rsvp, Screening, TheaterMembership
from screenings.rsvps import confirm, rsvp_to, withdraw
from tests.cast import ATTENDEE, MANAGER, STRANGER, make_person
from tests.factories import make_screening, make_theater

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def going(email: str = ATTENDEE, seats: int = 1, screening: Screening | None = None) -> Rsvp:
    screening = screening or make_screening(entry=Screening.Entry.RESERVED, capacity=2)
    return confirm(rsvp_to(screening, email, now=MONDAY, party_size=seats), MONDAY)


def waiting_with_an_offer() -> Rsvp:
    """Ana waits, and a seat has come free for her."""
    taken = going(STRANGER, 2)
    ana = going(ATTENDEE, 1, taken.screening)
    withdraw(taken, MONDAY)
    ana.refresh_from_db()
    assert ana.offered_seats == 1
    return ana


# --- the waiting list ------------------------------------------------------------------------------------------


def test_a_mail_scanner_that_opens_the_link_takes_nothing(browser: Client) -> None:
    ana = waiting_with_an_offer()
    path = rsvp_links.mine_path(ana.person)
    for address in (path, f"{path}{ana.screening.code}/", f"{path}erase/", f"{path}again/"):
        browser.get(address)
        browser.head(address)
    ana.refresh_from_db()
    assert (ana.state, ana.offered_seats) == ("waiting", 1)
    assert Person.objects.filter(email=ATTENDEE).exists()


def test_one_button_takes_the_place(browser: Client) -> None:
    ana = waiting_with_an_offer()
    path = rsvp_links.mine_path(ana.person)
    assert "A seat is yours until 2:00 pm." in text(browser.get(path))
    response = browser.post(f"{path}{ana.screening.code}/", {"act": "take"}, follow=True)
    assert "A seat is kept for you." in text(response)


def test_who_presses_too_late_is_told_so_and_is_still_in_line(
    browser: Client, clock: time_machine.Traveller
) -> None:
    ana = waiting_with_an_offer()
    confirm(rsvp_to(ana.screening, "ben@home.example", now=MONDAY), MONDAY)
    confirm(rsvp_to(ana.screening, "cem@home.example", now=MONDAY), MONDAY)
    clock.shift(dt.timedelta(hours=2, minutes=1))
    response = browser.post(
        f"{rsvp_links.mine_path(ana.person)}{ana.screening.code}/", {"act": "take"}, follow=True
    )
    assert response.status_code == 409
    assert "went to the next in line. You are still on the waiting list." in text(response)  # type: ignore[arg-type]


# --- what the theater is told ------------------------------------------------------------------------------------


def test_needs_are_kept_with_consent_only_and_seen_by_the_theaters_people_alone(browser: Client) -> None:
    rsvp = going(seats=2)
    TheaterMembership.objects.create(
        theater=rsvp.screening.theater, person=make_person(MANAGER), role="manager"
    )
    path = f"{rsvp_links.mine_path(rsvp.person)}{rsvp.screening.code}/"
    said = {"act": "party", "party_size": "2", "name": "Ana 🎬 ‮שלום", "access_needs": "Two steps at most"}
    refused = browser.post(path, said)
    assert refused.status_code == 409
    assert "so that we may tell the theater" in text(refused)  # type: ignore[arg-type]
    assert Rsvp.objects.get().access_needs == ""
    browser.post(path, {**said, "tell_theater": "on"})
    kept = Rsvp.objects.get()
    assert (kept.name, kept.access_needs) == ("Ana 🎬 שלום", "Two steps at most")
    manager = Client()
    manager.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    door = f"/manage/theaters/{rsvp.screening.theater.slug}/showings/{rsvp.screening.code}/door/"
    assert "Two steps at most" in text(manager.get(door))
    assert ATTENDEE not in text(manager.get(door))
    assert "Two steps at most" not in text(browser.get(f"/s/{rsvp.screening.code}/"))
    assert browser.get(door).status_code == 302


def test_needs_and_names_are_erased_the_day_after_the_showing() -> None:
    from accounts import retention

    rsvp = going()
    Rsvp.objects.update(name="Ana", access_needs="A wheelchair")
    retention.keep(rsvp.screening.ends_at + DAY / 2)
    assert Rsvp.objects.get().access_needs == "A wheelchair"
    retention.keep(rsvp.screening.ends_at + DAY + dt.timedelta(minutes=5))
    assert (Rsvp.objects.get().name, Rsvp.objects.get().access_needs) == ("", "")


# --- links that are old, or another's --------------------------------------------------------------------------


def test_a_link_from_last_year_does_nothing_but_send_a_new_one_to_its_owner(
    browser: Client, clock: time_machine.Traveller
) -> None:
    rsvp = going(screening=make_screening("2027-08-06T19:00"))
    path = rsvp_links.mine_path(rsvp.person)
    clock.shift(200 * DAY)
    old = browser.get(path)
    assert old.status_code == 404
    assert "too old" in text(old)  # type: ignore[arg-type]
    assert ATTENDEE not in text(old)  # type: ignore[arg-type]
    browser.post(f"{path}{rsvp.screening.code}/", {"act": "withdraw"})
    assert Rsvp.objects.get().state == "going"
    assert "Look in your mailbox" in text(browser.post(f"{path}again/"))
    work_off()
    assert [m.to for m in mail.outbox if m.subject == "Your private link"] == [[ATTENDEE]]


def test_a_new_link_is_not_sent_over_and_over(browser: Client, clock: time_machine.Traveller) -> None:
    path = rsvp_links.mine_path(going().person)
    for _ in range(20):
        browser.post(f"{path}again/")
        clock.shift(dt.timedelta(minutes=3))
    assert Notice.objects.filter(kind="private_link").count() == 5


@pytest.mark.parametrize("what", ["all.json", "erase/"])
def test_a_link_that_was_forwarded_days_later_neither_tells_everything_nor_erases(
    browser: Client, clock: time_machine.Traveller, what: str
) -> None:
    path = rsvp_links.mine_path(going().person)
    clock.shift(2 * DAY)
    for response in (browser.get(path + what), browser.post(path + what)):
        assert response.status_code == 403
        assert "has just come to your own mailbox" in text(response)
    assert Person.objects.filter(email=ATTENDEE).exists()


def test_a_made_up_link_is_none(browser: Client) -> None:
    for path in ("/mine/nothing/", "/mine/nothing/all.json", "/mine/nothing/erase/"):
        assert browser.get(path).status_code == 404


# --- export, language, erase ---------------------------------------------------------------------------------------


def test_everything_can_be_taken_along(browser: Client) -> None:
    rsvp = going()
    response = browser.get(f"{rsvp_links.mine_path(rsvp.person)}all.json")
    taken = json.loads(response.content)
    assert taken["account"][0]["Address"] == ATTENDEE
    assert taken["showings"][0]["Film"] == "The Salt Road"
    assert {"messages", "mail_lists", "city_requests", "follows"} <= set(taken)
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_the_language_of_mail_is_one_that_there_is(browser: Client) -> None:
    path = rsvp_links.mine_path(going().person)
    browser.post(f"{path}language/", {"language": "xx"})
    assert Person.objects.get(email=ATTENDEE).language == "en"
    browser.post(f"{path}language/", {"language": "fr"})
    assert Person.objects.get(email=ATTENDEE).language == "fr"


def test_erasing_leaves_a_code_and_gives_the_seat_to_who_waits(browser: Client) -> None:
    ana = going(ATTENDEE, 2)
    ben = going("ben@home.example", 1, ana.screening)
    path = f"{rsvp_links.mine_path(ana.person)}erase/"
    assert "cannot be undone" in text(browser.get(path))
    assert Person.objects.filter(email=ATTENDEE).exists()
    assert "We do not know you any more." in text(browser.post(path))
    assert not Person.objects.filter(email=ATTENDEE).exists()
    assert not Notice.objects.filter(person__email=ATTENDEE).exists()
    assert Suppression.objects.get().address_key == suppression.address_key(ATTENDEE)
    ben.refresh_from_db()
    assert ben.offered_seats == 1
    assert browser.get(path).status_code == 404


def test_who_was_erased_may_come_again_and_is_asked_to_confirm(
    browser: Client, clock: time_machine.Traveller
) -> None:
    rsvp = going()
    browser.post(f"{rsvp_links.mine_path(rsvp.person)}erase/")
    clock.shift(DAY)
    again = rsvp_to(rsvp.screening, ATTENDEE, now=MONDAY + DAY)
    work_off()
    assert [m.to for m in mail.outbox if m.subject.startswith("Please confirm")] == [[ATTENDEE]]
    confirm(again, MONDAY + DAY)
    clock.move_to(rsvp.screening.starts_at - dt.timedelta(hours=2))
    work_off()
    assert [m.to for m in mail.outbox[1:]] == [[ATTENDEE]]  # the reminder


def test_a_backup_that_brings_somebody_back_is_not_written_to(browser: Client) -> None:
    rsvp = going()
    screening, confirmed_at = rsvp.screening, Person.objects.get(email=ATTENDEE).confirmed_at
    browser.post(f"{rsvp_links.mine_path(rsvp.person)}erase/")
    back = make_person(ATTENDEE, confirmed_at=confirmed_at)
    Rsvp.objects.create(person=back, screening=screening, state="going", confirmed_at=confirmed_at)
    with time_machine.travel(screening.starts_at - DAY):
        from screenings.reminders import replan

        Notice.objects.all().delete()
        replan(screening, MONDAY)
        work_off()
    assert not mail.outbox
    assert Notice.objects.filter(person=back, state="declined").exists()


def test_who_works_with_a_theater_keeps_the_account_until_they_leave_it(browser: Client) -> None:
    person = going().person
    TheaterMembership.objects.create(theater=make_theater("The Rialto"), person=person, role="manager")
    path = f"{rsvp_links.mine_path(person)}erase/"
    assert "You work with The Rialto." in text(browser.get(path))
    assert "Your account is still here" in text(browser.post(path))
    assert Person.objects.filter(email=ATTENDEE).exists()
    assert not Rsvp.objects.exists()


def test_leaving_a_list_twice_is_once(browser: Client) -> None:
    path = f"{rsvp_links.mine_path(going().person)}lists/reminders/"
    for _ in range(2):
        assert browser.post(path, {"wanted": "0"}).status_code == 302
    assert Notice.objects.filter(state="declined").count() == 2


def test_who_has_no_mail_of_ours_any_more_has_the_link_sent_and_strangers_learn_nothing(
    browser: Client,
) -> None:
    going()
    known = browser.post("/mine/", {"email": "Ana@Home.Example "})
    unknown = browser.post("/mine/", {"email": "nobody@home.example"})
    assert known.content == unknown.content
    assert not Person.objects.filter(email="nobody@home.example").exists()
    work_off()
    assert [m.to for m in mail.outbox if m.subject == "Your private link"] == [[ATTENDEE]]
