"""“Bring it here”: confirmed addresses and single taps, counted apart; who asked is told first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from notices.dispatch import work_off
from notices.models import Notice
from screenings import rsvp_links
from screenings.models import City, CityRequest, Film
from screenings.reach import REACH_KM, is_within_reach
from screenings.requests import asking
from screenings.requests.demand import demand_near
from screenings.showings import book
from tests.cast import ATTENDEE, MANAGER, STRANGER, make_person
from tests.factories import make_city, make_film, make_theater

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
OPENS = dt.date(2026, 8, 21)
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def city_at(name: str, latitude: float, longitude: float) -> City:
    """A city in Georgia at a position."""
    return City.objects.create(
        geoname_id=9000 + City.objects.count(), name=name, folded_name=name.casefold(), slug=name.lower(),
        country="US", region="GA", latitude=latitude, longitude=longitude, zone="America/New_York",
    )  # fmt: skip


@pytest.fixture
def marietta() -> City:
    """25 km from Atlanta."""
    return city_at("Marietta", 33.953, -84.550)


@pytest.fixture
def macon() -> City:
    """120 km from Atlanta."""
    return city_at("Macon", 32.841, -83.632)


def asked(city: City, film: Film, email: str = ATTENDEE) -> CityRequest:
    """Somebody asked, and confirmed."""
    return asking.confirm(asking.ask_by_address(film, city, email, MONDAY), MONDAY)


def owed(email: str = ATTENDEE) -> list[str]:
    return list(Notice.objects.filter(person__email=email, state="due").values_list("kind", flat=True))


def ask(browser: Client, film: Film, **fields: str) -> HttpResponse:
    return browser.post(f"/films/{film.slug}/bring/", {"city": "Marietta", **fields})  # type: ignore[return-value]


# --- asked ----------------------------------------------------------------------------------------------------------


def test_an_address_counts_once_its_owner_has_confirmed_it(browser: Client, marietta: City) -> None:
    film = make_film()
    assert "Not in your city?" in text(browser.get(f"/films/{film.slug}/"))
    assert "Look in your mailbox" in text(browser.get(ask(browser, film, email=ATTENDEE)["Location"]))
    request = CityRequest.objects.get()
    assert request.confirmed_at is None
    assert owed() == ["request_confirm"]
    path = rsvp_links.request_path(request)
    for _ in range(2):
        browser.get(path)
        browser.head(path)
    assert CityRequest.objects.get().confirmed_at is None
    assert "You are counted" in text(browser.post(path, follow=True))
    assert CityRequest.objects.get().confirmed_at == MONDAY
    assert not browser.cookies


def test_a_tap_without_an_address_is_counted_once_for_a_device(browser: Client, marietta: City) -> None:
    film = make_film()
    for _ in range(3):
        assert ask(browser, film, device=KEY).status_code == 302
    ask(browser, film, device=KEY.replace("0", "1"))
    assert CityRequest.objects.count() == 2
    assert not Person.objects.exists()


def test_two_taps_of_one_device_cannot_be_told_to_be_of_one(browser: Client, marietta: City) -> None:
    for film in (make_film(), make_film("Night Ferry")):
        ask(browser, film, device=KEY)
    codes = set(CityRequest.objects.values_list("device_key", flat=True))
    assert len(codes) == 2
    assert KEY not in codes


@pytest.mark.parametrize("device", ["", "no key at all", "x" * 32])
def test_without_a_device_that_can_be_told_from_others_an_address_is_asked_for(
    browser: Client, marietta: City, device: str
) -> None:
    response = ask(browser, make_film(), device=device)
    assert response.status_code == 422
    assert "we count nobody twice" in text(response)
    assert not CityRequest.objects.exists()


def test_a_name_that_several_cities_have_is_asked_about_and_nothing_typed_is_lost(
    browser: Client, marietta: City
) -> None:
    City.objects.create(
        geoname_id=1, name="Marietta", folded_name="marietta", slug="marietta-oh", country="US", region="OH",
        latitude=39.415, longitude=-81.455, zone="America/New_York",
    )  # fmt: skip
    film = make_film()
    response = ask(browser, film, email=ATTENDEE)
    assert "Which one?" in text(response)
    assert f'value="{ATTENDEE}"' in text(response)
    ask(browser, film, email=ATTENDEE, place="marietta-oh")
    assert CityRequest.objects.get().city.slug == "marietta-oh"


def test_a_film_that_plays_near_there_is_said_instead_of_counted(browser: Client, marietta: City) -> None:
    film = make_film()
    book(film, make_theater(), OPENS, now=MONDAY)
    response = ask(browser, film, email=ATTENDEE)
    assert "It plays near you" in text(response)
    assert "The Lantern" in text(response)
    assert not CityRequest.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"city": ""}, "Write the name of your city"),
        ({"city": "Xyzzy"}, "No city that we know begins so"),
        ({"email": "ana at home"}, "does not look like an e-mail address"),
        ({"email": "ana@" + "x" * 300 + ".example"}, "too long"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    browser: Client, marietta: City, fields: dict[str, str], sentence: str
) -> None:
    response = ask(browser, make_film(), **fields)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not CityRequest.objects.exists()


def test_a_script_that_makes_up_devices_is_stopped_by_the_database(marietta: City) -> None:
    film = make_film()
    for number in range(asking.MOST_TAPS):
        asking.ask_by_device(film, marietta, f"{number:032x}", MONDAY)
    with pytest.raises(asking.TooManyJustNow):
        asking.ask_by_device(film, marietta, f"{9999:032x}", MONDAY)
    assert asking.ask_by_device(film, marietta, f"{7:032x}", MONDAY)  # counted already
    assert asking.ask_by_device(film, marietta, f"{9999:032x}", MONDAY + 2 * HOUR)


def test_a_strangers_mailbox_is_not_filled(marietta: City) -> None:
    for number in range(15):
        asking.ask_by_address(make_film(f"Film {number}"), marietta, STRANGER, MONDAY)
    assert Notice.objects.count() == asking.MAILS_PER_PERSON


def test_asking_no_more_takes_it_back(browser: Client, marietta: City) -> None:
    request = asked(marietta, make_film())
    assert request.person
    path = rsvp_links.mine_path(request.person)
    assert "Films you asked for" in text(browser.get(path))
    other = rsvp_links.mine_path(make_person(STRANGER))
    browser.post(f"{other}asked/{request.pk}/")
    assert CityRequest.objects.exists()
    for _ in range(2):
        browser.post(f"{path}asked/{request.pk}/")
    assert not CityRequest.objects.exists()


# --- counted ------------------------------------------------------------------------------------------------------


def test_theaters_see_confirmed_addresses_and_taps_apart_within_fifty_kilometres(
    marietta: City, macon: City
) -> None:
    film, other = make_film(), make_film("Night Ferry")
    for number in range(3):
        asked(marietta, film, f"guest{number}@home.example")
    asking.ask_by_address(film, marietta, "never@home.example", MONDAY)
    asked(macon, film, "far@home.example")
    for number in range(5):
        asking.ask_by_device(film, make_city("Atlanta"), f"{number:032x}", MONDAY)
    asking.ask_by_device(other, marietta, KEY, MONDAY)
    rows = [(row.film.title, row.confirmed, row.taps) for row in demand_near(make_theater(), MONDAY)]
    assert rows == [("The Salt Road", 3, 5), ("Night Ferry", 0, 1)]


def test_a_theaters_desk_shows_what_is_wanted_with_as_many_queries_for_many_as_for_few(
    marietta: City,
) -> None:
    theater = make_theater()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            demand_near(theater, MONDAY)
        return len(captured)

    asked(marietta, make_film())
    few = queries()
    for number in range(20):
        asking.ask_by_device(make_film(f"Film {number}"), marietta, KEY, MONDAY)
    assert queries() == few


def test_the_desk_names_a_number_and_no_address(marietta: City) -> None:
    asked(marietta, make_film())
    theater = make_theater()
    theater.memberships.create(person=make_person(MANAGER), role="manager")
    client = Client()
    client.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    page = text(client.get(f"/manage/theaters/{theater.slug}/"))
    assert "Wanted near you" in page
    assert "The Salt Road" in page
    assert ATTENDEE not in page


@pytest.mark.parametrize(
    ("latitude", "longitude", "within"),
    [(33.749, -84.388, True), (34.19, -84.388, True), (34.21, -84.388, False)],
)
def test_within_reach_is_fifty_kilometres_as_the_crow_flies(
    latitude: float, longitude: float, within: bool
) -> None:
    assert REACH_KM == 50
    assert is_within_reach(make_city("Atlanta"), city_at("There", latitude, longitude)) is within


@pytest.mark.parametrize("longitude", [179.9, -179.9])
def test_reach_crosses_the_date_line(longitude: float) -> None:
    from screenings.reach import box_around

    here, there = city_at("Here", -16.5, longitude), city_at("There", -16.5, -longitude)
    assert there in City.objects.filter(box_around(here))
    assert is_within_reach(here, there)


# --- told first -----------------------------------------------------------------------------------------------------


def test_who_asked_is_told_when_it_opens_within_reach_and_who_is_far_is_not(
    marietta: City, macon: City, clock: time_machine.Traveller
) -> None:
    film = make_film()
    asked(marietta, film)
    asked(macon, film, STRANGER)
    book(film, make_theater(), OPENS, now=MONDAY)
    assert (owed(), owed(STRANGER)) == (["film_opens"], [])
    clock.shift(11 * MINUTE)
    work_off()
    (letter,) = [m for m in mail.outbox if m.to == [ATTENDEE] and "opens near Marietta" in m.subject]
    assert letter.subject == "The Salt Road opens near Marietta, Fri 21 Aug"
    assert "The Lantern" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


def test_who_asked_hears_before_those_who_follow(marietta: City) -> None:
    from screenings.follows import FOLLOWERS_AFTER
    from screenings.requests.openings import ASKERS_FIRST, QUIET_SPELL

    assert QUIET_SPELL < FOLLOWERS_AFTER
    assert FOLLOWERS_AFTER >= ASKERS_FIRST


def test_a_request_is_told_once_whatever_else_is_booked_near_it(
    marietta: City, clock: time_machine.Traveller
) -> None:
    film = make_film()
    asked(marietta, film)
    book(film, make_theater(), OPENS, now=MONDAY)
    book(film, make_theater("The Rialto"), OPENS, now=MONDAY)
    clock.shift(11 * MINUTE)
    work_off()
    book(film, make_theater("The Orpheum"), OPENS, now=MONDAY + HOUR)
    work_off()
    letters = [m for m in mail.outbox if m.to == [ATTENDEE] and "opens" in m.subject]
    assert len(letters) == 1
    assert "The Rialto" in letters[0].body


def test_a_booking_taken_back_within_the_quiet_spell_is_told_to_nobody(
    marietta: City, clock: time_machine.Traveller
) -> None:
    film = make_film()
    asked(marietta, film)
    book(film, make_theater(), OPENS, now=MONDAY).delete()
    clock.shift(11 * MINUTE)
    work_off()
    assert not [m for m in mail.outbox if "opens" in m.subject]
    book(film, make_theater(), OPENS, now=MONDAY + HOUR)
    clock.shift(HOUR)
    work_off()
    assert len([m for m in mail.outbox if "opens" in m.subject]) == 1


def test_a_film_that_has_played_is_no_news(marietta: City) -> None:
    film = make_film()
    asked(marietta, film)
    book(film, make_theater(), dt.date(2012, 8, 3), dt.date(2012, 8, 16), now=MONDAY)
    assert owed() == []


def test_an_unconfirmed_request_is_told_nothing(marietta: City) -> None:
    film = make_film()
    asking.ask_by_address(film, marietta, ATTENDEE, MONDAY)
    book(film, make_theater(), OPENS, now=MONDAY)
    assert owed() == ["request_confirm"]


def test_who_confirms_after_the_booking_is_told_at_once(marietta: City) -> None:
    film = make_film()
    request = asking.ask_by_address(film, marietta, ATTENDEE, MONDAY)
    book(film, make_theater(), OPENS, now=MONDAY)
    asking.confirm(request, MONDAY + HOUR)
    assert owed() == ["film_opens"]
