"""The page of a published guide: frozen, light, true to its receipts, silent about what was withdrawn."""

import datetime as dt
import gzip
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings as house
from django.test import Client

from interviews import choices, excerpts, guides
from interviews.models import Excerpt, Guide, GuideSection, GuideVersion
from interviews.publishing import publish
from screenings import slots
from tests.factories import make_film, make_screening
from tests.interviews.zine import ARABIC, NOW, keep, make_guide, quote

SCRIPTS = [
    '<script type="module" src="/static/js/share.js">',
    *(f'<script src="/static/js/{name}.js" defer>' for name in ("pocket", "keeping", "reading")),
    '<script type="module" src="/static/js/answering.js">',
]
pytestmark = pytest.mark.django_db
CSS = [Path(house.BASE_DIR, "static", "css", f"{name}.css") for name in ("tokens", "base", "guide", "pocket")]
LIGHT = 14_000
EVERYTHING = 60_000


def out(guide: Guide) -> GuideVersion:
    return publish(guide, by=None, now=NOW)


def page_of(guide: Guide, client: Client, **headers: str) -> str:
    return client.get(f"/g/{guide.code}/", headers=headers).content.decode()


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_it_is_read_in_the_order_that_good_guides_have(client: Client) -> None:
    guide = make_guide()
    out(guide)
    html = page_of(guide, client)
    assert in_order(
        html,
        "What we carry</h1>",
        "A landslide and its aftermath are shown.",
        "<h2>Welcome</h2>",
        "<h2>In the filmmaker’s words</h2>",
        "<h2>After the film</h2>",
        "<h2>Take action</h2>",
        "Where the words are from",
    )


def test_every_kind_of_section_stands_in_its_place_however_it_was_added(client: Client) -> None:
    guide = guides.start_guide(make_film(), "All of it", None)
    for kind in reversed(GuideSection.Kind.values):
        guides.add_text(guides.add_section(guide, kind), f"Words of {kind}.")
    guides.add_excerpt(
        guides.add_section(guide, "excerpts"), quote(keep(guide.film), "My grandmother drew it")
    )
    out(guide)
    rest = [kind for kind in GuideSection.Kind.values if kind != "content_note"]
    said = [f"Words of {kind}." for kind in ("content_note", *rest)]
    assert in_order(page_of(guide, client), "All of it</h1>", *said, "Where the words are from")


def test_each_quote_carries_its_receipt(client: Client) -> None:
    guide = make_guide()
    out(guide)
    html = page_of(guide, client)
    figure = re.search(r"<figure[^>]*>.*?People will let you.*?</figure>", html, re.DOTALL)
    assert figure
    assert in_order(
        figure[0],
        "<p>People will let you look at them only after they have seen you tired.</p>",
        "Mara Lindqvist",
        "The Tide",
        '<time datetime="2026-05-03">3 May 2026</time>',
        "https://tide.example/salt-road#:~:text=People%20will%20let%20you",
        "Read it there",
    )
    assert "rehearsed. […] a pause is where" in html


def test_sources_say_on_what_right_they_are_quoted(client: Client) -> None:
    guide = make_guide()
    out(guide)
    sources = page_of(guide, client).partition("Where the words are from")[2]
    assert in_order(
        sources, "The Tide", "Ines Okafor", "Quoted for discussion", "Quoted with a question on each passage."
    )
    assert in_order(sources, "Reel &amp; Rope", "Quoted by permission", "Given by the editors")


def test_after_the_film_is_shut_and_its_questions_are_numbered(client: Client) -> None:
    guide = make_guide()
    out(guide)
    details = re.search(r"<details>(.*?)</details>", page_of(guide, client), re.DOTALL)
    assert details
    assert in_order(details[1], "Open after the film", "2 questions, about 15 minutes", "Which scene")
    assert in_order(details[1], ">1</p>", "5 minutes, pairs", ">2</p>", "10 minutes, the whole room")
    assert 'href="#quote-1"' in details[1]
    assert 'id="quote-1"' in page_of(guide, client)


def test_what_is_for_facilitators_is_not_on_the_attendees_page(client: Client) -> None:
    guide = make_guide()
    version = out(guide)
    assert "a pencil" in str(version.content)
    assert "a pencil" not in page_of(guide, client)


def test_it_opens_no_session_and_sets_no_cookie(client: Client, django_assert_num_queries: Any) -> None:
    guide = make_guide()
    out(guide)
    page_of(guide, client)
    with django_assert_num_queries(2):
        response = client.get(f"/g/{guide.code}/")
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    assert "no-cache" in response["Cache-Control"]
    # The page does without any of them; none inline.
    assert re.findall("<script[^>]*>[^<]*", response.content.decode()) == SCRIPTS
    assert " style=" not in response.content.decode()


def test_it_asks_no_other_host_for_anything(client: Client) -> None:
    guide = make_guide()
    out(guide)
    html = page_of(guide, client)
    loaded = re.findall(r"<(?:link|img|script|source|iframe)\b[^>]*?(?:href|src)=\"([^\"]+)\"", html)
    assert loaded
    assert [address for address in loaded if not address.startswith(("/", house.BASE_URL))] == []


def test_who_has_it_already_gets_no_bytes(client: Client) -> None:
    guide = make_guide()
    out(guide)
    first = client.get(f"/g/{guide.code}/")
    again = client.get(f"/g/{guide.code}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    guides.add_text(guides.add_section(guide, "resources"), "A book about salt.")
    out(guide)
    changed = client.get(f"/g/{guide.code}/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert b"A book about salt." in changed.content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_the_smallest_encoding_that_is_understood(
    client: Client, accepted: str, encoding: str | None
) -> None:
    guide = make_guide()
    out(guide)
    response = client.get(f"/g/{guide.code}/", headers={"Accept-Encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in response["Vary"]
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert b"What we carry" in unpack(response.content)


def test_old_versions_stay_reachable_as_they_were(client: Client) -> None:
    guide = make_guide()
    out(guide)
    guides.add_text(guides.add_section(guide, "resources"), "A book about salt.")
    out(guide)
    assert b"A book about salt." not in client.get(f"/g/{guide.code}/v1/").content
    assert b"A book about salt." in client.get(f"/g/{guide.code}/v2/").content
    assert client.get(f"/g/{guide.code}/v3/").status_code == 404


def test_a_draft_is_not_found(client: Client) -> None:
    assert client.get(f"/g/{make_guide().code}/").status_code == 404


def test_a_code_typed_in_capitals_with_a_dash_finds_the_guide(client: Client) -> None:
    guide = make_guide()
    out(guide)
    typed = f"{guide.code[:4]}-{guide.code[4:]}".upper()
    response = client.get(f"/g/{typed}/v1/")
    assert (response.status_code, response["Location"]) == (301, f"/g/{guide.code}/v1/")


# --- withdrawn -------------------------------------------------------------------------------------------


def test_a_withdrawn_quote_is_gone_from_every_version_at_once(client: Client) -> None:
    guide = make_guide()
    out(guide)
    guides.add_text(guides.add_section(guide, "resources"), "A book about salt.")
    out(guide)
    before = client.get(f"/g/{guide.code}/")
    assert b"seen you tired" in before.content
    tired = Excerpt.objects.get(exact__contains="tired")
    excerpts.withdraw(tired, reason="A private reason.", now=NOW + dt.timedelta(days=3))
    for path in ("", "v1/", "v2/"):
        response = client.get(f"/g/{guide.code}/{path}", headers={"If-None-Match": before["ETag"]})
        html = response.content.decode()
        assert "These words were withdrawn on 4 Aug 2026." in html
        assert "seen you tired" not in html
        assert "People%20will" not in html
        assert "A private reason" not in html
        assert "Silence is the only dialogue" in html


def test_a_withdrawn_quote_in_a_question_leaves_the_question(client: Client) -> None:
    film = make_film()
    guide = guides.start_guide(film, "One question", None)
    excerpt = quote(keep(film), "My grandmother drew it for me")
    guides.add_prompt(guides.add_section(guide, "after"), "Who drew your map?", excerpt=excerpt)
    out(guide)
    assert "My grandmother" in page_of(guide, client)
    excerpts.withdraw(excerpt, reason="", now=NOW)
    assert "My grandmother" not in page_of(guide, client)
    assert "Who drew your map?" in page_of(guide, client)


# --- every kind of guide ---------------------------------------------------------------------------------


def test_markup_in_anything_is_text(client: Client) -> None:
    film = make_film("<b>Bold</b> & Co")
    guide = guides.start_guide(film, "<script>alert(1)</script>", None)
    section = guides.add_section(guide, "welcome", "<i>Hello</i>")
    guides.add_text(
        section, "<script>alert(2)</script> [go](javascript:alert(3)) ![x](https://spy.example/1.gif)"
    )
    guides.add_action(section, "<img src=x onerror=alert(4)>", "https://ok.example/?a=1&b=2")
    guides.add_prompt(section, "<svg onload=alert(5)>?")
    out(guide)
    html = page_of(guide, client)
    assert re.findall("<script[^>]*>[^<]*", html) == SCRIPTS
    assert not re.search(r"<(img(?! src=./g/[a-z0-9]+/code)|i|svg onload)\b[^>]*>", html)
    assert 'href="javascript' not in html
    assert "&lt;svg onload=alert(5)&gt;" in html


def test_passages_in_other_languages_say_so(client: Client) -> None:
    film = make_film()
    guide = make_guide(film)
    arabic = quote(keep(film, ARABIC, url=""), "بدأت الحكاية بخريطة رسمتها جدتي")
    guides.add_excerpt(guides.add_section(guide, "background", "路上的人"), arabic)
    guides.add_text(guides.add_section(guide, "background"), "مرحبا بكم\n\nAnd welcome.")
    out(guide)
    html = page_of(guide, client)
    assert '<article lang="en" dir="ltr" ' in html
    assert '<blockquote lang="ar" dir="rtl"><p>بدأت الحكاية' in html
    assert '<p dir="rtl">مرحبا بكم</p>\n<p>And welcome.</p>' in html
    assert html.count("Read it there") == 2


def test_a_guide_in_arabic_runs_from_the_right(client: Client) -> None:
    film = make_film()
    guide = guides.start_guide(film, "ما نحمله", None, "ar")
    guides.add_excerpt(
        guides.add_section(guide, "filmmaker", "بكلماتها"), quote(keep(film), "My grandmother drew it")
    )
    out(guide)
    html = page_of(guide, client)
    assert '<article lang="ar" dir="rtl" ' in html
    assert '<blockquote lang="en" dir="ltr"><p>My grandmother' in html
    assert 'lang="en" dir="ltr">Read it there</a>' in html


def test_a_guide_without_prompts_promises_none(client: Client) -> None:
    guide = guides.start_guide(make_film(), "Only words", None)
    guides.add_text(guides.add_section(guide, "welcome"), "Read and be quiet.")
    out(guide)
    html = page_of(guide, client)
    assert "question" not in html
    assert "<details" not in html
    assert "Where the words are from" not in html


def test_a_guide_without_a_content_note_shows_the_films(client: Client) -> None:
    guide = guides.start_guide(make_film(content_notes="A landslide."), "Only words", None)
    guides.add_text(guides.add_section(guide, "welcome"), "Read and be quiet.")
    out(guide)
    assert in_order(page_of(guide, client), "Before you watch", "A landslide.", "Read and be quiet.")


def weight(html: bytes, pack: Any) -> int:
    """The page and its style sheets, each compressed by itself, as they travel."""
    return sum(len(pack(part)) for part in (html, *(path.read_bytes() for path in CSS)))


@pytest.mark.parametrize(
    "pack", [lambda data: gzip.compress(data, 9), brotli.compress], ids=["gzip", "brotli"]
)
def test_a_first_visit_weighs_no_more_than_14_kb(client: Client, pack: Any) -> None:
    film = make_film()
    guide = make_guide(film)
    source = keep(film, ARABIC)
    words = guides.add_section(guide, "filmmaker")
    for line in source.visible_text.splitlines()[2:]:
        if line:
            guides.add_excerpt(words, quote(source, line))
    out(guide)
    html = client.get(f"/g/{guide.code}/", headers={"Accept-Encoding": ""}).content
    assert weight(html, pack) <= LIGHT


def test_sixty_prompts_and_a_long_background_stay_light_and_whole(client: Client) -> None:
    guide = make_guide()
    after = guides.add_section(guide, "after")
    for number in range(60):
        guides.add_prompt(
            after, f"What did you carry on day {number}, and who carried you?", minutes=1 + number % 9
        )
    background = " ".join(f"word{number % 700}" for number in range(3000))
    guides.add_text(guides.add_section(guide, "background"), background)
    out(guide)
    html = client.get(f"/g/{guide.code}/", headers={"Accept-Encoding": ""}).content
    assert html.count(b'<article class="card"') == 62
    assert b">62</p>" in html
    assert weight(html, brotli.compress) <= LIGHT


def test_a_whole_visit_weighs_no_more_than_60_kb(client: Client) -> None:
    """The page and everything it loads: style sheets, its script, its picture."""
    guide = make_guide()
    out(guide)
    html = client.get(f"/g/{guide.code}/", headers={"Accept-Encoding": ""}).content
    loaded = set(
        re.findall(r'<(?:link rel="stylesheet"|script|img) [^>]*?(?:href|src)="([^"]+)"', html.decode())
    )
    assert {path.rpartition(".")[2] for path in loaded} == {"css", "js", "svg"}
    parts = [html]
    for path in loaded:
        static = path.removeprefix("/static/")
        file = Path(house.BASE_DIR, "static", static)
        parts.append(file.read_bytes() if static != path else client.get(path).content)
    assert sum(len(gzip.compress(part)) for part in parts) <= EVERYTHING


# --- where a guide is offered ----------------------------------------------------------------------------


def test_a_screening_and_its_film_lead_to_the_guide(client: Client) -> None:
    screening = make_screening()
    guide = make_guide(screening.film)
    assert slots.fill("screening.guide", screening, now=NOW) == ""
    choices.choose_guide(guide, screening.film)
    assert f"/g/{guide.code}/" not in client.get(f"/s/{screening.code}/").content.decode()
    out(guide)
    for path in (f"/s/{screening.code}/", f"/films/{screening.film.slug}/"):
        html = client.get(path).content.decode()
        assert f'href="/g/{guide.code}/"' in html
        assert "2 quotes from 2 interviews, 2 questions to talk about." in html
