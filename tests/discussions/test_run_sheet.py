"""From a frozen guide, a plan that fits its minutes; and what to do when a step runs over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.models import RunSheetStep
from discussions.run_sheet import KINDS as ALL_KINDS
from discussions.run_sheet import LENGTHS, Offer, PlanWrong, Step, check, offer_to_take, propose, starts_of


def prompt(uuid: str, moment: str = "opening", group_size: int = 0, **more: Any) -> dict[str, Any]:
    return {"kind": "prompt", "uuid": uuid, "moment": moment, "group_size": group_size, **more}


def guide(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [{"kind": "after", "blocks": list(blocks)}]}


ACTION = {"kind": "action", "text": "Find out who made your road."}
FULL = guide(
    prompt("before", "before"),
    prompt("deep", "deepening"),
    prompt("scene"),
    prompt("pair", group_size=2),
    prompt("last", "closing"),
    ACTION,
)


def told(steps: tuple[Step, ...]) -> str:
    return " ".join(f"{s.kind}{f'({s.prompt})' if s.prompt else ''}:{s.minutes}" for s in steps)


def test_half_an_hour_has_all_of_the_arc() -> None:
    assert told(propose(FULL, 30)) == (
        "reflection:2 agreements:2 pairs(pair):4 prompt(scene):6 prompt(deep):6 questions:6 action:2 close:2"
    )


def test_a_quarter_of_an_hour_has_one_question_and_asks_no_pairs() -> None:
    assert told(propose(FULL, 15)) == (
        "reflection:1 agreements:1 prompt(scene):4 questions:5 action:2 close:2"
    )


def test_with_little_time_what_is_easy_to_answer_is_asked() -> None:
    tender_first = guide(prompt("hurts", sensitivity="tender"), prompt("easy", sensitivity="easy"))
    assert "prompt(easy)" in told(propose(tender_first, 15))
    assert "pairs(hurts)" in told(propose(tender_first, 45))


def test_what_a_guide_lacks_goes_to_the_audiences_questions() -> None:
    assert told(propose(guide(), 30)) == "reflection:2 agreements:2 questions:24 close:2"


blocks = st.lists(
    st.builds(
        lambda number, moment, size, near: prompt(f"p{number}", moment, size, sensitivity=near),
        st.integers(0, 10_000),
        st.sampled_from(["before", "opening", "deepening", "closing", "action"]),
        st.integers(0, 6),
        st.sampled_from(["easy", "personal", "tender"]),
    ),
    unique_by=lambda block: block["uuid"],
    max_size=12,
)


# Its first draw imports much, which is slow on a busy machine.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks, st.sampled_from(LENGTHS), st.booleans())
def test_every_plan_fits_its_minutes_and_asks_nothing_twice(
    given_blocks: list[dict[str, Any]], minutes: int, acts: bool
) -> None:
    content = guide(*given_blocks, *([ACTION] if acts else []))
    steps = propose(content, minutes)
    asked = [step.prompt for step in steps if step.prompt]
    assert sum(step.minutes for step in steps) == minutes
    assert len(asked) == len(set(asked))
    assert all(b["moment"] not in ("before", "action") for b in given_blocks if b["uuid"] in asked)
    assert check(steps, frozenset(asked)) == steps


def test_an_edited_plan_is_kept_as_it_was_meant() -> None:
    edited = [Step("prompt", 8, "scene", "  Breathe.  "), Step("questions", 5, "stray"), Step("close", 1)]
    assert check(edited, frozenset({"scene"})) == (
        Step("prompt", 8, "scene", "Breathe."),
        Step("questions", 5),
        Step("close", 1),
    )


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([], "one step at least"),
        ([Step("close", 1)] * 25, "at most 24"),
        ([Step("close", 0)], "Step 1 takes between 1 and 60"),
        ([Step("close", 1), Step("questions", 61)], "Step 2 takes between"),
        ([Step("dance", 5)], "no kind"),
        ([Step("prompt", 5, "other")], "not in this guide"),
        ([Step("prompt", 5)], "Choose a question for step 1"),
    ],
)
def test_a_plan_that_cannot_be_kept_says_why(steps: list[Step], sentence: str) -> None:
    with pytest.raises(PlanWrong, match=sentence):
        check(steps, frozenset({"scene"}))


KINDS = ["reflection", "prompt", "prompt", "questions", "close"]
MINUTES = [2, 6, 9, 8, 2]


@pytest.mark.parametrize(
    ("at", "elapsed", "offered"),
    [
        (1, "5:00", None),
        (1, "7:59", None),  # over by less than two minutes
        (1, "8:00", Offer(2, 3)),  # the questions give, though another step is longer
        (1, "10:30", Offer(4, 3)),
        (1, "12:59", Offer(6, 3)),
        (1, "13:00", Offer(7, 2)),  # more than the questions can give: the longest does
        (1, "20:00", None),  # nothing has that much left
        (4, "9:00", None),  # nothing comes after
    ],
)
def test_what_is_over_is_taken_from_the_questions(at: int, elapsed: str, offered: Offer | None) -> None:
    minutes, seconds = map(int, elapsed.split(":"))
    assert offer_to_take(MINUTES, KINDS, at, 60 * minutes + seconds) == offered


def test_a_step_begins_where_those_before_it_end() -> None:
    assert starts_of(MINUTES) == [0, 2, 8, 17, 25]


def test_the_plans_kinds_are_those_of_the_database() -> None:
    assert list(ALL_KINDS) == RunSheetStep.Kind.values
