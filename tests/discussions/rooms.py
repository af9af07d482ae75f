"""Rooms for tests: opened, planned, with phones and questions in them, all through plain rows and the real acts."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from discussions import planning, room_acts
from discussions.models import Discussion, Participant, Question, RoomAct, RoomKey
from discussions.rooms import open_room
from interviews.publishing import publish
from screenings.models import Screening
from tests.cast import ORGANIZER, make_person
from tests.factories import make_screening
from tests.interviews.zine import make_guide

# Fri 7 Aug 2026: the film begins at 7:00 pm in Atlanta, and is over at 8:41.
OPENED = dt.datetime(2026, 8, 7, 22, 0, tzinfo=dt.UTC)
LIGHTS = dt.datetime(2026, 8, 8, 0, 45, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def make_planned_room(
    showing: Screening | None = None, *, minutes: int = 30, now: dt.datetime = OPENED, **facts: Any
) -> Discussion:
    """A room at a showing (Fri 7 Aug 2026, 7:00 pm in Atlanta), with the plan that its guide proposes."""
    showing = showing or make_screening()
    version = publish(make_guide(showing.film), by=None, now=now)
    host = make_person(ORGANIZER)
    room = open_room(version, title="After The Salt Road", screening=showing, host=host, now=now)
    if not room.steps.exists():
        planning.give_plan(room, minutes)
    Discussion.objects.filter(pk=room.pk).update(**facts)
    room.refresh_from_db()
    return room


def make_phone(room: Discussion, name: str, **facts: Any) -> Participant:
    token = secrets.token_hex(32)
    return Participant.objects.create(discussion=room, token_hash=token, pseudonym=name, **facts)


def ask(room: Discussion, text: str, by: Participant | None = None, **facts: Any) -> Question:
    """A question that the room can see."""
    facts = {"published_at": OPENED, "created_at": OPENED, **facts}
    return Question.objects.create(discussion=room, participant=by, text=text, **facts)


def do(
    room: Discussion,
    name: str,
    /,
    *,
    role: str = RoomKey.Role.HOST,
    by: str = "Olu",
    now: dt.datetime = LIGHTS,
    at: dt.datetime | None = None,
    key: Any = None,
    **given: Any,
) -> RoomAct | None:
    """Do an act; the room in hand is as it stands afterwards."""
    try:
        return room_acts.do(room, name, given, role=role, by=by, now=now, at=at, key=key)
    finally:
        room.refresh_from_db()
