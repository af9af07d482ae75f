"""The seat, in a real browser with a real mail server: a showing moves, a place opens, a film comes near, all is erased.

Only the clock is moved. Celery's tasks run as beat would ring them.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import icalendar
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Person
from common.quiet_logs import WithoutAddresses
from config.celery import app
from notices import suppression
from notices.models import Notice, Suppression
from notices.tasks import ring_dispatcher
from screenings.models import City, CityRequest, Rsvp, Screening
from screenings.showings import book, move
from screenings.tasks import offer_places
from tests.cast import ATTENDEE, STRANGER
from tests.conftest import PHONE
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater
from tests.live_house import LiveHouse
from tests.mail_server import MailServer, text_of

# Monday noon in Atlanta; the showing is on Friday at 7 pm there.
NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def clock(live_house: LiveHouse) -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(NOW) as moved:
        yield moved


@pytest.fixture
def post(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def ring() -> Iterator[Callable[[], None]]:
    """Beat's bells; the tasks that they ring run at once."""
    app.conf.task_always_eager = True

    def bells() -> None:
        offer_places()
        ring_dispatcher()

    yield bells
    app.conf.task_always_eager = False


@pytest.fixture
def showing(clock: Any) -> Screening:
    """Two seats, kept here."""
    return make_screening(now=NOW, entry=Screening.Entry.RESERVED, capacity=2)


def newest(post: MailServer, email: str, words: str) -> str:
    """The path of the private link in the newest letter to somebody whose subject holds `words`."""
    letter = [one for one in post.letters_to(email) if words in one["Subject"]][-1]
    found = re.search(r"http://localhost:\d+(/(?:rsvp|mine|bring)/[^\s>)]*)", text_of(letter))
    assert found, text_of(letter)
    return found[1]


def say(page: Page, showing: Screening, email: str, seats: str = "1") -> None:
    """From the showing's page to “look in your mailbox”."""
    page.goto(f"/s/{showing.code}/")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Seats").select_option(seats)
    page.locator("#come button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")


def confirm(page: Page, post: MailServer, ring: Callable[[], None], email: str, then: str) -> None:
    ring()
    page.goto(newest(post, email, "Please confirm"))
    page.get_by_role("button", name="Yes, I’m coming").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(then)


def test_who_comes_is_told_once_that_it_moved_and_the_calendar_is_right(
    phone: Page, clock: Any, showing: Screening, post: MailServer, ring: Callable[[], None]
) -> None:
    say(phone, showing, ATTENDEE)
    confirm(phone, post, ring, ATTENDEE, "See you there")
    for hour, minute in ((20, 0), (20, 30)):
        move(showing, dt.datetime(2026, 8, 7, hour, minute), now=NOW + MINUTE)
    clock.move_to(NOW + 12 * MINUTE)
    for _ in range(3):
        ring()
    told = [one for one in post.letters_to(ATTENDEE) if "Please confirm" not in one["Subject"]]
    assert [one["Subject"].strip() for one in told] == [
        "7:00 pm → 8:30 pm, same evening: The Salt Road, The Lantern"
    ]
    (attached,) = told[0].iter_attachments()
    phone.goto(f"/s/{showing.code}/")
    expect(phone.get_by_text("Moved from 7:00 pm")).to_be_visible()
    fetched = phone.request.get(f"/s/{showing.code}/calendar.ics").body()
    for file in (attached.get_payload(decode=True), fetched):
        (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
        assert event["DTSTART"].dt == dt.datetime(2026, 8, 8, 0, 30, tzinfo=dt.UTC)
        assert (event["SEQUENCE"], len(event.walk("VALARM"))) == (2, 2)
    assert event["UID"].startswith(showing.code)


def test_a_place_that_opens_is_taken_in_time_or_passed_on(
    phone: Page, clock: Any, showing: Screening, post: MailServer, ring: Callable[[], None]
) -> None:
    say(phone, showing, STRANGER, "2")
    confirm(phone, post, ring, STRANGER, "See you there")
    going = phone.get_by_role("link", name="Change it, or withdraw").get_attribute("href")
    assert going
    for email in (ATTENDEE, "ben@home.example"):
        say(phone, showing, email)
        confirm(phone, post, ring, email, "On the waiting list")
    phone.goto(going)
    phone.get_by_text("Seats, name, access").click()
    phone.get_by_label("Seats").select_option("1")
    phone.get_by_role("button", name="Save").nth(1).click()
    expect(phone.get_by_text("A seat is kept for you.")).to_be_visible()

    ring()
    offered = newest(post, ATTENDEE, "A seat is free until")
    phone.request.get(offered)  # a mail scanner opens every link
    clock.move_to(NOW + 3 * HOUR)
    ring()
    passed_on = newest(post, "ben@home.example", "A seat is free until")
    phone.goto(passed_on)
    phone.get_by_role("button", name="Take the seat").click()
    expect(phone.get_by_text("A seat is kept for you.")).to_be_visible()
    phone.goto(offered)
    expect(phone.get_by_text("You are on the waiting list, without a seat yet.")).to_be_visible()
    states = dict(Rsvp.objects.values_list("person__email", "state"))
    assert states == {STRANGER: "going", "ben@home.example": "going", ATTENDEE: "waiting"}


def test_who_asked_for_a_film_hears_first_when_it_opens_thirty_kilometres_away(
    phone: Page, clock: Any, post: MailServer, ring: Callable[[], None]
) -> None:
    film, theater = make_film(), make_theater()
    City.objects.create(
        geoname_id=1, name="Marietta", folded_name="marietta", slug="marietta", country="US", region="GA",
        latitude=33.98, longitude=-84.55, zone="America/New_York",
    )  # fmt: skip
    phone.goto(f"/films/{film.slug}/")
    phone.get_by_label("Your city").fill("Mar")
    phone.get_by_role("button", name=re.compile("Marietta")).click()
    phone.get_by_label("Your e-mail address").last.fill(ATTENDEE)
    phone.get_by_role("button", name="Bring it here").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")
    ring()
    phone.goto(newest(post, ATTENDEE, "Please confirm"))
    phone.get_by_role("button", name="Yes, count me").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are counted")

    book(film, theater, dt.date(2026, 8, 21), now=NOW + MINUTE)
    clock.move_to(NOW + 12 * MINUTE)
    ring()
    (told,) = [one for one in post.letters_to(ATTENDEE) if "opens near Marietta" in one["Subject"]]
    assert "The Lantern" in text_of(told)


def test_a_tap_without_an_address_counts_once_for_the_device(phone: Page, clock: Any) -> None:
    film = make_film()
    make_city("Galway")
    for _ in range(2):
        phone.goto(f"/films/{film.slug}/")
        phone.get_by_label("Your city").fill("Galway")
        phone.get_by_role("button", name="Bring it here").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Counted")
    assert CityRequest.objects.count() == 1
    assert not phone.context.cookies()


def everything_stored() -> str:
    """Every cell of every table."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def position_in(text: str) -> str | None:
    """The Atlanta phone's latitude or longitude in a text, however many digits are left of it.

    A time of day that ends in such seconds (``08:37:33.744``) is none.
    """
    found = re.search(r"(?<![\d:.])(?:33\.7[78]|84\.41)", text)
    return found and found.group()


def test_after_erasing_nothing_holds_the_address_but_its_code(
    phone: Page,
    clock: Any,
    showing: Screening,
    post: MailServer,
    ring: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    city, film = make_city("Galway"), make_film("Night Ferry")
    say(phone, showing, ATTENDEE)
    confirm(phone, post, ring, ATTENDEE, "See you there")
    phone.goto(f"/films/{film.slug}/bring/")
    phone.get_by_label("Your city").fill(city.name)
    phone.get_by_label("Your e-mail address").fill(ATTENDEE)
    phone.get_by_role("button", name="Bring it here").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")
    move(showing, dt.datetime(2026, 8, 7, 20, 0), now=NOW + MINUTE)
    clock.move_to(NOW + 12 * MINUTE)
    post.at_rcpt = lambda recipient: f"550 5.1.1 <{recipient}>: user unknown"
    ring()  # what the mail server says quotes the address; the ledger keeps it
    assert ATTENDEE in everything_stored()

    phone.goto(f"/s/{showing.code}/")
    person = Person.objects.get(email=ATTENDEE)
    mine = newest(post, ATTENDEE, "Please confirm")
    phone.goto(mine)
    phone.get_by_role("link", name="Change it, or withdraw").click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Take it with you (JSON)").click()
    assert ATTENDEE in download.value.path().read_text()
    phone.get_by_role("link", name="Erase everything").click()
    phone.get_by_role("button", name="Erase it all").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Erased")
    ring()

    stored = everything_stored()
    assert ATTENDEE not in stored
    assert ATTENDEE.partition("@")[0] + "%40" not in stored
    assert suppression.address_key(ATTENDEE) in stored
    assert Suppression.objects.count() == 1
    assert not Notice.objects.filter(person_id=person.pk).exists()
    ours = [
        record for record in caplog.records if record.name != "mail.log"
    ]  # that is the server it was sent to
    written = "\n".join(map(WithoutAddresses().format, ours))
    assert ours
    assert ATTENDEE not in written
    assert not [record for record in ours if ATTENDEE in record.getMessage()]


@pytest.fixture
def near_atlanta(browser: Browser, live_house: LiveHouse) -> Iterator[Page]:
    """A phone that lets us know where it is: four kilometres from the middle of Atlanta."""
    context: BrowserContext = browser.new_context(
        base_url=live_house.url,
        geolocation={"latitude": 33.778912, "longitude": -84.412345},
        permissions=["geolocation"],
        **PHONE,
    )
    yield context.new_page()
    context.close()


def test_tonight_near_me_is_two_taps_away_and_the_position_is_kept_nowhere(
    near_atlanta: Page, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    tonight = make_screening(
        "2026-08-03T19:00", now=NOW, engagement=make_engagement(opens_on=dt.date(2026, 8, 3))
    )
    asked: list[str] = []
    near_atlanta.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    near_atlanta.goto("/")
    near_atlanta.get_by_role("button", name="Tonight near me").tap()
    expect(near_atlanta.get_by_role("heading", level=1)).to_have_text("Tonight near you")
    near_atlanta.locator(f'a[href="/s/{tonight.code}/"]').first.tap()
    expect(near_atlanta.get_by_role("heading", level=1)).to_have_text("The Salt Road")
    sent = [line for line in asked if "33.7" in line or "latitude" in line]
    assert len(sent) == 1
    assert "latitude=33.78&longitude=-84.41" in sent[0]
    assert "33.7789" not in sent[0]
    assert "?" not in sent[0].split(" ")[0]
    assert position_in(sent[0])
    assert not position_in(everything_stored())
    assert not near_atlanta.context.cookies()
    for record in caplog.records:
        assert not position_in(record.getMessage())


def test_the_city_looked_at_last_is_two_taps_away(phone: Page, clock: Any) -> None:
    tonight = make_screening(
        "2026-08-03T19:00", now=NOW, engagement=make_engagement(opens_on=dt.date(2026, 8, 3))
    )
    phone.goto("/cities/atlanta/")
    phone.goto("/")
    phone.get_by_role("button", name="Find").click()
    phone.locator(f'a[href="/s/{tonight.code}/"]').first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("The Salt Road")


def test_three_letters_name_the_city(phone: Page, clock: Any) -> None:
    make_screening("2026-08-03T19:00", now=NOW, engagement=make_engagement(opens_on=dt.date(2026, 8, 3)))
    phone.goto("/")
    phone.get_by_label("Your city").press_sequentially("atl")
    phone.get_by_role("link", name=re.compile("Atlanta .*On tonight")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Atlanta")
