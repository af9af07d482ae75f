"""The report on paper, to hand to whoever paid for the evening: PDF/UA-1 (ISO 14289-1), made by Typst."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

import typst

from screenings.spoken_times import say_day

from .report import Prompted, Report

log = logging.getLogger(__name__)

SHEET = Path(__file__).with_suffix(".typ")
PAPERS = {"a4": "a4", "letter": "us-letter"}
MOST_FOLDS = 12
MOST_QUESTIONS = 30


def print_report(report: Report, paper: str) -> bytes:
    """The PDF on `paper` (one of PAPERS). Of many answers those that most people gave; how many are left out is said.

    The film's title and all words come from people; nothing in them is read as markup.
    """
    facts = {
        "paper": PAPERS[paper],
        "title": report.title,
        "film": report.film,
        "place": report.place,
        "day": f"{say_day(report.day)} {report.day.year}" if report.day else "",
        "figures": [[str(number), name] for number, name in figures(report)],
        "withheld": report.withheld,
        "asked": [{**asdict(one), "state": one.became} for one in report.asked[:MOST_QUESTIONS]],
        "more_asked": max(0, len(report.asked) - MOST_QUESTIONS),
        "polls": [asdict(one) for one in report.choices],
        "words": [asdict(one) for one in report.words],
        "prompts": [_prompt(one) for one in report.prompts],
        "actions": [asdict(one) for one in report.actions],
    }
    return set_page(SHEET, facts)


def figures(report: Report) -> list[tuple[int, str]]:
    """The evening in numbers, each with its words: `(41, "people with a phone")`."""
    counts = report.counts
    return [
        (report.people, "phones in the room"),
        (counts["questions"], "questions asked"),
        (counts["answered"], "answered"),
        (report.answers, "answers to prompts"),
        (counts["votes"], "votes"),
    ]


def _prompt(one: Prompted) -> dict[str, object]:
    return {
        "question": one.question,
        "count": one.count,
        "unshared": one.unshared,
        "said": [{"text": fold.first.text, "count": fold.count} for fold in one.said[:MOST_FOLDS]],
        "more": sum(fold.count for fold in one.said[MOST_FOLDS:]),
    }


def set_page(sheet: Path, facts: dict[str, object]) -> bytes:
    """The sheet with these facts as PDF/UA; tagged all the same, yet not called so, where no font of this machine has
    a passage's letters."""
    inputs = {"content": json.dumps(facts)}
    try:
        pdf = typst.compile(sheet, sys_inputs=inputs, format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        log.warning("A sheet has letters that no font here shows: %s", error)
        pdf = typst.compile(sheet, sys_inputs=inputs, format="pdf")
    assert isinstance(pdf, bytes)
    return pdf
