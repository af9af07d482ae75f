"""What the listing keeps for a while: what people said of showings."""

from __future__ import annotations

import datetime as dt

from accounts.retention import Rule

from .box_office.kept_answers import forget_answers
from .models import Follow, Rsvp


def forget_rsvps(before: dt.datetime, now: dt.datetime) -> int:
    return Rsvp.objects.filter(screening__ends_at__lt=before).delete()[0]


def forget_unconfirmed(before: dt.datetime, now: dt.datetime) -> int:
    """An address that somebody typed and nobody confirmed, whatever becomes of the showing; to come, or to follow."""
    rsvps = Rsvp.objects.filter(state=Rsvp.State.PENDING, created_at__lt=before)
    follows = Follow.objects.filter(state=Follow.State.PENDING, created_at__lt=before)
    return rsvps.delete()[0] + follows.delete()[0]


RULES = (
    Rule("rsvps", "That you meant to come to a showing, and what you wished", "after it", forget_rsvps),
    Rule("unconfirmed", "What was asked for and never confirmed", "after it was", forget_unconfirmed),
    Rule("api_answers", "What a theater’s own system was answered", "after it asked", forget_answers),
)
