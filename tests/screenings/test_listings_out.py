"""Listings out: what machines read of them, and that what is cancelled or moved stays visible in all of it."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import feedparser
import icalendar
import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from screenings.listings import linked_data
from screenings.listings.share_card import HEIGHT, WIDTH, ShareCard, draw
from screenings.models import Screening
from screenings.showings import cancel, move
from tests.programme import ARABIC_TITLE, CHINESE_TITLE, LONG_TITLE, Programme, make_programme
from tests.screenings.schema_org import problems_of

# Fri 7 Aug 2026, twenty past seven in the evening in Atlanta.
NOW = dt.datetime(2026, 8, 7, 23, 20, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def evening() -> Programme:
    with time_machine.travel(NOW, tick=False):
        yield make_programme(NOW)


@pytest.fixture
def moved(evening: Programme) -> Screening:
    """Tonight's half past nine is at ten."""
    return move(evening.coming, dt.datetime(2026, 8, 7, 22, 0), now=NOW)


def event_of(client: Client, screening: Screening) -> dict[str, Any]:
    """The linked data on a showing's page."""
    html = client.get(f"/s/{screening.code}/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert len(blocks) == 1
    found = json.loads(blocks[0])
    assert found["@context"] == "https://schema.org"
    return found


# -- schema.org ---------------------------------------------------------------------------------------------
def test_every_showing_is_a_screening_event_in_the_vocabularys_types(
    client: Client, evening: Programme, moved: Screening
) -> None:
    for screening in Screening.objects.published():
        assert problems_of(event_of(client, screening)) == [], screening


def test_the_vocabularys_check_can_fail(client: Client, evening: Programme) -> None:
    event = event_of(client, evening.coming)
    for spoil in (
        {"startDate": "tonight"},
        {"eventStatus": "cancelled"},
        {"location": "The Lantern"},
        {"workPresented": {"@type": "Film", "name": "x"}},
        {"showtime": "21:30"},
    ):
        assert problems_of({**event, **spoil}), spoil
    del event["name"]
    assert problems_of(event)


def test_a_showing_says_when_where_what_and_how_one_gets_in(client: Client, evening: Programme) -> None:
    event = event_of(client, evening.coming)
    assert event["startDate"] == "2026-08-07T21:30:00-04:00"
    assert event["endDate"] == "2026-08-07T23:11:00-04:00"
    assert event["eventStatus"].endswith("/EventScheduled")
    assert event["location"]["name"] == "The Lantern"
    assert event["location"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "12 Ponce Street",
        "addressLocality": "Atlanta",
        "addressRegion": "GA",
        "postalCode": "30308",
        "addressCountry": "US",
    }
    assert {fact["name"]: fact["value"] for fact in event["location"]["amenityFeature"]} == {
        "Step-free access": True,
        "Hearing loop": True,
        "Caption devices": False,
    }
    assert event["workPresented"]["director"] == [{"@type": "Person", "name": "Mara Lindqvist"}]
    assert event["workPresented"]["duration"] == "PT91M"
    assert event["offers"]["url"] == "https://lantern.example/t/1"
    assert event["subtitleLanguage"] == "en"


def test_a_cancelled_and_a_moved_showing_say_so_to_machines(
    client: Client, evening: Programme, moved: Screening
) -> None:
    assert event_of(client, evening.cancelled)["eventStatus"].endswith("/EventCancelled")
    event = event_of(client, moved)
    assert event["eventStatus"].endswith("/EventRescheduled")
    assert event["previousStartDate"] == "2026-08-07T21:30:00-04:00"
    assert event["startDate"] == "2026-08-07T22:00:00-04:00"
    cancel(moved, reason="The projector is out.", now=NOW)
    event = event_of(client, moved)
    assert event["eventStatus"].endswith("/EventCancelled")
    assert event["previousStartDate"] == "2026-08-07T21:30:00-04:00"


def test_moved_back_is_not_moved(client: Client, moved: Screening) -> None:
    back = move(moved, dt.datetime(2026, 8, 7, 21, 30), now=NOW)
    assert event_of(client, back)["eventStatus"].endswith("/EventScheduled")
    assert "previousStartDate" not in event_of(client, back)


def test_what_is_not_known_is_not_said(client: Client, evening: Programme) -> None:
    event = event_of(client, evening.running)
    assert "endDate" not in event, "the running time is unknown"
    assert "offers" not in event
    assert "streetAddress" not in event["location"]["address"]
    assert "amenityFeature" not in event["location"]
    assert "subtitleLanguage" not in event, "subtitled, in a language that nobody said"


def test_no_title_can_end_the_block(evening: Programme) -> None:
    block = linked_data.as_block({"name": "</script><script>alert(1)</script> & <!--"})
    assert block.count("<") == 2
    assert json.loads(re.sub(r"<[^>]+>", "", block))["name"] == "</script><script>alert(1)</script> & <!--"


# -- calendars and feeds --------------------------------------------------------------------------------------
FEEDS = ("/theaters/the-lantern/", "/films/the-salt-road/", "/cities/atlanta/")


def unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")


def read_strictly(raw: bytes) -> list[dict[str, str]]:
    """The events of a calendar by a reader of our own, which takes nothing that RFC 5545 does not: CRLF, lines of at
    most 75 octets, a name before each value, components closed in turn, one of each property that stands once."""
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events: list[dict[str, str]] = []
    inside: list[str] = []
    for line in unfold(raw.decode())[:-1]:
        found = re.match(
            r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^;:,"]*)(?:,(?:"[^"]*"|[^;:,"]*))*)*):(.*)\Z', line
        )
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = value
            events[-1][f"{name} parameters"] = parameters
    assert not inside
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART"} <= event.keys()
        assert event["STATUS"] in ("TENTATIVE", "CONFIRMED", "CANCELLED")
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    return events


@pytest.mark.parametrize("page", FEEDS)
def test_a_calendar_keeps_what_is_cancelled_and_what_moved_under_its_own_name(
    client: Client, evening: Programme, moved: Screening, page: str
) -> None:
    before = {event["UID"]: event for event in read_strictly(client.get(f"{page}calendar.ics").content)}
    cancel(moved, reason="The projector is out.", now=NOW)
    response = client.get(f"{page}calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = {event["UID"]: event for event in read_strictly(response.content)}
    ours = next(event for uid, event in events.items() if uid.startswith(moved.code))
    assert ours["STATUS"] == "CANCELLED"
    assert ours["SUMMARY"].startswith("Cancelled: The Salt Road")
    assert int(ours["SEQUENCE"]) == int(before[ours["UID"]]["SEQUENCE"]) + 1
    assert ours["DTSTART"] == "20260807T220000"
    assert ours["DTSTART parameters"] == ";TZID=America/New_York"
    again = icalendar.Calendar.from_ical(response.content)
    assert len(again.walk("VEVENT")) == len(events)
    assert [str(zone["TZID"]) for zone in again.walk("VTIMEZONE")].count("America/New_York") == 1


@pytest.mark.parametrize("page", FEEDS)
def test_a_feed_says_what_changed_last_first_and_a_feed_reader_takes_it(
    client: Client, evening: Programme, moved: Screening, page: str
) -> None:
    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
        cancel(moved, reason="The projector is out.", now=NOW)
        response = client.get(f"{page}feed.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert feed.version == "atom10"
    assert not feed.bozo, feed.get("bozo_exception")
    first = feed.entries[0]
    assert first.title == "Cancelled: The Salt Road, Fri 7 Aug, 10:00 pm, The Lantern"
    assert "The projector is out." in first.summary
    assert "It was announced for Fri 7 Aug, 9:30 pm." in first.summary
    assert first.link.endswith(f"/s/{moved.code}/")
    assert feed.feed.updated == first.updated == "2026-08-07T23:25:00Z"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    check_atom(response.content)


def check_atom(raw: bytes) -> None:
    """What RFC 4287 requires: id, title and updated once in the feed and in each entry, an author, RFC 3339 times."""
    atom = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(raw)
    assert root.tag == f"{atom}feed"
    assert root.find(f"{atom}author/{atom}name") is not None
    assert {link.get("rel") for link in root.findall(f"{atom}link")} == {"self", "alternate"}
    for element in (root, *root.findall(f"{atom}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{atom}{name}")) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(element.findtext(f"{atom}updated")))


def test_an_empty_city_has_a_calendar_and_a_feed_too(client: Client, evening: Programme) -> None:
    assert read_strictly(client.get("/cities/melbourne/calendar.ics").content) == []
    feed = feedparser.parse(client.get("/cities/melbourne/feed.atom").content)
    assert not feed.bozo
    assert feed.entries == []


def test_drafts_are_in_no_feed(client: Client, evening: Programme) -> None:
    Screening.objects.filter(pk=evening.coming.pk).update(status=Screening.Status.DRAFT)
    for page in FEEDS:
        for feed in ("calendar.ics", "feed.atom"):
            assert evening.coming.code.encode() not in client.get(page + feed).content.replace(b"\r\n ", b"")


# -- sitemaps, cards, posters ---------------------------------------------------------------------------------
def test_sitemaps_lead_to_every_page_and_to_no_draft(client: Client, evening: Programme) -> None:
    Screening.objects.filter(pk=evening.sold_out.pk).update(status=Screening.Status.DRAFT)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    robots = client.get("/robots.txt").content.decode()
    index = re.search(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    assert index
    maps = [loc.text for loc in ET.fromstring(client.get(path_of(index[1])).content).iter(f"{name}loc")]
    pages = [
        path_of(str(loc.text))
        for each in maps
        for loc in ET.fromstring(client.get(path_of(str(each))).content).iter(f"{name}loc")
    ]
    assert {
        "/cities/atlanta/",
        "/films/the-salt-road/",
        "/theaters/the-lantern/",
        f"/s/{evening.coming.code}/",
    } <= {*pages}
    assert f"/s/{evening.sold_out.code}/" not in pages
    assert "/cities/melbourne/" not in pages
    assert all(client.get(page).status_code == 200 for page in pages)
    assert client.get("/sitemaps/screening-2.xml").status_code == 404
    assert client.get("/sitemaps/person-1.xml").status_code == 404


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


@pytest.mark.parametrize("title", ["The Salt Road", LONG_TITLE, CHINESE_TITLE, ARABIC_TITLE, "", "🎬 Ω"])
def test_a_card_is_drawn_for_a_title_in_any_script(title: str) -> None:
    png = draw(ShareCard(title, "Fri 7 Aug, 9:30 pm", "The Lantern, Atlanta"))
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (WIDTH, HEIGHT)


def test_a_page_names_its_card_which_is_another_after_a_change(client: Client, evening: Programme) -> None:
    def card() -> str:
        html = client.get(f"/s/{evening.coming.code}/").content.decode()
        found = re.search(r'<meta property="og:image" content="([^"]+)">', html)
        assert found
        return found[1]

    before = card()
    response = client.get(path_of(before))
    assert response["Content-Type"] == "image/png"
    assert 'og:image:alt" content="The Salt Road, Fri 7 Aug, 9:30 pm, The Lantern, Atlanta"' in (
        client.get(f"/s/{evening.coming.code}/").content.decode()
    )
    cancel(evening.coming, reason="", now=NOW)
    assert card() != before
    assert client.get(path_of(card())).content != response.content
    for page in FEEDS:
        assert client.get(f"{page}card.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_posters_are_one_tagged_page_with_the_address_in_letters(
    client: Client, evening: Programme, paper: str
) -> None:
    import io

    size = {"a4": (595, 842), "letter": (612, 792)}[paper]
    for address, words in (
        (
            f"/s/{evening.coming.code}/poster-{paper}.pdf",
            ("The Salt Road", "9:30 pm", f"/s/{evening.coming.code}"),
        ),
        (f"/s/{evening.running.code}/poster-{paper}.pdf", ("Lighthouse", "Cellar Cinema")),
        (f"/s/{evening.cancelled.code}/poster-{paper}.pdf", ("Cancelled",)),
        (f"/theaters/the-lantern/poster-{paper}.pdf", ("The Lantern", "/theaters/the-lantern")),
    ):
        response = client.get(address)
        assert response["Content-Type"] == "application/pdf"
        pdf = PdfReader(io.BytesIO(response.content))
        assert len(pdf.pages) == 1, address
        box = pdf.pages[0].mediabox
        assert (round(box.width), round(box.height)) == size
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        text = " ".join(pdf.pages[0].extract_text().split())
        assert all(word in text for word in words), text
    assert client.get(f"/s/{evening.coming.code}/poster-a5.pdf").status_code == 404


# -- shared bytes ---------------------------------------------------------------------------------------------
SHARED = (
    *FEEDS,
    *(f"{page}{feed}" for page in FEEDS for feed in ("calendar.ics", "feed.atom")),
    "/theaters/the-lantern/embed/",
)


@pytest.mark.parametrize("address", SHARED)
def test_what_goes_out_is_kept_by_caches_for_seconds_and_carries_no_cookie(
    client: Client, evening: Programme, address: str
) -> None:
    response = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert not response.cookies
    control = response["Cache-Control"]
    assert {"public", "max-age=0", "stale-while-revalidate=5"} == {
        part.strip() for part in control.split(",")
    }
    assert response["Content-Encoding"] == "br"
    assert "Accept-Encoding" in response["Vary"]
    assert "Cookie" not in response["Vary"]
    again = client.get(address, headers={"accept-encoding": "br, gzip", "if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert response["Surrogate-Control"] == "max-age=60"
    assert client.head(address, headers={"accept-encoding": "br"}).status_code == 200


def test_only_the_embed_may_be_framed(client: Client, evening: Programme) -> None:
    embed = client.get("/theaters/the-lantern/embed/")
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed
    assert b"<script" not in embed.content
    for address in ("/theaters/the-lantern/", "/", f"/s/{evening.coming.code}/"):
        page = client.get(address)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"
