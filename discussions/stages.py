"""The steps of a room's plan as they are shown: what each is called, what to do in it, what is asked, and on whose
words it rests. Phones, the big screen and those who lead see the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from common.prepared_queries import prepared
from interviews.guide_content import Content, prompts_of
from interviews.guide_text import as_html
from interviews.page_store import withdrawn_from
from interviews.reading_page import Card, Withdrawals, card_of

from .models import Discussion, RunSheetStep

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
    """A step: what it is called, what to do, the prompt if it has one."""

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


@dataclass(frozen=True, slots=True)
class Cue:
    """A step as who leads sees it: also what to ask if the room is silent or heated, tips, the note to oneself."""

    position: int
    minutes: int
    starts: int
    note: str
    stage: Stage
    if_silent: str = ""
    if_heated: str = ""
    follow_up: str = ""
    tip: str = ""


def stage_of(room: Discussion) -> Stage:
    """The step at which the room is. Two queries at most."""
    return stage_at(room, _steps.first(room=room.pk, position=room.step))


def stage_at(room: Discussion, step: RunSheetStep | None) -> Stage:
    """A step of the room's plan; a room without a plan is at its questions. One query at most."""
    step = step or RunSheetStep(kind=Kind.QUESTIONS)
    content = room.guide_version.content
    return _stage(step, content, dict(withdrawn_from(content)) if step.prompt_uuid else {}, room.follow_up)


@prepared
def _steps(*, room: int, position: int) -> QuerySet[RunSheetStep]:
    return RunSheetStep.objects.filter(discussion=room, position=position)


def cues_of(room: Discussion) -> list[Cue]:
    """The whole plan for those who lead. Two queries."""
    content = room.guide_version.content
    withdrawals, asked = dict(withdrawn_from(content)), {one["uuid"]: one for one in prompts_of(content)}
    cues, starts = [], 0
    for step in room.steps.all():
        prompt = asked.get(str(step.prompt_uuid), {})
        helps = {name: prompt.get(name, "") for name in ("if_silent", "if_heated", "follow_up", "tip")}
        stage = _stage(step, content, withdrawals, "")
        cues.append(Cue(step.position, step.minutes, starts, step.note, stage, **helps))
        starts += step.minutes
    return cues


def _stage(step: RunSheetStep, content: Content, withdrawals: Withdrawals, follow_up: str) -> Stage:
    name, words = _STEPS[Kind(step.kind)]
    uuid = str(step.prompt_uuid) if step.prompt_uuid else ""
    return Stage(
        kind=step.kind,
        name=name,
        words=words,
        prompt_uuid=uuid,
        card=card_of(content, withdrawals, uuid) if uuid else None,
        follow_up=_follow_up(content, uuid, follow_up),
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
