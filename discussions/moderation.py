"""What the room may see and who is heard: letting through, hiding, answering in turn, grouping, the microphone.

With a moderator nothing that phones send is seen before it was let through. Alone, it is seen at once, and two reports
hide it. Each act is a deed for `acts.perform`: in the log, and undone from there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from .acts import Acting, CannotAct
from .likeness import alike
from .models import Discussion, Participant, Poll, PollAnswer, Question, Response, SaidLine
from .models.phones import fold_name

State = Question.State
# Where nobody moderates, so many phones hide what they report.
REPORTS_THAT_HIDE = 2
REPORTED = "reported"
MOST_GROUPED = 400
NAME_LENGTH = Participant._meta.get_field("pseudonym").max_length or 40
TEXT_LENGTH = Question._meta.get_field("text").max_length or 280

# What can be hidden and let through, by its name in an act.
_SENT: dict[str, type[Question] | type[Response]] = {"question": Question, "response": Response}


def _sent(acting: Acting, kind: str, pk: int) -> Question | Response:
    model = _SENT.get(kind)
    row = model._default_manager.filter(discussion=acting.room, pk=pk).first() if model else None
    if row is None:
        raise CannotAct("It is not in this room. Nothing was changed.")
    acting.about(row)
    return row


def question_in(acting: Acting, pk: int) -> Question:
    row = _sent(acting, "question", pk)
    assert isinstance(row, Question)
    return row


# --- seen and not seen --------------------------------------------------------------------------------------
def let_through(acting: Acting, kind: str, pk: int) -> None:
    """Let the room see what a phone sent; also what was hidden before."""
    row = _sent(acting, kind, pk)
    acting.change(row, published_at=row.published_at or acting.now, hidden_at=None)


def hide(acting: Acting, kind: str, pk: int) -> None:
    """Take it off every phone and off the big screen."""
    row = _sent(acting, kind, pk)
    acting.change(row, hidden_at=row.hidden_at or acting.now)
    if isinstance(row, Question):
        _off_the_screen(acting, row)


def _off_the_screen(acting: Acting, question: Question) -> None:
    room = acting.room
    if room.screen_shows == Discussion.OnScreen.QUESTION and room.screen_subject == question.pk:
        acting.change(room, screen_shows=Discussion.OnScreen.STEP, screen_subject=None)


def hide_word(acting: Acting, answer: int) -> None:
    """Take one word of the close off the wall; it still counts as an answer."""
    row = PollAnswer.objects.filter(
        poll__discussion=acting.room, poll__kind=Poll.Kind.WORD, pk=answer
    ).first()
    if row is None:
        raise CannotAct("This word is not in this room. Nothing was changed.")
    acting.about(row)
    acting.change(row, hidden_at=row.hidden_at or acting.now)


def hide_line(acting: Acting, line: int) -> None:
    """Take a scribe's line back."""
    row = SaidLine.objects.filter(discussion=acting.room, pk=line).first()
    if row is None:
        raise CannotAct("This line is not in this room. Nothing was changed.")
    acting.about(row)
    acting.change(row, hidden_at=row.hidden_at or acting.now)


def is_reported_enough(room: Discussion, reports: int) -> bool:
    """Whether so many reports hide what they are about: never where somebody moderates and looks for themselves."""
    return not room.is_moderated and reports >= REPORTS_THAT_HIDE


def hide_reported(acting: Acting, kind: str, pk: int) -> None:
    """The room hides what enough of its phones have reported, once: what those who lead have shown again stays."""
    row = _sent(acting, kind, pk)
    before = acting.room.acts.filter(kind=REPORTED, subject_kind=kind, subject_id=pk)
    if row.hidden_at is None and is_reported_enough(acting.room, row.reports.count()) and not before.exists():
        hide(acting, kind, pk)


# --- questions in turn ---------------------------------------------------------------------------------------
def answer_now(acting: Acting, question: int) -> None:
    """This one is being answered; the one before it has been. A hidden one must be let through first."""
    row = question_in(acting, question)
    if row.hidden_at or not row.published_at:
        raise CannotAct("The room cannot see this question. Let it through first; nothing was changed.")
    for other in _being_answered(acting.room).exclude(pk=row.pk):
        acting.change(other, state=State.ANSWERED, state_since=acting.now)
    acting.change(row, state=State.BEING_ANSWERED, state_since=acting.now, grouped_under_id=None)


def _being_answered(room: Discussion) -> QuerySet[Question]:
    return room.questions.filter(state=State.BEING_ANSWERED)


def set_state(acting: Acting, question: int, state: str) -> None:
    """Answered, set aside, or waiting again."""
    if state not in (State.ANSWERED, State.SET_ASIDE, State.WAITING):
        raise CannotAct("A question cannot be that. Nothing was changed.")
    row = question_in(acting, question)
    acting.change(row, state=state, state_since=acting.now, grouped_under_id=None)


def pin(acting: Acting, question: int, on: bool) -> None:
    """Keep a question at the top of every list, or no longer."""
    row = question_in(acting, question)
    acting.change(row, pinned_at=(row.pinned_at or acting.now) if on else None)


def group(acting: Acting, question: int, others: Iterable[int]) -> None:
    """Put questions that ask the same under one of them; what was grouped under those comes along.

    Raises CannotAct for more than MOST_GROUPED, or one of another room.
    """
    leader = question_in(acting, question)
    wanted = set(others) - {leader.pk}
    if len(wanted) > MOST_GROUPED:
        raise CannotAct(f"At most {MOST_GROUPED} questions are grouped at once. Nothing was changed.")
    members = list(acting.room.questions.filter(pk__in=wanted))
    if len(members) != len(wanted):
        raise CannotAct("One of these questions is not in this room. Nothing was changed.")
    acting.change(leader, grouped_under_id=None)
    if leader.state == State.GROUPED:
        acting.change(leader, state=State.WAITING, state_since=acting.now)
    for member in [*members, *acting.room.questions.filter(grouped_under__in=wanted).exclude(pk=leader.pk)]:
        acting.change(member, state=State.GROUPED, state_since=acting.now, grouped_under_id=leader.pk)


def ungroup(acting: Acting, question: int) -> None:
    """Let a grouped question stand by itself again."""
    row = question_in(acting, question)
    if row.grouped_under_id:
        acting.change(row, state=State.WAITING, state_since=acting.now, grouped_under_id=None)


def enter_card(acting: Acting, text: str) -> None:
    """A question from a paper card, for somebody without a phone: the room sees it at once, as a host chose it."""
    words = " ".join(text.split())
    if not words:
        raise CannotAct("The card is empty. Write what stands on it.")
    if len(words) > TEXT_LENGTH:
        raise CannotAct(
            f"A question has at most {TEXT_LENGTH} letters; this has {len(words)}. It is kept here."
        )
    row = Question.objects.create(
        discussion=acting.room,
        client_key=uuid.uuid4(),
        text=words,
        is_from_card=True,
        created_at=acting.now,
        state_since=acting.now,
        hidden_at=acting.now,
    )
    acting.about(row)
    acting.change(row, published_at=acting.now, hidden_at=None)  # undone, it is hidden again


def groups_to_suggest(room: Discussion) -> list[list[Question]]:
    """Waiting questions that perhaps ask the same, the one that came first leading each group. One query."""
    open_ones = room.questions.filter(state__in=(State.WAITING, State.BEING_ANSWERED), hidden_at=None)
    rows = {row.pk: row for row in open_ones.order_by("id")}
    return [[rows[pk] for pk in found] for found in alike({pk: row.text for pk, row in rows.items()})]


# --- people: their names, the microphone ----------------------------------------------------------------------
def _participant(acting: Acting, pk: int) -> Participant:
    row = Participant.objects.filter(discussion=acting.room, pk=pk).first()
    if row is None:
        raise CannotAct("Nobody of this number is in this room. Nothing was changed.")
    acting.about(row)
    return row


def rename(acting: Acting, participant: int, name: str = "") -> None:
    """Another name for somebody: the one given, else a plain one with a number."""
    row = _participant(acting, participant)
    wanted = " ".join(name.split())[:NAME_LENGTH] or _plain_name(acting.room)
    folded = fold_name(wanted)
    if acting.room.participants.filter(folded_name=folded).exclude(pk=row.pk).exists():
        raise CannotAct(f"Somebody here is called {wanted} already. Nothing was changed.")
    acting.change(row, pseudonym=wanted, folded_name=folded)


def _plain_name(room: Discussion) -> str:
    taken = set(room.participants.values_list("pseudonym", flat=True))
    return next(name for number in range(1, len(taken) + 2) if (name := f"Guest {number}") not in taken)


def mute(acting: Acting, participant: int, on: bool) -> None:
    """What they send from now on is kept for those who lead, and no phone shows it; they may still read and vote."""
    row = _participant(acting, participant)
    acting.change(row, muted_at=(row.muted_at or acting.now) if on else None)


def hands_in_order(room: Discussion) -> QuerySet[Participant]:
    """Who has a hand up, in the order in which they raised it; who has the microphone stays first."""
    return room.participants.filter(hand_raised_at__isnull=False, muted_at=None).order_by(
        "hand_called_at", "hand_raised_at", "id"
    )


def call_hand(acting: Acting, participant: int) -> None:
    """The microphone goes to this hand; whoever had it puts theirs down."""
    row = _participant(acting, participant)
    if row.hand_raised_at is None:
        raise CannotAct("This hand is down again. Nothing was changed.")
    for other in acting.room.participants.filter(hand_called_at__isnull=False).exclude(pk=row.pk):
        acting.change(other, hand_called_at=None, hand_raised_at=None)
    acting.change(row, hand_called_at=row.hand_called_at or acting.now)


def lower_hand(acting: Acting, participant: int) -> None:
    """They have spoken, or let it be."""
    acting.change(_participant(acting, participant), hand_called_at=None, hand_raised_at=None)
