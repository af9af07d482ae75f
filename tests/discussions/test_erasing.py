"""On its day a room's words are erased; counts stay, and nothing else does."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from accounts import retention
from discussions import polls
from discussions.answering import respond
from discussions.erasing import erase, forget_rooms
from discussions.models import (
    Discussion,
    Participant,
    Poll,
    PollAnswer,
    Question,
    Response,
    RoomAct,
    SaidLine,
    Vote,
)
from discussions.questions import ask, vote
from interviews.guide_content import prompts_of
from notices import replies
from notices.models import ReplyAddress

from .rooms import LIGHTS, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db
WORDS = "planted-words"


@pytest.fixture
def room() -> Discussion:
    """A room in which everything was sent that can be, each with the planted words in it."""
    room = make_planned_room(phase=Discussion.Phase.LIGHTS_UP)
    ana, ben = make_phone(room, f"{WORDS} Ana"), make_phone(room, "Plain Otter")
    prompt = prompts_of(room.guide_version.content)[0]["uuid"]
    respond(ana, prompt, WORDS, audience="room", key=uuid.uuid4(), now=LIGHTS)
    asked = ask(ana, WORDS, key=uuid.uuid4(), now=LIGHTS, reply_to="ana@home.example")
    vote(ben, asked.pk, up=True, now=LIGHTS)
    do(room, "state", question=asked.pk, state="answered")
    do(room, "poll", question="One word?", kind="word")
    polls.answer(ana, Poll.objects.get().pk, [WORDS], key=uuid.uuid4(), now=LIGHTS)
    do(room, "say", text=WORDS, speaker=WORDS)
    return room


def everything() -> str:
    tables = (
        Discussion,
        Participant,
        Response,
        Question,
        Vote,
        Poll,
        PollAnswer,
        SaidLine,
        RoomAct,
        ReplyAddress,
    )
    return str([list(table.objects.values()) for table in tables])


def test_words_go_and_counts_stay(room: Discussion) -> None:
    assert everything().count(WORDS) > 5
    prompt = str(Response.objects.get().prompt_uuid)
    assert erase(room, LIGHTS)
    assert WORDS not in everything()
    assert "ana@home.example" not in everything()
    room.refresh_from_db()
    assert room.counts == {
        "people": 2,
        "questions": 1,
        "answered": 1,
        "sent_on": 0,
        "votes": 1,
        "answers": {prompt: 1},
        "polls": [{"question": "One word?", "kind": "word", "phones": 1, "options": []}],
    }
    assert room.phase == Discussion.Phase.CLOSED


def test_erasing_twice_keeps_the_first_counts(room: Discussion) -> None:
    erase(room, LIGHTS)
    assert not erase(room, LIGHTS + dt.timedelta(days=1))
    room.refresh_from_db()
    assert room.counts["people"] == 2


def test_each_room_has_its_own_day_and_retention_keeps_it(room: Discussion) -> None:
    assert "rooms" in {rule.code for rule in retention.rules()}
    day = dt.datetime.combine(room.erase_on, dt.time(0, 1), dt.UTC)
    assert forget_rooms(day, day - dt.timedelta(days=1)) == 0
    assert retention.keep(day)["rooms"] == 1
    assert WORDS not in everything()
    assert retention.keep(day)["rooms"] == 0


def test_an_address_left_for_a_reply_goes_with_its_question(room: Discussion) -> None:
    key = Question.objects.get().reply_key
    assert key
    assert replies.has_address(key)
    erase(room, LIGHTS)
    assert not replies.has_address(key)
