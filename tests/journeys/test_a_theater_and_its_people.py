"""A theater is proposed and approved, its staff invited; a passkey; a role taken away. Also: what these pages look like to axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts import memberships
from interviews.guides import start_guide
from screenings.models import TheaterMembership, TheaterProposal
from tests.cast import MANAGER, make_person
from tests.conftest import DESK, PHONE
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater
from tests.journeys.test_signing_in import axe_findings, give_authenticator, sign_in
from tests.live_house import LiveHouse

STAFF = "tess@lantern.example"
SITE_STAFF = "sita@houselights.example"
Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def new_device(new_context: Callable[..., BrowserContext], live_house: LiveHouse) -> Open:
    """A new device: `new_device()` is a phone, `new_device(DESK)` a desktop."""
    return lambda kind=PHONE, **more: new_context(base_url=live_house.url, **kind, **more).new_page()


def add_passkey(page: Page) -> None:
    give_authenticator(page)
    page.goto("/you/passkeys/add/")
    page.get_by_role("button", name="Add a passkey on this device").click()
    expect(page.get_by_text("From now on it signs you in.")).to_be_visible()


def propose(page: Page, city: str = "Atlanta") -> None:
    page.goto("/home/")
    page.get_by_role("link", name="Propose a theater").click()
    page.get_by_label("The theater’s name").fill("The Lantern")
    page.get_by_label("City", exact=True).fill(city)
    page.get_by_label("Address").fill("12 Ponce Street")
    page.get_by_label("Your part in it").fill("I run it.")
    page.get_by_role("button", name="Send the proposal").click()


def approve(page: Page) -> None:
    """Site staff: a code alone does not open their rooms, a passkey does."""
    make_person(SITE_STAFF, is_staff=True)
    sign_in(page, SITE_STAFF)
    page.goto("/staff/proposals/")
    expect(page.get_by_role("heading", name="Proposed theaters")).to_have_count(0)
    add_passkey(page)
    page.goto("/you/")
    page.get_by_role("button", name="Sign out here").click()
    expect(page.get_by_text("You are signed out on this device.")).to_be_visible()
    page.goto("/sign-in/?next=/staff/proposals/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposed theaters")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("The Lantern: approved.")).to_be_visible()


def test_from_a_proposal_to_a_role_taken_away(new_device: Open) -> None:
    make_city("Atlanta")
    manager, staff = new_device(), new_device()

    sign_in(manager)
    propose(manager)
    expect(manager.get_by_text("We look at every proposal ourselves")).to_be_visible()
    expect(manager.get_by_text("proposed, waits for us")).to_be_visible()

    approve(new_device(DESK))

    manager.goto("/home/")
    manager.get_by_role("link", name=re.compile("The Lantern")).click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("The Lantern")
    manager.get_by_role("link", name="People").click()
    manager.get_by_label("Their e-mail address").fill(STAFF)
    manager.get_by_label("What they will do").select_option("staff")
    manager.get_by_role("button", name="Send the invitation").click()
    expect(manager.get_by_text(f"The invitation to {STAFF} is on its way.")).to_be_visible()

    sign_in(staff, STAFF)
    staff.goto("/home/")
    staff.get_by_role("link", name=re.compile("The Lantern")).click()
    expect(staff.get_by_role("button", name="Join")).to_be_visible()
    assert axe_findings(staff) == []
    staff.get_by_role("button", name="Join").click()
    expect(staff.get_by_text("Welcome to The Lantern.")).to_be_visible()
    add_passkey(staff)
    staff.goto("/you/")
    staff.get_by_role("button", name="Sign out here").click()
    expect(staff.get_by_text("You are signed out on this device.")).to_be_visible()
    staff.goto("/sign-in/?next=/home/")
    staff.get_by_role("button", name="Use a passkey").click()
    staff.get_by_role("link", name=re.compile("The Lantern")).click()
    staff.get_by_role("link", name="People").click()

    manager.goto("/manage/theaters/the-lantern/people/")
    row = manager.get_by_role("listitem").filter(has_text=STAFF)
    row.get_by_text("Change").click()
    row.get_by_role("button", name=re.compile("Remove")).click()
    expect(manager.get_by_text(f"{STAFF} is no longer on the team.")).to_be_visible()

    staff.get_by_role("link", name="This week").or_(
        staff.get_by_role("link", name="The Lantern")
    ).first.click()
    expect(staff.get_by_text("your part in it has ended")).to_be_visible()


def test_a_city_that_several_places_share_is_asked_about_with_nothing_typed_lost(new_device: Open) -> None:
    first = make_city("Galway")
    first.pk, first.geoname_id, first.slug, first.country = None, 99, "galway-elsewhere", "US"
    first.save()
    page = new_device()
    sign_in(page)
    propose(page, "Galway")
    expect(page.get_by_text("Several places are called that. Choose one.")).to_be_visible()
    expect(page.get_by_label("Your part in it")).to_have_value("I run it.")
    page.get_by_label(re.compile("Galway.*IE")).check()
    page.get_by_role("button", name="Send the proposal").click()
    expect(page.get_by_text("We look at every proposal ourselves")).to_be_visible()
    assert TheaterProposal.objects.get().city.country == "IE"


def test_an_invitation_forwarded_to_somebody_else_shows_them_nothing(new_device: Open) -> None:
    theater, manager = make_theater(), make_person(MANAGER)
    TheaterMembership.objects.create(theater=theater, person=manager, role="manager")
    invitation, _ = memberships.invite(theater, STAFF, "staff", by=manager, now=timezone.now())
    page = new_device()
    sign_in(page, "nosy@elsewhere.example")
    page.goto(f"/invitations/theaters/{invitation.pk}/")
    expect(page.get_by_text("Nothing at this address")).to_be_visible()


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing_on_the_desk(new_device: Open, light: str) -> None:
    theater, manager, film = make_theater(), make_person(MANAGER, name="Marta"), make_film()
    TheaterMembership.objects.create(theater=theater, person=manager, role="manager")
    film.memberships.create(person=manager)
    make_screening(engagement=make_engagement(film, theater))
    guide = start_guide(film, "After The Salt Road", manager)
    page = new_device(color_scheme=light)
    sign_in(page)
    found = {}
    for address in (
        "/home/",
        "/manage/theaters/propose/",
        "/manage/theaters/the-lantern/",
        "/manage/theaters/the-lantern/people/",
        "/manage/theaters/the-lantern/facts/",
        "/manage/theaters/the-lantern/trail/",
        "/manage/films/the-salt-road/",
        "/manage/films/the-salt-road/people/",
        f"/manage/guides/{guide.code}/",
        f"/manage/guides/{guide.code}/people/",
        "/rooms/open/",
    ):
        page.goto(address)
        if findings := axe_findings(page):
            found[address] = findings
    assert not found
