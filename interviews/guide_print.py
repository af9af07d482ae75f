"""A published guide on paper: what attendees take along, what who leads reads, and the run-sheet of one page.

PDF/UA-1 (ISO 14289-1) made by Typst; each passage with its own language and direction.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html
import segno
import typst
from django.conf import settings
from django.urls import reverse

from .facilitator_page import FacilitatorPage, facilitator_page
from .models import GuideVersion
from .page_store import Withdrawn, withdrawn_from
from .reading_page import Block, Said, Section

log = logging.getLogger(__name__)

SHEET = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True, slots=True)
class Paper:
    """`edition` is `guide`, `facilitator` or `run-sheet`; the size is in millimetres."""

    edition: str
    width: float
    height: float


# By the name in a PDF's address; `page_store.PAPER_WORDS` names them for people.
PAPERS = {
    "guide-a5": Paper("guide", 148, 210),
    "guide-half-letter": Paper("guide", 139.7, 215.9),
    "facilitator-a4": Paper("facilitator", 210, 297),
    "facilitator-letter": Paper("facilitator", 215.9, 279.4),
    "run-sheet-a4": Paper("run-sheet", 210, 297),
    "run-sheet-letter": Paper("run-sheet", 215.9, 279.4),
}


def print_guide(version: GuideVersion, name: str) -> bytes:
    """The PDF of a version on the paper of this name (one of PAPERS), without what has been withdrawn."""
    return _printed(version.guide.code, version.number, withdrawn_from(version.content), name)


@lru_cache(maxsize=48)
def _printed(code: str, number: int, withdrawn: Withdrawn, name: str) -> bytes:
    version = GuideVersion.objects.get(guide__code=code, number=number)
    edition = facilitator_page(version.content, dict(withdrawn))
    url = settings.BASE_URL + reverse("guide", args=[code])
    return make_pdf(edition, PAPERS[name], url=url, number=number)


def make_pdf(edition: FacilitatorPage, paper: Paper, *, url: str, number: int) -> bytes:
    """`edition` on `paper`; its code leads to `url`."""
    page = edition.page
    content = {
        "edition": paper.edition,
        "width": paper.width,
        "height": paper.height,
        "lang": page.lang.partition("-")[0],
        "dir": page.dir,
        "title": page.title.text,
        "film": page.film,
        "facts": page.film_facts,
        "whose": "By the film’s team" if page.origin.is_films_own else "",
        "origin": f"Adapted from “{page.origin.title}”, version {page.origin.version}."
        if page.origin.title
        else "",
        "version": number,
        "sections": [_section(section, edition, paper) for section in _sections(edition)],
        "steps": [asdict(step) for step in edition.steps],
        "minutes": edition.minutes,
        "credits": [asdict(credit) for credit in page.credits],
        "code": segno.make(url, error="m").svg_inline(border=0),
        "address": url.partition("://")[2].rstrip("/"),
    }
    return _compile({"content": json.dumps(content)})


def _compile(inputs: dict[str, str]) -> bytes:
    """PDF/UA; tagged all the same, yet not called so, where no font of this machine has a passage's letters."""
    try:
        pdf = typst.compile(SHEET, sys_inputs=inputs, format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        log.warning("A guide has letters that no font here shows: %s", error)
        pdf = typst.compile(SHEET, sys_inputs=inputs, format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def _sections(edition: FacilitatorPage) -> Iterator[Section]:
    if edition.page.content_note:
        yield edition.page.content_note
    yield from edition.page.sections


def _section(section: Section, edition: FacilitatorPage, paper: Paper) -> dict[str, Any]:
    leads = paper.edition == "facilitator"
    return {
        "kind": section.kind,
        "heading": asdict(section.heading),
        "tips": [_flow(tip) for tip in edition.tips.get(section.kind, ())] if leads else [],
        "blocks": [_block(block, edition, leads=leads) for block in section.blocks],
    }


def _block(block: Block, edition: FacilitatorPage, *, leads: bool) -> dict[str, Any]:
    if block.said:
        return {"kind": "said", "said": _said(block.said)}
    if block.card:
        card, aid = block.card, edition.aids[block.card.number]
        return {
            "kind": "card",
            "number": card.number,
            "question": asdict(card.question),
            "moment": card.moment,
            "facts": card.facts,
            "rests_on": card.rests_on.speaker if card.rests_on else "",
            "said": _said(card.said) if card.said else None,
            "aid": asdict(aid) if leads else None,
        }
    return {"kind": block.kind, "flow": _flow(block.text or ""), "url": block.url}


def _said(said: Said) -> dict[str, Any]:
    return asdict(said)


def _flow(html: str) -> list[dict[str, Any]]:
    """Paragraphs and list items of the guide's own HTML, each as runs of words."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return list(_paragraphs(root))


def _paragraphs(parent: Any, mark: str = "") -> Iterator[dict[str, Any]]:
    for child in parent:
        if child.tag in ("ul", "ol"):
            for count, item in enumerate(child, start=1):
                yield from _item(item, "•" if child.tag == "ul" else f"{count}.")
        elif child.tag == "blockquote":
            yield from _paragraphs(child, mark)
        else:
            yield _paragraph(child, mark)


def _item(item: Any, mark: str) -> Iterator[dict[str, Any]]:
    """An item, tight (words right inside) or loose (paragraphs), with what is listed below it."""
    blocks = [child for child in item if child.tag in ("p", "ul", "ol", "blockquote")]
    if any(child.tag == "p" for child in blocks):
        yield from _paragraphs(item, mark)
        return
    yield _paragraph(item, mark)
    for child in blocks:
        yield from _paragraphs([child], "")


def _paragraph(element: Any, mark: str) -> dict[str, Any]:
    runs = [run for run in _runs(element, {}) if run["text"]]
    return {"mark": mark, "dir": element.get("dir", ""), "runs": runs}


def _runs(element: Any, look: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"text": element.text or "", **look}
    for child in element:
        if child.tag not in ("ul", "ol", "blockquote"):
            styles = {"em": {"em": True}, "strong": {"strong": True}, "a": {"url": child.get("href", "")}}
            yield from _runs(child, {**look, **styles.get(child.tag, {})})
            yield {"text": "\n" if child.tag == "br" else "", **look}
        yield {"text": child.tail or "", **look}
