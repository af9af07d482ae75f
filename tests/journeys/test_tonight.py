"""One straight way through the whole house, in the demo world: find, read, say that one comes, be reminded, be asked.

Real pages on a phone, the real acts, Celery's tasks, a real mail server. Only the clock is moved.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import Page, expect

from config.celery import app
from config.demo import content
from config.demo.world import build
from discussions.models import Discussion
from notices.models import Notice
from notices.tasks import ring_dispatcher
from screenings.models import Rsvp, Screening
from tests.cast import ATTENDEE
from tests.config.demo_cities import load_demo_cities
from tests.discussions.rooms import do
from tests.journeys.test_signing_in import give_authenticator, sign_in
from tests.live_house import LiveHouse
from tests.mail_server import MailServer, text_of

# A quarter past five on a Friday in Atlanta, where a showing begins at a quarter to eight.
NOW = dt.datetime(2026, 11, 20, 22, 15, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def clock(live_house: LiveHouse) -> Iterator[Any]:
    """The clock of the whole house, which goes on from NOW and can be moved."""
    cache.clear()
    with time_machine.travel(NOW) as moved:
        yield moved


@pytest.fixture
def tonight(clock: Any) -> Screening:
    """The demo world, and its showing of tonight."""
    load_demo_cities()
    room = build(NOW).room
    assert room is not None
    return Screening.objects.for_listing().get(pk=room.screening_id)


@pytest.fixture
def post(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def ring() -> Iterator[Callable[[], None]]:
    """Beat's bell; the tasks that it rings run at once."""
    app.conf.task_always_eager = True
    yield ring_dispatcher
    app.conf.task_always_eager = False


def newest_letter(post: MailServer, count: int) -> EmailMessage:
    """The last of the `count` letters that the attendee has got so far."""
    letters = post.letters_to(ATTENDEE)
    assert len(letters) == count
    return letters[-1]


def link_in(letter: EmailMessage, path: str, base_url: str) -> str:
    """The address in a letter that begins with `path`."""
    found = re.search(rf"{re.escape(base_url)}({path}[^\s>)]*)", text_of(letter))
    assert found, text_of(letter)
    return found[1]


def notice_of(kind: str) -> Notice:
    return Notice.objects.get(person__email=ATTENDEE, kind=kind)


def find_tonight(phone: Page, showing: Screening) -> None:
    """From the front page to the showing: the city by its name, then the line of tonight."""
    phone.goto("/")
    phone.get_by_label("Your city").fill(showing.theater.city.name)
    phone.get_by_role("button", name="Find").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(showing.theater.city.name)
    phone.locator(f'a[href="/s/{showing.code}/"]').first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(content.FLAGSHIP)


def read_guide(phone: Page) -> None:
    """Read the showing's guide and come back."""
    phone.get_by_role("link", name="Read the guide").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where was the door?")
    expect(phone.get_by_text("You cannot unknow a coffee.")).to_be_visible()
    source = phone.get_by_role("link", name="Read it there").first
    assert "#:~:text=" in (source.get_attribute("href") or "")
    expect(phone.get_by_text("What did you do during those six minutes?")).to_be_hidden()
    phone.get_by_text("Open after the film").click()
    expect(phone.get_by_text("What did you do during those six minutes?")).to_be_visible()
    phone.go_back()


def ask_to_be_reminded(phone: Page) -> None:
    phone.get_by_label("Your e-mail address").fill(ATTENDEE)
    phone.get_by_label("Write to me after the film").check()
    phone.get_by_role("button", name="Remind me").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")


def confirm_by_mail(phone: Page, letter: EmailMessage, base_url: str) -> None:
    """Opening the mail's link changes nothing; its button does."""
    rsvp = Rsvp.objects.get(person__email=ATTENDEE)
    phone.goto(link_in(letter, "/", base_url))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Shall we remind you?")
    rsvp.refresh_from_db()
    assert rsvp.state == Rsvp.State.PENDING
    phone.get_by_role("button", name="Yes, remind me").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Settled")
    rsvp.refresh_from_db()
    assert rsvp.state == Rsvp.State.GOING


def read_as_staff(desk: Page, kind: str) -> None:
    """Staff find the message by its address, as sent, and read its letter."""
    notice = notice_of(kind)
    desk.goto(f"/staff/ledger/?words={ATTENDEE}&kind={kind}")
    row = desk.get_by_role("listitem").filter(has_text=ATTENDEE)
    expect(row).to_contain_text("sent")
    row.get_by_role("link").click()
    expect(desk.get_by_text(str(notice.message_key))).to_be_visible()
    letter = desk.frame_locator("iframe.letter")
    expect(letter.get_by_role("heading", level=1)).to_contain_text(content.FLAGSHIP)
    assert "••••••" in letter.locator("body").inner_html()


def open_the_ledger(desk: Page) -> None:
    """The demo's staff sign in by code and show a passkey."""
    give_authenticator(desk)
    sign_in(desk, content.read("people")["staff"]["email"])
    desk.goto("/you/passkeys/add/")
    desk.get_by_role("button", name="Add a passkey on this device").click()
    expect(desk.get_by_text("From now on it signs you in.")).to_be_visible()
    desk.goto("/staff/ledger/")
    desk.get_by_role("button", name="Use a passkey").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("The ledger")


def test_from_tonights_listing_to_the_question_on_the_way_home(
    phone: Page,
    desk: Page,
    live_house: LiveHouse,
    clock: Any,
    tonight: Screening,
    post: MailServer,
    ring: Callable[[], None],
) -> None:
    find_tonight(phone, tonight)
    read_guide(phone)
    ask_to_be_reminded(phone)
    ring()
    confirm_by_mail(phone, newest_letter(post, 1), live_house.url)

    reminder = notice_of("reminder_hours")
    clock.move_to(reminder.due_at - MINUTE)
    ring()
    assert len(post.letters_to(ATTENDEE)) == 1
    clock.move_to(reminder.due_at + MINUTE / 6)
    ring()
    letter = newest_letter(post, 2)
    (calendar,) = letter.iter_attachments()
    (event,) = icalendar.Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert event["DTSTART"].dt == tonight.starts_at
    assert tonight.theater.name in letter["Subject"]

    clock.move_to(tonight.starts_at + 20 * MINUTE)
    ring()
    phone.goto(f"/s/{tonight.code}/")
    expect(phone.locator("html.dark-house")).to_be_visible()
    assert len(post.letters_to(ATTENDEE)) == 2

    lights = tonight.ends_at + MINUTE
    clock.move_to(lights)
    do(Discussion.objects.get(screening=tonight), "lights_up", now=lights)
    ring()
    letter = newest_letter(post, 3)
    assert letter["Subject"] == f"The discussion is open: {content.FLAGSHIP}"
    phone.goto(link_in(letter, "/r/", live_house.url))
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_role("heading", name="You are")).to_be_visible()

    clock.move_to(notice_of("prompt_after").due_at + MINUTE / 6)
    ring()
    letter = newest_letter(post, 4)
    assert letter["Subject"] == f"One question after {content.FLAGSHIP}"
    assert "What did you do during those six minutes?" in " ".join(text_of(letter).split())
    phone.goto(link_in(letter, "/g/", live_house.url))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where was the door?")

    open_the_ledger(desk)
    for kind in ("rsvp_confirm", "reminder_hours", "discussion_open", "prompt_after"):
        read_as_staff(desk, kind)


def test_the_room_of_tonight_is_found_by_its_code_and_leads_to_the_guide(
    phone: Page, clock: Any, tonight: Screening
) -> None:
    room = Discussion.objects.get(screening=tonight)
    phone.goto(f"/r/{room.code[:3]}-{room.code[3:]}/")
    expect(phone.get_by_text(room.code, exact=True)).to_be_visible()
    expect(phone.get_by_text("In the lobby.")).to_be_visible()
    phone.get_by_role("link", name="Read the guide").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where was the door?")
