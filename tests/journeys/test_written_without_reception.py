"""What is written without reception waits on the phone and arrives exactly once."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from discussions.models import Discussion, Response
from discussions.rooms import open_room
from interviews.publishing import publish
from screenings.models import Rsvp, Screening
from tests.cast import ATTENDEE
from tests.factories import make_screening
from tests.interviews.zine import NOW, make_guide
from tests.live_house import LiveHouse

WAITS = "waits on this phone"


@pytest.fixture
def room(transactional_db: None) -> Discussion:
    """A room without a showing, whose lights are up, pinned to a guide with questions."""
    version = publish(make_guide(), by=None, now=NOW)
    room = open_room(version, title="After The Salt Road", screening=None, host=None, now=NOW)
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LIGHTS_UP, lights_up_at=NOW)
    return room


def join_and_save_guide(phone: Page, room: Discussion) -> str:
    """Join in the lobby, save the guide; gives the guide's address."""
    phone.goto(f"/r/{room.code}/")
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_text("You are").first).to_be_visible()
    address = f"/g/{room.guide_version.guide.code}/"
    phone.goto(address)
    phone.get_by_role("button", name="Save for the cinema").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    return address


def answer(phone: Page, words: str) -> None:
    """Answer the guide's first question after the film."""
    if not phone.locator(".card").first.is_visible():
        phone.get_by_text("Open after the film").click()
    card = phone.locator(".card").first
    field = card.get_by_label("Your answer, read by the room")
    if not field.is_visible():
        card.get_by_text("Answer in the room").click()
    field.fill(words)
    card.get_by_role("button", name="Send").click()


def test_two_answers_written_in_the_dark_are_two_rows_after_the_tab_was_killed(
    phone: Page, live_house: LiveHouse, room: Discussion
) -> None:
    address = join_and_save_guide(phone, room)
    live_house.close()
    phone.reload()
    answer(phone, "The hand on the gate.")
    expect(phone.get_by_text("One thing that you wrote waits on this phone.")).to_be_visible()
    answer(phone, "And the dog.")
    expect(phone.get_by_text("2 things that you wrote wait on this phone.")).to_be_visible()
    context: BrowserContext = phone.context
    phone.close()
    again = context.new_page()
    again.goto(f"{live_house.url}{address}")
    expect(again.get_by_text("2 things that you wrote wait on this phone.")).to_be_visible()
    assert Response.objects.count() == 0
    live_house.open()
    expect(again.locator("[data-outbox]")).to_be_hidden()
    again.reload()
    expect(again.get_by_role("heading", level=1)).to_be_visible()
    assert sorted(Response.objects.values_list("text", flat=True)) == [
        "And the dog.",
        "The hand on the gate.",
    ]


def test_two_tabs_send_it_once(phone: Page, live_house: LiveHouse, room: Discussion) -> None:
    address = join_and_save_guide(phone, room)
    live_house.close()
    phone.reload()
    answer(phone, "The hand on the gate.")
    expect(phone.get_by_text(WAITS).first).to_be_visible()
    other = phone.context.new_page()
    other.goto(f"{live_house.url}{address}")
    live_house.open()
    for page in (phone, other):
        expect(page.locator("[data-outbox]")).to_be_hidden()
        page.reload()
        expect(page.locator("[data-outbox]")).to_be_hidden()
    assert Response.objects.count() == 1


def test_what_the_room_refuses_is_kept_with_the_reason_until_its_writer_throws_it_away(
    phone: Page, live_house: LiveHouse, room: Discussion
) -> None:
    join_and_save_guide(phone, room)
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LOBBY)
    answer(phone, "Too early.")
    expect(phone.get_by_text("It begins when the lights are up.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Too early.")).to_be_visible()
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LIGHTS_UP)
    phone.get_by_role("button", name="Send it again").click()
    expect(phone.locator("[data-outbox]")).to_be_hidden()
    assert Response.objects.get().text == "Too early."


def test_an_answer_on_the_rooms_own_page_waits_too(
    phone: Page, live_house: LiveHouse, room: Discussion
) -> None:
    phone.goto(f"/r/{room.code}/")
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_text("You are").first).to_be_visible()
    live_house.close()
    phone.get_by_label("Your question").fill("Who held the camera?")
    phone.get_by_role("button", name="Ask", exact=True).click()
    expect(phone.get_by_text("It waits on this phone and is sent by itself.")).to_be_visible()
    live_house.open()
    expect(phone.locator("[data-outbox]")).to_be_hidden()
    assert room.questions.get().text == "Who held the camera?"


@pytest.fixture
def showing(transactional_db: None) -> Screening:
    return make_screening("2040-08-07T19:00")


def test_an_rsvp_without_reception_arrives_once(
    phone: Page, live_house: LiveHouse, showing: Screening
) -> None:
    phone.goto(f"/s/{showing.code}/")
    expect(phone.get_by_text("It is on this phone for now")).to_be_visible()
    live_house.close()
    phone.get_by_label("Your e-mail address").fill(ATTENDEE)
    phone.locator("form[data-send-later]").get_by_role("button").last.click()
    expect(phone.get_by_text("It waits on this phone and is sent by itself.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("One thing that you wrote waits on this phone.")).to_be_visible()
    live_house.open()
    expect(phone.get_by_text("Sent. Look in your mailbox")).to_be_visible()
    assert Rsvp.objects.get().person.email == ATTENDEE
