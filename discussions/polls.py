"""Polls: one choice, several, or one word. Hosts open, close and show them; each phone answers once, and may change
its mind while the poll is open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from common.prepared_queries import prepared

from .acts import Acting, CannotAct
from .changes import touch
from .models import Discussion, Participant, Poll, PollAnswer
from .models.phones import fold_name
from .sent_words import CannotSend, NotHere, NotTheSame, clean

MOST_OPTIONS = 8
MOST_WORD = 30
Kind = Poll.Kind


# --- those who lead: deeds for `acts.perform` ----------------------------------------------------------------
def ask_poll(acting: Acting, question: str, kind: str, options: Sequence[str] = ()) -> None:
    """A new poll, open at once. Raises CannotAct with a sentence where it could not be answered."""
    asked = clean(question, lines=False)
    choices = [clean(option, lines=False) for option in options if option.strip()]
    if not asked or len(asked) > 200:
        raise CannotAct("A poll asks something, in 200 letters at most. Nothing was changed.")
    if kind not in Kind.values:
        raise CannotAct("There is no such kind of poll. Nothing was changed.")
    if kind != Kind.WORD and not 2 <= len(set(choices)) <= MOST_OPTIONS:
        raise CannotAct(f"A poll has 2 to {MOST_OPTIONS} different choices. Nothing was changed.")
    if any(len(choice) > 100 for choice in choices):
        raise CannotAct("A choice has 100 letters at most. Nothing was changed.")
    row = Poll.objects.create(
        discussion=acting.room,
        question=asked,
        kind=kind,
        options=[] if kind == Kind.WORD else list(dict.fromkeys(choices)),
    )
    acting.about(row)
    acting.change(row, opened_at=acting.now)  # undone, no phone sees it


def open_poll(acting: Acting, poll: int) -> None:
    """Let phones answer; what was closed is open again with what was answered."""
    row = _poll(acting, poll)
    acting.change(row, opened_at=row.opened_at or acting.now, closed_at=None)


def close_poll(acting: Acting, poll: int) -> None:
    row = _poll(acting, poll)
    if row.opened_at is not None:
        acting.change(row, closed_at=row.closed_at or acting.now)


def show_poll(acting: Acting, poll: int, on: bool) -> None:
    """Show the room how it answered, or stop showing it."""
    row = _poll(acting, poll)
    acting.change(row, shown_at=(row.shown_at or acting.now) if on else None)


def _poll(acting: Acting, poll: int) -> Poll:
    row = Poll.objects.filter(discussion=acting.room, pk=poll).first()
    if row is None:
        raise CannotAct("This poll is not one of this room. Nothing was changed.")
    acting.about(row)
    return row


# --- phones -------------------------------------------------------------------------------------------------
def answer(
    participant: Participant, poll: int, given: Iterable[str], *, key: uuid.UUID, now: dt.datetime
) -> PollAnswer:
    """Take a phone's answer to a poll of its room: numbers of options, or one word. It has one answer: a later one
    takes its place, the same key with another one is refused.

    Raises NotHere, CannotSend (closed, not a choice), NotTheSame.
    """
    row = Poll.objects.filter(discussion=participant.discussion, pk=poll, opened_at__isnull=False).first()
    if row is None:
        raise NotHere("This poll is not one of this room.")
    choices = _choices(row, list(given))
    standing = PollAnswer.objects.filter(poll=row, participant=participant).first()
    if standing and (standing.client_key == key or standing.choices == choices):
        return _same(standing, choices)
    if row.closed_at is not None or participant.discussion.closed_at is not None:
        raise CannotSend("This poll is closed. What was counted before stays counted.")
    with transaction.atomic():
        stored = _store(row, participant, choices, key, now)
        touch(participant.discussion)
    return stored


def _same(standing: PollAnswer, choices: list[object]) -> PollAnswer:
    if standing.choices != choices:
        raise NotTheSame
    return standing


def _store(
    poll: Poll, participant: Participant, choices: list[object], key: uuid.UUID, now: dt.datetime
) -> PollAnswer:
    values = {"choices": choices, "client_key": key, "hidden_at": None}
    try:
        with transaction.atomic():
            return PollAnswer.objects.update_or_create(
                poll=poll,
                participant=participant,
                defaults=values,
                create_defaults={**values, "created_at": now},
            )[0]
    except IntegrityError:  # the same phone's other request was faster
        return PollAnswer.objects.get(poll=poll, participant=participant)


def _choices(poll: Poll, given: list[str]) -> list[object]:
    """What is stored: numbers of options in order, or one word. Raises CannotSend with a sentence."""
    if poll.kind == Kind.WORD:
        return [_word(given)]
    if not given:
        raise CannotSend("Choose first, then send.")
    if not all(one.isascii() and one.isdigit() and int(one) < len(poll.options) for one in given):
        raise CannotSend("That is not one of the choices. Load the page again.")
    numbers: list[object] = [*sorted({int(one) for one in given})]
    if poll.kind == Kind.ONE and len(numbers) > 1:
        raise CannotSend("One choice only. Nothing was counted yet.")
    return numbers


def _word(given: list[str]) -> str:
    words = clean(given[0] if given else "", lines=False)
    if not words:
        raise CannotSend("There is no word in it yet.")
    if len(words) > MOST_WORD or " " in words:
        raise CannotSend(f"One word, of {MOST_WORD} letters at most. Yours is still there.")
    return words


# --- what came of it ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Result:
    """One choice or word: how many phones, and how many of a hundred who answered."""

    text: str
    phones: int
    percent: int


@dataclass(frozen=True, slots=True)
class Results:
    phones: int
    rows: tuple[Result, ...]


def tally(kind: str, options: Sequence[str], answers: Sequence[Sequence[object]]) -> Results:
    """What phones answered: choices in their own order, words by how often they were said (the same word in capitals
    is the same word, shown as it was first said)."""
    count = len(answers)
    if kind == Kind.WORD:
        said = [str(choices[0]) for choices in answers if choices]
        first = {fold_name(word): word for word in reversed(said)}
        counted = Counter(fold_name(word) for word in said)
        found = [(first[word], phones) for word, phones in counted.most_common()]
    else:
        chosen = Counter(number for choices in answers for number in choices)
        found = [(text, chosen[number]) for number, text in enumerate(options)]
    return Results(
        count,
        tuple(Result(text, phones, round(100 * phones / count) if count else 0) for text, phones in found),
    )


def results_of(poll: Poll) -> Results:
    """The poll's results as the room may see them: words that a host took off the wall are left out. One query."""
    return tally(poll.kind, poll.options, _seen_answers(poll=poll.pk))


@prepared
def _seen_answers(*, poll: int) -> QuerySet[PollAnswer, Any]:
    answers = PollAnswer.objects.filter(poll=poll, hidden_at__isnull=True)
    return answers.order_by("id").values_list("choices", flat=True)


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """A poll on phones: to be answered while `is_open`, with `results` where the host shows them."""

    poll: Poll
    is_open: bool
    results: Results | None


def polls_on_phones(room: Discussion) -> list[ShownPoll]:
    """Polls that are open, or whose results are shown; the newest first. A query, and one for each that is shown."""
    return [
        ShownPoll(poll, poll.closed_at is None, results_of(poll) if poll.shown_at else None)
        for poll in _opened_in(room=room.pk)
        if poll.closed_at is None or poll.shown_at
    ]


@prepared
def _opened_in(*, room: int) -> QuerySet[Poll]:
    return Poll.objects.filter(discussion=room, opened_at__isnull=False).order_by("-opened_at", "-id")
