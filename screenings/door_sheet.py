"""The week on paper for the theater's door: one page, PDF/UA-1 (ISO 14289-1), A4 or US letter. Made by Typst."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import segno
import typst
from babel.dates import format_interval

from .spoken_times import say_time
from .week.schedule import Showing
from .week_format import TAG_WORDS
from .week_lines import Line, by_film, locale_of, say_nights

log = logging.getLogger(__name__)

SHEET = Path(__file__).with_suffix(".typ")
PAPERS = {"a4": "A4", "letter": "US letter"}
LETTER_COUNTRIES = {"US", "CA", "MX"}

# What the sheet itself says, by language: what its code leads to, its alternative text, a week without showings,
# “to” between two days.
_WORDS: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("Tickets, changes and reminders", "Code that leads to {url}", "Nothing is listed for this week.", "–"),
    "fr": ("Billets, changements et rappels", "Code qui mène à {url}", "Aucune séance annoncée cette semaine.", "–"),
    "de": ("Karten, Änderungen und Erinnerung", "Code, der zu {url} führt", "Für diese Woche steht nichts fest.", "–"),
    "es": ("Entradas, cambios y avisos", "Código que lleva a {url}", "No hay funciones esta semana.", "–"),
}  # fmt: skip


def paper_of(locale: str) -> str:
    """The paper that lies in the printer where a locale is at home: `a4` or `letter`."""
    return "letter" if locale_of(locale).territory in LETTER_COUNTRIES else "a4"


def make_door_sheet(
    showings: Iterable[Showing],
    billings: Mapping[str, str],
    *,
    theater: str,
    place: str,
    url: str,
    locale: str,
    week_starting: dt.date,
    paper: str,
) -> bytes:
    """The sheet as a PDF. `billings` say by title what stands below it; `url` is the theater's public page; `paper` one of PAPERS."""
    words = locale_of(locale)
    code_says, code_alt, nothing, _ = _WORDS[words.language]
    week = format_interval(
        week_starting, week_starting + dt.timedelta(days=6), skeleton="yMMMMd", locale=words
    )
    content = {
        "paper": {"a4": "a4", "letter": "us-letter"}[paper],
        "language": words.language,
        "theater": theater,
        "place": place,
        "week": week,
        "films": [
            {"title": title, "facts": billings.get(title, ""), "lines": _lines(lines, locale)}
            for title, lines in by_film(showings).items()
        ],
        "nothing": nothing,
        "code": segno.make(url, error="m").svg_inline(border=0),
        "code_alt": code_alt.format(url=url),
        "code_says": code_says,
        "address": url.partition("://")[2].rstrip("/"),
    }
    return _print({"content": json.dumps(content)})


def _print(inputs: dict[str, str]) -> bytes:
    """PDF/UA; tagged all the same, yet not called so, where no font of this machine has a title's letters."""
    try:
        pdf = typst.compile(SHEET, sys_inputs=inputs, format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        log.warning("The door sheet has letters that no font here shows: %s", error)
        pdf = typst.compile(SHEET, sys_inputs=inputs, format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def _lines(lines: Iterable[Line], locale: str) -> list[dict[str, object]]:
    words = locale_of(locale)
    names = TAG_WORDS[words.language]
    to, and_ = _WORDS[words.language][3], ", "
    return [
        {
            "days": say_nights(line.nights, words, to, and_, "abbreviated"),
            "times": [
                {
                    "time": say_time(showing.starts_local, locale),
                    "labels": ", ".join(names[tag] for tag in names if tag in showing.tags),
                }
                for showing in line.showings
            ],
        }
        for line in lines
    ]
