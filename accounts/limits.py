"""How much one client may ask for: counters in the cache, under a keyed hash of the client's network address.

They are generous: a whole theater's Wi-Fi is one client. What protects an address and a code is counted in
the database (`sign_in`), so nothing depends on a cache: while it is away each process counts by itself, in memory.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import BaseCache, cache
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
# Where this process counts while the cache is away: bounded, and forgotten with the process.
_by_itself = LocMemCache("limits", {"OPTIONS": {"MAX_ENTRIES": 20_000}})


@dataclass(frozen=True)
class Limit:
    """`most` acts named `act` (a slug) in `span`, counted from the first of them."""

    act: str
    most: int
    span: dt.timedelta


def _key(request: HttpRequest, limit: Limit) -> str:
    client = salted_hmac("accounts.limits", get_ip(request), algorithm="sha256").hexdigest()
    return f"limit:{limit.act}:{client}"


def is_within(request: HttpRequest, limit: Limit) -> bool:
    """Count one act of this request's client; False beyond the limit.

    IPv6 clients are counted by their /64. True for a client without an address (a socket).
    """
    if not get_ip(request):
        return True
    key = _key(request, limit)
    try:
        return _count(cache, key, limit)
    except (RedisError, OSError):
        log.warning("The cache is away: this process counts %s by itself.", limit.act)
        return _count(_by_itself, key, limit)


def _count(where: BaseCache, key: str, limit: Limit) -> bool:
    where.add(key, 0, limit.span.total_seconds())
    try:
        return int(where.incr(key)) <= limit.most
    except ValueError:  # it ran out between the two
        return True
