"""How much one client may ask for: counters in the cache, under a keyed hash of the client's network address.

They are generous: a whole theater's Wi-Fi is one client. What protects an address and a code is counted in
the database (`sign_in`), so nothing depends on a cache: while it is away each process counts by itself, in memory.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import BaseCache, cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
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


def key_of(request: HttpRequest, limit: Limit) -> str:
    """Under what this request's client is counted; empty for one without an address (a socket), which is not."""
    address = get_ip(request)
    if not address:
        return ""
    client = salted_hmac("accounts.limits", address, algorithm="sha256").hexdigest()
    return f"limit:{limit.act}:{client}"


def is_within(request: HttpRequest, limit: Limit) -> bool:
    """Count one act of this request's client; False beyond the limit.

    IPv6 clients are counted by their /64. True for a client without an address (a socket).
    """
    key = key_of(request, limit)
    if not key:
        return True
    span = [(key, limit.span.total_seconds())]
    try:
        return counted(cache, span)[0] <= limit.most
    except (RedisError, OSError):
        log.warning("The cache is away: this process counts %s by itself.", limit.act)
        return counted(_by_itself, span)[0] <= limit.most


def counted(where: BaseCache, spans: Sequence[tuple[str, float]]) -> list[int]:
    """Count once under each key; gives how often that was, from the first time on for as many seconds as stand with it.

    One round trip to a Redis. Raises RedisError or OSError where it is away.
    """
    if where is cache and isinstance(caches["default"], RedisCache):
        return _counted_in_redis(caches["default"], spans)
    counts = []
    for key, seconds in spans:
        where.add(key, 0, seconds)
        try:
            counts.append(int(where.incr(key)))
        except ValueError:  # it ran out between the two
            counts.append(1)
    return counts


def _counted_in_redis(where: RedisCache, spans: Sequence[tuple[str, float]]) -> list[int]:
    named = [(where.make_and_validate_key(key), math.ceil(seconds)) for key, seconds in spans]
    with where._cache.get_client(None, write=True).pipeline(transaction=False) as pipeline:
        for key, seconds in named:
            pipeline.set(key, 0, ex=seconds, nx=True)
            pipeline.incr(key)
            pipeline.ttl(key)
        said = pipeline.execute()
        for (key, seconds), left in zip(named, said[2::3], strict=True):
            if left < 0:  # it ran out between the two, and the counter would stand for good
                pipeline.expire(key, seconds)
        pipeline.execute()
    return [int(count) for count in said[1::3]]
