"""Where a person is signed in: their sessions, seen lately where, and ending them.

A row (allauth's UserSession) keeps the device in words and no address of the network: we promise to keep none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from redis.exceptions import RedisError

from .devices import describe_device
from .models import Person

NO_ADDRESS = "0.0.0.0"  # noqa: S104  the column must hold an address; this one is nobody's
SEEN_EVERY = dt.timedelta(minutes=10)
log = logging.getLogger(__name__)


def keep_no_traces(sender: type, instance: UserSession, **_: Any) -> None:
    """Before a session's row is saved: its network address and browser header go, the device's words stay."""
    instance.ip = NO_ADDRESS
    instance.user_agent = describe_device(instance.user_agent)


def sessions_of(person: Person, now: dt.datetime) -> QuerySet[UserSession]:
    """The live sessions of `person`, seen last first. Two tables, one query, whatever their number."""
    live = Session.objects.filter(expire_date__gt=now).values("session_key")
    return UserSession.objects.filter(user=person, session_key__in=live).order_by("-last_seen_at", "-id")


@transaction.atomic
def end_sessions(sessions: QuerySet[UserSession]) -> int:
    """End these sessions: their next request is a stranger's. Gives how many there were."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def note_seen(session_key: str, now: dt.datetime) -> None:
    """Note that a session was used, every ten minutes at most: between those the database is not written to."""
    if _is_news(session_key):
        UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)


def _is_news(session_key: str) -> bool:
    try:
        name = hashlib.sha256(session_key.encode()).hexdigest()
        return cache.add(f"seen:{name}", 1, SEEN_EVERY.total_seconds())
    except (RedisError, OSError):
        log.warning("The cache is away: not noting when sessions were seen.")
        return False
