"""A plan that runs on several phones at once: forward, back, over time, offline, and closed by itself at last."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection

from discussions.acts import CannotAct
from discussions.conducting import close_forgotten, closes_by_itself_at
from discussions.models import Discussion, Poll, RoomAct
from discussions.planning import plan_of
from discussions.run_sheet import Step
from tests.factories import make_screening

from .rooms import LIGHTS, MINUTE, OPENED, ask, do, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    return make_planned_room()


@pytest.fixture
def lit(room: Discussion) -> Discussion:
    do(room, "lights_up")
    return room


def minutes(room: Discussion) -> list[int]:
    return list(room.steps.values_list("minutes", flat=True))


def test_lights_up_begins_the_plan_on_the_screen_too(room: Discussion) -> None:
    do(room, "lights_up")
    assert (room.phase, room.step, room.step_began_at, room.lights_up_at) == ("lights_up", 0, LIGHTS, LIGHTS)
    assert room.screen_shows == "step"


def test_lights_up_pressed_by_two_hosts_is_once(lit: Discussion) -> None:
    do(lit, "next", leaves=0)
    do(lit, "lights_up", now=LIGHTS + MINUTE)
    assert (lit.step, lit.lights_up_at) == (1, LIGHTS)


def test_two_hosts_who_press_next_at_once_move_one_step(lit: Discussion) -> None:
    first = do(lit, "next", leaves=0, by="Olu")
    second = do(lit, "next", leaves=0, by="Marta")
    assert lit.step == 1
    assert first
    assert second is None
    assert lit.acts.filter(kind="next").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twelve_presses_at_the_same_instant_are_one_step() -> None:
    room = make_planned_room()
    do(room, "lights_up")
    start = threading.Barrier(12)

    def press() -> None:
        start.wait()
        try:
            do(Discussion.objects.get(pk=room.pk), "next", leaves=0)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(12)]
    for one in presses:
        one.start()
    for one in presses:
        one.join(30)
    room.refresh_from_db()
    assert (room.step, room.acts.filter(kind="next").count()) == (1, 1)


def test_the_same_press_sent_twice_by_a_bad_connection_is_one(lit: Discussion) -> None:
    key = uuid.uuid4()
    first = do(lit, "extend", step=0, minutes=2, key=key)
    assert do(lit, "extend", step=0, minutes=2, key=key) == first
    assert minutes(lit)[0] == 4


def test_a_phone_that_was_offline_for_a_minute_catches_up(lit: Discussion) -> None:
    """It went on by itself twice; meanwhile the co-host had made the first of the two steps."""
    do(lit, "next", leaves=0, now=LIGHTS + 2 * MINUTE, by="Marta")
    back = LIGHTS + 4 * MINUTE
    assert do(lit, "next", leaves=0, at=LIGHTS + 2 * MINUTE, now=back) is None
    do(lit, "next", leaves=1, at=LIGHTS + 3 * MINUTE, now=back)
    assert (lit.step, lit.step_began_at) == (2, LIGHTS + 3 * MINUTE)


def test_a_phone_whose_clock_is_wrong_moves_no_step_into_the_future_or_before_the_last(
    lit: Discussion,
) -> None:
    do(lit, "next", leaves=0, at=LIGHTS + dt.timedelta(days=1), now=LIGHTS + MINUTE)
    assert lit.step_began_at == LIGHTS + MINUTE
    do(lit, "next", leaves=1, at=LIGHTS - dt.timedelta(days=1), now=LIGHTS + 2 * MINUTE)
    assert lit.step_began_at == LIGHTS + MINUTE


def test_after_the_last_step_the_room_is_closing_and_one_can_go_back(lit: Discussion) -> None:
    for step in range(lit.steps.count()):
        do(lit, "next", leaves=step)
    last = lit.steps.count() - 1
    assert (lit.phase, lit.step) == ("closing", last)
    do(lit, "back", leaves=last)
    assert (lit.phase, lit.step) == ("lights_up", last)


def test_one_goes_back_and_straight_to_any_step(lit: Discussion) -> None:
    do(lit, "go", leaves=0, step=4)
    do(lit, "back", leaves=4)
    assert lit.step == 3
    with pytest.raises(CannotAct, match="no such step"):
        do(lit, "go", leaves=3, step=40)


def test_what_is_over_is_taken_from_the_questions(lit: Discussion) -> None:
    assert [step.kind for step in plan_of(lit)] == [
        "reflection", "agreements", "pairs", "prompt", "questions", "action", "close",
    ]  # fmt: skip
    do(lit, "go", leaves=0, step=3)
    assert minutes(lit) == [2, 2, 4, 6, 12, 2, 2]
    do(lit, "take", step=3, now=LIGHTS + 9 * MINUTE)
    assert minutes(lit) == [2, 2, 4, 9, 9, 2, 2]
    with pytest.raises(CannotAct, match="nothing to take"):
        do(lit, "take", step=3, now=LIGHTS + 9 * MINUTE)


def test_a_step_is_given_more_and_never_under_a_minute(lit: Discussion) -> None:
    do(lit, "extend", step=0, minutes=2)
    do(lit, "extend", step=1, minutes=-10)
    assert minutes(lit)[:2] == [4, 1]


def test_the_follow_up_is_shown_and_goes_with_its_step(lit: Discussion) -> None:
    do(lit, "follow_up", kind="silent")
    assert lit.follow_up == "silent"
    do(lit, "next", leaves=0)
    assert lit.follow_up == ""
    with pytest.raises(CannotAct, match="no such follow-up"):
        do(lit, "follow_up", kind="bored")


def test_running_late_is_said_before_the_lights(room: Discussion) -> None:
    do(room, "late", minutes=15)
    assert room.late_minutes == 15
    do(room, "late", minutes=30)
    assert room.late_minutes == 30
    with pytest.raises(CannotAct):
        do(room, "late", minutes=-5)
    assert room.late_minutes == 30


def test_nothing_reaches_the_big_screen_that_the_room_cannot_see(lit: Discussion) -> None:
    seen, hidden, waits = (
        ask(lit, "Who paid?"),
        ask(lit, "Rude", hidden_at=LIGHTS),
        ask(lit, "Not yet", published_at=None),
    )
    do(lit, "show", what="question", subject=seen.pk)
    assert (lit.screen_shows, lit.screen_subject) == ("question", seen.pk)
    for question in (hidden, waits):
        with pytest.raises(CannotAct, match="can see"):
            do(lit, "show", what="question", subject=question.pk)
    unopened = Poll.objects.create(discussion=lit, question="Again?", options=["Yes", "No"])
    with pytest.raises(CannotAct):
        do(lit, "show", what="poll", subject=unopened.pk)
    assert lit.screen_subject == seen.pk


def test_the_screen_is_blanked_and_what_was_on_it_comes_back(lit: Discussion) -> None:
    do(lit, "blank", on="1", role="screen")
    assert lit.screen_blanked_at == LIGHTS
    do(lit, "blank", on="0", role="screen")
    assert (lit.screen_blanked_at, lit.screen_shows) == (None, "step")


@pytest.mark.parametrize(
    ("role", "name", "given"),
    [
        ("moderator", "next", {"leaves": 0}),
        ("scribe", "hide", {"kind": "question", "pk": 1}),
        ("screen", "show", {"what": "join"}),
        ("co_host", "close", {}),
        ("host", "dance", {}),
    ],
)
def test_a_link_does_what_its_role_does_and_no_more(
    lit: Discussion, role: str, name: str, given: dict[str, object]
) -> None:
    with pytest.raises(CannotAct, match="may not"):
        do(lit, name, role=role, **given)


@pytest.mark.parametrize(
    ("name", "given"), [("next", {}), ("next", {"leaves": "x"}), ("plan", {"steps": [["close"]]})]
)
def test_what_cannot_be_read_changes_nothing(lit: Discussion, name: str, given: dict[str, object]) -> None:
    acts = RoomAct.objects.count()
    with pytest.raises(CannotAct, match="could not be read"):
        do(lit, name, **given)
    assert RoomAct.objects.count() == acts


def test_the_plan_is_edited_while_it_runs_and_the_edit_is_undone(lit: Discussion) -> None:
    before = plan_of(lit)
    do(lit, "go", leaves=0, step=5)
    done = do(lit, "plan", steps=[["questions", 10, "", "Ask the back rows."], ["close", 3, "", ""]])
    assert plan_of(lit) == (Step("questions", 10, "", "Ask the back rows."), Step("close", 3))
    assert lit.step == 1
    assert done
    do(lit, "undo", done=done.pk)
    assert plan_of(lit) == before
    assert lit.step == 5
    with pytest.raises(CannotAct, match="one step at least"):
        do(lit, "plan", steps=[])


def test_every_act_of_conducting_is_undone_from_the_log(lit: Discussion) -> None:
    done = do(lit, "next", leaves=0)
    assert done
    do(lit, "undo", done=done.pk)
    assert (lit.step, lit.step_began_at) == (0, LIGHTS)
    closed = do(lit, "close", now=LIGHTS + MINUTE)
    assert closed
    assert lit.phase == "closed"
    do(lit, "undo", done=closed.pk)
    assert (lit.phase, lit.closed_at) == ("lights_up", None)


def test_what_has_changed_since_is_not_undone_over_the_newer_act(lit: Discussion) -> None:
    older = do(lit, "next", leaves=0)
    do(lit, "next", leaves=1)
    assert older
    with pytest.raises(CannotAct, match="newer act first"):
        do(lit, "undo", done=older.pk)
    assert lit.step == 2


def test_a_room_that_nobody_closes_is_closed_six_hours_after_its_lights(lit: Discussion) -> None:
    by_itself = closes_by_itself_at(lit)
    assert by_itself == LIGHTS + dt.timedelta(hours=6)
    assert close_forgotten(by_itself - MINUTE) == 0
    assert close_forgotten(by_itself) == 1
    assert close_forgotten(by_itself + MINUTE) == 0
    lit.refresh_from_db()
    assert (lit.phase, lit.closed_at) == ("closed", by_itself)
    assert lit.acts.first().by == "Houselights"


def test_a_room_whose_lights_never_came_up_is_closed_too_however_late_the_film(room: Discussion) -> None:
    assert closes_by_itself_at(room) == room.screening.ends_at + dt.timedelta(hours=6)
    do(room, "late", minutes=30)
    assert closes_by_itself_at(room) == room.screening.ends_at + dt.timedelta(hours=6, minutes=30)


def test_a_class_has_two_weeks_to_come_together() -> None:
    room = make_planned_room(make_screening())
    Discussion.objects.filter(pk=room.pk).update(screening=None)
    room.refresh_from_db()
    assert closes_by_itself_at(room) == OPENED + dt.timedelta(days=14)
