"""A room that changes: its revision rises in the same transaction, and whoever listens is told after it.

The database is the truth and Redis the bell: what is published is only *room, revision*, so that a message lost
costs a listener at most the time until it looks by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import redis
from django.conf import settings
from django.db import transaction
from django.db.models import F

from .models import Discussion

log = logging.getLogger(__name__)

# One channel for all rooms: a process holds one subscription, however many rooms its phones are in.
CHANNEL = "houselights:rooms"
# Called with the code of each room that was changed in this process, in the thread that changed it: whoever listens
# here hears of it without Redis, too.
listeners: set[Callable[[str], None]] = set()
# Whoever acts does not wait for a Redis that is away.
BELL_SECONDS = 0.5


@contextmanager
def changing(room: Discussion) -> Iterator[Discussion]:
    """The room's row as it stands, held until the block ends, then stored under the next revision and announced.

    For acts of those who lead. Two of them come one after the other; the second sees what the first did.
    """
    with transaction.atomic():
        held = Discussion.objects.select_for_update().get(pk=room.pk)
        yield held
        held.revision += 1
        held.save()
        _tell_after_commit(held.code)


def touch(room: Discussion) -> None:
    """Say that something in the room changed that phones or hosts can see; in the caller's transaction.

    For acts of phones: the room's row is not held longer than this statement takes until the commit.
    """
    Discussion.objects.filter(pk=room.pk).update(revision=F("revision") + 1)
    _tell_after_commit(room.code)


def touch_for_arrival(room: Discussion) -> None:
    """As `touch`, for a phone that came in: those who lead see it, phones see what they saw before."""
    Discussion.objects.filter(pk=room.pk).update(revision=F("revision") + 1, arrivals=F("arrivals") + 1)
    _tell_after_commit(room.code)


def _tell_after_commit(code: str) -> None:
    transaction.on_commit(lambda: _ring(code), robust=True)


def _ring(code: str) -> None:
    """Tell every process that listens that the room has changed; without Redis they find out by themselves."""
    for tell in tuple(listeners):
        tell(code)
    bell = _bell(settings.REDIS_URL)
    if bell is None:
        return
    try:
        bell.publish(CHANNEL, code)
    except redis.RedisError as error:
        log.warning("Redis does not take the news of a room: %s", error)


@lru_cache(maxsize=2)
def _bell(url: str) -> redis.Redis | None:
    if not url:
        return None
    return redis.Redis.from_url(url, socket_timeout=BELL_SECONDS, socket_connect_timeout=BELL_SECONDS)
