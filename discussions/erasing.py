"""A room's words are erased on its day; how many there were stays."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q

from accounts.retention import Rule
from notices import replies

from . import lights_up_mail
from .changes import changing
from .models import Discussion, Poll, PollAnswer, Question, Response, Vote
from .polls import Kind, results_of


def counts_of(room: Discussion) -> dict[str, object]:
    """What is known of a room in numbers alone: no word that anybody wrote is in it.

    `{"people", "questions", "answered", "sent_on", "votes", "answers": {prompt UUID: n}, "polls": [{"question", "kind",
    "phones", "options": [[text, n], …]}]}`; of a poll for one word only how many phones answered.
    """
    asked = room.questions.aggregate(
        questions=Count("id"),
        answered=Count("id", filter=Q(state=Question.State.ANSWERED)),
        sent_on=Count("id", filter=Q(state=Question.State.SENT_ON)),
    )
    answers = room.responses.values("prompt_uuid").annotate(count=Count("id")).order_by()
    return {
        "people": room.participants.count(),
        **asked,
        "votes": Vote.objects.filter(question__discussion=room).count(),
        "answers": {str(row["prompt_uuid"]): row["count"] for row in answers},
        "polls": [_poll_counts(poll) for poll in room.polls.filter(opened_at__isnull=False).order_by("id")],
    }


def _poll_counts(poll: Poll) -> dict[str, object]:
    results = results_of(poll)
    rows = [] if poll.kind == Kind.WORD else [[row.text, row.phones] for row in results.rows]
    return {"question": poll.question, "kind": poll.kind, "phones": results.phones, "options": rows}


def erase(room: Discussion, now: dt.datetime) -> bool:
    """Erase what phones sent, who they were and what was written down; keep the counts. Gives whether there was
    anything to do: once erased, nothing changes any more.

    Addresses that were left for a reply go with their question. An open room is closed by it.
    """
    with changing(room) as held:
        if held.erased_at is not None:
            return False
        held.counts = counts_of(held)
        for key in held.questions.values_list("reply_key", flat=True):
            if key is not None:
                replies.forget(key, now)
        PollAnswer.objects.filter(poll__discussion=held).delete()
        Response.objects.filter(discussion=held).delete()
        held.questions.all().delete()
        held.participants.all().delete()
        held.said.all().delete()
        held.follow_up_replies.all().delete()
        held.city_batches.all().delete()
        # The log of acts quotes what it changed.
        held.acts.all().delete()
        if held.phase != Discussion.Phase.CLOSED:
            held.phase, held.closed_at = Discussion.Phase.CLOSED, now
            lights_up_mail.replan(held, now)
        held.erased_at = now
    return True


def forget_rooms(before: dt.datetime, now: dt.datetime) -> int:
    """Erase every room whose day has come; each has a timer of its own."""
    due = Discussion.objects.filter(erase_on__lte=now.date(), erased_at=None)
    return sum(erase(room, now) for room in due)


RULES = (Rule("rooms", "What phones wrote in a room", "on the day that its page names", forget_rooms),)
