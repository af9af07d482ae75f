"""Attendees' pages for every eye and hand: in both lights and both directions, on the narrowest phone, with letters twice
as large and with the reader's own spacing (WCAG 2.2: 1.4.4, 1.4.10, 1.4.12)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from discussions.models import Discussion
from discussions.rooms import open_room
from interviews.publishing import publish
from tests.conftest import PHONE
from tests.factories import make_screening
from tests.interviews.test_guide_on_a_phone import arabic_guide
from tests.interviews.zine import NOW, make_guide
from tests.live_house import LiveHouse

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.getClientRects().length && each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => !each.closest(".visually-hidden, .skip"))
    .map((each) => `${each.tagName}.${each.className}`).slice(0, 5)"""


@pytest.fixture
def pages(transactional_db: None) -> dict[str, str]:
    """The attendees' pages, by name."""
    version, arabic = (publish(make(), by=None, now=NOW) for make in (make_guide, arabic_guide))
    room = open_room(version, title="After The Salt Road", screening=None, host=None, now=NOW)
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LIGHTS_UP, lights_up_at=NOW)
    return {
        "guide": f"/g/{version.guide.code}/",
        "arabic": f"/g/{arabic.guide.code}/",
        "showing": f"/s/{make_screening('2040-08-07T19:00').code}/",
        "room": f"/r/{room.code}/",
        "walk home": "/walk-home/",
        "no reception": "/offline/",
    }


def keep_something(page: Page, guide: str) -> None:
    """A quote is kept, and the guide saved, so that no page is empty."""
    page.goto(guide)
    page.locator("figure.said[data-item]").first.get_by_role("button", name="Keep this").click()
    page.get_by_role("button", name="Save for the cinema").click()
    expect(page.get_by_text("Saved on this phone")).to_be_visible()


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, pages: dict[str, str], light: str
) -> None:
    page = new_context(base_url=live_house.url, color_scheme=light, **PHONE).new_page()
    keep_something(page, pages["guide"])
    found = {}
    for name, address in pages.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found[name] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert found == {name: [] for name in pages}


@pytest.mark.parametrize(
    ("width", "style"),
    [
        (320, ""),
        (390, "html { font-size: 200% !important; }"),
        (390, SPACING),
    ],
    ids=["320 pixels", "letters twice as large", "the reader's own spacing"],
)
def test_nothing_runs_out_of_the_page(
    new_context: Callable[..., BrowserContext],
    live_house: LiveHouse,
    pages: dict[str, str],
    width: int,
    style: str,
) -> None:
    narrow = {**PHONE, "viewport": {"width": width, "height": 844}, "is_mobile": False}
    page = new_context(base_url=live_house.url, bypass_csp=True, **narrow).new_page()
    keep_something(page, pages["guide"])
    found = {}
    for name, address in pages.items():
        page.goto(address)
        if style:
            page.add_style_tag(content=style)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found[name] = page.evaluate(TOO_WIDE)
    assert found == {name: [] for name in pages}
