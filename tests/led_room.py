"""A room with an evening's worth in it, for looking at the pages of those who lead: `make shots`, `make pictures`."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from discussions import planning, room_acts
from discussions.models import Discussion, Participant, Poll, PollAnswer, Question, Report, Vote
from discussions.room_keys import make_key
from discussions.rooms import open_room
from interviews.publishing import publish
from screenings.models import Screening
from tests.cast import ORGANIZER, make_person
from tests.factories import make_screening
from tests.interviews.zine import make_guide

NAMES = (
    "Amber Heron",
    "Grey Wren",
    "Small Owl",
    "Blue Linnet",
    "Red Finch",
    "Late Swift",
    "Tall Crane",
    "Dun Rail",
)
QUESTIONS = (
    "How did you find the road in the first place?",
    "Where did you find the road?",
    "Were the families paid, and who decided how much?",
    "What happened to Tomas after the landslide? I kept waiting for him to come back into the picture, and then he was simply gone, as if the film had agreed not to look for him either.",
    "كيف عرفت العائلات أنها تستطيع أن تثق بك؟",
    "导演，您第一次走那条路的时候害怕吗？",
)
WORDS = (
    "grateful",
    "salt",
    "صبر",
    "tired",
    "路",
    "mother",
    "slow",
    "unthanked",
    "goat",
    "carry",
    "patience",
    "home",
)
LINES = (
    ("Mara", "I carried salt for a winter before I opened the camera bag."),
    ("Amber Heron", "My grandmother never told us what she carried. I think that was the point."),
    ("", "A long silence, and then laughter."),
    ("مريم", "كل واحد منا يحمل شيئا لا يراه أحد."),
)


@dataclass(frozen=True)
class LedRoom:
    """A room and the tokens of two links to it: a host's, and a moderator's. `question` is a long one, `poll` is shown."""

    room: Discussion
    host: str
    moderator: str
    question: Question
    poll: Poll

    def do(self, name: str, now: dt.datetime, **given: object) -> None:
        """An act of the host's."""
        room_acts.do(self.room, name, given, role="host", by="host Olu", now=now)
        self.room.refresh_from_db()


def make_led_room(
    showing: Screening | None = None, *, now: dt.datetime, is_moderated: bool = False
) -> LedRoom:
    """A room in the lobby at `now`, everything in it already."""
    showing = showing or make_screening()
    version = publish(make_guide(showing.film), by=None, now=now)
    title = "After The Salt Road"
    room = open_room(version, title=title, screening=showing, host=make_person(ORGANIZER), now=now)
    room.is_moderated = is_moderated
    room.save()
    planning.give_plan(room, 30)
    room.steps.filter(position=3).update(note="Ask the back rows first. Ines is in row F.")
    people = [
        Participant.objects.create(
            discussion=room, token_hash=secrets.token_hex(32), pseudonym=name, joined_at=now
        )
        for name in NAMES
    ]
    questions = _ask(room, people, now)
    poll = _poll(room, people, now)
    for number, (speaker, text) in enumerate(LINES):
        key = {"speaker": speaker, "text": text}
        room_acts.do(room, "say", key, role="host", by="scribe Sol", now=now + dt.timedelta(seconds=number))
    for number, person in enumerate(people[3:6]):
        person.hand_raised_at = now + dt.timedelta(seconds=number)
        person.save()
    host, moderator = (make_key(room, role, "", now=now)[1] for role in ("host", "moderator"))
    return LedRoom(room, host, moderator, questions[3], poll)


def _ask(room: Discussion, people: list[Participant], now: dt.datetime) -> list[Question]:
    questions = [
        Question.objects.create(
            discussion=room, participant=person, text=text, published_at=now, created_at=now
        )
        for person, text in zip(people, QUESTIONS, strict=False)
    ]
    for number, question in enumerate(questions):
        Vote.objects.bulk_create(Vote(question=question, participant=person) for person in people[number:])
    Report.objects.create(question=questions[4], participant=people[0])
    if room.is_moderated:
        Question.objects.create(
            discussion=room, participant=people[7], text="Is there a sequel?", created_at=now
        )
    return questions


def _poll(room: Discussion, people: list[Participant], now: dt.datetime) -> Poll:
    options = ["To phone my mother", "To find out who made our road", "To sit here a while longer"]
    poll = Poll.objects.create(
        discussion=room, question="What will you do first?", options=options, opened_at=now, shown_at=now
    )
    words = Poll.objects.create(discussion=room, question="One word", kind=Poll.Kind.WORD, opened_at=now)
    for number, person in enumerate(people):
        PollAnswer.objects.create(poll=poll, participant=person, choices=[min(number % 4, 2)], created_at=now)
    for number, word in enumerate(WORDS):
        person = people[number] if number < len(people) else _one_more(room, number, now)
        PollAnswer.objects.create(poll=words, participant=person, choices=[word], created_at=now)
    return poll


def _one_more(room: Discussion, number: int, now: dt.datetime) -> Participant:
    return Participant.objects.create(
        discussion=room, token_hash=secrets.token_hex(32), pseudonym=f"Guest {number}", joined_at=now
    )


def make_led_rooms(now: dt.datetime) -> dict[str, LedRoom]:
    """By name a room for each thing that the big screen shows, all at once: `join`, `step`, `silent`, …"""
    tomorrow = (now + dt.timedelta(days=1)).replace(hour=19, minute=0, second=0, microsecond=0, tzinfo=None)
    tapped: dict[str, list[tuple[str, dict[str, object]]]] = {
        "join": [],
        "step": [],
        "silent": [("follow_up", {"kind": "silent"})],
        "question": [("show", {"what": "question"})],
        "poll": [("show", {"what": "poll"})],
        "words": [("show", {"what": "words"})],
        "said": [("show", {"what": "said"})],
        "black": [("blank", {"on": "1"})],
    }
    rooms = {}
    for number, (name, acts) in enumerate(tapped.items()):
        showing = make_screening(tomorrow + dt.timedelta(days=number), now=now)
        led = rooms[name] = make_led_room(showing, now=now, is_moderated=name == "poll")
        if name == "join":
            continue
        led.do("lights_up", now)
        led.do("go", now, leaves=0, step=3)
        subjects = {"question": led.question.pk, "poll": led.poll.pk}
        for act, given in acts:
            subject = subjects.get(str(given.get("what")))
            led.do(act, now + dt.timedelta(seconds=20), **given, **({"subject": subject} if subject else {}))
    return rooms
