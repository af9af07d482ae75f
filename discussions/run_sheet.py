"""The run-sheet: from a frozen guide, a plan for 15, 30 or 45 minutes; edited by hosts, kept by a clock.

Everything here is about plain values; nothing knows a database. The arc is the one that facilitators use: a moment for
oneself, what we agree on, pairs before the whole room, from what was seen to what it means, the audience's own
questions, something to do, a word to leave with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

LENGTHS = (15, 30, 45)
# Nobody plans a step of over an hour.
MOST_MINUTES = 60
MOST_STEPS = 24
MOST_NOTE = 500
# From here on a step is over its time by so much that something has to give.
OVER_MINUTES = 2
# What is taken from a later step leaves it this long at least.
LEAST_LEFT = 2

KINDS = ("reflection", "agreements", "pairs", "prompt", "questions", "action", "close")
# Minutes by length; `prompt` is there twice where there is time for two.
_ARCS: dict[int, tuple[tuple[str, int], ...]] = {
    15: (
        ("reflection", 1),
        ("agreements", 1),
        ("prompt", 4),
        ("questions", 5),
        ("action", 2),
        ("close", 2),
    ),
    30: (
        ("reflection", 2),
        ("agreements", 2),
        ("pairs", 4),
        ("prompt", 6),
        ("prompt", 6),
        ("questions", 6),
        ("action", 2),
        ("close", 2),
    ),
    45: (
        ("reflection", 2),
        ("agreements", 2),
        ("pairs", 5),
        ("prompt", 9),
        ("prompt", 9),
        ("questions", 12),
        ("action", 3),
        ("close", 3),
    ),
}
_AFTER = ("opening", "deepening", "closing")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan. `prompt` is the UUID of a prompt of the guide, `""` where there is none."""

    kind: str
    minutes: int
    prompt: str = ""
    note: str = ""


class PlanWrong(ValueError):
    """A plan that cannot be kept; the message is a sentence for the host."""


def propose(content: dict[str, Any], minutes: int) -> tuple[Step, ...]:
    """A plan of exactly `minutes` (one of LENGTHS) from a frozen guide (`interviews.guide_content`).

    No prompt is asked twice. A step that the guide has nothing for is left out, and the audience's questions have
    its minutes. Raises KeyError for another length.
    """
    arc = _ARCS[minutes]
    prompts = _Prompts(_prompts_after(content), easy_first=minutes == min(LENGTHS))
    steps = [step for kind, length in arc if (step := _step(kind, length, prompts, content))]
    spare = minutes - sum(step.minutes for step in steps)
    return tuple(replace(s, minutes=s.minutes + spare) if s.kind == "questions" else s for s in steps)


def _step(kind: str, minutes: int, prompts: _Prompts, content: dict[str, Any]) -> Step | None:
    if kind == "pairs":
        return Step(kind, minutes, prompts.for_pairs()) if prompts.left else None
    if kind == "prompt":
        return Step(kind, minutes, prompts.next()) if prompts.left else None
    if kind == "action" and not any(_actions(content)):
        return None
    return Step(kind, minutes)


class _Prompts:
    """Hands out a guide's prompts, each once. Where time is short, what is easy to answer goes first."""

    def __init__(self, prompts: list[dict[str, Any]], *, easy_first: bool) -> None:
        self.left = (
            sorted(prompts, key=lambda one: one.get("sensitivity", "easy") != "easy")
            if easy_first
            else prompts
        )

    def for_pairs(self) -> str:
        """The first that is meant for two, else the first of all."""
        return self._take(next((one for one in self.left if one["group_size"] == 2), self.left[0]))

    def next(self) -> str:
        return self._take(self.left[0])

    def _take(self, prompt: dict[str, Any]) -> str:
        self.left = [one for one in self.left if one is not prompt]
        return str(prompt["uuid"])


def _prompts_after(content: dict[str, Any]) -> list[dict[str, Any]]:
    """What is asked after the film, from opening to closing; within a moment as the guide has it."""
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    asked = [block for block in blocks if block["kind"] == "prompt" and block["moment"] in _AFTER]
    return sorted(asked, key=lambda prompt: _AFTER.index(prompt["moment"]))


def _actions(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (
        block
        for section in content["sections"]
        for block in section["blocks"]
        if block["kind"] == "action" or block.get("moment") == "action"
    )


def check(steps: Sequence[Step], known_prompts: frozenset[str]) -> tuple[Step, ...]:
    """The plan as it may be kept. Raises PlanWrong with a sentence: no step, too many, minutes out of range, a prompt
    that the guide does not have, a prompt's step without one."""
    if not steps:
        raise PlanWrong("A plan has one step at least. Nothing was changed.")
    if len(steps) > MOST_STEPS:
        raise PlanWrong(f"A plan has at most {MOST_STEPS} steps. Nothing was changed.")
    return tuple(_checked(number, step, known_prompts) for number, step in enumerate(steps, start=1))


def _checked(number: int, step: Step, known_prompts: frozenset[str]) -> Step:
    if step.kind not in KINDS:
        raise PlanWrong(f"Step {number} is of no kind that we know.")
    if not 1 <= step.minutes <= MOST_MINUTES:
        raise PlanWrong(f"Step {number} takes between 1 and {MOST_MINUTES} minutes.")
    takes_one = step.kind in ("prompt", "pairs", "reflection")
    if takes_one and step.prompt and step.prompt not in known_prompts:
        raise PlanWrong(f"The question of step {number} is not in this guide.")
    if step.kind == "prompt" and not step.prompt:
        raise PlanWrong(f"Choose a question for step {number}.")
    return replace(step, prompt=step.prompt if takes_one else "", note=step.note.strip()[:MOST_NOTE])


@dataclass(frozen=True, slots=True)
class Offer:
    """The step that could give `minutes`, by its place in the plan."""

    minutes: int
    position: int


def offer_to_take(
    minutes: Sequence[int], kinds: Sequence[str], at: int, elapsed_seconds: float
) -> Offer | None:
    """“Two minutes over: take it from the questions?”: where the step `at` is over by OVER_MINUTES or more, the later
    step that can give as many: the audience's questions, else the longest. None where nothing has to give or can.

    `minutes` and `kinds` are those of all steps in their order; `elapsed_seconds` since the step began.
    """
    over = int(elapsed_seconds // 60) - minutes[at]
    later = [place for place in range(at + 1, len(minutes)) if minutes[place] - over >= LEAST_LEFT]
    if over < OVER_MINUTES or not later:
        return None
    return Offer(over, max(later, key=lambda place: (kinds[place] == "questions", minutes[place])))


def starts_of(minutes: Sequence[int]) -> list[int]:
    """The minute after the lights at which each step begins."""
    return [sum(minutes[:place]) for place in range(len(minutes))]
