"""The pictures of docs/organizers.md: an organizer builds a guide on a phone, from the outline to the attendees' page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Take = Callable[..., None]
TITLE = "What we carry"
TWO_QUESTIONS = "Did you like the goat? And what would you have done?"
BETTER = "Whom have you let look at you when you were tired?"


def make_interviews() -> None:
    """Two interviews about the film that plays, three passages quoted, and an organizer who keeps them."""
    from interviews.models import Interview
    from screenings.models import Film
    from tests.cast import ORGANIZER, make_person
    from tests.interviews.zine import keep, keep_page, quote

    film = Film.objects.get(slug="the-salt-road")
    tide, reel = keep(film), keep_page(film)
    quote(tide, "People will let you\nlook at them only after they have seen you tired.")
    quote(tide, "My grandmother drew it for me on the back of an envelope.")
    quote(reel, "Silence is the only dialogue that nobody has rehearsed.")
    Interview.objects.update(kept_by=make_person(ORGANIZER, name="Olu"))


def kept(page: Page) -> None:
    """What was typed has gone out and is kept."""
    page.locator("[data-state]").filter(has_text="Kept at").first.wait_for()


def go_the_organizers_way(page: Page, take: Take) -> None:
    """A picture of each step; every button is pressed as the page names it."""
    page.goto("/manage/guides/start/?film=the-salt-road")
    page.get_by_label("Title").fill(TITLE)
    take(page, "organizers-start")
    page.get_by_role("button", name="Begin").click()
    page.locator("#unused").wait_for()
    take(page, "organizers-quotes", "#unused")
    for left in (2, 1, 0):
        page.get_by_role("button", name="Take it in").first.click()
        page.wait_for_function("left => document.querySelectorAll('#unused form').length === left", arg=left)
    question = page.locator(".build-prompt").nth(1)
    question.get_by_label("Question").fill(TWO_QUESTIONS)
    kept(page)
    question.get_by_text("These are two questions").wait_for()
    take(page, "organizers-remark", f"#{question.get_attribute('id')}")
    question.get_by_label("Question").fill(BETTER)
    question.get_by_text("These are two questions").wait_for(state="detached")
    builder = page.url.partition("#")[0]
    page.goto(f"{builder}preview/facilitator/")
    take(page, "organizers-preview")
    page.goto(f"{builder}publish/")
    page.get_by_label("What is new").fill("First edition.")
    take(page, "organizers-publish")
    page.get_by_role("button", name="Publish version 1").click()
    page.get_by_text("Version 1 is out").wait_for()
    code = builder.rstrip("/").rpartition("/")[2]
    page.goto(f"/g/{code}/")
    take(page, "organizers-guide")
    page.get_by_text("Open after the film").click()
    take(page, "organizers-questions", "#after")
    page.goto(f"/g/{code}/facilitator/")
    take(page, "organizers-facilitator", "main")
