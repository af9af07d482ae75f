"""Somebody whose words are quoted asks for a change, without an account; the editor answers and takes it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from interviews.excerpts import cut
from interviews.guides import add_excerpt, add_section, start_guide
from interviews.models import ChangeRequest, Guide, Interview
from interviews.publishing import publish
from tests.cast import EDITOR, make_person
from tests.conftest import PHONE
from tests.factories import make_film
from tests.interviews.zine import keep
from tests.journeys.test_signing_in import axe_findings, sign_in
from tests.live_house import LiveHouse

NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def guide(transactional_db: None) -> Guide:
    keeper, film = make_person(EDITOR), make_film()
    source = keep(film)
    Interview.objects.filter(pk=source.interview_id).update(kept_by=keeper)
    guide = start_guide(film, "What we carry", keeper)
    turn = source.turns.filter(kind="answer")[0]
    excerpt = cut(source, [(turn.start, turn.end)], speaker=turn.speaker, by=keeper, now=NOW)
    add_excerpt(add_section(guide, "filmmaker"), excerpt)
    publish(guide, by=keeper, now=NOW)
    return guide


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], live_house: LiveHouse) -> Callable[..., Page]:
    return lambda light: new_context(base_url=live_house.url, color_scheme=light, **PHONE).new_page()


@pytest.mark.parametrize("light", ["light", "dark"])
def test_a_publisher_asks_and_the_words_are_taken_back(
    open_page: Callable[..., Page], guide: Guide, light: str
) -> None:
    publisher, editor = open_page(light), open_page(light)
    publisher.goto(f"/g/{guide.code}/")
    publisher.get_by_role("link", name="Ask for a change").first.click()
    expect(publisher.get_by_role("heading", level=1)).to_have_text("Something wrong?")
    assert axe_findings(publisher) == []

    publisher.get_by_label("What should change").fill("Please do not quote us.")
    publisher.get_by_label("Your name").fill("Pia of The Tide")
    publisher.get_by_label("Your e-mail address").fill("not an address")
    publisher.get_by_role("button", name="Ask for a change").click()
    expect(publisher.get_by_label("What should change")).to_have_value("Please do not quote us.")
    assert axe_findings(publisher) == []
    publisher.get_by_label("Your e-mail address").fill("pia@tide.example")
    publisher.get_by_role("button", name="Ask for a change").click()
    expect(publisher.get_by_role("heading", level=1)).to_have_text("We have it")
    assert axe_findings(publisher) == []

    sign_in(editor, EDITOR)
    asked = ChangeRequest.objects.get()
    editor.goto(f"/manage/requests/{asked.pk}/")
    expect(editor.get_by_text("Please do not quote us.")).to_be_visible()
    assert axe_findings(editor) == []
    editor.get_by_label("Why").fill("The publisher asked for it.")
    editor.get_by_role("button", name="Withdraw everything quoted").click()
    expect(editor.get_by_text("Nothing any more.")).to_be_visible()
    editor.get_by_label("Your answer").fill("Done. Thank you for telling us.")
    editor.get_by_role("button", name="Send the answer").click()
    asked.refresh_from_db()
    assert asked.state == ChangeRequest.State.ANSWERED

    publisher.wait_for_timeout(5000)  # a withdrawal reaches every process within five seconds
    publisher.goto(f"/g/{guide.code}/")
    expect(publisher.get_by_text("withdrawn").first).to_be_visible()
    assert axe_findings(publisher) == []
