"""Addresses that people give us are fetched from the web and from nowhere else: no byte reaches the inside."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from common import guarded_http
from common.guarded_http import MAX_BYTES, CannotFetch, Guard, fetch, is_public
from tests.common.site import Canary, Site, dripping, open_canary, open_site


@pytest.fixture
def canary() -> Iterator[Canary]:
    with open_canary() as canary:
        yield canary


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "2130706433",
        "0",
        "0.0.0.0",
        "①②⑦.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fec0::1]",
        "[fe80::1]",
        "[fd00::1]",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "100.64.0.1",
        "100.100.100.200",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "printer.local",
        "app.localhost",
        "metadata.google.internal",
        "router.home.arpa",
    ],
)
def test_no_way_of_writing_an_inside_address_reaches_it(host: str, canary: Canary) -> None:
    """On the canary's own port: were the number let through, the canary would hear of it."""
    guard = Guard(ports=frozenset({80, 443, canary.port}))
    with pytest.raises(CannotFetch):
        fetch(f"http://{host}:{canary.port}/", guard=guard)
    assert (canary.connections, canary.received) == (0, 0)


def test_the_canary_hears_what_is_let_through(canary: Canary) -> None:
    """Else the table above would hold for want of anything to hear."""
    with pytest.raises(CannotFetch):
        fetch(f"http://127.0.0.1:{canary.port}/", guard=Guard(exempt=frozenset({("127.0.0.1", canary.port)})))
    assert canary.connections == 1
    assert canary.received > 0


INSIDE = ["127.0.0.1", "::1", "169.254.169.254", "10.1.2.3", "64:ff9b::7f00:1", "::ffff:127.0.0.1"]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_resolves_inside_is_not_connected_to(address: str, canary: Canary) -> None:
    guard = Guard(resolver=lambda host, port: [address], ports=frozenset({canary.port}))
    with pytest.raises(CannotFetch, match="leads inside a network"):
        fetch(f"http://tide.example:{canary.port}/", guard=guard)
    assert (canary.connections, canary.received) == (0, 0)


def test_one_inside_address_among_public_ones_is_enough_to_refuse(canary: Canary) -> None:
    guard = Guard(resolver=lambda host, port: ["93.184.215.14", "127.0.0.1"], ports=frozenset({canary.port}))
    with pytest.raises(CannotFetch, match="leads inside a network"):
        fetch(f"http://tide.example:{canary.port}/", guard=guard)
    assert canary.connections == 0


def test_what_is_connected_to_is_what_was_checked(monkeypatch: pytest.MonkeyPatch, canary: Canary) -> None:
    """DNS rebinding: the name says a public address first and loopback ever after."""
    answers = iter([["93.184.215.14"]])
    tried: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(guarded_http.socket, "create_connection", connect)
    guard = Guard(resolver=lambda host, port: next(answers, ["127.0.0.1"]), ports=frozenset({canary.port}))
    with pytest.raises(CannotFetch):
        fetch(f"http://tide.example:{canary.port}/", guard=guard)
    assert tried == [("93.184.215.14", canary.port)]
    assert canary.connections == 0


def test_a_name_that_turns_inside_between_two_requests_is_refused_at_the_second(
    site: Site, canary: Canary
) -> None:
    answers = iter([["127.0.0.1"]])  # the site's, which is vouched for
    site.put("/robots.txt", "", Connection="close")
    site.put("/piece", "<p>Words</p>")
    guard = Guard(resolver=lambda host, port: next(answers, ["::1"]), exempt=site.guard.exempt)
    with pytest.raises(CannotFetch, match="leads inside a network"):
        fetch(f"http://tide.example:{site.port}/piece", guard=guard)
    assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    "target",
    ["http://127.1:{port}/", "http://[::1]:{port}/", "//localhost:{port}/", "http://2130706433:{port}/x"],
)
def test_a_redirect_to_the_inside_is_not_followed(target: str, site: Site, canary: Canary) -> None:
    site.put("/piece", "", 302, Location=target.format(port=canary.port))
    guard = Guard(exempt=site.guard.exempt, ports=frozenset({canary.port}))
    with pytest.raises(CannotFetch, match="leads inside a network"):
        fetch(f"{site.url}/piece", guard=guard)
    assert (canary.connections, canary.received) == (0, 0)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://tide.example/", "gopher://tide.example/"])
def test_a_redirect_to_something_else_than_the_web_is_not_followed(target: str, site: Site) -> None:
    site.put("/piece", "", 301, Location=target)
    with pytest.raises(CannotFetch, match="no web address"):
        fetch(f"{site.url}/piece", guard=site.guard)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("tide.example/piece", "no web address"),
        ("http://", "no web address"),
        ("http://[::1", "no web address"),
        ("https://ana:secret@tide.example/", "name or password"),
        ("https://tide.example:22/", "usual ports"),
        ("https://tide.example:6379/", "usual ports"),
        ("https://tide.example/" + "x" * 1000, "longer than"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused_before_anything_is_asked(url: str, words: str) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise AssertionError("nothing is looked up")

    with pytest.raises(CannotFetch, match=words):
        fetch(url, guard=Guard(resolver=resolver))


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


# --- what is fetched -------------------------------------------------------------------------------------


def test_a_page_is_fetched_through_three_redirects_and_not_through_four(site: Site) -> None:
    site.put("/4", "<p>The piece</p>")
    for step in range(4):
        site.put(f"/{step}", "", 302, Location=f"/{step + 1}")
    found = fetch(f"{site.url}/1", guard=site.guard)
    assert (found.content, found.url, found.media_type) == (b"<p>The piece</p>", f"{site.url}/4", "text/html")
    with pytest.raises(CannotFetch, match="on and on"):
        fetch(f"{site.url}/0", guard=site.guard)


def test_no_cookie_is_sent_back_and_nobody_is_named(site: Site) -> None:
    site.put("/piece", "", 302, Location="/again", Set_Cookie="visitor=1; Path=/")
    site.put("/again", "<p>Words</p>")
    fetch(f"{site.url}/piece", guard=site.guard)
    for _, headers in site.asked:
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)
        assert headers["User-Agent"] == "Houselights"


def test_robots_are_asked_first_and_obeyed(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/this$\n")
    site.put("/private/piece", "<p>Words</p>")
    site.put("/private/this", "<p>Words</p>")
    with pytest.raises(CannotFetch, match="paste the text instead"):
        fetch(f"{site.url}/private/piece", guard=site.guard)
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    assert fetch(f"{site.url}/private/this", guard=site.guard).content


def test_a_site_that_cannot_say_its_rules_is_not_read(site: Site) -> None:
    """RFC 9309 §2.3.1.4."""
    site.put("/robots.txt", "", 503)
    site.put("/piece", "<p>Words</p>")
    with pytest.raises(CannotFetch, match="robots"):
        fetch(f"{site.url}/piece", guard=site.guard)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "only to people it knows"),
        (403, "only to people it knows"),
        (404, "no page at this address"),
        (429, "cannot answer just now"),
        (500, "cannot answer just now"),
        (204, "no page"),
    ],
)
def test_a_site_that_does_not_give_the_page_is_told_in_words(status: int, words: str, site: Site) -> None:
    site.put("/piece", b"", status)
    with pytest.raises(CannotFetch, match=words):
        fetch(f"{site.url}/piece", guard=site.guard)


def test_a_page_larger_than_five_megabytes_is_refused(site: Site) -> None:
    site.put("/piece", b"x" * (MAX_BYTES + 1))
    with pytest.raises(CannotFetch, match="larger than 5 MB"):
        fetch(f"{site.url}/piece", guard=site.guard)
    site.put("/piece", b"x" * MAX_BYTES)
    assert len(fetch(f"{site.url}/piece", guard=site.guard).content) == MAX_BYTES


def test_a_small_page_that_unpacks_to_a_huge_one_is_refused(site: Site) -> None:
    site.put("/piece", gzip.compress(b"x" * (50 * MAX_BYTES)), Content_Encoding="gzip")
    with pytest.raises(CannotFetch, match="larger than 5 MB"):
        fetch(f"{site.url}/piece", guard=site.guard)
    site.put("/piece", gzip.compress(b"<p>Words</p>"), Content_Encoding="gzip")
    assert fetch(f"{site.url}/piece", guard=site.guard).content == b"<p>Words</p>"


@contextmanager
def shorter_patience(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(guarded_http, "TOTAL_SECONDS", 0.5)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_site_that_drips_is_left_when_the_time_is_up(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for port, _ in dripping(seconds=5):
        guard = Guard(exempt=frozenset({("127.0.0.1", port)}))
        with shorter_patience(monkeypatch), pytest.raises(CannotFetch):
            fetch(f"{scheme}://127.0.0.1:{port}/", guard=guard)


def test_a_name_server_that_does_not_answer_is_left_when_the_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def resolver(host: str, port: int) -> list[str]:
        time.sleep(3)
        return ["93.184.215.14"]

    with shorter_patience(monkeypatch), pytest.raises(CannotFetch, match="took longer"):
        fetch("http://tide.example/", guard=Guard(resolver=resolver))


def test_a_site_that_is_not_there_is_told_in_words() -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(CannotFetch, match=r"no site of the name tide\.example"):
        fetch("http://tide.example/", guard=Guard(resolver=resolver))
