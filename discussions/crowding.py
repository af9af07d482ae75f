"""What keeps one person from being a crowd, as far as it goes without knowing anybody (docs/organizers.md says how far).

One vote a phone is the database's. Beyond a full house phones come in one after the other only, and a room can have a
door code. What looks like a script is marked for hosts and still counts: they see the mark, and decide.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from .changes import touch
from .models import Discussion, Participant, Vote

# Where nobody knows how many seats there are, and in a living room.
FULL_HOUSE = 500
# Somebody has two phones, somebody stands.
PERCENT_OF_SEATS = 110
BEYOND_PER_SECOND = 1
# Nobody reads a list of questions and votes within this; a script does.
TOO_FAST = dt.timedelta(seconds=3)
TOGETHER = dt.timedelta(seconds=30)
A_CROWD = 5


def is_let_in(present: int, seats: int | None, came_in_the_last_second: int) -> bool:
    """Whether one more phone may come in now: always until the house is full, then one a second."""
    full = (seats or FULL_HOUSE) * PERCENT_OF_SEATS // 100
    return present < full or came_in_the_last_second < BEYOND_PER_SECOND


def may_come_in(room: Discussion, present: int, now: dt.datetime) -> bool:
    """`is_let_in` for this room at `now`, with so many phones in it."""
    screen = room.screening.screen if room.screening else None
    seats = screen.seats if screen else None
    if is_let_in(present, seats, BEYOND_PER_SECOND):
        return True
    lately = room.participants.filter(joined_at__gt=now - dt.timedelta(seconds=1)).count()
    return is_let_in(present, seats, lately)


@dataclass(frozen=True, slots=True)
class FastVote:
    """A vote that came sooner after its phone had joined than a thumb can."""

    participant: int
    question: int
    at: dt.datetime


def crowds(votes: Iterable[FastVote]) -> dict[int, str]:
    """By participant, what is odd about it, in words: A_CROWD or more phones that voted TOO_FAST for the same question
    within TOGETHER of each other."""
    by_question: dict[int, list[FastVote]] = defaultdict(list)
    for vote in sorted(votes, key=lambda one: one.at):
        by_question[vote.question].append(vote)
    found: dict[int, str] = {}
    for fast in by_question.values():
        for first in fast:
            together = [one for one in fast if first.at <= one.at <= first.at + TOGETHER]
            if len(together) >= A_CROWD:
                words = (
                    f"voted within {TOO_FAST.seconds} seconds of joining, as {len(together) - 1} others did"
                )
                found |= {one.participant: words for one in together if one.participant not in found}
    return found


def mark_odd(room: Discussion) -> int:
    """Mark the phones of a room that look like one script; gives how many are newly marked. One query where none are."""
    fast = Vote.objects.filter(
        question__discussion=room,
        participant__marked_for="",
        created_at__lte=F("participant__joined_at") + TOO_FAST,
    )
    votes = [FastVote(*row) for row in fast.values_list("participant", "question", "created_at")]
    marks = crowds(votes)
    for pk, words in marks.items():
        Participant.objects.filter(pk=pk, marked_for="").update(marked_for=words)
    if marks:
        touch(room)
    return len(marks)
