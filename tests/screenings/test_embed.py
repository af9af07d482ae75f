"""The theater's week on the theater's own site, in a real browser; and data blocks under our own policy."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from screenings.showings import cancel, schedule
from screenings.views_share import embed_snippet
from tests.factories import make_engagement, make_film, make_theater
from tests.live_house import LiveHouse


class TheatersSite(BaseHTTPRequestHandler):
    """A page of another origin that allows next to nothing: no script, no style but its own, one frame."""

    snippet, source = "", ""

    def do_GET(self) -> None:
        body = f"<!doctype html><html lang='en'><title>The Lantern</title><h1>The Lantern</h1>{self.snippet}</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header(
            "Content-Security-Policy", f"default-src 'none'; style-src 'self'; frame-src {self.source}"
        )
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def theaters_site(live_house: LiveHouse) -> Iterator[tuple[type[TheatersSite], str]]:
    handler = type("Site", (TheatersSite,), {"source": live_house.url})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join(5)


def watch(page: Page) -> tuple[list[str], list[str]]:
    """What the browser refused by a policy, and which hosts it asked for something."""
    refused: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "ecurity" in message.text else None)
    page.on("request", lambda request: asked.append(request.url))
    return refused, asked


def test_the_week_stands_on_a_page_of_another_origin_under_a_strict_policy(
    page: Page, live_house: LiveHouse, theaters_site: tuple[type[TheatersSite], str]
) -> None:
    handler, site = theaters_site
    theater, now = make_theater("The Lantern"), timezone.now()
    tomorrow = (now + dt.timedelta(days=1)).replace(hour=19, minute=0, second=0, microsecond=0, tzinfo=None)
    run = make_engagement(make_film(), theater, tomorrow.date())
    kept = schedule(run, tomorrow, now=now, labels=["oc"])
    cancel(schedule(run, tomorrow.replace(hour=21), now=now), reason="The lamp is out.", now=now)
    handler.snippet = embed_snippet(theater)
    refused, asked = watch(page)
    page.goto(site)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="7:00 pm The Salt Road")).to_be_visible()
    expect(frame.get_by_text("Cancelled: The lamp is out.")).to_be_visible()
    assert refused == []
    assert page.context.cookies() == []
    assert all(url.startswith((site, live_house.url)) for url in asked)
    assert not [url for url in asked if url.endswith(".js")]
    with page.expect_popup() as popup:
        frame.get_by_role("link", name="7:00 pm The Salt Road").click()
    expect(popup.value).to_have_url(f"{live_house.url}/s/{kept.code}/")


def test_no_other_page_of_ours_can_be_framed(
    page: Page, live_house: LiveHouse, theaters_site: tuple[type[TheatersSite], str]
) -> None:
    handler, site = theaters_site
    theater = make_theater("The Lantern")
    handler.snippet = f'<iframe src="{live_house.url}/theaters/{theater.slug}/" title="x"></iframe>'
    refused, _ = watch(page)
    page.goto(site)
    page.wait_for_load_state("networkidle")
    assert any("frame" in said.lower() for said in refused)


def test_a_block_of_data_breaks_no_policy_and_every_page_passes_axe(phone: Page) -> None:
    now = timezone.now()
    tomorrow = (now + dt.timedelta(days=1)).replace(hour=19, minute=0, second=0, microsecond=0, tzinfo=None)
    theater = make_theater()
    run = make_engagement(make_film(), theater, tomorrow.date())
    showing = schedule(run, tomorrow, now=now, labels=["oc", "qa"], ticket_url="https://lantern.example/t")
    refused, _ = watch(phone)
    for address, kind in (
        (f"/s/{showing.code}/", "ScreeningEvent"),
        (f"/films/{showing.film.slug}/", "Movie"),
        (f"/theaters/{theater.slug}/", "MovieTheater"),
        (f"/cities/{theater.city.slug}/?label=oc", ""),
        (f"/theaters/{theater.slug}/embed/", ""),
        (f"/theaters/{theater.slug}/follow/", ""),
    ):
        phone.goto(address)
        blocks = phone.locator('script[type="application/ld+json"]').all_text_contents()
        assert [kind in block for block in blocks] == ([True] if kind else []), address
        found = Axe().run(phone)
        assert found.violations_count == 0, (address, found.generate_report())
    assert refused == []
