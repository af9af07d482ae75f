"""A guide is built as an organizer would: outline, quotes taken in, questions mended after remarks, preview, publish, read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Person
from interviews.models import Block, Excerpt, Guide, GuideMembership, Interview
from screenings.models import Film
from tests.cast import ORGANIZER, make_person
from tests.conftest import DESK, PHONE
from tests.factories import make_film
from tests.interviews.zine import keep, keep_page, make_guide, quote
from tests.journeys.test_signing_in import axe_findings, sign_in
from tests.live_house import LiveHouse


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def film(transactional_db: None) -> Film:
    film = make_film()
    make_person(ORGANIZER)
    quote(keep(film), "People will let you\nlook at them only after they have seen you tired.")
    quote(keep_page(film), "Silence is the only dialogue that nobody has rehearsed.")
    return film


def kept(page: Page) -> None:
    expect(page.locator("[data-state]").filter(has_text="Kept at").first).to_be_visible()


def test_from_an_outline_to_a_phone(desk: Page, phone: Page, film: Film) -> None:
    sign_in(desk, ORGANIZER)
    desk.goto("/manage/guides/start/")
    assert axe_findings(desk) == []
    desk.get_by_label("Film").select_option(film.slug)
    desk.get_by_label("Title").fill("What we carry")
    desk.get_by_role("button", name="Begin").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("What we carry")
    guide = Guide.objects.get()
    # Quotes are proposed, and taken in one by one.
    for left in (1, 0):
        desk.get_by_role("button", name="Take it in").first.click()
        expect(desk.get_by_role("button", name="Take it in")).to_have_count(left)
    assert guide.sections.get(kind="filmmaker").blocks.count() == 2
    # A question is typed; the builder says what a room would do with it; it is mended.
    block = Block.objects.get(prompt__question__startswith="What did you see differently")
    desk_block = desk.locator(f"#block-{block.pk}")
    desk_block.get_by_label("Question").fill("Did you like it? And why?")
    kept(desk)
    expect(desk_block.get_by_text("These are two questions")).to_be_visible()
    desk_block.get_by_label("Question").fill("Whom have you let look at you when you were tired?")
    expect(desk_block.get_by_text("These are two questions")).to_have_count(0)
    assert axe_findings(desk) == []
    # Both readers' previews.
    desk.goto(f"/manage/guides/{guide.code}/preview/")
    expect(desk.get_by_text("Open after the film")).to_be_visible()
    desk.get_by_role("link", name="As who leads").click()
    expect(desk.get_by_role("heading", name="Run-sheet")).to_be_visible()
    assert axe_findings(desk) == []
    desk.get_by_role("link", name="Back to building").click()
    desk.get_by_role("link", name="Publish", exact=True).click()
    expect(desk.get_by_label("What is new")).to_be_visible()
    assert axe_findings(desk) == []
    desk.get_by_label("What is new").fill("First edition.")
    desk.get_by_role("button", name="Publish version 1").click()
    expect(desk.get_by_text("Version 1 is out")).to_be_visible()
    phone.goto(f"/g/{guide.code}/")
    phone.click("summary")
    expect(phone.get_by_role("heading", name="Whom have you let look at you")).to_be_visible()
    expect(phone.get_by_role("heading", name="Pass it on")).to_be_visible()
    assert axe_findings(phone) == []
    assert phone.get_by_role("link", name="Write to a friend").get_attribute("href").startswith("mailto:?")  # type: ignore[union-attr]
    phone.get_by_role("link", name="For who leads the discussion").click()
    expect(phone.get_by_role("heading", name="Run-sheet")).to_be_visible()
    assert axe_findings(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]  # type: ignore[index]
    printed = phone.request.get(f"/g/{guide.code}/v1/guide-a5.pdf")
    assert printed.headers["content-type"] == "application/pdf"
    assert b"/StructTreeRoot" in printed.body()


@pytest.fixture
def guide(film: Film) -> Guide:
    guide = make_guide(make_film("Night Ferry"))
    GuideMembership.objects.create(guide=guide, person=make_person(ORGANIZER), role="owner")
    return guide


def test_two_editors_at_once_lose_nothing(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, guide: Guide, desk: Page
) -> None:
    sign_in(desk, ORGANIZER)
    other = desk.context.new_page()
    for page in (desk, other):
        page.goto(f"{live_house.url}/manage/guides/{guide.code}/")
    desk.get_by_label("Question").first.fill("Which sound is still with you?")
    kept(desk)
    other.get_by_label("Question").first.fill("Which face is still with you?")
    expect(other.get_by_text("Theirs stands; yours is below")).to_be_visible()
    expect(other.locator("[data-both] dd", has_text="Which sound is still with you?")).to_be_visible()
    expect(other.locator("[data-both] dd", has_text="Which face is still with you?")).to_be_visible()
    assert guide.prompts.filter(question="Which sound is still with you?").exists()
    assert axe_findings(other) == []
    other.locator("form[data-keeps]", has=other.get_by_label("Question")).first.get_by_role(
        "button", name="Keep it"
    ).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Two of you wrote here")
    assert axe_findings(other) == []
    other.get_by_role("button", name="Keep what is written here").click()
    expect(other).to_have_url(re.compile("#block-"))
    assert guide.prompts.filter(question="Which face is still with you?").exists()


def test_words_typed_without_a_connection_are_kept_on_the_device(
    desk: Page, guide: Guide, live_house: LiveHouse
) -> None:
    sign_in(desk, ORGANIZER)
    desk.goto(f"/manage/guides/{guide.code}/")
    desk.context.set_offline(True)
    desk.get_by_label("Question").first.fill("Which door is still open?")
    expect(desk.get_by_text("No connection. Your words are on this device")).to_be_visible()
    desk.context.set_offline(False)
    kept(desk)
    assert guide.prompts.filter(question="Which door is still open?").exists()


def test_words_that_never_went_out_are_there_when_the_page_is_opened_again(desk: Page, guide: Guide) -> None:
    sign_in(desk, ORGANIZER)
    desk.goto(f"/manage/guides/{guide.code}/")
    desk.context.route("**/blocks/*/", lambda route: route.abort())
    desk.get_by_label("Question").first.fill("Which window is still lit?")
    expect(desk.get_by_text("No connection. Your words are on this device")).to_be_visible()
    desk.context.unroute_all()
    desk.goto("/you/")
    desk.goto(f"/manage/guides/{guide.code}/")
    expect(desk.get_by_label("Question").first).to_have_value("Which window is still lit?")
    kept(desk)
    assert guide.prompts.filter(question="Which window is still lit?").exists()


def test_a_block_is_dragged_before_another_and_stays_there(desk: Page, guide: Guide) -> None:
    sign_in(desk, ORGANIZER)
    desk.goto(f"/manage/guides/{guide.code}/")
    section = next(
        one for one in desk.locator("[data-section]").all() if one.locator("[data-block]").count() > 1
    )
    name = section.get_attribute("data-section")
    before = order(desk, name)
    blocks = section.locator("[data-block]")
    with desk.expect_response(lambda answer: answer.request.method == "POST") as moved:
        blocks.nth(len(before) - 1).locator(".build-handle").drag_to(blocks.nth(0).locator(".build-head"))
    assert moved.value.ok
    expect(blocks.nth(0)).to_have_attribute("data-block", before[-1])
    desk.reload()
    assert order(desk, name) == [before[-1], *before[:-1]]


def order(desk: Page, section: str | None) -> list[str]:
    """The blocks of a section as they stand on the page."""
    found: list[str] = desk.locator(f'[data-section="{section}"] [data-block]').evaluate_all(
        "blocks => blocks.map((block) => block.dataset.block)"
    )
    return found


def stopped(desk: Page, guide: Guide, sentence: str) -> None:
    """The publish page says in a sentence what is in the way, and offers no button."""
    desk.goto(f"/manage/guides/{guide.code}/publish/")
    expect(desk.get_by_text(sentence).first).to_be_visible()
    expect(desk.get_by_role("button", name="Publish")).to_have_count(0)
    assert axe_findings(desk) == []
    assert not guide.versions.exists()


def test_a_broken_quote_stops_publishing_with_a_sentence(desk: Page, guide: Guide) -> None:
    sign_in(desk, ORGANIZER)
    excerpt = Excerpt.objects.filter(blocks__section__guide=guide).first()
    assert excerpt
    excerpt.exact = excerpt.exact + " And more."
    excerpt.save()
    stopped(desk, guide, "does not stand in its source as it is quoted")


def test_an_expired_permission_stops_publishing_until_it_is_renewed(desk: Page, guide: Guide) -> None:
    sign_in(desk, ORGANIZER)
    interview = Interview.objects.get(publication="Reel & Rope", film=guide.film)
    yesterday = timezone.now().date() - dt.timedelta(days=1)
    Interview.objects.filter(pk=interview.pk).update(
        right_until=yesterday, kept_by=Person.objects.get(email=ORGANIZER)
    )
    stopped(desk, guide, f"the permission ended on {yesterday:%-d %B %Y}")
    # Whoever keeps the interview writes down that the editors gave it for longer.
    desk.goto(f"/manage/interviews/{interview.pk}/right/")
    desk.get_by_label("Given on").fill(str(yesterday - dt.timedelta(days=30)))
    until = yesterday + dt.timedelta(days=90)
    desk.get_by_label("Good until").fill(str(until))
    desk.get_by_role("button", name="Keep the right").click()
    expect(desk.get_by_text(f"Good until {until:%-d %B %Y}.").first).to_be_visible()
    desk.goto(f"/manage/guides/{guide.code}/publish/")
    expect(desk.get_by_role("button", name="Publish version 1")).to_be_visible()


def test_publish_pressed_twice_is_one_version(desk: Page, guide: Guide, live_house: LiveHouse) -> None:
    sign_in(desk, ORGANIZER)
    other = desk.context.new_page()
    for page in (desk, other):
        page.goto(f"{live_house.url}/manage/guides/{guide.code}/publish/")
        page.get_by_label("What is new").fill("First edition.")
    desk.get_by_role("button", name="Publish version 1").click()
    expect(desk.get_by_text("Version 1 is out")).to_be_visible()
    other.get_by_role("button", name="Publish version 1").click()
    expect(other.get_by_text("Nothing has changed since version 1").first).to_be_visible()
    assert guide.versions.count() == 1


def test_every_act_works_without_scripts(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, guide: Guide, desk: Page
) -> None:
    sign_in(desk, ORGANIZER)
    cookies = desk.context.cookies()
    context = new_context(base_url=live_house.url, java_script_enabled=False, **DESK)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"/manage/guides/{guide.code}/")
    order = [block.pk for block in guide.sections.get(kind="filmmaker").blocks.all()]
    with page.expect_navigation():
        page.locator(f"#block-{order[0]}").get_by_role("button", name="Move down").click()
    assert [block.pk for block in guide.sections.get(kind="filmmaker").blocks.all()] == order[::-1]
    page.locator(f"#section-{guide.sections.get(kind='welcome').pk}").get_by_role(
        "button", name="words", exact=True
    ).click()
    page.get_by_label("Words").fill("أهلا بكم 你好")
    with page.expect_navigation():
        page.get_by_role("button", name="Add it").click()
    assert guide.sections.get(kind="welcome").blocks.filter(text="أهلا بكم 你好").exists()
