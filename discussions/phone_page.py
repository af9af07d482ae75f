"""What every phone in a room sees: the same for all at one revision, in parts that the page and the stream share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from interviews.guide_content import Content, prompts_of
from interviews.guide_text import as_html
from interviews.page_store import withdrawn_from
from interviews.reading_page import Card, card_of

from .live.audiences import Snapshot
from .models import Discussion, RunSheetStep
from .rooms import changes_at, film_over_at, phase_at

AUDIENCE = "phone"
# A part's name is the name of its template, and the id of the element on the page that holds it.
PARTS = ("stage",)
Phase = Discussion.Phase
Kind = RunSheetStep.Kind

# What a step that asks nothing of the guide is called, and what to do in it.
_STEPS = {
    Kind.REFLECTION: ("A quiet minute", "Nobody speaks. What are you still holding?"),
    Kind.AGREEMENTS: ("How we talk", ""),
    Kind.PAIRS: ("In pairs", "Turn to somebody near you. One speaks, one listens, then the other way round."),
    Kind.PROMPT: ("Together", ""),
    Kind.QUESTIONS: ("Your questions", "Ask here, or vote for what you want asked."),
    Kind.ACTION: ("What now?", ""),
    Kind.CLOSE: ("One word", "One word each, and then good night."),
}
AGREEMENTS = (
    "Say “I”. Speak of what you saw and felt.",
    "Leave room: who has spoken waits for who has not.",
    "You may pass, always.",
    "What is told here stays here.",
)


@dataclass(frozen=True, slots=True)
class Action:
    text: SafeString
    url: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The step that the room is at: what it is called, what to do, the prompt if it has one."""

    kind: str
    name: str
    words: str
    prompt_uuid: str = ""
    card: Card | None = None
    follow_up: str = ""
    agreements: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def announcement(self) -> str:
        """What a screen reader says of the step, once."""
        asked = self.follow_up or (self.card.question.text if self.card else "")
        return f"{self.name}. {asked}" if asked else f"{self.name}."


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


def stage_of(room: Discussion) -> Stage:
    """The step at which the room is; a room without a plan is at its questions. Two queries at most."""
    step = room.steps.filter(position=room.step).first() or RunSheetStep(kind=Kind.QUESTIONS)
    content = room.guide_version.content
    name, words = _STEPS[Kind(step.kind)]
    uuid = str(step.prompt_uuid) if step.prompt_uuid else ""
    return Stage(
        kind=step.kind,
        name=name,
        words=words,
        prompt_uuid=uuid,
        card=card_of(content, dict(withdrawn_from(content)), uuid) if uuid else None,
        follow_up=_follow_up(content, uuid, room.follow_up),
        agreements=AGREEMENTS if step.kind == Kind.AGREEMENTS else (),
        actions=tuple(_actions(content)) if step.kind == Kind.ACTION else (),
    )


def _follow_up(content: Content, uuid: str, which: str) -> str:
    """The question that the host has put under the prompt, for a silent room or a heated one."""
    if not which:
        return ""
    prompt = next((one for one in prompts_of(content) if one["uuid"] == uuid), None)
    return str(prompt.get(f"if_{which}", "")) if prompt else ""


def _actions(content: Content) -> list[Action]:
    direction = content["guide"]["dir"]
    blocks = (block for section in content["sections"] for block in section["blocks"])
    return [
        Action(as_html(block["text"], direction), block.get("url", ""))
        for block in blocks
        if block["kind"] == "action"
    ]
