"""What every phone in a room sees: the same for all at one revision, in parts that the page and the stream share."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from common.prepared_queries import prepared
from screenings.listings.showing_rows import ShowingRow, showing_row
from screenings.models import Screening
from screenings.spoken_times import tonight_in

from . import questions
from .answering import shared_answers
from .live.audiences import Snapshot
from .models import Discussion, Participant, Poll, Question, Response, RunSheetStep, SaidLine
from .pinned_guides import guide_of
from .polls import polls_on_phones
from .rooms import changes_at, film_over_at, phase_at
from .scribing import lines_of
from .stages import Stage, stage_at

AUDIENCE = "phone"
# A part's name is the name of its template, and the id of the element on the page that holds it.
PARTS = ("stage", "said", "polls", "writing", "questions", "answers")
# Parts that hang on nothing but these values of the context, which never change: the same ones give the same HTML.
PLAIN_PARTS = {
    "stage": ("code", "phase", "stage", "film_is_over", "lang"),
    "writing": ("code", "may_write", "stage", "most_letters"),
}
KEPT_PARTS = 128
NEWEST_LINES = 30
SHOWN_ANSWERS = 30
KEPT_SNAPSHOTS = 64
KEPT_PAGE_SECONDS = 5
Phase = Discussion.Phase
_TELLING = (
    *(
        "code",
        "title",
        "revision",
        "arrivals",
        "phase",
        "late_minutes",
        "screening__starts_at",
        "screening__ends_at",
    ),
    *("screening__revision", "screening__engagement__film__running_minutes"),
)


def find_room(code: str) -> Discussion | None:
    """The room with this code, with what tells whether its page is another than before. One query."""
    return _found.first(code=code)


@prepared
def _found(*, code: str) -> QuerySet[Discussion]:
    rooms = Discussion.objects.select_related("screening__engagement__film")
    return rooms.filter(code=code).only(*_TELLING)


def page_of(room: Discussion, now: dt.datetime) -> str:
    """The page of a room that was found, the same for all phones in it. Rendered once in a process for each revision of
    the room and of its showing; what else it shows of film and theater is looked at again after KEPT_PAGE_SECONDS."""
    showing = room.screening
    key = (*_key_of(room, now), room.title, showing and showing.revision)
    with _kept_by:
        html, made_at = _pages.get(key, ("", now))
    if html and abs((now - made_at).total_seconds()) < KEPT_PAGE_SECONDS:
        return html
    html = _render_page(room.pk, now)
    with _kept_by:
        _pages[key] = html, now
        while len(_pages) > KEPT_SNAPSHOTS:
            _pages.popitem(last=False)
    return html


def _render_page(room_pk: int, now: dt.datetime) -> str:
    room = _with_contents(
        Discussion.objects.select_related(
            "guide_version__guide__film",
            "screening__engagement__film",
            "screening__engagement__theater__city",
            "screening__screen",
        )
    ).get(pk=room_pk)
    snapshot = _snapshot_of(room, now)
    context = {
        "room": room,
        "phase": snapshot.phase,
        # Rendered by templates, which escape.
        "parts": {name: mark_safe(html) for name, html in snapshot.parts.items()},  # noqa: S308
        "guide": room.guide_version,
        "row": row_of(room.screening, now) if room.screening else None,
        "demo": settings.DEMO,
    }
    return render_to_string("discussions/room.html", context)


def row_of(showing: Screening, now: dt.datetime) -> ShowingRow:
    """A room's showing in words, on its theater's clock."""
    return showing_row(showing, now, tonight_in(showing.theater.tzinfo, now))


def render(code: str) -> Snapshot | None:
    """The room as its phones see it now; None where there is none."""
    return snapshot_of(code, timezone.now())


def snapshot_of(code: str, now: dt.datetime) -> Snapshot | None:
    """The room with this code as its phones see it at `now`; None where there is none.

    One query, and one for each kind of thing that the room has: most rooms have no poll, no line and no hand up.
    """
    # Once the lights are up nothing of the showing is shown: it is not read along.
    room = _rooms.first(code=code)
    if room is None:
        return None
    room.guide_version = guide_of(room)
    return _snapshot_of(room, now)


@prepared
def _rooms(*, code: str) -> QuerySet[Discussion]:
    return _with_contents(Discussion.objects.filter(code=code))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a room has to show, as `_with_contents` reads it along with the room."""

    step: RunSheetStep | None
    has_questions: bool
    has_polls: bool
    has_answers: bool
    has_lines: bool
    has_hands: bool


def _with_contents(rooms: QuerySet[Discussion]) -> QuerySet[Discussion]:
    of_room = {"discussion": OuterRef("pk")}
    step = RunSheetStep.objects.filter(**of_room, position=OuterRef("step"))
    return rooms.annotate(
        step_kind=Subquery(step.values("kind")[:1]),
        step_prompt=Subquery(step.values("prompt_uuid")[:1]),
        has_questions=Exists(Question.objects.filter(**of_room)),
        has_polls=Exists(Poll.objects.filter(**of_room)),
        has_answers=Exists(Response.objects.filter(**of_room)),
        has_lines=Exists(SaidLine.objects.filter(**of_room)),
        has_hands=Exists(Participant.objects.filter(**of_room, hand_raised_at__isnull=False)),
    )


def _contents_of(room: Any) -> _Contents:
    step = RunSheetStep(kind=room.step_kind, prompt_uuid=room.step_prompt) if room.step_kind else None
    return _Contents(
        step, room.has_questions, room.has_polls, room.has_answers, room.has_lines, room.has_hands
    )


_kept: OrderedDict[tuple[object, ...], Snapshot] = OrderedDict()
_pages: OrderedDict[tuple[object, ...], tuple[str, dt.datetime]] = OrderedDict()
_kept_by = threading.Lock()


def _snapshot_of(room: Discussion, now: dt.datetime) -> Snapshot:
    """What phones are shown of a room (read `_with_contents`) at `now`. Rendered once in a process for each revision
    (and for what time alone changes), whether a page or the stream asks for it; not again when a phone comes in."""
    key = _, _, phase, is_over = _key_of(room, now)
    with _kept_by:
        if key in _kept:
            return replace(_kept[key], revision=room.revision)
    snapshot = _render(room, now, phase, is_over)
    with _kept_by:
        _kept[key] = snapshot
        while len(_kept) > KEPT_SNAPSHOTS:
            _kept.popitem(last=False)
    return snapshot


def _key_of(room: Discussion, now: dt.datetime) -> tuple[str, int, Phase, bool]:
    """What phones see hangs on this."""
    phase = phase_at(room, now)
    return room.code, room.revision - room.arrivals, phase, phase == Phase.FILM and _is_over(room, now)


def _render(room: Discussion, now: dt.datetime, phase: Phase, is_over: bool) -> Snapshot:
    has = _contents_of(room)
    context = _context(room, has, phase, is_over)
    asked, stage = context["asked"], context["stage"]
    return Snapshot(
        revision=room.revision,
        phase=phase,
        parts={name: _part(name, context) for name in PARTS},
        announcement=_announcement(phase, stage),
        facts={
            "fates": asked.fates if asked else "",
            "prompt": stage.prompt_uuid if stage else "",
            "hands": _hands(room) if stage and has.has_hands else "",
        },
        changes_at=changes_at(room, now),
    )


def _context(room: Discussion, has: _Contents, phase: Phase, is_over: bool) -> dict[str, Any]:
    """What the parts' templates are given. Beyond lobby and film, a bounded number of queries."""
    is_up = phase not in (Phase.LOBBY, Phase.FILM)
    stage = stage_at(room, has.step) if phase == Phase.LIGHTS_UP else None
    prompt = uuid.UUID(stage.prompt_uuid) if stage and stage.card else None
    return {
        "room": room,
        "code": room.code,
        "phase": phase,
        "stage": stage,
        "film_is_over": phase == Phase.FILM and is_over,
        "may_write": phase in (Phase.LIGHTS_UP, Phase.CLOSING),
        "asked": _asked(room, has) if is_up else None,
        "polls": polls_on_phones(room) if is_up and has.has_polls else [],
        "answers": _newest_answers(room=room.pk, prompt=prompt) if prompt and has.has_answers else [],
        "lines": _newest_lines(room=room.pk)[::-1] if is_up and has.has_lines else [],
        "captions_url": room.captions_url if is_up and phase != Phase.CLOSED else "",
        "shown_answers": SHOWN_ANSWERS,
        "most_letters": Response._meta.get_field("text").max_length,
        "guide": room.guide_version,
        "lang": room.guide_version.content["guide"]["lang"],
    }


def _asked(room: Discussion, has: _Contents) -> questions.Standing:
    return questions.standing(room) if has.has_questions else questions.NOTHING_ASKED


def _part(name: str, context: dict[str, Any]) -> str:
    if name in PLAIN_PARTS:
        return _plain_part(name, tuple(context[read] for read in PLAIN_PARTS[name]))
    return _rendered(name, context)


@lru_cache(maxsize=KEPT_PARTS)
def _plain_part(name: str, values: tuple[object, ...]) -> str:
    return _rendered(name, dict(zip(PLAIN_PARTS[name], values, strict=True)))


def _rendered(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"discussions/phone/_{name}.html", context).strip()


@prepared
def _newest_answers(*, room: int, prompt: uuid.UUID) -> QuerySet[Response]:
    return shared_answers(room, prompt)[: SHOWN_ANSWERS + 1]


@prepared
def _newest_lines(*, room: int) -> QuerySet[SaidLine]:
    return lines_of(room).order_by("-at", "-id")[:NEWEST_LINES]


@prepared
def _raised(*, room: int) -> QuerySet[Participant, tuple[int, dt.datetime | None]]:
    raised = Participant.objects.filter(discussion=room, hand_raised_at__isnull=False)
    return raised.order_by("id").values_list("id", "hand_called_at")


def _hands(room: Discussion) -> str:
    """Another text whenever somebody else has the microphone, or the line for it moves."""
    return " ".join(f"{pk}{'!' if called else ''}" for pk, called in _raised(room=room.pk))


def _is_over(room: Discussion, now: dt.datetime) -> bool:
    over_at = film_over_at(room)
    return over_at is not None and over_at <= now


def _announcement(phase: Phase, stage: Stage | None) -> str:
    """Nothing is said while the film runs, nor in the lobby: who comes in reads the page."""
    if stage:
        return stage.announcement
    return {Phase.CLOSING: "Closing.", Phase.CLOSED: "This room is closed."}.get(phase, "")
