"""One person is not a crowd, as far as that can be told of phones that nobody knows."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from discussions.crowding import FastVote, crowds, is_let_in, mark_odd, may_come_in
from discussions.models import Discussion, Vote
from discussions.tasks import look_after_rooms
from tests.factories import make_screening

from .rooms import LIGHTS, ask, do, make_phone, make_planned_room

SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("present", "seats", "lately", "let_in"),
    [
        (0, 100, 50, True),  # the whole house may come at once
        (109, 100, 50, True),
        (110, 100, 1, False),
        (110, 100, 0, True),  # beyond it, one a second
        (549, None, 50, True),
        (550, None, 1, False),
    ],
)
def test_beyond_a_full_house_phones_come_in_one_after_the_other(
    present: int, seats: int | None, lately: int, let_in: bool
) -> None:
    assert is_let_in(present, seats, lately) is let_in


@pytest.mark.django_db
def test_a_room_knows_its_seats_and_who_has_just_come() -> None:
    room = make_planned_room()
    assert may_come_in(room, room.participants.count(), LIGHTS)


def fast(*participants: int, question: int = 1, apart: float = 1) -> list[FastVote]:
    return [FastVote(p, question, LIGHTS + n * apart * SECOND) for n, p in enumerate(participants)]


def test_five_that_vote_alike_as_soon_as_they_join_are_marked_and_four_are_not() -> None:
    assert crowds(fast(1, 2, 3, 4)) == {}
    marked = crowds(fast(1, 2, 3, 4, 5))
    assert set(marked) == {1, 2, 3, 4, 5}
    assert marked[1] == "voted within 3 seconds of joining, as 4 others did"


def test_those_who_are_far_apart_or_want_different_things_are_no_crowd() -> None:
    assert crowds(fast(1, 2, 3, 4, 5, apart=10)) == {}
    assert crowds(fast(1, 2, 3) + fast(4, 5, 6, question=2)) == {}


@pytest.mark.django_db
def test_a_crowd_in_a_room_is_marked_by_the_task_and_still_counts() -> None:
    room = make_planned_room()
    do(room, "lights_up")
    question = ask(room, "Mine, please")
    for number in range(6):
        phone = make_phone(room, f"Script {number}", joined_at=LIGHTS)
        Vote.objects.create(question=question, participant=phone, created_at=LIGHTS + SECOND)
    calm = make_phone(room, "Amber Heron", joined_at=LIGHTS)
    Vote.objects.create(question=question, participant=calm, created_at=LIGHTS + 20 * SECOND)
    with time_machine.travel(LIGHTS + 30 * SECOND, tick=False):
        look_after_rooms()
    assert room.participants.exclude(marked_for="").count() == 6
    assert question.votes.count() == 7
    assert mark_odd(room) == 0


@pytest.mark.django_db
def test_a_phone_has_one_vote() -> None:
    room = make_planned_room(make_screening())
    question, phone = ask(room, "Why?"), make_phone(room, "Amber Heron")
    Vote.objects.create(question=question, participant=phone)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(question=question, participant=phone)


@pytest.mark.django_db
def test_the_task_closes_what_nobody_closed() -> None:
    room = make_planned_room()
    with time_machine.travel(LIGHTS + dt.timedelta(days=1), tick=False):
        look_after_rooms()
    assert Discussion.objects.get(pk=room.pk).phase == Discussion.Phase.CLOSED
