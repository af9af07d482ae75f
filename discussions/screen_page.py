"""The big screen: one thing on it, chosen by a host's tap, legible from the last row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from .lead_pages import find_led_room
from .live.audiences import Snapshot
from .models import Discussion, Poll, PollAnswer, Question
from .question_board import board_of
from .rooms import changes_at, phase_at
from .scribing import lines_of
from .stages import stage_of

SCREEN = "screen"
Phase = Discussion.Phase
OnScreen = Discussion.OnScreen
LINES_ON_SCREEN = 4
WORDS_ON_SCREEN = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One choice of a poll: how many, and of a hundred."""

    choice: str
    count: int
    percent: int


def render_screen(code: str) -> Snapshot | None:
    """The big screen of the room as it is now; None where there is no such room."""
    room = find_led_room(code)
    return screen_snapshot(room, timezone.now()) if room else None


def screen_snapshot(room: Discussion, now: dt.datetime) -> Snapshot:
    """What the big screen shows. `shown` names the thing, so that the page knows another one from a longer one."""
    phase = phase_at(room, now)
    black = phase == Phase.FILM or room.screen_blanked_at is not None
    view = "black" if black else _view(room, phase)
    context = {"room": room, "phase": phase, "view": view, **({} if black else _what(room, view))}
    timed = view == OnScreen.STEP and phase == Phase.LIGHTS_UP
    step = room.steps.filter(position=room.step).first() if timed else None
    return Snapshot(
        revision=room.revision,
        phase=phase,
        parts={"screen": render_to_string("discussions/screen/_screen.html", context)},
        facts={
            "room": room.code,
            "shown": f"{view}:{room.screen_subject or ''}:{room.step if view == OnScreen.STEP else ''}:{phase}",
            "step": room.step,
            "blanked": room.screen_blanked_at is not None,
            "ends": _ends(room, step.minutes) if step else None,
        },
        changes_at=changes_at(room, now),
    )


def _ends(room: Discussion, minutes: int) -> int | None:
    """When the step's time is over, in milliseconds since 1970."""
    if room.step_began_at is None:
        return None
    return round((room.step_began_at + dt.timedelta(minutes=minutes)).timestamp() * 1000)


def _view(room: Discussion, phase: str) -> str:
    """The template's part: before the lights it is how to join, after closing the good night."""
    if phase == Phase.LOBBY:
        return OnScreen.JOIN
    if phase in (Phase.CLOSING, Phase.CLOSED) and room.screen_shows == OnScreen.STEP:
        return "good_night"
    return room.screen_shows


def _what(room: Discussion, view: str) -> dict[str, object]:
    """What the view of this name needs."""
    if view == OnScreen.JOIN:
        address = settings.BASE_URL + reverse("room", args=[room.code])
        return {
            "qr": qr_of(address),
            "address": address.partition("://")[2],
            "phones": room.participants.count(),
        }
    if view == OnScreen.STEP:
        return {"stage": stage_of(room)}
    if view == OnScreen.QUESTION:
        return _question(room)
    if view == OnScreen.POLL:
        return _poll(room)
    if view == OnScreen.WORDS:
        return {"words": words_of(room)}
    if view == OnScreen.SAID:
        return {"lines": list(lines_of(room).order_by("-at", "-id")[:LINES_ON_SCREEN])[::-1]}
    return {}


def _question(room: Discussion) -> dict[str, object]:
    visible = Question.objects.filter(discussion=room, hidden_at=None, published_at__isnull=False)
    question = visible.filter(pk=room.screen_subject or 0).first()
    if question is None:
        return {"stage": stage_of(room)}
    board = board_of(room)
    shown = (*((board.now,) if board.now else ()), *board.open, *board.done)
    return {"question": question, "asked": next((one for one in shown if one.pk == question.pk), None)}


def _poll(room: Discussion) -> dict[str, object]:
    """A poll; its results only where a host has shown them."""
    poll = Poll.objects.filter(discussion=room, pk=room.screen_subject or 0).first()
    if poll is None:
        return {"stage": stage_of(room)}
    answers = list(poll.answers.values_list("choices", flat=True))
    bars = _bars(poll, answers) if poll.shown_at and poll.kind != Poll.Kind.WORD else ()
    return {"poll": poll, "bars": bars, "count": len(answers)}


def _bars(poll: Poll, answers: list[list[object]]) -> tuple[Bar, ...]:
    """Choices are kept by their place in the poll's options, or as they stand there."""
    total = max(1, len(answers))
    counts = [
        sum(1 for chosen in answers if place in chosen or option in chosen)
        for place, option in enumerate(poll.options)
    ]
    return tuple(
        Bar(str(option), count, round(100 * count / total))
        for option, count in zip(poll.options, counts, strict=True)
    )


def words_of(room: Discussion) -> list[str]:
    """The words of the close that a host has let onto the screen: those that had come by the last tap, each once."""
    answers = PollAnswer.objects.filter(
        poll__discussion=room, poll__kind=Poll.Kind.WORD, hidden_at=None, created_at__lte=room.screen_shown_at
    )
    words = (
        str(word) for chosen in answers.order_by("id").values_list("choices", flat=True) for word in chosen
    )
    return list(dict.fromkeys(words))[-WORDS_ON_SCREEN:]


@lru_cache(maxsize=64)
def qr_of(address: str) -> SafeString:
    """The code that leads to a room, as SVG: dark on light in any light, drawn to fit its place."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=2, dark="#1b1610", light="#fff8ea", svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308  segno's own drawing of our address
