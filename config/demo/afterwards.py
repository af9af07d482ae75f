"""What is left of evenings that are over: a room that closed just now, and one of some nights ago with all that came of it."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import cycle, islice

from accounts.models import Person
from discussions import after_page, answering, cities, filmmaker, joining, polls, questions, room_acts
from discussions.changes import changing
from discussions.models import Discussion, Participant
from discussions.opening import Choices, open_planned_room
from interviews.choices import guide_for
from interviews.guide_content import prompts_of
from screenings.models import Film, Screening

MINUTE = dt.timedelta(minutes=1)
PHONES = 14
SETTLED = dt.timedelta(days=1)
ANSWERS = (
    "The silence after the door. Nobody in our row breathed.",
    "The road home",
    "the road home!",
    "Her hands, and that nobody ever asked what they did all day.",
    "I want to phone my mother.",
)
QUESTIONS = (
    "How did you find the road in the first place?",
    "Were the families paid, and who decided how much?",
    "Why did you never show the village by day?",
)
WORDS = ("grateful", "quiet", "mother", "slow", "home", "quiet")
ANSWERED = (
    "Everybody who is in it was paid the same, by the day. They decided that among themselves, in a long evening "
    "that we did not film."
)


def leave_evenings(over: Screening, film: Film, host: Person, now: dt.datetime) -> list[Discussion]:
    """The room of the showing that is just `over`, and that of an earlier one of `film` where there was one."""
    rooms = [_talk(over, host, over.ends_at)]
    earlier = Screening.objects.scheduled().filter(engagement__film=film, ends_at__lt=now - SETTLED)
    showing = earlier.for_listing().order_by("-starts_at").first()
    if showing:
        rooms.append(_talk(showing, host, showing.ends_at))
        cities.make_batches(now)
    for room in rooms[1:]:
        _answer(room, now)
    return [room for room in rooms if room]


def _talk(showing: Screening, host: Person, lights: dt.datetime) -> Discussion:
    """An evening from the lobby to the last word, by the acts that the pages call."""
    version = guide_for(showing)
    assert version is not None  # The demo's guides are published before its evenings.
    choices = Choices(words_may_leave=True)
    opened = showing.starts_at - 20 * MINUTE
    room = open_planned_room(
        version, title=f"After {showing.film}", screening=showing, host=host, now=opened, choices=choices
    )
    with changing(room) as held:
        held.theater_agreed_at = opened
    phones = [joining.join(room, joining.make_token(room.code), opened) for _ in range(PHONES)]
    _do(room, "lights_up", lights)
    _send(room, phones, lights + MINUTE)
    _do(room, "close", lights + 15 * MINUTE)
    room.refresh_from_db()
    after_page.open_page(room, after_page.Readers.ALL, lights + 15 * MINUTE)
    return room


def _do(room: Discussion, act: str, now: dt.datetime, **given: object) -> None:
    room_acts.do(room, act, given, role="host", by="host Olu", now=now)


def _send(room: Discussion, phones: list[Participant], now: dt.datetime) -> None:
    for phone in phones:
        phone.refresh_from_db()
    prompt = next(p["uuid"] for p in prompts_of(room.guide_version.content) if p["moment"] != "before")
    for phone, text in zip(phones, islice(cycle(ANSWERS), len(phones)), strict=True):
        answering.respond(phone, prompt, text, audience="room", key=uuid.uuid4(), now=now)
    asked = [
        questions.ask(phone, text, key=uuid.uuid4(), now=now)
        for phone, text in zip(phones, QUESTIONS, strict=False)
    ]
    for number, question in enumerate(asked):
        for phone in phones[number * 4 :]:
            questions.vote(phone, question.pk, up=True, now=now)
    _do(room, "state", now, question=asked[0].pk, state="answered")
    _do(room, "poll", now, question="One word?", kind="word")
    poll = room.polls.get()
    for phone, word in zip(phones, WORDS, strict=False):
        polls.answer(phone, poll.pk, [word], key=uuid.uuid4(), now=now)


def _answer(room: Discussion, now: dt.datetime) -> None:
    """The filmmaker has answered one of the questions that were not reached; another answer waits for the host."""
    at = now - 60 * MINUTE
    filmmaker.send_on_what_was_not_reached(room, at)
    link, _ = filmmaker.make_link(room, "The director", at)
    first, second = filmmaker.list_for(room)[:2]
    saved = filmmaker.save_answer(link, first.pk, ANSWERED, based_on=0, now=at)
    filmmaker.save_answer(link, second.pk, "We ran out of days.", based_on=0, now=at)
    if saved:
        filmmaker.approve(room, saved.pk, at)
