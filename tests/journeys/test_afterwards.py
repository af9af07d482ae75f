"""After the evening, in a real browser: the report is read and taken along, the filmmaker answers what was not reached,
somebody writes back the next day, and all of it stands on the evening's page."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as house_settings
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from discussions.models import Discussion, Response, TourStop
from discussions.tours import host_url
from interviews import guides
from interviews.choices import choose_guide
from interviews.guide_content import prompts_of
from interviews.publishing import publish
from notices import replies, tasks
from screenings.models import TheaterMembership
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, ORGANIZER, make_person
from tests.conftest import DESK, PHONE
from tests.discussions.rooms import LIGHTS, MINUTE, OPENED
from tests.factories import make_engagement, make_film, make_screening, make_theater
from tests.interviews.zine import make_guide
from tests.journeys.test_leading_the_evening import signed_in
from tests.journeys.test_signing_in import axe_findings
from tests.led_room import LedRoom, make_led_room
from tests.live_house import LiveHouse

NewContext = Callable[..., BrowserContext]
ASKED = "How did you find the road in the first place?"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clock(live_house: LiveHouse) -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(LIGHTS) as moved:
        yield moved


@pytest.fixture
def led(clock: Any) -> LedRoom:
    """A closed room of twelve phones whose words may leave; who asked first left an address, and somebody who was at the
    showing wants the questions after it."""
    led = make_led_room(now=OPENED)
    Discussion.objects.filter(pk=led.room.pk).update(words_may_leave=True, theater_agreed_at=OPENED)
    key = uuid.uuid4()
    led.room.questions.filter(text=ASKED).update(reply_key=key)
    replies.leave_address(key, ATTENDEE, OPENED, purpose="answer")
    guide = led.room.guide_version.guide
    guides.add_prompt(guide.sections.get(kind="after"), "What did you tell somebody?", moment="closing")
    version = publish(guide, by=None, now=OPENED)
    Discussion.objects.filter(pk=led.room.pk).update(guide_version=version)
    choose_guide(guide, guide.film)
    assert led.room.screening
    monday = OPENED - dt.timedelta(days=4)
    going = rsvp_to(led.room.screening, ATTENDEE, now=monday, wants_reminders=False, wants_prompts=True)
    confirm(going, monday)
    for number, person in enumerate(led.room.participants.all()):
        text = "The road home" if number % 2 else f"What my mother carried, number {number}"
        prompt = prompts_of(version.content)[0]["uuid"]
        Response.objects.create(
            discussion=led.room, participant=person, prompt_uuid=prompt, text=text, published_at=LIGHTS
        )
    led.do("lights_up", LIGHTS)
    led.do("close", LIGHTS + 30 * MINUTE)
    return led


def post_goes_out() -> list[Any]:
    """The worker's own task, as beat rings it; gives what went out."""
    mail.outbox.clear()
    tasks.deliver.apply()
    return list(mail.outbox)


def test_after_the_evening(
    new_context: NewContext, live_house: LiveHouse, clock: Any, led: LedRoom, tmp_path: Path
) -> None:
    def phone() -> Page:
        return new_context(base_url=live_house.url, **PHONE).new_page()

    clock.move_to(LIGHTS + HOUR)
    host = signed_in(new_context(base_url=live_house.url, **DESK).new_page(), live_house.url)

    # The report is read and taken along.
    host.goto(f"/lead/{led.room.code}/")
    host.get_by_role("link", name="The report").click()
    expect(host.get_by_role("heading", name="What was asked")).to_be_visible()
    expect(host.get_by_text("6 people", exact=True)).to_be_visible()
    expect(host.locator("main")).not_to_contain_text("Amber Heron")
    assert axe_findings(host) == []
    for name, starts in (("PDF, A4", b"%PDF"), ("Table (CSV)", b"\xef\xbb\xbfpart,"), ("JSON", b"{")):
        with host.expect_download() as taken:
            host.get_by_role("link", name=name).click()
        assert Path(taken.value.path()).read_bytes().startswith(starts)

    # What was not reached goes to the filmmaker.
    host.goto(f"/lead/{led.room.code}/after/")
    host.get_by_label("Everybody who has the address").check()
    host.get_by_role("button", name="Keep it so").click()
    host.get_by_role("button", name="Send them on").click()
    host.get_by_label("Whom a link is for").fill("Mara Quill")
    host.get_by_role("button", name="Make the link").click()
    address = host.locator(".made-address a").get_attribute("href") or ""
    assert axe_findings(host) == []

    filmmaker = phone()
    filmmaker.goto(re.sub(r"^https?://[^/]+", "", address))
    card = filmmaker.locator("article", has_text=ASKED)
    card.get_by_label("Your answer").fill("I walked behind a goat.")
    card.get_by_role("button", name="Save this answer").click()
    expect(filmmaker.get_by_text("Saved.")).to_be_visible()
    assert axe_findings(filmmaker) == []

    # The host lets the answer through; who asked is told, once.
    host.goto(f"/lead/{led.room.code}/after/")
    expect(host.get_by_text("I walked behind a goat.")).to_be_visible()
    host.get_by_role("button", name="Let it through").click()
    expect(host.get_by_role("button", name="Let it through")).to_have_count(0)
    told = [message for message in post_goes_out() if "goat" in message.body]
    assert [message.to for message in told] == [[ATTENDEE]]
    assert not [message for message in post_goes_out() if "goat" in message.body]

    # The next day somebody writes back.
    clock.move_to(dt.datetime(2026, 8, 8, 22, 1, tzinfo=dt.UTC))
    (asked,) = [message for message in post_goes_out() if "What did you tell somebody?" in message.body]
    link = re.search(r"/reply/[\w:.-]+/", asked.body)
    assert link
    attendee = phone()
    attendee.goto(link[0])
    expect(attendee.get_by_role("heading", name="What did you tell somebody?")).to_be_visible()
    assert axe_findings(attendee) == []
    attendee.get_by_label("Your words").fill("That my grandmother carried salt.")
    attendee.get_by_role("button", name="Send it").click()
    expect(attendee.get_by_role("heading", name="Thank you")).to_be_visible()

    # Read by the host, it stands on the page with the filmmaker's answer.
    reader, page = phone(), f"/r/{led.room.code}/after/"
    reader.goto(page)
    expect(reader.get_by_text("I walked behind a goat.")).to_be_visible()
    expect(reader.locator("main")).not_to_contain_text("grandmother carried")
    host.goto(f"/lead/{led.room.code}/after/")
    host.get_by_role("button", name="Onto the page").click()
    expect(host.get_by_text("Nothing waits to be read.")).to_be_visible()
    reader.goto(page)
    expect(reader.get_by_text("That my grandmother carried salt.")).to_be_visible()
    expect(reader.get_by_text("Mara Quill")).to_be_visible()
    assert axe_findings(reader) == []


def test_a_tour_is_made_in_one_act(
    new_context: NewContext, live_house: LiveHouse, clock: Any, tmp_path: Path
) -> None:
    guide = make_guide(make_film())
    publish(guide, by=None, now=OPENED)
    for city in ("Atlanta", "Chicago"):
        theater = make_theater(f"House of {city}", city=city)
        TheaterMembership.objects.create(theater=theater, person=make_person(ORGANIZER), role="organizer")
        make_screening("2026-08-14T19:00", engagement=make_engagement(guide.film, theater))
    organizer = signed_in(new_context(base_url=live_house.url, **PHONE).new_page(), live_house.url)
    organizer.goto("/tours/")
    assert axe_findings(organizer) == []
    organizer.get_by_role("link", name=guide.title).click()
    organizer.get_by_label("What the tour is called").fill("Salt on the road")
    for city in ("Atlanta", "Chicago"):
        organizer.get_by_label(f"{city}: House of {city}").check()
    assert axe_findings(organizer) == []
    organizer.get_by_role("button", name="Make the rooms").click()
    expect(organizer.get_by_role("heading", name="Salt on the road")).to_be_visible()
    expect(organizer.get_by_text("Not opened yet")).to_have_count(2)
    expect(organizer.get_by_text("Fri 14 Aug, 7:00 pm")).to_have_count(2)
    assert axe_findings(organizer) == []
    with organizer.expect_download() as taken:
        organizer.get_by_role("link", name=", A4").first.click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")

    # Its host needs no account: the link on the sheet opens the room, and the tour's page knows.
    stop = TourStop.objects.select_related("discussion").latest("pk")
    host = new_context(base_url=live_house.url, **PHONE).new_page()
    host.goto(host_url(stop).replace(house_settings.BASE_URL, ""))
    expect(host.get_by_text("In the lobby", exact=True)).to_be_visible()
    organizer.reload()
    expect(organizer.get_by_text("Here", exact=True)).to_be_visible()

    # What other cities said, while none has said anything; and a page that its host has not opened.
    for address in (f"/g/{guide.code}/cities/", f"/r/{stop.discussion.code}/after/"):
        host.goto(address)
        assert axe_findings(host) == []
