"""Whose language a letter is in: the browser's at the first meeting, the person's own choice ever after. Pages stay
English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import Person
from notices.dispatch import work_off
from notices.models import Notice
from screenings import rsvp_links
from screenings.models import Rsvp, Screening
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, STRANGER, make_person
from tests.factories import make_city, make_film, make_screening, make_theater
from tests.house.world import build_world

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
GERMAN = "de-AT,de;q=0.9"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def browser(languages: str = GERMAN) -> Client:
    return Client(headers={"Origin": "http://testserver", "Accept-Language": languages})


def say(screening: Screening, who: Client, email: str = ATTENDEE) -> None:
    said = {"email": email, "wants_reminders": "on"}
    assert who.post(f"/s/{screening.code}/rsvp/", said).status_code == 302


def sent() -> EmailMessage:
    """The letter that is due, sent."""
    mail.outbox.clear()
    work_off()
    (letter,) = mail.outbox
    return letter


def language(email: str = ATTENDEE) -> str:
    return Person.objects.get(email=email).language


def test_who_comes_with_a_german_browser_is_written_to_in_german(clock: time_machine.Traveller) -> None:
    say(make_screening(), browser())
    confirmation = sent()
    assert confirmation.subject.startswith("Bitte bestätigen: The Salt Road, Fr. 7. Aug., 7:00")
    assert confirmation.extra_headers["Content-Language"] == "de"
    confirm(Rsvp.objects.get(), MONDAY)
    clock.move_to(START - DAY)
    reminder = sent()
    assert reminder.subject.startswith("Morgen, 7:00")
    assert "Keine Erinnerungen mehr" in reminder.body


def test_a_page_is_byte_for_byte_the_english_one() -> None:
    screening = make_screening()
    for path in (f"/s/{screening.code}/", "/cities/", f"/theaters/{screening.theater.slug}/"):
        theirs, ours = browser("fr,de;q=0.9").get(path), browser("en").get(path)
        assert theirs.content == ours.content
        assert b'<html lang="en"' in ours.content
        assert "Accept-Language" not in ours.get("Vary", ""), "caches would keep a copy for each language"


def test_who_is_known_keeps_their_language() -> None:
    make_person(language="fr")
    screening = make_screening()
    say(screening, browser())
    assert language() == "fr"
    assert sent().subject.startswith("À confirmer : The Salt Road")


@pytest.mark.parametrize("door", ["follow", "bring", "sign_in"])
def test_every_door_at_which_somebody_is_met_listens(door: str) -> None:
    who = browser("es-MX,es;q=0.9,en;q=0.5")
    if door == "follow":
        who.post(f"/theaters/{make_theater().slug}/follow/", {"email": STRANGER})
    elif door == "bring":
        said = {"email": STRANGER, "city": make_city().name}
        assert who.post(f"/films/{make_film().slug}/bring/", said).status_code == 302
    else:
        who.post("/sign-in/", {"email": STRANGER})
    assert language(STRANGER) == "es"
    assert sent().extra_headers["Content-Language"] == "es"


def test_another_choice_on_ones_own_page_changes_the_next_letter(clock: time_machine.Traveller) -> None:
    rsvp = confirm(rsvp_to(make_screening(), ATTENDEE, now=MONDAY), MONDAY)
    assert Notice.objects.filter(kind="reminder_day", state="due").exists()
    path = rsvp_links.mine_path(rsvp.person)
    page = browser().get(path).content.decode()
    for name in ("English", "Español", "Français", "Deutsch"):
        assert f">{name}</option>" in page
    assert "Pages like this one are in English." in page
    browser().post(f"{path}language/", {"language": "fr"})
    clock.move_to(START - DAY)
    assert sent().subject.startswith("Demain, 7:00")


def test_staff_see_the_letter_in_its_readers_language() -> None:
    make_person(language="de")
    say(make_screening(), browser("en"))
    notice = Notice.objects.get()
    seen = build_world().client("site_staff").get(f"/staff/ledger/{notice.pk}/").content.decode()
    assert "Bitte bestätigen" in seen
    assert '<html lang="en"' in seen
