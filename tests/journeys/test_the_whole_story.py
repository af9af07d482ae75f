"""The whole story in one: an interview, a guide built from it, a pasted week, a room, an evening, its report."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from discussions.answering import respond
from discussions.models import Discussion
from interviews.models import Guide
from screenings.models import TheaterMembership
from tests.cast import ORGANIZER, make_person
from tests.conftest import DESK, PHONE
from tests.discussions.rooms import MINUTE, OPENED, make_phone
from tests.factories import make_engagement, make_film, make_theater
from tests.interviews.zine import keep, quote
from tests.journeys.test_leading_the_evening import come_in, signed_in, tab, take_out
from tests.journeys.test_paste_the_week import address, paste
from tests.journeys.test_paste_the_week import publish as publish_the_week
from tests.live_house import LiveHouse

SAID = "People will let you\nlook at them only after they have seen you tired."
FRIDAY = dt.date(2026, 8, 14)
# 7:00 pm in Atlanta; the film is over at 8:41.
SHOWING = dt.datetime(2026, 8, 14, 23, 0, tzinfo=dt.UTC)
LIGHTS = SHOWING + 105 * MINUTE


@pytest.fixture
def clock(live_house: LiveHouse) -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(OPENED) as moved:
        yield moved


def test_from_an_interview_and_a_pasted_week_to_the_report(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, clock: Any
) -> None:
    film, theater = make_film(), make_theater(screens=["1"])
    TheaterMembership.objects.create(theater=theater, person=make_person(ORGANIZER), role="manager")
    make_engagement(film, theater, FRIDAY)
    desk = signed_in(new_context(base_url=live_house.url, **DESK).new_page(), live_house.url)

    # What a filmmaker said in an interview is in the guide, character for character.
    quote(keep(film), SAID)
    guide = build_the_guide(desk, film.slug)

    # The theater's week is pasted, and published.
    desk.goto(address(theater, FRIDAY))
    paste(desk, "THE SALT ROAD\nFri-Sat 7:00")
    expect(desk.get_by_role("heading", name="Read without a doubt")).to_be_visible()
    publish_the_week(desk)

    # A room for Friday, from that guide; people come.
    room = open_a_room(desk)
    clock.move_to(SHOWING - 30 * MINUTE)
    phone = new_context(base_url=live_house.url, **PHONE).new_page()
    come_in(phone, room)
    others = [make_phone(room, f"Other {number}") for number in range(5)]

    # The film; the lights; a question and an answer; good night.
    clock.move_to(LIGHTS)
    desk.goto(f"/lead/{room.code}/")
    with desk.expect_response("**/act/"):  # The host's page goes ahead of it.
        desk.get_by_role("button", name="Lights up").click()
    expect(desk.locator("[data-next]")).to_be_visible()
    take_out(phone)
    phone.reload()
    phone.get_by_text("Ask a question", exact=True).click()
    phone.get_by_label("Your question").fill("Who carried the salt?")
    phone.get_by_role("button", name="Ask", exact=True).click()
    expect(phone.locator("#questions")).to_contain_text("Who carried the salt?")
    room.refresh_from_db()
    prompt = str(room.steps.filter(prompt_uuid__isnull=False)[0].prompt_uuid)
    for other in others:
        other.refresh_from_db()
        respond(other, prompt, "My mother did.", audience="room", key=uuid.uuid4(), now=LIGHTS + MINUTE)
    clock.move_to(LIGHTS + 30 * MINUTE)
    desk.goto(f"/lead/{room.code}/")
    tab(desk, "More")
    desk.locator("#more").get_by_role("button", name="Close the room").click()
    expect(desk.locator("#more").get_by_role("button", name="Close the room")).to_have_count(0)
    desk.goto(f"/lead/{room.code}/")
    expect(desk.get_by_text("The room is closed", exact=True)).to_be_visible()

    # And the report says what came of it.
    desk.get_by_role("link", name="The report").click()
    expect(desk.get_by_text("Who carried the salt?")).to_be_visible()
    expect(desk.get_by_text("My mother did.")).to_be_visible()
    expect(desk.get_by_text("5 people", exact=True)).to_be_visible()
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="PDF, A4").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    assert guide.versions.get() == room.guide_version


def build_the_guide(desk: Page, film: str) -> Guide:
    """Begun from the outline that is proposed, the quote taken in, published; offered with the film."""
    desk.goto("/manage/guides/start/")
    desk.get_by_label("Film").select_option(film)
    desk.get_by_label("Title").fill("What we carry")
    desk.get_by_role("button", name="Begin").click()
    desk.get_by_role("button", name="Take it in").first.click()
    expect(desk.get_by_role("button", name="Take it in")).to_have_count(0)
    desk.get_by_role("link", name="Publish", exact=True).click()
    desk.get_by_label("What is new").fill("First edition.")
    desk.get_by_role("button", name="Publish version 1").click()
    expect(desk.get_by_text("Version 1 is out")).to_be_visible()
    guide = Guide.objects.get()
    excerpts = guide.versions.get().content["excerpts"].values()
    assert "only after they have seen you tired." in next(iter(excerpts))["exact"]
    return guide


def open_a_room(desk: Page) -> Discussion:
    desk.goto("/rooms/open/")
    desk.get_by_label("What it is called").fill("After The Salt Road")
    desk.get_by_label("At a showing").select_option(index=1)
    desk.get_by_role("button", name="Open the room").click()
    expect(desk.get_by_text("In the lobby", exact=True)).to_be_visible()
    room = Discussion.objects.get()
    assert room.screening is not None
    assert room.screening.starts_at == SHOWING
    return room
