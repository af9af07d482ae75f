"""Polls: one answer a phone, results when the host shows them, closed is closed."""

from __future__ import annotations

import uuid

import pytest

from discussions import polls
from discussions.acts import CannotAct
from discussions.models import Discussion, Participant, Poll, PollAnswer
from discussions.polls import polls_on_phones, results_of, tally
from discussions.sent_words import CannotSend, NotHere, NotTheSame

from .rooms import LIGHTS, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    return make_planned_room(phase=Discussion.Phase.LIGHTS_UP)


@pytest.fixture
def ana(room: Discussion) -> Participant:
    return make_phone(room, "Amber Heron")


def asked(room: Discussion, kind: str = "one", options: str = "The goat\nThe pass\nThe kitchen") -> Poll:
    do(room, "poll", question="What stays with you?", kind=kind, options=options)
    return Poll.objects.latest("id")


def choose(phone: Participant, poll: Poll, *given: str, key: uuid.UUID | None = None) -> PollAnswer:
    return polls.answer(phone, poll.pk, given, key=key or uuid.uuid4(), now=LIGHTS)


def test_each_phone_answers_once_and_may_change_its_mind(room: Discussion, ana: Participant) -> None:
    poll = asked(room)
    choose(ana, poll, "0")
    choose(ana, poll, "2")
    choose(make_phone(room, "Plain Otter"), poll, "2")
    assert [(row.text, row.phones) for row in results_of(poll).rows] == [
        ("The goat", 0),
        ("The pass", 0),
        ("The kitchen", 2),
    ]


def test_the_same_answer_sent_five_times_is_one_and_moves_the_room_on_once(
    room: Discussion, ana: Participant
) -> None:
    poll, key = asked(room), uuid.uuid4()
    room.refresh_from_db()
    before = room.revision
    for _ in range(5):
        choose(ana, poll, "1", key=key)
    room.refresh_from_db()
    assert (PollAnswer.objects.count(), room.revision) == (1, before + 1)
    with pytest.raises(NotTheSame):
        choose(ana, poll, "2", key=key)


def test_several_choices_are_counted_each_and_percent_is_of_phones(
    room: Discussion, ana: Participant
) -> None:
    poll = asked(room, "several")
    choose(ana, poll, "0", "2", "2")
    choose(make_phone(room, "Plain Otter"), poll, "0")
    results = results_of(poll)
    assert (results.phones, [(row.phones, row.percent) for row in results.rows]) == (
        2,
        [(2, 100), (0, 0), (1, 50)],
    )


def test_one_word_is_counted_whatever_its_capitals(room: Discussion, ana: Participant) -> None:
    poll = asked(room, "word", "")
    for name, word in (("Plain Otter", "Salt"), ("Early Lark", "salt"), ("Mossy Gull", "الملح")):
        choose(make_phone(room, name), poll, word)
    assert [(row.text, row.phones) for row in results_of(poll).rows] == [("Salt", 2), ("الملح", 1)]


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("one", [], "Choose first"),
        ("one", ["0", "1"], "One choice only"),
        ("one", ["3"], "not one of the choices"),
        ("one", ["-1"], "not one of the choices"),
        ("one", ["٣"], "not one of the choices"),
        ("word", [""], "no word"),
        ("word", ["two words"], "One word"),
        ("word", ["a" * 31], "One word"),
    ],
)
def test_what_is_no_answer_is_said_in_words(
    room: Discussion, ana: Participant, kind: str, given: list[str], said: str
) -> None:
    with pytest.raises(CannotSend, match=said):
        choose(ana, asked(room, kind), *given)
    assert not PollAnswer.objects.exists()


def test_a_closed_poll_takes_no_more_and_keeps_what_was_counted(room: Discussion, ana: Participant) -> None:
    poll = asked(room)
    choose(ana, poll, "0")
    do(room, "close_poll", poll=poll.pk)
    with pytest.raises(CannotSend, match="closed"):
        choose(make_phone(room, "Plain Otter"), poll, "1")
    with pytest.raises(CannotSend, match="closed"):
        choose(ana, poll, "1")
    assert results_of(poll).phones == 1


def test_a_poll_of_a_foreign_room_or_not_open_yet_is_not_there(room: Discussion, ana: Participant) -> None:
    foreign = Discussion.objects.create(guide_version=room.guide_version, title="Next door")
    poll = asked(room)
    with pytest.raises(NotHere):
        choose(make_phone(foreign, "Ida Oak"), poll, "0")
    with pytest.raises(CannotAct):
        do(foreign, "close_poll", poll=poll.pk)
    Poll.objects.update(opened_at=None)
    with pytest.raises(NotHere):
        choose(ana, poll, "0")


def test_phones_see_a_poll_while_it_is_open_and_results_when_they_are_shown(
    room: Discussion, ana: Participant
) -> None:
    poll = asked(room)
    choose(ana, poll, "0")
    (shown,) = polls_on_phones(room)
    assert (shown.is_open, shown.results) == (True, None)
    do(room, "close_poll", poll=poll.pk)
    assert polls_on_phones(room) == []
    do(room, "show_poll", poll=poll.pk, on="1")
    (shown,) = polls_on_phones(room)
    assert shown.results
    assert (shown.is_open, shown.results.phones) == (False, 1)


@pytest.mark.parametrize(
    ("question", "kind", "options"),
    [
        ("", "one", "a\nb"),
        ("Why?", "one", "a"),
        ("Why?", "many", "a\nb"),
        ("Why?", "one", "a\na"),
        ("Why?", "one", "a\n" + "b" * 101),
    ],
)
def test_a_poll_that_cannot_be_answered_is_not_asked(
    room: Discussion, question: str, kind: str, options: str
) -> None:
    with pytest.raises(CannotAct):
        do(room, "poll", question=question, kind=kind, options=options)
    assert not Poll.objects.exists()


def test_a_tally_of_nothing_is_nothing() -> None:
    assert tally("one", ["a"], []).rows[0].percent == 0
