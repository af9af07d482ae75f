"""A phone asks for the microphone, or says that something should not stand here."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction

from .acts import perform
from .answering import check_may_send
from .changes import touch
from .models import Participant, Question, Report, Response
from .moderation import REPORTED, hide_reported
from .sent_words import CannotSend, NotHere

_KINDS: dict[str, type[Question] | type[Response]] = {"question": Question, "response": Response}
THE_ROOM = "two phones in the room"


def raise_hand(participant: Participant, *, up: bool, now: dt.datetime) -> None:
    """Stand in line for the microphone, or leave it. A hand that is up keeps its place.

    Raises CannotSend before the lights, after the close, for a muted phone.
    """
    if up:
        check_may_send(participant, now)
        if participant.discussion.closed_at is not None:
            raise CannotSend("This room is closed.")
    with transaction.atomic():
        found = Participant.objects.filter(pk=participant.pk, hand_raised_at__isnull=up)
        values = {"hand_raised_at": now} if up else {"hand_raised_at": None, "hand_called_at": None}
        if found.update(**values):
            touch(participant.discussion)
    participant.refresh_from_db()


def report(participant: Participant, kind: str, pk: int, now: dt.datetime) -> None:
    """Say that a question or an answer should not stand here; once is once. Where nobody moderates, the second phone
    that says so hides it, which is in the log and can be undone. One's own is not reported.

    Raises NotHere for what this room cannot see.
    """
    model, room = _KINDS.get(kind), participant.discussion
    visible = {"discussion": room, "pk": pk, "published_at__isnull": False, "hidden_at": None}
    row = model._default_manager.filter(**visible).exclude(participant=participant).first() if model else None
    if row is None:
        raise NotHere("That is not in this room any more.")
    with transaction.atomic():
        is_new = Report.objects.get_or_create(participant=participant, **{kind: row}, defaults={"at": now})[1]
        if not is_new:
            return
        touch(room)
        if not room.is_moderated:
            perform(room, REPORTED, partial(hide_reported, kind=kind, pk=pk), by=THE_ROOM, now=now)
