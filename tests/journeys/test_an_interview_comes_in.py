"""An editor brings interviews in: from a site, a file, the clipboard; corrects them by keyboard and by thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews import guides, importing, tasks
from interviews.importing import ImportJob, work_off
from interviews.models import Interview, Source, TurnEdit
from interviews.rights import right_stated, what_is_missing
from screenings.models import Film
from tests.cast import EDITOR, make_person
from tests.common.site import Site, open_site
from tests.factories import make_film
from tests.interviews.documents import make_docx, make_pdf
from tests.interviews.test_documents import INTERVIEW
from tests.interviews.test_import_pages import MARKDOWN, SRT, VTT
from tests.interviews.zine import HTML, LABELLED
from tests.journeys.test_signing_in import axe_findings, sign_in
from tests.live_house import LiveHouse

MARA = "Mara Lindqvist"


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def film(transactional_db: None) -> Film:
    film = make_film()
    guides.start_guide(film, "After The Salt Road", make_person(EDITOR))
    return film


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site of the test's own: the guard is told of its one address. No worker listens; the test is one."""
    with open_site() as site:
        monkeypatch.setattr(importing, "GUARD", site.guard)
        monkeypatch.setattr(tasks.read_interview, "apply_async", lambda *_, **__: None)
        yield site


def bring_text(page: Page, text: str = LABELLED) -> Source:
    """Paste an interview; the facts are left for later."""
    page.goto("/manage/interviews/import/")
    page.get_by_label("Or the text itself").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Where is it from?")).to_be_visible()
    return Source.objects.order_by("-pk")[0]


def turns(source: Source) -> list[tuple[str, str, str]]:
    rows = source.turns.order_by("position")
    return [(turn.kind, turn.speaker, source.visible_text[turn.start : turn.start + 14]) for turn in rows]


def turn(page: Page, words: str):  # type: ignore[no-untyped-def]
    return page.locator("ol.turns > li", has_text=words)


def await_edits(page: Page, number: int) -> None:
    expect(page.locator("#keys input[name=seen]")).to_have_value(str(number))


def test_from_an_address_to_turns_corrected_by_keyboard(desk: Page, film: Film, site: Site) -> None:
    url = site.put("/salt-road", HTML)
    sign_in(desk, EDITOR)
    desk.goto("/home/")
    desk.get_by_role("link", name="Bring one in").click()
    expect(desk.get_by_label("Its address")).to_be_visible()
    assert axe_findings(desk) == []
    desk.get_by_label("Its address").fill(url)
    desk.get_by_role("button", name="Read it").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("In line to be read")
    assert axe_findings(desk) == []
    work_off(ImportJob.objects.get().pk, now=timezone.now())
    expect(desk.get_by_role("heading", name="Where is it from?")).to_be_visible()
    expect(desk.get_by_label("Title")).to_have_value("Five minutes with Mara Lindqvist")
    assert axe_findings(desk) == []
    desk.get_by_label("Published in").fill("The Tide")
    desk.get_by_label("On what right").select_option(label="quotation with commentary")
    desk.get_by_label("What it rests on").fill("The guide asks about each passage.")
    desk.get_by_role("button", name="Keep, and see who says what").click()

    source = Source.objects.get()
    assert not what_is_missing(right_stated(source.interview), timezone.now().date())
    expect(desk.get_by_role("heading", name="Who says what")).to_be_visible()
    assert axe_findings(desk) == []
    before = turns(source)
    turn(desk, "Silence is the only").locator(".turn-head a").first.click()
    expect(desk.get_by_label("Who says it")).to_be_visible()
    assert axe_findings(desk) == []

    desk.keyboard.press("e")
    desk.keyboard.type("Mara L.")
    desk.get_by_role("button", name="Here").click()
    await_edits(desk, 1)
    desk.keyboard.press("s")
    expect(desk.locator(".cut").first).to_be_focused()
    desk.keyboard.press("Enter")
    await_edits(desk, 2)
    assert len(turns(source)) == len(before) + 1
    assert turns(source)[2] == ("answer", "Mara L.", "In the edit I ")
    desk.keyboard.press("k")
    desk.keyboard.press("m")
    await_edits(desk, 3)
    assert len(turns(source)) == len(before)
    desk.keyboard.press("j")
    desk.keyboard.press("n")
    await_edits(desk, 4)
    assert turns(source)[2][0] == "narration"
    desk.keyboard.press("x")
    await_edits(desk, 5)
    assert len(turns(source)) == len(before) - 1
    for number in range(6, 11):
        desk.keyboard.press("u")
        await_edits(desk, number)
    assert turns(source) == before
    desk.keyboard.press("r")
    await_edits(desk, 11)
    assert turns(source)[1][1] == "Mara L."
    source.refresh_from_db()
    assert bytes(source.content) == HTML.encode()


def test_turns_corrected_by_thumb_on_a_phone(phone: Page, film: Film) -> None:
    sign_in(phone, EDITOR)
    source = bring_text(phone)
    phone.goto(f"/manage/interviews/{source.interview_id}/")
    assert axe_findings(phone) == []
    source_box = phone.get_by_role("region", name="The source").bounding_box()
    turns_box = phone.locator("ol.turns").bounding_box()
    assert source_box
    assert turns_box
    assert source_box["y"] + source_box["height"] <= turns_box["y"], "stacked"
    before = turns(source)

    turn(phone, "My grandmother drew it").locator(".turn-head a").first.tap()
    phone.get_by_label("Who says it").fill("Mara")
    phone.get_by_role("button", name=f"In all turns of {MARA}").tap()
    await_edits(phone, 1)
    assert {speaker for kind, speaker, _ in turns(source) if kind == "answer"} == {"Mara"}

    # A finger on a word, then the button: the turn is cut before that word.
    phone.evaluate(
        """() => {
          const text = [...document.querySelector(".turn-open .turn-words").childNodes]
            .find((node) => node.nodeType === Node.TEXT_NODE && node.data.includes("goat"));
          const at = text.data.indexOf("goat") + 2;
          getSelection().setBaseAndExtent(text, at, text, at);
        }"""
    )
    phone.get_by_role("button", name="Split at my mark").tap()
    await_edits(phone, 2)
    assert ("answer", "Mara", "goat\nthat refu"[:14]) in turns(source)
    phone.get_by_role("button", name="Narration").tap()
    await_edits(phone, 3)
    phone.get_by_role("button", name="Not part of it").tap()
    await_edits(phone, 4)
    phone.get_by_role("button", name="Put it back").tap()
    await_edits(phone, 5)
    for number in range(6, 11):
        phone.get_by_role("button", name="Undo").tap()
        await_edits(phone, number)
    expect(phone.get_by_role("button", name="Undo")).to_be_disabled()
    assert turns(source) == before
    assert list(TurnEdit.objects.values_list("act", flat=True))[:5] == [
        "rename",
        "split",
        "narration",
        "leave_out",
        "put_back",
    ]


def test_what_could_not_be_placed_is_shown_in_its_place_and_made_a_turn(phone: Page, film: Film) -> None:
    sign_in(phone, EDITOR)
    source = bring_text(phone)
    Source.objects.update(asides=[])
    phone.goto(f"/manage/interviews/{source.interview_id}/")
    phone.get_by_role("link", name="not placed").tap()
    unplaced = phone.locator(".turn-unplaced").first
    unplaced.get_by_role("link").first.tap()
    phone.get_by_role("button", name="Narration").tap()
    await_edits(phone, 1)
    assert source.turns.order_by("position")[0].kind == "narration"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tide.txt", LABELLED.encode()),
        ("tide.html", HTML.encode()),
        ("tide.md", MARKDOWN.encode()),
        ("tide.vtt", VTT.encode()),
        ("tide.srt", SRT.encode()),
        ("tide.docx", make_docx(INTERVIEW)),
        ("tide.pdf", make_pdf(INTERVIEW, head="THE TIDE")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_each_format_comes_in_and_is_shown_beside_its_turns(
    name: str, data: bytes, desk: Page, film: Film
) -> None:
    sign_in(desk, EDITOR)
    desk.goto("/manage/interviews/import/")
    desk.get_by_label("Or a file").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    desk.get_by_role("button", name="Read it").click()
    expect(desk.get_by_role("heading", name="Where is it from?")).to_be_visible()
    desk.goto(f"/manage/interviews/{Interview.objects.get().pk}/")
    source = Source.objects.get()
    assert source.format == name.split(".")[1]
    shown = desk.locator(".source").evaluate("pane => pane.textContent")
    assert "".join(shown.split()) == "".join(source.visible_text.split())
    assert desk.locator("ol.turns > li.turn-answer").count() >= 2


def test_what_is_pasted_offline_stays_on_the_device_until_it_is_sent(
    phone: Page, film: Film, live_house: LiveHouse
) -> None:
    sign_in(phone, EDITOR)
    phone.goto("/manage/interviews/import/")
    phone.context.set_offline(True)
    phone.get_by_label("Or the text itself").fill(LABELLED)
    phone.get_by_role("button", name="Read it").tap()
    expect(phone.get_by_text("You are offline. What you pasted is kept on this device")).to_be_visible()
    phone.context.set_offline(False)
    phone.goto("/home/")
    phone.goto("/manage/interviews/import/")
    expect(phone.get_by_text("What you pasted is still here")).to_be_visible()
    expect(phone.get_by_label("Or the text itself")).to_have_value(LABELLED)
    phone.get_by_role("button", name="Read it").tap()
    expect(phone.get_by_role("heading", name="Where is it from?")).to_be_visible()
    phone.goto("/manage/interviews/import/")
    expect(phone.get_by_label("Or the text itself")).to_have_value("")


def test_a_site_that_refuses_is_said_and_the_list_is_there_without_it(
    phone: Page, film: Film, site: Site
) -> None:
    url = site.put("/salt-road", "", 403)
    sign_in(phone, EDITOR)
    phone.goto(f"/manage/interviews/import/?film={film.slug}")
    phone.get_by_label("Its address").fill(url)
    phone.get_by_role("button", name="Read it").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("In line to be read")
    work_off(ImportJob.objects.get().pk, now=timezone.now())
    expect(phone.get_by_text("paste the text instead")).to_be_visible()
    assert axe_findings(phone) == []
    phone.goto(f"/manage/films/{film.slug}/interviews/")
    expect(phone.get_by_text("None yet.")).to_be_visible()
    assert axe_findings(phone) == []
    bring_text(phone)
    phone.goto(f"/manage/films/{film.slug}/interviews/")
    expect(phone.get_by_text("right to quote not settled")).to_be_visible()
    assert axe_findings(phone) == []
