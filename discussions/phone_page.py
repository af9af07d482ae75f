"""What every phone in a room sees: the same for all at one revision, in parts that the page and the stream share."""

from __future__ import annotations

import datetime as dt

from django.template.loader import render_to_string
from django.utils import timezone

from .live.audiences import Snapshot
from .models import Discussion
from .rooms import changes_at, film_over_at, phase_at
from .stages import Stage, stage_of

AUDIENCE = "phone"
# A part's name is the name of its template, and the id of the element on the page that holds it.
PARTS = ("stage",)
Phase = Discussion.Phase


def find_room(code: str) -> Discussion | None:
    """The room with this code and all that its phones' page needs of it. One query."""
    rooms = Discussion.objects.select_related(
        "guide_version__guide__film",
        "screening__engagement__film",
        "screening__engagement__theater__city",
        "screening__screen",
    )
    return rooms.filter(code=code).first()


def render(code: str) -> Snapshot | None:
    """The room as its phones see it now; None where there is none."""
    room = find_room(code)
    return snapshot_of(room, timezone.now()) if room else None


def snapshot_of(room: Discussion, now: dt.datetime) -> Snapshot:
    """What phones are shown of `room` at `now`."""
    phase = phase_at(room, now)
    stage = stage_of(room) if phase == Phase.LIGHTS_UP else None
    context = {
        "room": room,
        "phase": phase,
        "stage": stage,
        "film_is_over": phase == Phase.FILM and _is_over(room, now),
        "guide": room.guide_version,
        "lang": room.guide_version.content["guide"]["lang"],
    }
    return Snapshot(
        revision=room.revision,
        phase=phase,
        parts={name: render_to_string(f"discussions/phone/_{name}.html", context) for name in PARTS},
        announcement=_announcement(phase, stage),
        changes_at=changes_at(room, now),
    )


def _is_over(room: Discussion, now: dt.datetime) -> bool:
    over_at = film_over_at(room)
    return over_at is not None and over_at <= now


def _announcement(phase: Phase, stage: Stage | None) -> str:
    """Nothing is said while the film runs, nor in the lobby: who comes in reads the page."""
    if stage:
        return stage.announcement
    return {Phase.CLOSING: "Closing.", Phase.CLOSED: "This room is closed."}.get(phase, "")
