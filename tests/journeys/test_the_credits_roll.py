"""An evening in a room on four phones, one of them without reception for a while: lobby, film, lights up, a prompt with
the words that it rests on, answers, a poll, closed. And what these pages look like to axe, and in the dark.

Real pages, the real stream, the real acts of who leads. Only the clock is moved.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from PIL import Image, ImageStat
from playwright.sync_api import BrowserContext, Page, expect

from discussions.models import Discussion, Response
from tests.buffering_proxy import buffering_proxy
from tests.conftest import PHONE
from tests.discussions.rooms import LIGHTS, OPENED, do, make_planned_room
from tests.journeys.test_signing_in import axe_findings
from tests.live_house import LiveHouse

# What must not happen while the film runs is written down by the page itself.
WATCH = """
window.buzzed = [];
navigator.vibrate = () => buzzed.push("vibrate") > 0;
HTMLMediaElement.prototype.play = async () => void buzzed.push("sound");
window.AudioContext = class { constructor() { buzzed.push("sound"); } };
document.addEventListener("focusin", ({ target }) => (window.focused = target.id || target.tagName));
"""
HELD = "Whom have you let look at you when you were tired?"


@pytest.fixture
def clock(live_house: LiveHouse) -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(OPENED) as moved:
        yield moved


@pytest.fixture
def room(clock: Any) -> Discussion:
    return make_planned_room()


@pytest.fixture
def phones(new_context: Callable[..., BrowserContext], live_house: LiveHouse, room: Discussion) -> list[Page]:
    """Four phones that came in by the room's link and joined."""
    pages = []
    for _ in range(4):
        context = new_context(base_url=live_house.url, **PHONE)
        context.add_init_script(WATCH)
        pages.append(page := context.new_page())
        page.goto(f"/r/{room.code}/")
        page.get_by_role("button", name="Join", exact=True).click()
        expect(page.get_by_role("heading", name="You are")).to_be_visible()
    return pages


def take_out(phone: Page) -> None:
    """Its owner looks at it: browsers say so."""
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def luminance(phone: Page) -> float:
    """Of the phone's picture, 0 to 1."""
    picture = Image.open(io.BytesIO(phone.screenshot())).convert("L")
    return ImageStat.Stat(picture).mean[0] / 255


def say(phone: Page, words: str) -> None:
    phone.get_by_label("Your answer").fill(words)
    send(phone)


def send(phone: Page) -> None:
    phone.locator("#writing").get_by_role("button", name="Send").click()


def test_an_evening_on_four_phones(phones: list[Page], room: Discussion, clock: Any) -> None:
    ana, ben, cat, dee = phones
    expect(ana.get_by_text("In the lobby")).to_be_visible()

    # The film begins by itself. The pages are black, nothing buzzes, nothing is asked for.
    asked: list[str] = []
    clock.move_to(room.screening.starts_at + dt.timedelta(minutes=1))
    for phone in phones:
        expect(phone.locator("html")).to_have_class("dark-house film")
        expect(phone.get_by_text("The film is running")).to_be_visible()
        phone.on("request", lambda request: asked.append(request.url))
    assert all(luminance(phone) < 0.05 for phone in phones)
    assert ana.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    dee.context.set_offline(True)
    ana.wait_for_timeout(1500)
    assert asked == []
    for phone in phones:
        assert phone.evaluate("window.buzzed") == []
        expect(phone.locator("#news")).to_be_empty()

    # Lights up: who takes the phone out sees it; a new step is said once and takes nobody's place.
    clock.move_to(LIGHTS)
    do(room, "lights_up", now=LIGHTS)
    for phone in (ana, ben, cat):
        take_out(phone)
        expect(phone.get_by_text("Nobody speaks.")).to_be_visible()
    do(room, "next", leaves=0)
    do(room, "next", leaves=1)
    expect(cat.get_by_role("heading", name="Which scene is still with you?")).to_be_visible()
    cat.get_by_label("Your answer").type("The goat, when it")
    do(room, "next", leaves=2)
    for phone in (ana, ben, cat):
        expect(phone.get_by_role("heading", name=HELD)).to_be_visible()
        expect(phone.get_by_text("they have seen you tired")).to_be_visible()
        expect(phone.get_by_role("link", name="Read it there")).to_be_visible()
    expect(ana.locator("#news")).to_contain_text(HELD)

    # Half an answer to the question before is still there, in focus, and says what it answers.
    held = cat.locator("form.stays")
    expect(held.get_by_label("Your answer")).to_have_value("The goat, when it")
    expect(held.get_by_label("Your answer")).to_be_focused()
    expect(held.get_by_text("Your answer to: Which scene")).to_be_visible()
    held.get_by_role("button", name="Send").click()
    expect(cat.get_by_text("Sent to the room.")).to_be_attached()

    # Answers: to the room, to those who lead, to nobody.
    say(ana, "My father, the winter he drove nights.")
    expect(ben.get_by_text("My father, the winter he drove nights.")).to_be_visible()
    ben.get_by_label("Only those who lead").check()
    say(ben, "I’d rather tell Olu.")
    expect(ben.get_by_text("Read by those who lead the room only.")).to_be_visible()
    ben.get_by_label("Only I: it stays on this phone").check()
    say(ben, "My brother.")
    expect(ben.get_by_role("heading", name="Kept on this phone")).to_be_visible()
    assert not Response.objects.filter(text="My brother.").exists()

    # A phone without reception catches up when it has some; what it wrote arrives once.
    dee.context.set_offline(False)
    take_out(dee)
    expect(dee.get_by_role("heading", name=HELD)).to_be_visible()
    dee.context.set_offline(True)
    say(dee, "Nobody, and that is an answer too.")
    expect(dee.get_by_text("No reception. It waits on this phone and is sent by itself.")).to_be_visible()
    expect(dee.get_by_role("status", name="Waiting to be sent")).to_contain_text("Nobody, and that is")
    dee.context.set_offline(False)
    expect(ana.get_by_text("Nobody, and that is an answer too.")).to_be_visible()
    assert Response.objects.filter(text="Nobody, and that is an answer too.").count() == 1

    # A question, a vote, what became of it.
    ana.get_by_text("Ask a question").click()
    ana.get_by_label("Your question").fill("Who drew the map?")
    ana.get_by_role("button", name="Ask", exact=True).click()
    vote = ben.get_by_role("button", name="want this asked")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(cat.get_by_role("button", name="1 want this asked")).to_be_visible()
    do(room, "answer", question=room.questions.get().pk)
    expect(ana.locator("#mine").get_by_text("Being answered now.")).to_be_visible()

    # A poll, its results in words when the host shows them.
    do(room, "poll", question="What will you carry home?", kind="one", options="The goat\nThe pass")
    poll = room.polls.get()
    for phone, choice in ((ana, "The goat"), (ben, "The pass"), (dee, "The pass")):
        phone.get_by_label(choice).check()
        phone.locator(f"#poll-{poll.pk}").get_by_role("button", name="Send").click()
        expect(phone.locator(f"#poll-{poll.pk}").get_by_text("Counted.")).to_be_visible()
    do(room, "show_poll", poll=poll.pk, on="1")
    expect(cat.get_by_text("3 phones answered")).to_be_visible()
    expect(cat.get_by_role("row", name="The pass 2")).to_be_visible()

    # Closed; and one of them forgets the evening.
    do(room, "close")
    for phone in phones:
        expect(phone.locator("#stage").get_by_text("This room is closed.")).to_be_visible()
        assert phone.evaluate("window.buzzed") == []
    ben.get_by_text("Forget this evening").click()
    ben.get_by_role("button", name="Forget it on this phone").click()
    expect(ben.get_by_role("heading", name="Good night")).to_be_visible()
    assert ben.evaluate("Object.keys(localStorage).length") == 0
    assert [cookie["name"] for cookie in ben.context.cookies()] == []


def test_behind_a_proxy_that_keeps_events_back_a_phone_asks_and_goes_on(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, room: Discussion
) -> None:
    with buffering_proxy(live_house.port) as proxy:
        phone = new_context(base_url=proxy.url, **PHONE).new_page()
        asked: list[str] = []
        phone.on("request", lambda request: asked.append(request.url))
        phone.goto(f"/r/{room.code}/")
        phone.get_by_role("button", name="Join", exact=True).click()
        expect(phone.get_by_role("heading", name="You are")).to_be_visible()
        do(room, "lights_up")
        expect(phone.get_by_text("Nobody speaks.")).to_be_visible()
        do(room, "next", leaves=0)
        do(room, "next", leaves=1)
        expect(phone.get_by_role("heading", name="Which scene is still with you?")).to_be_visible()
        say(phone, "The goat, when it looked back.")
        expect(phone.get_by_text("Read by the room.")).to_be_visible()
        expect(phone.get_by_text("The line is thin here")).to_be_hidden()
        streams = [url for url in asked if url.endswith(f"/live/phone/{room.code}/")]
        assert len(streams) == 1, "what is held back is not tried again and again"
        phone.close()


def test_a_phone_that_has_reception_again_does_not_wait_for_its_turn(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, room: Discussion
) -> None:
    phone = new_context(base_url=live_house.url, **PHONE).new_page()
    # The longest pauses there are, so that it is not by luck that it is back at once.
    phone.add_init_script("Math.random = () => 0.999")
    phone.goto(f"/r/{room.code}/")
    expect(phone.locator("#mine h2")).to_be_visible()
    phone.context.set_offline(True)
    live_house.close()
    expect(phone.get_by_text("The line is thin here")).to_be_visible()
    live_house.open()
    do(room, "lights_up")
    # Meanwhile it has tried so often that it would now wait for eight seconds.
    phone.wait_for_timeout(9000)
    expect(phone.get_by_text("Nobody speaks.")).to_be_hidden()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Nobody speaks.")).to_be_visible(timeout=3000)
    expect(phone.get_by_text("The line is thin here")).to_be_hidden()


def test_a_phone_that_opens_the_page_in_the_dark_looks_again_soon(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, room: Discussion, clock: Any
) -> None:
    clock.move_to(room.screening.starts_at + dt.timedelta(minutes=1))
    phone = new_context(base_url=live_house.url, **PHONE).new_page()
    phone.goto(f"/r/{room.code}/")
    expect(phone.get_by_text("The film is running")).to_be_visible()
    clock.move_to(LIGHTS)
    do(room, "lights_up", now=LIGHTS)
    expect(phone.get_by_text("Nobody speaks.")).to_be_visible()


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing_in_a_room(
    new_context: Callable[..., BrowserContext],
    live_house: LiveHouse,
    room: Discussion,
    clock: Any,
    light: str,
) -> None:
    page = new_context(base_url=live_house.url, color_scheme=light, **PHONE).new_page()
    found = {}

    def look(name: str, path: str = f"/r/{room.code}/") -> None:
        page.goto(path)
        if page.locator("#mine").count() and not page.locator("html.film").count():
            expect(page.locator("#mine h2")).to_be_visible()
        if findings := axe_findings(page):
            found[name] = findings

    look("lobby")
    look("wrong code", "/r/zzzzzz/")
    look("mine", f"/r/{room.code}/mine/")
    page.goto(f"/r/{room.code}/")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="You are")).to_be_visible()
    do(room, "lights_up")
    for step in range(3):
        do(room, "next", leaves=step)
    do(room, "poll", question="What will you carry home?", kind="several", options="The goat\nThe pass")
    expect(page.get_by_role("heading", name=HELD)).to_be_visible()
    say(page, "أمي، ذات شتاء.")
    expect(page.get_by_text("Read by the room.")).to_be_visible()
    page.get_by_text("Ask a question").click()
    page.get_by_label("Your question").fill("Who drew the map?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("button", name="want this asked")).to_be_visible()
    do(room, "show_poll", poll=room.polls.get().pk, on="1")
    expect(page.get_by_text("answered", exact=False).first).to_be_visible()
    look("lights up")
    page.evaluate("document.documentElement.dir = 'rtl'")
    if findings := axe_findings(page):
        found["right to left"] = findings
    do(room, "close")
    look("closed")
    Discussion.objects.filter(pk=room.pk).update(phase="lobby", closed_at=None, revision=99)
    clock.move_to(room.screening.ends_at + dt.timedelta(minutes=11))
    look("film that is over")
    assert found == {}
