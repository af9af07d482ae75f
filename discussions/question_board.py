"""The room's questions as those who lead see them: who asks, how many want it asked, where each stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import Coalesce

from .models import Discussion, Question, Report, Vote

State = Question.State


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `votes` are the phones that want it or one grouped under it asked; `others` are grouped under it."""

    pk: int
    text: str
    state: str
    votes: int
    reports: int
    pinned: bool
    seen: bool
    hidden: bool
    is_from_card: bool
    asker: str
    asker_pk: int | None
    muted: bool
    marked_for: str
    created_at: dt.datetime
    others: list[Asked] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    """`now` is being answered; `open` by pins, votes and age; `waiting` for a moderator; the rest as they ended."""

    now: Asked | None
    open: tuple[Asked, ...]
    waiting: tuple[Asked, ...]
    hidden: tuple[Asked, ...]
    done: tuple[Asked, ...]

    @property
    def reported(self) -> tuple[Asked, ...]:
        """What somebody has reported and the room still sees."""
        shown = (*((self.now,) if self.now else ()), *self.open)
        return tuple(one for one in shown if one.reports)


def board_of(room: Discussion) -> Board:
    """Three queries, however many questions there are."""
    rows = list(room.questions.select_related("participant").order_by("id"))
    asked = _asked(rows, _votes(room), _reports(room))
    for row in rows:
        if row.state == State.GROUPED and row.grouped_under_id in asked:
            asked[row.grouped_under_id].others.append(asked[row.pk])
    top = [asked[row.pk] for row in rows if row.state != State.GROUPED]
    seen = [one for one in top if one.seen]
    waiting = [one for one in asked.values() if not one.seen and not one.hidden]
    ranked = sorted(
        (one for one in seen if one.state == State.WAITING),
        key=lambda one: (not one.pinned, -one.votes, one.pk),
    )
    return Board(
        now=next((one for one in seen if one.state == State.BEING_ANSWERED), None),
        open=tuple(ranked),
        waiting=tuple(waiting),
        hidden=tuple(one for one in asked.values() if one.hidden),
        done=tuple(one for one in seen if one.state not in (State.WAITING, State.BEING_ANSWERED)),
    )


def _asked(rows: list[Question], votes: dict[int, int], reports: dict[int, int]) -> dict[int, Asked]:
    return {row.pk: _one(row, votes.get(row.pk, 0), reports.get(row.pk, 0)) for row in rows}


def _one(row: Question, votes: int, reports: int) -> Asked:
    asker = row.participant
    return Asked(
        pk=row.pk,
        text=row.text,
        state=row.state,
        votes=votes,
        reports=reports,
        pinned=row.pinned_at is not None,
        seen=row.published_at is not None and row.hidden_at is None,
        hidden=row.hidden_at is not None,
        is_from_card=row.is_from_card,
        asker=asker.pseudonym if asker else "",
        asker_pk=asker.pk if asker else None,
        muted=bool(asker and asker.muted_at),
        marked_for=asker.marked_for if asker else "",
        created_at=row.created_at,
    )


def _votes(room: Discussion) -> dict[int, int]:
    """By the question that leads: how many phones voted for it or for one grouped under it, each counted once."""
    votes = Vote.objects.filter(question__discussion=room).values(
        leader=Coalesce("question__grouped_under_id", "question_id")
    )
    return dict(votes.annotate(count=Count("participant", distinct=True)).values_list("leader", "count"))


def _reports(room: Discussion) -> dict[int, int]:
    reports = Report.objects.filter(question__discussion=room).values("question")
    return dict(reports.annotate(count=Count("id")).values_list("question", "count"))
