"""Rooms to judge the phone's page by: every phase, a prompt with its words, a poll, questions; other scripts too."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from discussions import answering, planning, polls, questions
from discussions.models import Discussion, Participant, Poll
from discussions.rooms import open_room
from interviews import guides
from interviews.guide_content import prompts_of
from interviews.models import GuideVersion
from interviews.publishing import publish
from tests.discussions.rooms import do, make_phone
from tests.factories import make_film, make_screening
from tests.interviews.zine import ARABIC, keep, make_guide, quote
from tests.programme import LONG_TITLE

Kind = Discussion.Phase
_NAMES = ("Amber Heron", "Plain Otter", "Early Lark", "ليلى", "Mossy Gull")
_ANSWERS = (
    "My father, the winter he drove nights.",
    "Nobody, and that is an answer too.",
    "A nurse whose name I never learned. She sat down for two minutes and closed her eyes, and I have thought of it for "
    "eleven years.",
    "رأيت أمي متعبة مرة واحدة فقط، ولم أنسها.",
)
_QUESTIONS = (
    "Did the families see the film before anybody else?",
    "Who drew the map, really?",
    "How long did you carry salt before you filmed at all, and did anybody tell you to stop?",
    "هل عادت العائلات إلى الطريق بعد الفيلم؟",
    "Is the goat all right?",
)


def make_room_pages(now: dt.datetime) -> dict[str, str]:
    """The name of a picture → the page of a room as it is at `now`."""
    version = publish(make_guide(make_film("The Salt Road, Again")), by=None, now=now)
    rooms = {
        "room-lobby": _at_a_showing(version, now, starts_in=180),
        "room-film": _at_a_showing(version, now, starts_in=-40),
        "room-film-over": _at_a_showing(version, now, starts_in=-200),
        "room-prompt": _with_words(_lit(version, now, "prompt"), now),
        "room-agreements": _lit(version, now, "agreements"),
        "room-questions": _asked(_lit(version, now, "questions"), now),
        "room-poll": _polled(_lit(version, now, "reflection"), now),
        "room-close": _lit(version, now, "close"),
        "room-closing": _room(version, LONG_TITLE, now, phase=Kind.CLOSING),
        "room-closed": _room(version, "After The Salt Road", now, phase=Kind.CLOSED, closed_at=now),
        "room-rtl": _in_arabic(now),
    }
    return {name: f"/r/{room.code}/" for name, room in rooms.items()} | {
        "room-join": f"/r/{rooms['room-lobby'].code}/mine/",
        "room-wrong-code": "/r/zzzzzz/",
        "room-find": "/r/",
        "room-find-tonight": f"/r/?guide={version.guide.code}",
    }


def _room(version: GuideVersion, title: str, now: dt.datetime, **facts: Any) -> Discussion:
    opened = now - dt.timedelta(hours=3)
    room = Discussion.objects.create(guide_version=version, title=title, opened_at=opened, **facts)
    planning.give_plan(room, 30)
    return room


def _at_a_showing(version: GuideVersion, now: dt.datetime, *, starts_in: int) -> Discussion:
    """A room whose film starts in so many minutes."""
    start = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=starts_in)
    showing = make_screening(start.replace(tzinfo=None), now=min(now, start) - dt.timedelta(hours=1))
    return open_room(version, title="After The Salt Road", screening=showing, host=None, now=now)


def _lit(version: GuideVersion, now: dt.datetime, kind: str) -> Discussion:
    """A room at the first step of this kind."""
    room = _room(version, "After The Salt Road", now, phase=Kind.LIGHTS_UP)
    room.step = next(step.position for step in room.steps.all() if step.kind == kind)
    room.policy = "Olu and Mia choose together, by votes and by who has not spoken yet."
    room.save()
    return room


def _phones(room: Discussion) -> list[Participant]:
    return [make_phone(room, name) for name in _NAMES]


def _with_words(room: Discussion, now: dt.datetime) -> Discussion:
    prompt = str(room.steps.get(position=room.step).prompt_uuid)
    for phone, words in zip(phones := _phones(room), _ANSWERS, strict=False):
        answering.respond(phone, prompt, words, audience="room", key=uuid.uuid4(), now=now)
    do(room, "follow_up", kind="silent", now=now)
    return _asked(room, now, phones)


def _asked(room: Discussion, now: dt.datetime, phones: list[Participant] | None = None) -> Discussion:
    phones = phones or _phones(room)
    asked = [
        questions.ask(phone, words, key=uuid.uuid4(), now=now)
        for phone, words in zip(phones, _QUESTIONS, strict=True)
    ]
    for phone in phones[:4]:
        questions.vote(phone, asked[0].pk, up=True, now=now)
    do(room, "answer", question=asked[1].pk, now=now)
    return room


def _polled(room: Discussion, now: dt.datetime) -> Discussion:
    options = "The goat\nThe pass\nThe kitchen, cold\nSomething that I will not say"
    do(room, "poll", question="What will you carry home?", kind="one", options=options, now=now)
    poll = Poll.objects.get(discussion=room)
    for number, phone in enumerate(_phones(room)):
        polls.answer(phone, poll.pk, [str(number % 3)], key=uuid.uuid4(), now=now)
    do(room, "show_poll", poll=poll.pk, on="1", now=now)
    do(room, "poll", question="One word to leave with", kind="word", now=now)
    return room


def _in_arabic(now: dt.datetime) -> Discussion:
    film = make_film("طريق الملح")
    words = "تعلمت أن الناس لا يسمحون لك بالنظر إليهم إلا بعد أن يروك متعبا مثلهم."
    said = quote(keep(film, ARABIC, publication="المجلة"), words, speaker="مارا ليندكفيست")
    guide = guides.start_guide(film, "بعد الملح", None, "ar")
    guides.add_prompt(
        guides.add_section(guide, "after"), "من الذي سمحت له أن يراك متعبا؟", minutes=5, excerpt=said
    )
    room = _room(publish(guide, by=None, now=now), "بعد طريق الملح", now, phase=Kind.LIGHTS_UP)
    prompt = prompts_of(room.guide_version.content)[0]["uuid"]
    room.step = next(step.position for step in room.steps.all() if str(step.prompt_uuid) == prompt)
    room.save()
    leila, other = make_phone(room, "ليلى"), make_phone(room, "Amber Heron")
    answering.respond(leila, prompt, "أمي.", audience="room", key=uuid.uuid4(), now=now)
    questions.ask(leila, "هل عادت العائلات؟", key=uuid.uuid4(), now=now)
    questions.ask(other, "Is the goat all right?", key=uuid.uuid4(), now=now)
    return room
