"""A room's plan: proposed from its guide when it is opened, edited by its hosts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from interviews.guide_content import prompts_of

from .acts import Acting, CannotAct, register_whole
from .models import Discussion, RunSheetStep
from .run_sheet import PlanWrong, Step, check, propose

PLAN = "plan"


def plan_of(room: Discussion) -> tuple[Step, ...]:
    """The room's plan as plain values."""
    return tuple(_plain(row) for row in room.steps.all())


def give_plan(room: Discussion, minutes: int) -> None:
    """The proposal for so many minutes, for a room that has no plan yet. In the caller's transaction."""
    _store(room, propose(room.guide_version.content, minutes))


def replan(acting: Acting, steps: Sequence[Step]) -> None:
    """Another plan. The step that the room is at stays the step of the same number, or the last one; its time goes on.

    Raises CannotAct with a sentence where the plan cannot be kept.
    """
    known = frozenset(str(prompt["uuid"]) for prompt in prompts_of(acting.room.guide_version.content))
    try:
        checked = check(steps, known)
    except PlanWrong as error:
        raise CannotAct(str(error)) from error
    acting.replace(PLAN, _as_json(checked))
    acting.change(acting.room, step=min(acting.room.step, len(checked) - 1))


def _read(room: Discussion) -> list[list[object]]:
    return _as_json(plan_of(room))


def _write(room: Discussion, rows: list[list[Any]]) -> None:
    room.steps.all().delete()
    _store(room, [Step(*row) for row in rows])


def _store(room: Discussion, steps: Sequence[Step]) -> None:
    RunSheetStep.objects.bulk_create(
        RunSheetStep(
            discussion=room,
            position=position,
            kind=step.kind,
            minutes=step.minutes,
            prompt_uuid=UUID(step.prompt) if step.prompt else None,
            note=step.note,
        )
        for position, step in enumerate(steps)
    )


def _plain(row: RunSheetStep) -> Step:
    return Step(row.kind, row.minutes, str(row.prompt_uuid or ""), row.note)


def _as_json(steps: Sequence[Step]) -> list[list[object]]:
    return [[step.kind, step.minutes, step.prompt, step.note] for step in steps]


register_whole(PLAN, _read, _write)
