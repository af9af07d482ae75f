"""Monday afternoon: a week is pasted, its doubts settled inline, published; changed, compared, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from screenings.models import Rsvp, Screening, Theater, TheaterMembership
from screenings.week_view import week_start
from tests.accounts.conftest import mailed_code
from tests.cast import ATTENDEE, MANAGER, OTHER_MANAGER, make_person
from tests.conftest import PHONE
from tests.factories import make_engagement, make_film, make_screening, make_theater
from tests.journeys.test_signing_in import axe_findings, sign_in
from tests.live_house import LiveHouse


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def theater(transactional_db: None) -> Theater:
    theater = make_theater(screens=["1"])
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="manager")
    make_engagement(make_film(), theater, timezone.now().date())
    return theater


@pytest.fixture
def week(theater: Theater) -> dt.date:
    return week_start(theater, timezone.now().date() + dt.timedelta(days=7))


def address(theater: Theater, week: dt.date) -> str:
    return f"/manage/theaters/{theater.slug}/week/{week.isoformat()}/"


def paste(page: Page, text: str) -> None:
    if (again := page.get_by_text("Paste again, or change the text")).count():
        again.click()
    page.get_by_label("The week as you wrote it").fill(text)
    page.get_by_role("button", name="Read it").click()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish the week").click()
    expect(page.get_by_text("You can undo it for ten minutes")).to_be_visible()


def live(theater: Theater) -> list[str]:
    rows = Screening.objects.scheduled().filter(engagement__theater=theater)
    return [f"{row.local_start:%a %H:%M}" for row in rows.order_by("starts_at")]


def test_a_week_is_pasted_settled_published_and_found_in_the_city(
    phone: Page, theater: Theater, week: dt.date
) -> None:
    sign_in(phone)
    phone.goto(address(theater, week))
    paste(phone, "THE SALT ROAD\nFri-Sat 7:00 9:30; Sun 10:30\nNIGHT FERRY\nMon 7:00")
    expect(phone.get_by_role("heading", name="2 things to settle")).to_be_visible()
    assert axe_findings(phone) == []
    phone.get_by_label("Morning").check()
    phone.get_by_label("New film “NIGHT FERRY”").check()
    phone.get_by_role("button", name="Settle these").click()
    expect(phone.get_by_role("heading", name="Read without a doubt")).to_be_visible()
    expect(phone.get_by_text("How long is")).to_be_visible()
    publish(phone)
    assert live(theater) == ["Fri 19:00", "Fri 21:30", "Sat 19:00", "Sat 21:30", "Sun 10:30", "Mon 19:00"]
    phone.goto(f"/cities/{theater.city.slug}/?day={week.isoformat()}")
    expect(phone.get_by_text("The Salt Road").first).to_be_visible()
    expect(phone.get_by_text("9:30").first).to_be_visible()


def test_a_changed_week_is_compared_moved_and_undone_with_nobody_lost(
    phone: Page, theater: Theater, week: dt.date
) -> None:
    sign_in(phone)
    phone.goto(address(theater, week))
    paste(phone, "THE SALT ROAD\nFri-Sun 7:00 9:30")
    publish(phone)
    first = Screening.objects.order_by("starts_at")[0]
    rsvp = Rsvp.objects.create(person=make_person(ATTENDEE), screening=first, state="going")

    paste(phone, "THE SALT ROAD\nFri 7:30 9:30; Sat 7:00 9:30 OC; Mon 7:00")
    changes = phone.locator(".changes")
    expect(changes).to_contain_text("7:00 pm → 7:30 pm")
    expect(changes.locator("li")).to_have_count(5)
    expect(phone.get_by_text("2 showings stay as they are.")).to_be_visible()
    publish(phone)
    rsvp.refresh_from_db()
    assert (rsvp.state, f"{rsvp.screening.local_start:%H:%M}") == ("going", "19:30")

    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("Undone: the week is as it was")).to_be_visible()
    assert live(theater) == ["Fri 19:00", "Fri 21:30", "Sat 19:00", "Sat 21:30", "Sun 19:00", "Sun 21:30"]


def test_the_same_week_pasted_twice_changes_nothing(phone: Page, theater: Theater, week: dt.date) -> None:
    sign_in(phone)
    phone.goto(address(theater, week))
    paste(phone, "THE SALT ROAD\nFri-Sun 7:00")
    publish(phone)
    paste(phone, "The Salt Road\nFri, Sat, Sun 7pm")
    expect(phone.get_by_role("heading", name="Nothing changes")).to_be_visible()
    expect(phone.get_by_role("button", name="Publish the week")).to_have_count(0)


def test_the_grid_is_edited_by_thumb(phone: Page, theater: Theater, week: dt.date) -> None:
    sign_in(phone)
    phone.goto(address(theater, week))
    paste(phone, "THE SALT ROAD\nFri 7:00 9:30")
    phone.get_by_role("button", name="Take out The Salt Road").nth(1).click()
    phone.get_by_text("Add a showing").click()
    phone.get_by_label("Time").fill("16:15")
    phone.get_by_label("Open captions").check()
    phone.get_by_role("button", name="Add it").click()
    phone.get_by_text("Copy a day").click()
    phone.get_by_label("to", exact=True).select_option(index=3)
    phone.get_by_role("button", name="Copy", exact=True).click()
    publish(phone)
    assert live(theater) == ["Fri 16:15", "Fri 19:00", "Mon 16:15", "Mon 19:00"]
    assert set(Screening.objects.filter(wall_time__endswith="16:15").values_list("labels", flat=True)) == {
        ("oc",)
    }


def test_staff_prepare_and_a_manager_publishes(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, theater: Theater, week: dt.date
) -> None:
    staff = "tess@lantern.example"
    TheaterMembership.objects.create(theater=theater, person=make_person(staff), role="staff")
    page = new_context(base_url=live_house.url, **PHONE).new_page()
    sign_in(page, staff)
    page.goto(address(theater, week))
    paste(page, "THE SALT ROAD\nFri 7:00")
    expect(page.get_by_text("A manager of this theater publishes it.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish the week")).to_have_count(0)
    other = new_context(base_url=live_house.url, **PHONE).new_page()
    sign_in(other)
    other.goto(address(theater, week))
    publish(other)
    assert live(theater) == ["Fri 19:00"]


def test_another_theaters_manager_finds_nothing_here(phone: Page, theater: Theater, week: dt.date) -> None:
    rialto = make_theater("The Rialto", "Chicago")
    TheaterMembership.objects.create(theater=rialto, person=make_person(OTHER_MANAGER), role="manager")
    showing = make_screening(engagement=theater.engagements.get())
    sign_in(phone, OTHER_MANAGER)
    for path in (
        address(theater, week),
        f"{address(theater, week)}file/",
        f"{address(theater, week)}words/",
        f"{address(theater, week)}door-sheet.pdf",
        f"/manage/theaters/{theater.slug}/showings/{showing.code}/",
        f"/manage/theaters/{theater.slug}/week/",
        f"/manage/theaters/{theater.slug}/",
    ):
        assert phone.goto(path).status == 404


def test_a_week_is_tried_by_a_stranger_and_waits_behind_the_door_as_a_draft(
    phone: Page, theater: Theater, week: dt.date
) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="For theaters").click()
    phone.get_by_role("button", name="Read this one").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("1 thing to settle")
    phone.get_by_label("Morning").check()
    phone.get_by_role("button", name="Settle these").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Read without a doubt")
    phone.get_by_role("button", name="Sign in to publish").click()
    phone.get_by_label("Your e-mail address").fill(MANAGER)
    phone.get_by_role("button", name="Send me a code").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Six digits are on their way")
    phone.get_by_label("Code").fill(mailed_code(MANAGER))
    phone.get_by_role("button", name="Open the door").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your week is here")
    assert axe_findings(phone) == []
    phone.get_by_role("button", name="Take it there").click()
    # The Salt Road is known here; what was settled stays so; only the other film is asked about.
    expect(phone.get_by_role("heading", name="1 thing to settle")).to_be_visible()
    phone.get_by_label("New film “NIGHT FERRY”").check()
    phone.get_by_role("button", name="Settle these").click()
    expect(phone.get_by_role("heading", name="Read without a doubt")).to_be_visible()
    publish(phone)
    assert "Sun 10:30" in live(theater)


def test_one_showing_is_moved_cancelled_and_put_on_again(
    phone: Page, theater: Theater, week: dt.date
) -> None:
    wall = dt.datetime.combine(week, dt.time(19, 0))
    showing = make_screening(wall, now=timezone.now(), engagement=theater.engagements.get())
    rsvp = Rsvp.objects.create(person=make_person(ATTENDEE), screening=showing, state="going")
    sign_in(phone)
    phone.goto(f"/manage/theaters/{theater.slug}/showings/{showing.code}/")
    expect(phone.get_by_text("1 person comes")).to_be_visible()
    assert axe_findings(phone) == []
    phone.get_by_label("Time", exact=True).fill("19:45")
    phone.get_by_role("button", name="Move it").click()
    expect(
        phone.get_by_text("Moved. Who goes stays going. Those who come are told in ten minutes.")
    ).to_be_visible()
    rsvp.refresh_from_db()
    assert (rsvp.state, f"{rsvp.screening.local_start:%H:%M}") == ("going", "19:45")
    phone.get_by_role("button", name="Cancel this showing").click()
    expect(phone.get_by_text("Say why, in a few words")).to_be_visible()
    phone.get_by_label("Why").fill("The projector’s lamp has gone out.")
    phone.get_by_role("group", name="Tell those who come").last.get_by_label("at once").check()
    phone.get_by_role("button", name="Cancel this showing").click()
    expect(phone.get_by_text("Those who come are being told.")).to_be_visible()
    phone.goto(f"/s/{showing.code}/")
    expect(phone.get_by_text("The projector’s lamp has gone out.").first).to_be_visible()
    phone.go_back()
    phone.get_by_role("button", name="Put it on again").click()
    expect(phone.get_by_text("On again, at its time.")).to_be_visible()
    assert live(theater) == [f"{week:%a} 19:45"]
