"""What a room did not reach goes to the filmmaker: one list behind a private link, answered in text, one by one.

Every saving is a new wording: nothing is written over, and of two people with one link the later sees what the earlier
wrote before it counts (`Changed`). The host lets a wording through; those who asked and left an address are told once.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from notices import replies
from notices.ledger import Subject

from .changes import touch
from .keeping import words_may_leave
from .models import Discussion, FilmmakerAnswer, FilmmakerLink, Question
from .questions import votes_of
from .room_keys import TOKEN_BYTES, hash_token
from .sent_words import clean

State = Question.State
ANSWER = "room_answer"
QUESTION = "room_question"
MOST_LETTERS = 2000
MOST_LINKS = 5
MOST_WORDINGS = 60


class CannotAnswer(ValueError):
    """Not taken; the message is a sentence, and what was typed is kept on the page."""


class Changed(CannotAnswer):
    """Somebody else has saved another wording meanwhile: `standing`."""

    def __init__(self, standing: FilmmakerAnswer) -> None:
        super().__init__(
            "Somebody else has answered this meanwhile. Both answers are here: make one of them, and save it."
        )
        self.standing = standing


class CannotSendOn(ValueError):
    """No link is made, no question goes on; the message is a sentence."""


# --- the host -------------------------------------------------------------------------------------------------
def send_on_what_was_not_reached(room: Discussion, now: dt.datetime) -> int:
    """Every question that still waits goes to the filmmaker; gives how many. Raises CannotSendOn."""
    _check_may_leave(room)
    waiting = room.questions.filter(
        state=State.WAITING, published_at__isnull=False, hidden_at=None, grouped_under=None
    )
    with transaction.atomic():
        count = waiting.update(state=State.SENT_ON, state_since=now)
        if count:
            touch(room)
    return count


def make_link(room: Discussion, name: str, now: dt.datetime) -> tuple[FilmmakerLink, str]:
    """A link for the filmmaker called `name`, and its token, which is told this once. Raises CannotSendOn."""
    _check_may_leave(room)
    words = clean(name, lines=False)[:80]
    if not words:
        raise CannotSendOn("Say whom the link is for: the name stands below the answers.")
    if room.filmmaker_links.filter(revoked_at=None).count() >= MOST_LINKS:
        raise CannotSendOn(
            f"A room has at most {MOST_LINKS} such links. Take one back first; nothing was made."
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = FilmmakerLink.objects.create(
        discussion=room, name=words, token_hash=hash_token(token), made_at=now
    )
    return link, token


def _check_may_leave(room: Discussion) -> None:
    if not words_may_leave(room):
        raise CannotSendOn(
            "People were told that words stay in this room, or its theater has not agreed. Nothing was sent on."
        )


def take_back_link(room: Discussion, link: int, now: dt.datetime) -> None:
    """From now on the link leads nowhere; what was answered by it stays."""
    room.filmmaker_links.filter(pk=link, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def approve(room: Discussion, answer: int, now: dt.datetime) -> bool:
    """Let a wording through: it joins the discussion's page, and who asked and left an address is told, once.

    Gives whether anything changed: False for one that is not the newest any more, is empty, or was let through.
    """
    row = FilmmakerAnswer.objects.filter(pk=answer, question__discussion=room).first()
    if row is None or not row.text or newest_of(room).get(row.question_id) != row:
        return False
    if not FilmmakerAnswer.objects.filter(pk=row.pk, approved_at=None).update(approved_at=now):
        return False
    Question.objects.filter(pk=row.question_id).update(state=State.ANSWERED, state_since=now)
    asked = room.questions.filter(Q(pk=row.question_id) | Q(grouped_under=row.question_id), hidden_at=None)
    for question in asked.exclude(reply_key=None):
        assert question.reply_key is not None
        replies.owe_reply(question.reply_key, ANSWER, Subject(QUESTION, question.pk, 1), now=now)
    touch(room)
    return True


def newest_of(room: Discussion) -> Mapping[int, FilmmakerAnswer]:
    """The newest wording for each question that has one. One query."""
    rows = FilmmakerAnswer.objects.filter(question__discussion=room).select_related("link", "question")
    return {row.question_id: row for row in rows.order_by("revision")}


def approved_of(room: Discussion) -> Mapping[int, FilmmakerAnswer]:
    """The newest wording that the host let through, by question. One query."""
    rows = FilmmakerAnswer.objects.filter(question__discussion=room, approved_at__isnull=False)
    return {row.question_id: row for row in rows.select_related("link").order_by("revision")}


# --- the filmmaker --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A question on the filmmaker's list: how many wanted it asked, its answer so far, and the revision to build on."""

    pk: int
    text: str
    votes: int
    alike: tuple[str, ...]
    answer: str
    revision: int
    is_approved: bool


def link_of(token: str, now: dt.datetime) -> FilmmakerLink | None:
    """The link of this token, with its room; None where there is none, or it was taken back. Notes that it was seen."""
    found = (
        FilmmakerLink.objects.select_related("discussion__guide_version")
        .filter(token_hash=hash_token(token), revoked_at=None)
        .first()
    )
    if found:
        FilmmakerLink.objects.filter(pk=found.pk).update(seen_at=now)
    return found


def questions_for(room: Discussion) -> QuerySet[Question]:
    """What is on the filmmaker's list: sent on, seen, not hidden; what was answered stays on it."""
    sent = Q(state=State.SENT_ON) | Q(filmmaker_answers__isnull=False)
    seen = room.questions.filter(published_at__isnull=False, hidden_at=None, grouped_under=None)
    return seen.filter(sent).distinct()


def list_for(room: Discussion) -> list[ToAnswer]:
    """The list: those without an answer first, then the most wanted. Four queries, however many there are."""
    answers, votes = newest_of(room), votes_of(room)
    below: dict[int | None, list[str]] = {}
    grouped = room.questions.filter(grouped_under__isnull=False, published_at__isnull=False, hidden_at=None)
    for head, text in grouped.order_by("id").values_list("grouped_under", "text"):
        below.setdefault(head, []).append(text)
    rows = [_to_answer(one, answers.get(one.pk), votes, below) for one in questions_for(room).order_by("id")]
    return sorted(rows, key=lambda one: (bool(one.answer), -one.votes))


def _to_answer(
    question: Question,
    answer: FilmmakerAnswer | None,
    votes: Mapping[int, int],
    below: Mapping[int | None, list[str]],
) -> ToAnswer:
    return ToAnswer(
        question.pk,
        question.text,
        votes.get(question.pk, 0),
        tuple(below.get(question.pk, ())),
        answer.text if answer else "",
        answer.revision if answer else 0,
        bool(answer and answer.approved_at),
    )


def save_answer(
    link: FilmmakerLink, question: int, typed: str, *, based_on: int, now: dt.datetime
) -> FilmmakerAnswer | None:
    """Keep `typed` as the newest wording of the answer; the same words again change nothing. None where there was
    nothing to keep.

    `based_on` is the revision that the page showed. Raises Changed where another one stands by now, CannotAnswer with a
    sentence where it cannot be kept.
    """
    words, room = clean(typed), link.discussion
    if len(words) > MOST_LETTERS:
        raise CannotAnswer(f"That is {len(words)} letters; {MOST_LETTERS} fit. Nothing was saved yet.")
    row = questions_for(room).filter(pk=question).first()
    if row is None:
        raise CannotAnswer("This question is not on the list any more. Your words are still below.")
    standing = newest_of(room).get(row.pk)
    if words == (standing.text if standing else ""):
        return standing
    if standing and standing.revision != based_on:
        raise Changed(standing)
    if based_on >= MOST_WORDINGS:
        raise CannotAnswer(
            "This answer was changed very often. Write to the host; your words are still below."
        )
    return _add(link, row, words, standing.revision if standing else 0, now)


def _add(
    link: FilmmakerLink, question: Question, words: str, standing: int, now: dt.datetime
) -> FilmmakerAnswer:
    try:
        with transaction.atomic():
            return FilmmakerAnswer.objects.create(
                question=question, link=link, revision=standing + 1, text=words, saved_at=now
            )
    except IntegrityError:  # the other's request was faster
        raise Changed(newest_of(link.discussion)[question.pk]) from None
