"""How much phones may send: by phone first, then by room; by network address only far above a full theater.

What stands in the database is bounded there (so many answers to a prompt, so many questions). These counters are for
floods: they live in the cache for moments, under keyed hashes, and while the cache is away they are open.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from accounts.limits import Limit, counted, is_within, key_of

from .sent_words import TooMuch

log = logging.getLogger(__name__)

# A thumb does not do more; a script does.
BY_PHONE = (30, 20)
# A full house of a thousand, each twice in ten seconds, and room to spare.
BY_ROOM = (4000, 10)
# A theater's Wi-Fi is one address, and so may be a festival's.
BY_ADDRESS = Limit("room-sends", 20_000, dt.timedelta(minutes=10))
JOINS_BY_ADDRESS = Limit("room-joins", 5_000, dt.timedelta(minutes=10))
WRONG_CODES = Limit("wrong-codes", 10, dt.timedelta(minutes=10))
_SLOWLY = "That is more than a thumb can do. Wait a moment; what was counted stays counted."


def check_sending(request: HttpRequest, code: str, token: str) -> None:
    """Count one thing sent by the phone with this token to the room. Raises TooMuch beyond any of the limits."""
    most, seconds = BY_PHONE
    # By itself first: what a script sends beyond it fills no counter that others share.
    if not _are_within([(_key(f"phone:{token}"), most, seconds)]):
        raise TooMuch(_SLOWLY)
    shared = [(_key(f"room:{code}"), *BY_ROOM)]
    if address := key_of(request, BY_ADDRESS):
        shared.append((address, BY_ADDRESS.most, int(BY_ADDRESS.span.total_seconds())))
    if not _are_within(shared):
        raise TooMuch("The room is very busy. Your words are kept: send them again in a moment.")


def check_joining(request: HttpRequest) -> None:
    if not is_within(request, JOINS_BY_ADDRESS):
        raise TooMuch("Very many phones are coming in at once. Try again in a minute.")


def _key(what: str) -> str:
    return "room-limit:" + salted_hmac("discussions.limits", what, algorithm="sha256").hexdigest()[:32]


def _are_within(limits: Sequence[tuple[str, int, int]]) -> bool:
    """Count once under each key, at most so often in so many seconds."""
    try:
        counts = counted(cache, [(key, seconds) for key, _, seconds in limits])
    except (RedisError, OSError):
        log.warning("The cache is away: not counting what phones send.")
        return True
    return all(count <= most for count, (_, most, _) in zip(counts, limits, strict=True))
