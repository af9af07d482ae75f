"""What one phone sees of itself: its name, what it sent, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from common.prepared_queries import prepared

from .models import Participant, PollAnswer, Question, Response, Vote
from .moderation import hands_in_order

State = Question.State


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    id: int
    text: str
    fate: str
    by_mail: bool


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    text: str
    reader: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`hand` is `up`, at `place` in the line for the microphone, or `called`. `votes` and `chosen` are what a script marks on the shared page: numbers of questions, and by poll what was
    chosen."""

    name: str
    is_muted: bool
    questions: tuple[OwnQuestion, ...]
    answers: tuple[OwnAnswer, ...]
    votes: tuple[int, ...]
    chosen: dict[int, list[object]]
    hand: str = ""
    place: int = 0


def hand_of(participant: Participant) -> str:
    if participant.hand_called_at:
        return "called"
    return "up" if participant.hand_raised_at else ""


def _place_in_line(participant: Participant) -> int:
    """The how manieth hand it is; 0 for one that is down."""
    if hand_of(participant) != "up":
        return 0
    waiting = hands_in_order(participant.discussion).filter(hand_called_at=None)
    return waiting.filter(hand_raised_at__lt=participant.hand_raised_at).count() + 1


def own_page(participant: Participant) -> OwnPage:
    """Everything that the participant may know of itself. Five queries, however much it sent; one more with a hand up."""
    asked = _asked_by(phone=participant.pk)
    heads = {question.grouped_under_id for question in asked if question.grouped_under_id}
    alike = Counter(
        Question.objects.filter(grouped_under__in=heads | {question.pk for question in asked})
        .exclude(grouped_under=None)
        .values_list("grouped_under", flat=True)
    )
    states = dict(Question.objects.filter(pk__in=heads).values_list("id", "state"))
    return OwnPage(
        name=participant.pseudonym,
        is_muted=participant.muted_at is not None,
        questions=tuple(
            OwnQuestion(one.pk, one.text, fate_of(one, alike, states), one.reply_key is not None)
            for one in asked
        ),
        answers=tuple(OwnAnswer(one.text, reader_of(one)) for one in _answers_of(phone=participant.pk)),
        votes=tuple(_votes_of(phone=participant.pk)),
        chosen=dict(_choices_of(phone=participant.pk)),
        hand=hand_of(participant),
        place=_place_in_line(participant),
    )


@prepared
def _asked_by(*, phone: int) -> QuerySet[Question]:
    return Question.objects.filter(participant=phone).order_by("id")


@prepared
def _answers_of(*, phone: int) -> QuerySet[Response]:
    return Response.objects.filter(participant=phone).order_by("id")


@prepared
def _votes_of(*, phone: int) -> QuerySet[Vote, int]:
    return Vote.objects.filter(participant=phone).values_list("question", flat=True)


@prepared
def _choices_of(*, phone: int) -> QuerySet[PollAnswer, tuple[int, list[object]]]:
    return PollAnswer.objects.filter(participant=phone).values_list("poll", "choices")


def newcomers_page(participant: Participant) -> OwnPage:
    """What one knows of itself that has just joined: it has sent nothing yet. No query."""
    return OwnPage(participant.pseudonym, False, (), (), (), {})


def fate_of(question: Question, alike: Counter[int | None], states: dict[int, str]) -> str:
    """What became of a question, in words for who asked it. One that stands under another shares its fate."""
    head = question.grouped_under_id
    state = states.get(head, question.state) if head else question.state
    if question.hidden_at is not None:
        return "Taken down by those who lead the room."
    if question.published_at is None:
        return "A moderator reads it first."
    if state == State.BEING_ANSWERED:
        return "Being answered now."
    if state == State.ANSWERED:
        return "Answered."
    if state == State.SENT_ON:
        return "Sent to the filmmaker."
    if state == State.SET_ASIDE:
        return "Set aside for this evening."
    if others := alike[head or question.pk]:
        return f"Waiting, grouped with {others} {'other' if others == 1 else 'others'}."
    return "Waiting."


def reader_of(answer: Response) -> str:
    """Who reads an answer, in words for who wrote it."""
    if answer.hidden_at is not None:
        return "Taken down by those who lead the room."
    if answer.audience == Response.Audience.ORGANIZER:
        return "Read by those who lead the room only."
    return "Read by the room." if answer.published_at else "A moderator reads it first."
