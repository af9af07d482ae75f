"""The sheet for the host of one stop of a tour: one page, with the link to lead the room by and the way in for people."""

from __future__ import annotations

from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse

from screenings.spoken_times import say_when

from .models import TourStop
from .planning import plan_of
from .report_print import PAPERS, set_page
from .run_sheet import starts_of
from .stages import cues_of
from .tours import host_url


def print_sheet(stop: TourStop, paper: str) -> bytes:
    """The PDF on `paper` (one of PAPERS). Whoever has it may lead the room until its link is taken back."""
    room = stop.discussion
    showing = room.screening
    steps = plan_of(room)
    lead, join = host_url(stop), settings.BASE_URL + reverse("room", args=[room.code])
    cues = cues_of(room)
    rows = [
        [str(start), str(step.minutes), cue.stage.card.question.text if cue.stage.card else cue.stage.name]
        for start, step, cue in zip(starts_of([step.minutes for step in steps]), steps, cues, strict=True)
    ]
    facts = {
        "paper": PAPERS[paper],
        "tour": stop.tour.name,
        "film": str(stop.tour.guide.film),
        "theater": f"{showing.theater}, {showing.theater.city.name}" if showing else "",
        "when": say_when(showing.local_start, showing.theater.locale) if showing else "",
        "lead": lead,
        "lead_code": _code(lead),
        "join": join.partition("://")[2].rstrip("/"),
        "join_code": _code(join),
        "room": room.code,
        "steps": rows,
        "minutes": sum(step.minutes for step in steps),
    }
    return set_page(Path(__file__).with_suffix(".typ"), facts)


def _code(address: str) -> str:
    return segno.make(address, error="m").svg_inline(border=0)
