"""The PDFs: tagged, one page for the run-sheet however long the evening, nothing withdrawn in them."""

from __future__ import annotations

import io

import pypdf
import pytest

from interviews import guides
from interviews.excerpts import withdraw
from interviews.guide_print import PAPERS, print_guide
from interviews.models import Excerpt, Guide, GuideVersion
from interviews.page_store import PAPER_WORDS
from interviews.publishing import publish
from tests.interviews.zine import ARABIC, NOW, keep, make_guide, quote

pytestmark = pytest.mark.django_db


def out(guide: Guide) -> GuideVersion:
    return publish(guide, by=None, now=NOW)


def read(version: GuideVersion, name: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(print_guide(version, name)))


def text(version: GuideVersion, name: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(version, name).pages).split())


def test_every_paper_has_a_name_for_people() -> None:
    assert PAPERS.keys() == PAPER_WORDS.keys()


@pytest.mark.parametrize("name", PAPERS)
def test_each_is_tagged_and_of_its_size(name: str) -> None:
    guide = make_guide()
    arabic = quote(keep(guide.film, ARABIC, url=""), "بدأت الحكاية بخريطة رسمتها جدتي")
    guides.add_excerpt(guides.add_section(guide, "background"), arabic)
    pdf = read(out(guide), name)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    width, height = (float(side) * 25.4 / 72 for side in pdf.pages[0].mediabox[2:])
    assert (width, height) == pytest.approx((PAPERS[name].width, PAPERS[name].height), abs=0.1)


def test_attendees_do_not_get_the_tips_and_who_leads_does() -> None:
    guide = make_guide()
    guides.add_tip(guides.add_section(guide, "agreements"), "Stand at the side.")
    version = out(guide)
    assert "Stand at the side" not in text(version, "guide-a5")
    assert "Ask for a place" not in text(version, "guide-a5")
    full = text(version, "facilitator-a4")
    assert "Stand at the side" in full
    assert "Ask for a place instead of a person." in full


def test_a_withdrawn_quote_leaves_the_paper_too() -> None:
    version = out(make_guide())
    assert "they have seen you tired" in text(version, "guide-a5")
    withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
    assert "they have seen you tired" not in text(version, "guide-a5")
    assert "withdrawn on 1 Aug 2026" in text(version, "guide-a5")


def test_a_run_sheet_of_sixty_questions_is_one_page() -> None:
    guide = make_guide()
    after = guides.add_section(guide, "after")
    for number in range(60):
        guides.add_prompt(after, f"Question {number}?", minutes=1)
    assert len(read(out(guide), "run-sheet-a4").pages) == 1
