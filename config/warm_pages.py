"""Pages that everybody shares, answered as bytes from the server's memory before Django is asked.

A page is kept as Django answered it, headers and all. It is answered from memory only while the database, looked at no
longer than `TRUSTED_SECONDS` ago, says that nothing that it shows has changed since; otherwise Django answers. So a
change is seen by every process within that time, with or without Redis.

What a page shows it says itself, as caches on the way to readers are told it: `Surrogate-Key` holds the tags of what is
shown, and a change of one of them drops that page and no other; `Surrogate-Control: max-age=…` (Edge Architecture
Specification) says until when time alone leaves it true. Both are read here and not sent on. A page without tags hangs
on the stamp: whatever changes that drops it.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from common.encodings import encoding_for

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
_FOR_US = frozenset((b"surrogate-key", b"surrogate-control"))
_READING = frozenset(("GET", "HEAD"))
# Said of each answer anew.
_OWN = frozenset((b"date", b"server", b"connection", b"transfer-encoding", b"content-length"))

Key = tuple[str, bytes, bytes, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: ASGI's two messages, and the first one's headers as they are on the wire (RFC 9112 §5)."""

    start: Message
    body: Message
    fields: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as Django answered it: whole, its head alone, and that it has not changed."""

    etag: bytes
    whole: Answer
    head: Answer
    unchanged: Answer
    tags: frozenset[str] = frozenset()
    lasts: float = float("inf")
    until: float = float("inf")

    @property
    def size(self) -> int:
        return len(self.whole.body["body"])


_NOTHING: Message = {"type": "http.response.body", "body": b""}


@dataclass
class WarmPages:
    """An ASGI application before another one. `stamp` and `changes` ask the database, in a thread of its own: for what
    pages without tags hang on, and for tags that changed lately, each with a word that is another after each change.
    `paths` says which pages (path and query) are shared."""

    app: App
    stamp: Callable[[], object]
    paths: re.Pattern[str]
    clock: Callable[[], float] = time.monotonic
    changes: Callable[[], Mapping[str, object]] = dict
    _pages: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _seen: object = None
    _changed: Mapping[str, object] = field(default_factory=dict)
    _times_dropped: int = 0
    _told: deque[frozenset[str]] = field(default_factory=deque)
    _seen_at: float = float("-inf")
    _looking: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that may be; else let the application answer, and keep what everybody may see."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif answer := self.at_once(scope):
            await send(answer.start)
            await send(answer.body)
        elif scope["method"] in _READING and self.paths.fullmatch(_address(scope)):
            self._look_where_due(self.clock())
            await self._ask(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def at_once(self, scope: Scope) -> Answer | None:
        """The answer to a request, where it lies in memory and may be given; on the server's loop."""
        if scope["method"] not in _READING:
            return None
        key, known = _key(scope)
        while self._told:
            self._drop(self._told.popleft(), untagged=False)
        kept = self._pages.get(key)
        if kept is None:
            return None
        now = self.clock()
        self._look_where_due(now)
        if now - self._seen_at > TRUSTED_SECONDS or kept.until <= now:
            return None
        self._pages.move_to_end(key)
        if known and _names(known, kept.etag):
            return kept.unchanged
        return kept.whole if scope["method"] == "GET" else kept.head

    def forget(self, tags: Iterable[str]) -> None:
        """Answer with no page that shows any of `tags` from now on; told by whoever changed it in this process, from
        any thread. Other processes see it when they look."""
        self._told.append(frozenset(tags))

    def _look_where_due(self, now: float) -> None:
        if now - self._seen_at > LOOK_SECONDS and self._looking is None:
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        """See what has changed; forget the pages that show it."""
        began = self.clock()
        try:
            stamp, lately = await asyncio.to_thread(lambda: (self.stamp(), self.changes()))
            changed = {tag for tag, version in lately.items() if self._changed.get(tag) != version}
            self._drop(changed, untagged=stamp != self._seen)
            self._seen, self._changed, self._seen_at = stamp, lately, began
        except Exception:
            log.warning(
                "Pages are not answered from memory: the database does not say what is new.", exc_info=True
            )
        finally:
            self._looking = None

    def _drop(self, changed: Set[str], *, untagged: bool) -> None:
        """Forget the pages that show what is tagged so; where the stamp changed, those without tags too."""
        old = [
            key
            for key, kept in self._pages.items()
            if (not kept.tags.isdisjoint(changed) if kept.tags else untagged)
        ]
        for key in old:
            self._bytes -= self._pages.pop(key).size
        self._times_dropped += bool(changed) or untagged

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        dropped, sent = self._times_dropped, []

        async def listen(message: Message) -> None:
            sent.append(message)
            if message["type"] == "http.response.start":
                own = [header for header in message["headers"] if header[0].lower() not in _FOR_US]
                message = {**message, "headers": own}
            await send(message)

        await self.app(scope, receive, listen)
        # What was answered before the last look may be older than what that look has seen.
        if scope["method"] == "GET" and dropped == self._times_dropped and self._seen is not None:
            self._keep(_key(scope)[0], sent)

    def _keep(self, key: Key, sent: list[Message]) -> None:
        kept = _kept(sent)
        if kept is None:
            return
        kept = replace(kept, until=self.clock() + kept.lasts)
        before = self._pages.pop(key, None)
        self._bytes += kept.size - (before.size if before else 0)
        self._pages[key] = kept
        while self._bytes > MOST_BYTES:
            self._bytes -= self._pages.popitem(last=False)[1].size


def _address(scope: Scope) -> str:
    """Path and query: what is shown."""
    query = scope["query_string"]
    return f"{scope['path']}?{query.decode('latin-1')}" if query else scope["path"]


def _key(scope: Scope) -> tuple[Key, bytes]:
    """What tells answers apart; and which one the reader has already (If-None-Match)."""
    host = accepted = known = forwarded = b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept-encoding":
            accepted = value
        elif name == b"if-none-match":
            known = value
        elif name == b"x-forwarded-proto":
            forwarded = value
    return (_address(scope), host, forwarded or scope["scheme"].encode(), encoding_for(accepted)), known


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
    headers = [(name, value) for name, value in headers if name not in _FOR_US]
    whole = [*headers, (b"content-length", str(len(body)).encode())]
    unchanged = [
        (name, value) for name, value in headers if name not in (b"content-type", b"content-encoding")
    ]
    return Kept(
        etag=named[b"etag"],
        whole=_answer(200, whole, {"type": "http.response.body", "body": body}),
        head=_answer(200, whole, _NOTHING),
        unchanged=_answer(304, unchanged, _NOTHING),
        tags=frozenset(named.get(b"surrogate-key", b"").decode().split()),
        lasts=_lasts(named.get(b"surrogate-control", b"")),
    )


def _answer(status: int, headers: list[tuple[bytes, bytes]], body: Message) -> Answer:
    fields = b"".join(b"%b: %b\r\n" % header for header in headers)
    return Answer({"type": "http.response.start", "status": status, "headers": headers}, body, fields)


def _lasts(control: bytes) -> float:
    """For how many seconds a page stays true by itself; for good where it does not say."""
    found = re.search(rb"\bmax-age=([0-9]+)", control)
    return float(found[1]) if found else float("inf")
