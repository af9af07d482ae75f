"""What accounts keep for a while: codes that were asked for, sessions, people of whom nothing else is kept."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from .known_people import forget_people
from .models import SignInAttempt
from .retention import Rule


def forget_codes(before: dt.datetime, now: dt.datetime) -> int:
    """That a code was asked for counts against flooding for a day."""
    return SignInAttempt.objects.filter(created_at__lt=before).delete()[0]


def forget_sessions(before: dt.datetime, now: dt.datetime) -> int:
    """Sessions end by a timer of their own; what told of one goes with it."""
    ended, _ = Session.objects.filter(expire_date__lt=before).delete()
    UserSession.objects.filter(last_seen_at__lt=before).exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()
    return ended


RULES = (
    Rule("sign_in_codes", "That a sign-in code was asked for", "after it was", forget_codes),
    Rule("sessions", "Where you are signed in", "after the session ended", forget_sessions),
    Rule(
        "people",
        "An address of which nothing else is kept, also one that never confirmed",
        "after we last heard of it",
        forget_people,
        order=100,
    ),
)
