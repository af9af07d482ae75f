"""Finding: near a position, by three letters; what is full or moved says so wherever it is listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screenings.listings.near_page import near_page, read_spot
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to, withdraw
from screenings.showings import admit, move
from tests.cast import ATTENDEE, MANAGER, make_person
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
HERE = "http://testserver"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"Origin": HERE})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def tonight(**facts: object) -> Screening:
    engagement = make_engagement(opens_on=dt.date(2026, 8, 3))
    return make_screening("2026-08-03T19:00", now=MONDAY, engagement=engagement, **facts)


def test_what_is_on_near_a_position_tonight(browser: Client) -> None:
    showing = tonight()
    make_engagement(make_film("Night Ferry"), make_theater("An Lampa", "Galway"), dt.date(2026, 8, 3))
    response = browser.post("/near/", {"latitude": "33.78", "longitude": "-84.41"})
    assert f"/s/{showing.code}/" in text(response)
    assert "An Lampa" not in text(response)
    assert "no-store" in response["Cache-Control"]
    assert not browser.cookies


def test_where_nothing_is_on_the_nearest_city_is_named(browser: Client) -> None:
    make_city("Galway")
    response = browser.post("/near/", {"latitude": "53.3", "longitude": "-9.05"})
    assert "Nothing is on within 50 km tonight." in text(response)
    assert "/cities/galway/" in text(response)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("", ""), ("north", "west"), ("nan", "0"), ("91", "0"), ("0", "1e999"), ("1e400", "0")],
)
def test_a_position_that_is_none_leads_to_the_cities(browser: Client, latitude: str, longitude: str) -> None:
    response = browser.post("/near/", {"latitude": latitude, "longitude": longitude})
    assert response.status_code == 422
    assert "Find your city by its name." in text(response)
    assert browser.get("/near/?latitude=33.7&longitude=-84.4")["Location"] == "/cities/"


def test_a_position_is_rounded_here_too() -> None:
    spot = read_spot("33.778912", "-84.412345")
    assert spot
    assert (spot.latitude, spot.longitude) == (33.78, -84.41)


def test_near_me_makes_as_many_queries_for_many_showings_as_for_one() -> None:
    showing, spot = tonight(), read_spot("33.78", "-84.41")
    assert spot

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            near_page(spot, MONDAY)
        return len(captured)

    one = queries()
    for minute in range(30):
        make_screening(f"2026-08-03T20:{minute:02d}", now=MONDAY, engagement=showing.engagement)
    assert queries() == one == 2


def test_cities_for_three_letters_come_as_data_and_for_two_none(browser: Client) -> None:
    tonight()
    (city,) = browser.get("/cities/names/?q=ATL").json()
    assert city == {
        "name": "Atlanta",
        "place": "GA, United States",
        "on": "On tonight",
        "url": "/cities/atlanta/",
        "slug": "atlanta",
    }
    assert browser.get("/cities/names/?q=at").json() == []
    assert browser.get("/cities/names/?q=%00atl").status_code == 200


def test_a_full_showing_says_so_in_the_city_and_on_its_page_and_no_more_once_a_seat_is_free(
    browser: Client,
) -> None:
    showing = tonight(entry=Screening.Entry.RESERVED, capacity=1)
    going = confirm(rsvp_to(showing, ATTENDEE, now=MONDAY), MONDAY)
    assert "Full, with a waiting list" in text(browser.get("/cities/atlanta/"))
    assert "Put me on the waiting list" in text(browser.get(f"/s/{showing.code}/"))
    withdraw(going, MONDAY)
    assert "Full, with a waiting list" not in text(browser.get("/cities/atlanta/"))


def test_a_moved_showing_says_from_when_until_it_is_back(browser: Client) -> None:
    showing = tonight()
    move(showing, dt.datetime(2026, 8, 3, 20, 0), now=MONDAY)
    for address in ("/cities/atlanta/", f"/s/{showing.code}/", f"/theaters/{showing.theater.slug}/"):
        assert "Moved from 7:00 pm" in text(browser.get(address))
    move(showing, dt.datetime(2026, 8, 4, 20, 0), now=MONDAY)
    assert "Moved from Mon 3 Aug, 7:00 pm" in text(browser.get(f"/s/{showing.code}/"))
    move(showing, dt.datetime(2026, 8, 3, 19, 0), now=MONDAY)
    assert "Moved from" not in text(browser.get(f"/s/{showing.code}/"))


@pytest.mark.parametrize(
    ("entry", "words", "act"),
    [
        ("tickets", "This is no ticket", "Remind me"),
        ("reserved", "a seat is kept for you", "Keep my seat"),
        ("open", "You need no ticket", "I’m coming"),
    ],
)
def test_each_showing_says_how_one_gets_in_and_what_to_press(
    browser: Client, entry: str, words: str, act: str
) -> None:
    showing = make_screening(now=MONDAY)
    capacity = 20 if entry == "reserved" else None
    admit(showing, entry=entry, capacity=capacity, ticket_url="https://lantern.example/t", now=MONDAY)
    page = text(browser.get(f"/s/{showing.code}/"))
    assert words in page
    assert f">{act}</button>" in page
    assert "just add it to my calendar" in page
    assert "https://lantern.example/t" in page or entry != "tickets"
    assert ("Until you confirm" in page) == (entry == "reserved")


def test_a_manager_says_how_one_gets_in(browser: Client) -> None:
    showing = make_screening(now=MONDAY)
    showing.theater.memberships.create(person=make_person(MANAGER), role="manager")
    client = Client()
    client.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    address = f"/manage/theaters/{showing.theater.slug}/showings/{showing.code}/"
    said = {"act": "entry", "seen": showing.revision, "entry": "reserved", "ticket_url": ""}
    refused = client.post(address, {**said, "capacity": ""})
    assert "Say how many seats there are to keep." in text(refused)  # type: ignore[arg-type]
    client.post(address, {**said, "capacity": "40"})
    showing.refresh_from_db()
    assert (showing.entry, showing.capacity) == ("reserved", 40)


def test_seats_that_a_manager_adds_are_offered_to_those_who_wait() -> None:
    showing = make_screening(now=MONDAY, entry=Screening.Entry.RESERVED, capacity=1)
    confirm(rsvp_to(showing, "ben@home.example", now=MONDAY), MONDAY)
    ana = confirm(rsvp_to(showing, ATTENDEE, now=MONDAY), MONDAY)
    admit(showing, entry="reserved", capacity=2, ticket_url="", now=MONDAY)
    ana.refresh_from_db()
    assert ana.offered_seats == 1


def test_what_is_shared_is_the_plain_address(browser: Client) -> None:
    showing = make_screening(now=MONDAY)
    page = text(browser.get(f"/s/{showing.code}/?utm_source=somebody"))
    assert f'data-share="http://localhost:8000/s/{showing.code}/"' in page
    assert "utm_source" not in page
