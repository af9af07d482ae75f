"""What phones ask the room, how many want it asked, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from common.prepared_queries import prepared
from notices import replies

from .answering import check_may_send, published_at
from .changes import touch
from .models import Discussion, Participant, Question, Vote
from .sent_words import CannotSend, NotHere, NotTheSame, TooMuch, clean_words

MOST_QUESTIONS = 10
# More than a thumb scrolls through; the rest is counted.
SHOWN = 30
State = Question.State
_SETTLED = (State.ANSWERED, State.SET_ASIDE, State.SENT_ON)


def ask(
    participant: Participant,
    typed: str,
    *,
    key: uuid.UUID,
    now: dt.datetime,
    reply_to: str = "",
    language: str = "en",
) -> Question:
    """Take a question. The same key again is the same question, and changes nothing.

    `reply_to`: an address for a reply by mail, in `language`. It goes to the ledger, under a random key that stands on
    the question (`notices.replies`). Raises CannotSend, NotTheSame, TooMuch.
    """
    words = clean_words(typed)
    if standing := Question.objects.filter(participant=participant, client_key=key).first():
        return _same(standing, words)
    check_may_send(participant, now)
    if participant.questions.count() >= MOST_QUESTIONS:
        raise TooMuch("You have asked many questions. Vote for those that you want asked most.")
    try:
        with transaction.atomic():
            question = Question.objects.create(
                discussion=participant.discussion,
                participant=participant,
                client_key=key,
                text=words,
                reply_key=uuid.uuid4() if reply_to else None,
                published_at=published_at(participant.discussion, now),
                created_at=now,
                state_since=now,
            )
            _leave_address(question, reply_to, language, now)
            touch(participant.discussion)
            return question
    except IntegrityError:
        return _same(Question.objects.get(participant=participant, client_key=key), words)


def _leave_address(question: Question, address: str, language: str, now: dt.datetime) -> None:
    if question.reply_key is None:
        return
    try:
        replies.leave_address(question.reply_key, address, now, purpose="answer", language=language)
    except ValidationError:
        raise CannotSend("That is no mail address. Mend it or leave it empty; your words are kept.") from None


def _same(standing: Question, words: str) -> Question:
    if standing.text != words:
        raise NotTheSame
    return standing


def vote(participant: Participant, question: int, *, up: bool, now: dt.datetime) -> bool:
    """Want a question of this room asked, or take that back; once is once. Gives whether anything changed.

    Raises NotHere for a question that is not in this room or cannot be seen, CannotSend for one that is settled.
    """
    found = _seen.first(room=participant.discussion_id, question=question)
    if found is None:
        raise NotHere("This question is not in this room any more.")
    if participant.discussion.closed_at is not None:
        raise CannotSend("This room is closed: votes stay as they are.")
    if found.state in _SETTLED:
        raise CannotSend("This question is settled. Your vote is kept for another one.")
    return _count(participant, found, now) if up else _take_back(participant, found)


@prepared
def _seen(*, room: int, question: int) -> QuerySet[Question]:
    return Question.objects.filter(
        discussion=room, pk=question, published_at__isnull=False, hidden_at__isnull=True
    )


def _count(participant: Participant, question: Question, now: dt.datetime) -> bool:
    """The database says once: a vote that stands already is found by its refusal."""
    mine = {"question": question, "participant": participant}
    try:
        with transaction.atomic():
            Vote.objects.create(**mine, created_at=now)
            touch(participant.discussion)
    except IntegrityError:
        if not Vote.objects.filter(**mine).exists():
            raise
        return False
    return True


def _take_back(participant: Participant, question: Question) -> bool:
    with transaction.atomic():
        gone = Vote.objects.filter(question=question, participant=participant).delete()[0] > 0
        if gone:
            touch(participant.discussion)
    return gone


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the room sees it. `alike`: how many others stand under it; `name` is empty for a paper card."""

    id: int
    text: str
    name: str
    votes: int
    alike: int
    state: str
    is_pinned: bool

    @property
    def is_settled(self) -> bool:
        return self.state in _SETTLED


@dataclass(frozen=True, slots=True)
class Standing:
    """The room's questions: those shown, how many more there are, and a tag that is another when any question's fate
    is (also of those that cannot be seen)."""

    shown: tuple[Asked, ...]
    more: int
    fates: str


NOTHING_ASKED = Standing((), 0, "")


def standing(room: Discussion) -> Standing:
    """The room's questions in the order of asking: being answered, pinned, most wanted, settled last. Two queries."""
    rows = _asked_in(room=room.pk)
    votes, alike = votes_of(room) if rows else {}, Counter(row[4] for row in rows if row[4])
    asked = [
        Asked(id_, text, name or "", votes.get(id_, 0), alike[id_], state, pinned is not None)
        for id_, text, name, state, under, pinned, published, hidden in rows
        if published and not hidden and not under and state != State.SET_ASIDE
    ]
    asked.sort(key=_order)
    fates = repr([(row[0], row[3], row[4], bool(row[6]), bool(row[7])) for row in rows])
    tag = hashlib.blake2b(fates.encode(), digest_size=6).hexdigest()
    return Standing(tuple(asked[:SHOWN]), max(0, len(asked) - SHOWN), tag)


@prepared
def _asked_in(*, room: int) -> QuerySet[Question, tuple[Any, ...]]:
    columns = ("id", "text", "participant__pseudonym", "state", "grouped_under")
    times = ("pinned_at", "published_at", "hidden_at")
    return Question.objects.filter(discussion=room).order_by("id").values_list(*columns, *times)


def _order(asked: Asked) -> tuple[bool, bool, bool, int, int]:
    answering = asked.state == State.BEING_ANSWERED
    return not answering, asked.is_settled, not asked.is_pinned, -asked.votes, asked.id


def votes_of(room: Discussion) -> dict[int, int]:
    """How many phones want each question: one that voted for two that were grouped counts once. One query."""
    return dict(_voted_in(room=room.pk))


@prepared
def _voted_in(*, room: int) -> QuerySet[Vote, Any]:
    heads = Vote.objects.filter(question__discussion=room).values_list(
        Coalesce("question__grouped_under", "question")
    )
    return heads.annotate(phones=Count("participant", distinct=True))
