"""The listing's pages as they are served: shared by everyone, light, readable, honest about each showing."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from pathlib import Path

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from screenings.models import Screening
from screenings.showings import book, schedule
from tests.cast import ATTENDEE, make_person
from tests.conftest import PHONE
from tests.factories import make_film, make_screening, make_theater
from tests.live_house import LiveHouse
from tests.programme import ARABIC_TITLE, LONG_TITLE, Programme, make_programme
from tests.shots import addresses

# Fri 7 Aug 2026, twenty past seven in the evening in Atlanta.
NOW = dt.datetime(2026, 8, 7, 23, 20, tzinfo=dt.UTC)
FIRST_VISIT_BYTES = 14_000
pytestmark = pytest.mark.django_db


@pytest.fixture
def evening() -> Programme:
    with time_machine.travel(NOW, tick=False):
        yield make_programme(NOW)


def text_of(client: Client, address: str) -> str:
    """The page's words, tags dropped and white space single."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def page_of(screening: Screening) -> str:
    return f"/s/{screening.code}/"


def test_every_public_page_is_shared_without_cookies(client: Client, evening: Programme) -> None:
    client.force_login(make_person(ATTENDEE))
    for name, address in addresses(evening).items():
        if name == "missing":
            continue
        response = client.get(address, headers={"sec-fetch-dest": "document"})
        assert response.status_code == 200, name
        assert not response.cookies, name
        assert "Cookie" not in response.get("Vary", ""), name
        assert "public" in response["Cache-Control"], name
        assert "private" not in response["Cache-Control"], name
        assert ATTENDEE not in response.content.decode(), name


def test_a_page_that_has_not_changed_costs_no_bytes_and_a_change_is_seen_at_once(
    client: Client, evening: Programme
) -> None:
    address = page_of(evening.coming)
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    Screening.objects.filter(pk=evening.coming.pk).update(sold_out=True)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_compressed_page_is_revalidated_too(client: Client, evening: Programme) -> None:
    compressed = client.get("/cities/atlanta/", headers={"accept-encoding": "gzip"})
    assert compressed["Content-Encoding"] == "gzip"
    again = client.get(
        "/cities/atlanta/", headers={"accept-encoding": "gzip", "if-none-match": compressed["ETag"]}
    )
    assert again.status_code == 304


def test_public_pages_are_read_only(client: Client, evening: Programme) -> None:
    assert client.post(page_of(evening.coming)).status_code in (403, 405)
    assert client.head(page_of(evening.coming)).status_code == 200


def test_a_first_visit_needs_no_more_than_14_kb(client: Client, evening: Programme) -> None:
    for name, address in addresses(evening).items():
        html = client.get(address).content
        sheets = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)"', html)
        assert len(sheets) >= 2, name
        styles = [(Path(settings.BASE_DIR) / "static" / sheet.decode()).read_bytes() for sheet in sheets]
        total = sum(len(gzip.compress(part, 9)) for part in (html, *styles))
        assert total <= FIRST_VISIT_BYTES, f"{name}: {total}"


def test_a_page_asks_nothing_of_another_host_and_runs_nothing_inline(
    client: Client, evening: Programme
) -> None:
    for name, address in addresses(evening).items():
        html = client.get(address).content.decode()
        # A canonical address is said, not fetched; a block of data is not run.
        html = re.sub(r'<link rel="canonical"[^>]*>', "", html)
        html = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", html)
        assert not re.findall(r'<(?:script|img|iframe|link)[^>]+(?:src|href)="(?:https?:)?//', html), name
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son\w+=", html), name


def test_the_cover_says_what_is_on_and_finds_a_city_without_a_script(
    client: Client, evening: Programme
) -> None:
    cover = text_of(client, "/")
    assert "Atlanta 4 showings" in cover
    assert "The Salt Road Mara Lindqvist , 2026, 91 minutes Atlanta, Galway and Lyon" in cover
    assert client.get("/cities/?q=atl").url == "/cities/atlanta/"
    assert "No city that we know begins with “zzzz”" in text_of(client, "/cities/?q=zzzz")
    assert "Type at least three letters" in text_of(client, "/cities/?q=zz")


def test_what_is_typed_is_never_html(client: Client, evening: Programme) -> None:
    html = client.get("/cities/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html


def test_a_citys_evening_in_words(client: Client, evening: Programme) -> None:
    city = text_of(client, "/cities/atlanta/")
    assert "Tonight Fri 7 Aug" in city
    assert f"7:00 pm {LONG_TITLE} Running now" in city
    assert "Sold out" in city
    assert f"8:45 pm {ARABIC_TITLE} Cancelled: the projector’s lamp has gone out." in city
    assert "9:30 pm The Salt Road The Lantern Open captions OC Q&amp;A" in city
    assert "12:15 am The Salt Road After midnight: Sat 8 Aug by the calendar" in city
    assert "Times are in Eastern Time." in city
    assert "Opens Fri 14 Aug" in city
    assert "Call the theater for times: 404-555-0199" in city
    assert city.index("Tonight") < city.index("Tomorrow") < city.index("Day by day")


def test_a_cancelled_showing_is_struck_through_and_said_in_words(client: Client, evening: Programme) -> None:
    html = client.get(page_of(evening.cancelled)).content.decode()
    assert re.search(r"<s><time [^>]*>.*8:45 pm", html)
    words = text_of(client, page_of(evening.cancelled))
    assert "This showing is cancelled: the projector’s lamp has gone out." in words
    assert "Have a ticket? Ask the theater: 404-555-0142" in words
    assert "Get tickets" not in words


def test_days_that_cannot_be_and_days_without_showings(client: Client, evening: Programme) -> None:
    assert "Nothing is listed here for Sun 1 Jan 2040" in text_of(client, "/cities/atlanta/?day=2040-01-01")
    for typo in ("2026-02-31", "tomorrow", "0000-00-00", "9999999-01-01"):
        assert "Tonight Fri 7 Aug" in text_of(client, f"/cities/atlanta/?day={typo}")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_break_nothing(client: Client, evening: Programme, day: str) -> None:
    assert client.get(f"/cities/atlanta/?day={day}").status_code == 200
    assert client.get(f"/theaters/{evening.theater.slug}/?week={day}").status_code == 200


def test_a_screenings_page_says_how_one_gets_there_and_in(client: Client, evening: Programme) -> None:
    html = client.get(page_of(evening.coming)).content.decode()
    assert 'href="tel:4045550142"' in html
    assert 'href="https://www.openstreetmap.org/search?query=12+Ponce+Street' in html
    assert 'href="https://lantern.example/t/1" rel="noreferrer">Get tickets' in html
    words = text_of(client, page_of(evening.coming))
    assert "9:30 pm Fri 7 Aug Eastern Time" in words
    assert "Step-free access yes Hearing loop yes Caption devices no" in words
    assert "Times confirmed by the theater on Fri 7:20 pm." in words


def test_a_running_showing_darkens_its_page(client: Client, evening: Programme) -> None:
    html = client.get(page_of(evening.running)).content.decode()
    assert 'class="dark-house"' in html
    assert '<meta name="color-scheme" content="dark">' in html
    assert 'class="dark-house"' not in client.get(page_of(evening.coming)).content.decode()


def test_a_code_is_found_however_it_is_typed(client: Client, evening: Programme) -> None:
    code = evening.coming.code
    response = client.get(f"/s/{code[:4].upper()}-{code[4:]}/")
    assert (response.status_code, response.url) == (301, page_of(evening.coming))


def test_a_draft_has_no_page_and_no_calendar(client: Client) -> None:
    screening = make_screening()
    Screening.objects.update(status=Screening.Status.DRAFT)
    assert client.get(page_of(screening)).status_code == 404
    assert client.get(f"{page_of(screening)}calendar.ics").status_code == 404


def test_what_is_not_there_says_so_and_shows_the_way(client: Client) -> None:
    for address in ("/films/none/", "/cities/none/", "/theaters/none/", "/s/none/", "/nowhere/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Nothing at this address" in response.content.decode()


def test_pages_with_nothing_to_show_say_when_to_look_again(client: Client) -> None:
    assert "Nothing is on tonight." in text_of(client, "/")
    assert "Theaters post their week on Mondays and Tuesdays" in text_of(client, "/cities/")
    film, theater = make_film(), make_theater()
    assert "No theater has The Salt Road booked just now." in text_of(client, f"/films/{film.slug}/")
    assert "The Lantern has no showing listed this week." in text_of(client, f"/theaters/{theater.slug}/")
    assert "No showing is listed in Atlanta just now." in text_of(client, "/cities/atlanta/")


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    icons = [icon["src"].removeprefix("/static/") for icon in manifest["icons"]]
    assert len(icons) == 4
    assert all((Path(settings.BASE_DIR) / "static" / icon).exists() for icon in icons)


def test_the_number_of_queries_does_not_grow_with_the_page(
    client: Client, django_assert_max_num_queries
) -> None:
    film, theater = make_film(), make_theater()
    with time_machine.travel(NOW, tick=False):
        for day in range(30):
            wall = dt.datetime(2026, 8, 8, 19) + dt.timedelta(days=day)
            engagement = book(make_film(f"Film {day}"), theater, wall.date())
            schedule(engagement, wall, now=NOW)
            book(film, make_theater(f"House {day}"), wall.date())
        for address in (
            "/",
            "/cities/",
            "/cities/atlanta/",
            f"/theaters/{theater.slug}/",
            f"/films/{film.slug}/",
        ):
            with django_assert_max_num_queries(6):
                client.get(address)


@pytest.fixture
def served_evening(live_house: LiveHouse) -> Programme:
    with time_machine.travel(NOW):
        yield make_programme(NOW)


@pytest.mark.parametrize(("light", "direction"), [("light", "ltr"), ("dark", "ltr"), ("light", "rtl")])
def test_axe_finds_nothing(
    browser: Browser, live_house: LiveHouse, served_evening: Programme, light: str, direction: str
) -> None:
    page = browser.new_context(base_url=live_house.url, color_scheme=light, **PHONE).new_page()
    found = {}
    for name, address in addresses(served_evening).items():
        page.goto(address)
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        results = Axe().run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        if results.violations_count:
            found[name] = results.generate_report()
    page.context.close()
    assert not found, "\n".join(f"{name}: {report}" for name, report in found.items())


def test_nothing_moves_nothing_is_blocked_and_everything_can_be_hit(
    phone: Page, served_evening: Programme
) -> None:
    """No layout shift, no console error (a blocked script or style is one), no sideways scroll, no small button."""
    errors: list[str] = []
    phone.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    phone.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for name, address in addresses(served_evening).items():
        if name == "missing":
            continue
        phone.goto(address, wait_until="networkidle")
        assert phone.evaluate("window.shift") == 0, name
        assert phone.evaluate("document.documentElement.scrollWidth") == 390, name
        small = phone.evaluate(
            "[...document.querySelectorAll('.button, input:not([type=checkbox], [type=radio], [type=hidden]), .check label, summary, nav a, .times a, .reach a')]"
            ".filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"
        )
        assert not small, name
    assert not errors


def test_a_reader_in_another_zone_is_told_their_own_time(
    browser: Browser, live_house: LiveHouse, served_evening: Programme
) -> None:
    def clock_line(zone: str) -> str:
        context = browser.new_context(base_url=live_house.url, timezone_id=zone, locale="en-GB")
        page = context.new_page()
        page.goto(page_of(served_evening.coming))
        words = page.locator("[data-reader-clock]").inner_text()
        context.close()
        return words

    assert clock_line("America/New_York") == "Eastern Time"
    assert clock_line("Europe/London") == "Eastern Time. On your clock: Sat 02:30"
