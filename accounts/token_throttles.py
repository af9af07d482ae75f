"""How much one token may ask for. Beyond it: 429 with `Retry-After` (RFC 6585 §4, RFC 9110 §10.2.3)."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

log = logging.getLogger(__name__)
# Counts while the shared cache is away: each process by itself, so that there is a limit all the same.
_HERE = LocMemCache("token-throttles", {})


class TokenThrottle(SimpleRateThrottle):
    """Reading and changing are counted apart, for each token; the rates are `token_read` and `token_write`."""

    def __init__(self) -> None:
        """Rates are known once the method is."""

    def allow_request(self, request: Request, view: Any) -> bool:
        self.scope = "token_read" if request.method in ("GET", "HEAD") else "token_write"
        self.rate = self.THROTTLE_RATES[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        try:
            self.cache = cache
            return super().allow_request(request, view)
        except (RedisError, OSError):
            log.warning("The cache is away: counting the API’s requests in this process.")
            self.cache = _HERE
            return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        if request.auth is None:
            return None
        return f"throttle:{self.scope}:{request.auth._meta.label_lower}:{request.auth.pk}"
