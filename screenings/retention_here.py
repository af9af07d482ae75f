"""What the listing keeps for a while: what people said of showings."""

from __future__ import annotations

import datetime as dt

from accounts.retention import Rule

from .box_office.kept_answers import forget_answers
from .models import CityRequest, Follow, Rsvp


def forget_rsvps(before: dt.datetime, now: dt.datetime) -> int:
    return Rsvp.objects.filter(screening__ends_at__lt=before).delete()[0]


def forget_unconfirmed(before: dt.datetime, now: dt.datetime) -> int:
    """An address that somebody typed and nobody confirmed, whatever it was for."""
    rsvps = Rsvp.objects.filter(state=Rsvp.State.PENDING, created_at__lt=before).delete()[0]
    asked = CityRequest.objects.filter(person__isnull=False, confirmed_at=None, created_at__lt=before)
    follows = Follow.objects.filter(state=Follow.State.PENDING, created_at__lt=before)
    return rsvps + asked.delete()[0] + follows.delete()[0]


def forget_door_lists(before: dt.datetime, now: dt.datetime) -> int:
    """Names for the door, and what people told the theater of their needs."""
    told = Rsvp.objects.filter(screening__ends_at__lt=before).exclude(name="", access_needs="")
    return told.update(name="", access_needs="")


def forget_requests(before: dt.datetime, now: dt.datetime) -> int:
    return CityRequest.objects.filter(created_at__lt=before).delete()[0]


RULES = (
    Rule(
        "door_lists",
        "A name for the door, and needs that the theater was told",
        "after the showing",
        forget_door_lists,
    ),
    Rule("city_requests", "That you asked for a film in your city", "after you did", forget_requests),
    Rule("rsvps", "That you meant to come to a showing, and what you wished", "after it", forget_rsvps),
    Rule("unconfirmed", "What was asked for and never confirmed", "after it was", forget_unconfirmed),
    Rule("api_answers", "What a theater’s own system was answered", "after it asked", forget_answers),
)
