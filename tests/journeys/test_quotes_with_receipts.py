"""Three quotes from two interviews, marked with a finger on a phone; one trimmed, one with an editor's word; then a
source that comes in again with changes."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page, expect

from interviews.excerpts import stands
from interviews.guides import start_guide
from interviews.models import Excerpt, Guide, Interview, Refinding, Source
from interviews.publishing import publish
from tests.cast import EDITOR, make_person
from tests.factories import make_film
from tests.interviews.zine import LABELLED, NOW, keep, keep_page
from tests.journeys.test_signing_in import axe_findings, sign_in

# Where words are drawn: the middle of their first and of their last letter.
WHERE = """([opening, closing]) => {
  const place = (words, last) => {
    for (const element of document.querySelectorAll("[data-at]")) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const found = walker.currentNode.data.indexOf(words);
        if (found < 0) continue;
        const range = document.createRange();
        const at = last ? found + words.length - 1 : found;
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 1);
        element.scrollIntoView({ block: "center" });
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width * (last ? 0.9 : 0.1), y: box.y + box.height / 2 };
      }
    }
  };
  place(opening, false);
  return [place(opening, false), place(closing, true)];
}"""


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def guide(transactional_db: None) -> Guide:
    film = make_film()
    keeper = make_person(EDITOR)
    for source in (keep(film), keep_page(film)):
        Interview.objects.filter(pk=source.interview_id).update(kept_by=keeper)
    return start_guide(film, "What we carry", keeper)


def mark_with_a_finger(page: Page, opening: str, closing: str) -> None:
    """Tap the first word and the last: touches, as a finger makes them."""
    for number in (0, 1):
        place = page.evaluate(WHERE, [opening, closing])[number]
        page.touchscreen.tap(place["x"], place["y"])
    expect(page.get_by_role("button", name=re.compile("Quote this|Leave out"))).to_be_visible()


def quote(page: Page, source: Source, opening: str, closing: str) -> Excerpt:
    page.goto(f"/manage/interviews/{source.interview_id}/read/")
    assert axe_findings(page) == []
    mark_with_a_finger(page, opening, closing)
    assert axe_findings(page) == []
    page.get_by_role("button", name="Quote this").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A quote of")
    return Excerpt.objects.latest("id")


def add_to_the_guide(page: Page) -> None:
    page.get_by_role("button", name="Add it to the guide").tap()
    expect(page.get_by_text("Added to")).to_be_visible()


def test_from_a_finger_on_the_page_to_a_source_that_changed(phone: Page, guide: Guide) -> None:
    tide = Source.objects.get(interview__publication="The Tide")
    reel = Source.objects.get(interview__publication="Reel & Rope")
    sign_in(phone, EDITOR)

    tired = quote(phone, tide, "People will", "tired.")
    assert (
        " ".join(tired.exact.split())
        == "People will let you look at them only after they have seen you tired."
    )
    expect(phone.get_by_text("14 words, 8 % of the interview")).to_be_visible()
    add_to_the_guide(phone)

    envelope = quote(phone, tide, "My grandmother", "envelope.")
    mark_with_a_finger(phone, "for me", "back")
    phone.get_by_role("button", name="Leave out").tap()
    expect(phone.locator(".cut")).to_have_text("[…]")
    envelope.refresh_from_db()
    assert envelope.exact == "My grandmother drew it […] of an envelope."
    add_to_the_guide(phone)

    landslide = quote(phone, reel, "On the second", "was.")
    mark_with_a_finger(phone, "Tomas", "Tomas")
    phone.get_by_role("textbox", name="Your word before them").last.fill("the eldest,")
    phone.get_by_role("button", name="Put in", exact=True).tap()
    expect(phone.locator(".editor")).to_have_text("[the eldest,]")
    landslide.refresh_from_db()
    assert landslide.exact.startswith("On the second day [the eldest,] Tomas handed me")
    assert axe_findings(phone) == []
    add_to_the_guide(phone)
    publish(guide, by=None, now=NOW)

    phone.goto(f"/manage/interviews/{tide.interview_id}/changes/")
    assert axe_findings(phone) == []
    changed = LABELLED.replace("look at them only after", "look at them, only after")
    phone.get_by_label("Or the text itself").fill(changed)
    phone.get_by_role("button", name="Compare and keep").tap()
    expect(phone.get_by_text("1 quote stands in it word for word. 1 does not")).to_be_visible()
    envelope.refresh_from_db()
    assert envelope.exact == "My grandmother drew it […] of an envelope."
    assert envelope.source_id != tide.pk
    assert stands(envelope, envelope.source)
    assert Refinding.objects.get().excerpt == tired

    phone.get_by_role("link", name=re.compile("People will let")).tap()
    expect(phone.get_by_role("heading", name="Its source reads otherwise now")).to_be_visible()
    assert axe_findings(phone) == []
    phone.get_by_role("button", name="Take the new words").tap()
    expect(phone.get_by_text("Taken: the quote now reads")).to_be_visible()
    tired.refresh_from_db()
    assert "them, only after" in tired.exact
    publish(guide, by=None, now=NOW)
    call_command("check_excerpts")


def test_a_mouse_marks_too_and_search_and_suggestions_lead_to_the_words(desk: Page, guide: Guide) -> None:
    tide = Source.objects.get(interview__publication="The Tide")
    sign_in(desk, EDITOR)
    for address in ("search/?q=salt", "search/?q=zzzz", "search/", "suggestions/"):
        desk.goto(f"/manage/films/{guide.film.slug}/{address}")
        assert axe_findings(desk) == []
    desk.goto(f"/manage/films/{guide.film.slug}/search/")
    desk.get_by_label("Words").fill("carrying")
    desk.get_by_role("button", name="Search the interviews").click()
    desk.get_by_role("link", name=re.compile("Read and quote")).first.click()
    expect(desk.get_by_text("Everybody carries something").first).to_be_visible()
    start, end = desk.evaluate(WHERE, ["Everybody", "thanked."])
    desk.mouse.move(start["x"], start["y"])
    desk.mouse.down()
    desk.mouse.move(end["x"], end["y"], steps=8)
    desk.mouse.up()
    desk.get_by_role("button", name="Quote this").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Mara Lindqvist")
    excerpt = Excerpt.objects.get()
    assert excerpt.source == tide
    assert " ".join(excerpt.exact.split()).startswith("Everybody carries something")
    for page in (f"/manage/interviews/{tide.interview_id}/right/", "/manage/requests/"):
        desk.goto(page)
        assert axe_findings(desk) == []
