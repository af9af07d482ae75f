"""The reading page in a real browser: in both lights and both directions, without scripts, and its links land."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route

from interviews import guides
from interviews.models import Guide
from interviews.publishing import publish
from tests.conftest import PHONE
from tests.factories import make_film
from tests.interviews.zine import ARABIC, HTML, NOW, keep, make_guide, quote
from tests.live_house import LiveHouse


def out(guide: Guide) -> str:
    publish(guide, by=None, now=NOW)
    return f"/g/{guide.code}/"


def arabic_guide() -> Guide:
    film = make_film("طريق الملح")
    guide = guides.start_guide(film, "ما نحمله على الطريق", None, "ar")
    words = guides.add_section(guide, "filmmaker", "بكلماتها")
    guides.add_excerpt(words, quote(keep(film, ARABIC), "بدأت الحكاية بخريطة رسمتها جدتي"))
    guides.add_excerpt(words, quote(keep(film), "My grandmother drew it for me on the back of an envelope."))
    guides.add_prompt(guides.add_section(guide, "after", "بعد الفيلم"), "أي مشهد ما زال معك؟")
    return guide


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("make", [make_guide, arabic_guide], ids=["left to right", "right to left"])
def test_everyone_can_read_it_without_scripts(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, light: str, make: Callable[[], Guide]
) -> None:
    path = out(make())
    page = new_context(base_url=live_house.url, color_scheme=light, **PHONE).new_page()
    page.goto(path)
    page.click("summary")
    findings = Axe().run(page)
    assert findings.violations_count == 0, findings.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    plain = new_context(base_url=live_house.url, java_script_enabled=False, **PHONE).new_page()
    plain.goto(path)
    question = plain.locator(".card h3").first
    assert not question.is_visible()
    plain.click("summary")
    assert question.is_visible()


def test_read_it_there_opens_the_interview_at_the_words(phone: Page) -> None:
    path = out(make_guide())
    far_below = HTML.replace("<article>", '<article><div style="height: 6000px"></div>')

    def interview(route: Route) -> None:
        route.fulfill(body=far_below, content_type="text/html; charset=utf-8")

    phone.context.route("https://reel.example/**", interview)
    phone.goto(path)
    phone.locator("#quote-2").get_by_role("link", name="Read it there").click()
    phone.wait_for_url("https://reel.example/**")
    phone.wait_for_function("window.scrollY > 4000")
    assert phone.get_by_text("the only dialogue that nobody has rehearsed").is_visible()


def test_the_jump_to_a_quote_and_back_to_the_questions_lands(phone: Page) -> None:
    phone.goto(out(make_guide()))
    phone.get_by_role("link", name="After the film").click()
    phone.click("summary")
    phone.get_by_role("link", name="Look again at what Mara Lindqvist said").click()
    phone.wait_for_url("**#quote-1")
    box = phone.locator("#quote-1").bounding_box()
    assert box
    assert -1 <= box["y"] < PHONE["viewport"]["height"]
