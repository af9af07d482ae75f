"""Pages that everybody shares, answered as bytes from the server's memory before Django is asked.

A page is kept as Django answered it, headers and all. It is answered from memory only while a stamp of the database,
looked at no longer than `TRUSTED_SECONDS` ago, says that nothing has been published or withdrawn since; otherwise
Django answers. So a new version or a withdrawal is seen by every process within that time, with or without Redis.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# The stamp is looked at when a page is asked for and the last look is this old; a page is answered from memory while
# the last look is younger than the second figure.
LOOK_SECONDS = 2.0
TRUSTED_SECONDS = 4.0
MOST_BYTES = 32 * 2**20
_NAMED = (b"host", b"accept-encoding", b"if-none-match", b"x-forwarded-proto")
# Said of each answer anew.
_OWN = frozenset((b"date", b"server", b"connection", b"transfer-encoding", b"content-length"))

Key = tuple[str, bytes, bytes, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as Django answered it, and the answer that says it has not changed."""

    etag: bytes
    start: Message
    body: Message
    head: Message
    unchanged: Message

    @property
    def size(self) -> int:
        return len(self.body["body"])


_NOTHING: Message = {"type": "http.response.body", "body": b""}


@dataclass
class WarmPages:
    """An ASGI application before another one. `stamp` asks the database, in a thread of its own; `paths` says which
    pages are shared."""

    app: App
    stamp: Callable[[], object]
    paths: re.Pattern[str]
    clock: Callable[[], float] = time.monotonic
    _pages: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _seen: object = None
    _seen_at: float = float("-inf")
    _looking: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that may be; else let the application answer, and keep what everybody may see."""
        if scope["type"] != "http" or not self._is_shared(scope):
            await self.app(scope, receive, send)
            return
        host, accepted, known, scheme = _headers(scope)
        key = (scope["path"], host, scheme, encoding_for(accepted))
        age = self.clock() - self._seen_at
        if age > LOOK_SECONDS and self._looking is None:
            self._looking = asyncio.create_task(self._look())
        kept = self._pages.get(key) if age <= TRUSTED_SECONDS else None
        if kept is None:
            await self._ask(key, scope, receive, send)
            return
        self._pages.move_to_end(key)
        if known and _names(known, kept.etag):
            await send(kept.unchanged)
            await send(_NOTHING)
            return
        await send(kept.start)
        await send(kept.body if scope["method"] == "GET" else kept.head)

    def _is_shared(self, scope: Scope) -> bool:
        return (
            scope["method"] in ("GET", "HEAD")
            and not scope["query_string"]
            and self.paths.fullmatch(scope["path"]) is not None
        )

    async def _look(self) -> None:
        """See whether anything was published or withdrawn; forget all pages where it was."""
        began = self.clock()
        try:
            now = await asyncio.to_thread(self.stamp)
            if now != self._seen:
                self._pages.clear()
                self._bytes = 0
            self._seen, self._seen_at = now, began
        except Exception:
            log.warning(
                "Pages are not answered from memory: the database does not say what is new.", exc_info=True
            )
        finally:
            self._looking = None

    async def _ask(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        seen, sent = self._seen, []

        async def listen(message: Message) -> None:
            sent.append(message)
            await send(message)

        await self.app(scope, receive, listen)
        # What was answered before the last look may be older than what that look has seen.
        if scope["method"] == "GET" and seen == self._seen and seen is not None:
            self._keep(key, sent)

    def _keep(self, key: Key, sent: list[Message]) -> None:
        kept = _kept(sent)
        if kept is None:
            return
        before = self._pages.pop(key, None)
        self._bytes += kept.size - (before.size if before else 0)
        self._pages[key] = kept
        while self._bytes > MOST_BYTES:
            self._bytes -= self._pages.popitem(last=False)[1].size


def _headers(scope: Scope) -> tuple[bytes, bytes, bytes, bytes]:
    found = {name: value for name, value in scope["headers"] if name in _NAMED}
    host, accepted, known, forwarded = (found.get(name, b"") for name in _NAMED)
    return host, accepted, known, forwarded or scope["scheme"].encode()


def _names(known: bytes, etag: bytes) -> bool:
    """Whether an If-None-Match names the entity tag, weakly compared (RFC 9110 §13.1.2)."""
    return any(
        one.strip().removeprefix(b"W/") in (b"*", etag.removeprefix(b"W/")) for one in known.split(b",")
    )


def _kept(sent: list[Message]) -> Kept | None:
    """What was sent, where everybody may be sent the same: a whole page with an entity tag, public, without a cookie."""
    start, body = sent[0], b"".join(message.get("body", b"") for message in sent[1:])
    headers = [(name.lower(), value) for name, value in start["headers"] if name.lower() not in _OWN]
    named = dict(headers)
    public = b"public" in named.get(b"cache-control", b"")
    if start["status"] != 200 or not public or b"etag" not in named or b"set-cookie" in named:
        return None
    whole = [*headers, (b"content-length", str(len(body)).encode())]
    unchanged = [
        (name, value) for name, value in headers if name not in (b"content-type", b"content-encoding")
    ]
    return Kept(
        etag=named[b"etag"],
        start={"type": "http.response.start", "status": 200, "headers": whole},
        body={"type": "http.response.body", "body": body},
        head=_NOTHING,
        unchanged={"type": "http.response.start", "status": 304, "headers": unchanged},
    )


@lru_cache(maxsize=256)
def encoding_for(accepted: bytes) -> str:
    """Which of `br`, `gzip` and `identity` an Accept-Encoding header (RFC 9110) is answered with."""
    offers = (
        part.replace(" ", "").lower().partition(";q=") for part in accepted.decode("latin-1").split(",")
    )
    wanted = {name for name, _, weight in offers if not weight or weight.strip("0.")}
    return next((name for name in ("br", "gzip") if name in wanted), "identity")
