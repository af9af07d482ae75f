"""A poster with a code that phones read: for one showing, or for a theater. PDF/UA-1 (ISO 14289-1), A4 or US letter; made by Typst."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.urls import reverse

from .labels import LABELS
from .listings.venue_facts import say_address
from .models import Screening, Theater
from .spoken_times import say_when
from .typesetting import fonts, longest_word

log = logging.getLogger(__name__)

POSTER = Path(__file__).with_suffix(".typ")


def poster_of_screening(screening: Screening, paper: str) -> bytes:
    """The poster of a published showing read with `for_listing()`; `paper` is `a4` or `letter`."""
    theater = screening.theater
    when = say_when(screening.local_start, theater.locale)
    return _print(
        paper,
        settings.BASE_URL + reverse("screening", args=[screening.code]),
        name=f"{screening.film.title}, {when}, {theater.name}",
        title=screening.film.title,
        when=when,
        where=", ".join(filter(None, [theater.name, screening.screen.name if screening.screen else ""])),
        place=say_address(theater),
        labels=" · ".join(LABELS[code] for code in screening.labels),
        cancelled=screening.is_cancelled,
        code_says="Come, be reminded, stay and talk",
    )


def poster_of_theater(theater: Theater, paper: str) -> bytes:
    """The poster of a theater read with its city: its code leads to what is on."""
    return _print(
        paper,
        settings.BASE_URL + reverse("theater", args=[theater.slug]),
        name=theater.name,
        title=theater.name,
        when="",
        where="What is on, and when",
        place=say_address(theater),
        labels="",
        cancelled=False,
        code_says="Showtimes, changes and reminders",
    )


def _print(paper: str, url: str, **content: object) -> bytes:
    whole = {
        **content,
        "paper": {"a4": "a4", "letter": "us-letter"}[paper],
        "longest": longest_word(str(content["title"])),
        "code": segno.make(url, error="m").svg_inline(border=0),
        "code_alt": f"Code that leads to {url}",
        "address": url.partition("://")[2].rstrip("/"),
    }
    return _compile({"content": json.dumps(whole)})


def _compile(inputs: Mapping[str, str]) -> bytes:
    """PDF/UA; tagged all the same, yet not called so, where no font of this machine has a title's letters."""
    try:
        pdf = typst.compile(
            POSTER, sys_inputs=dict(inputs), format="pdf", pdf_standards="ua-1", font_paths=fonts()
        )
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        log.warning("The poster has letters that no font here shows: %s", error)
        pdf = typst.compile(POSTER, sys_inputs=dict(inputs), format="pdf", font_paths=fonts())
    assert isinstance(pdf, bytes)
    return pdf
