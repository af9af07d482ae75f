"""The live stream's door: a small ASGI application beside Django.

`/live/<audience>/<code>/` is a stream of server-sent events, with `state/` after it the newest state as JSON under an
ETag. Audiences that are not open have a ticket before that: `/live/<audience>/<code>/<ticket>/`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from . import audiences, tickets
from .events import END, Encoded
from .hall import Gone, Hall, Unknown
from .hub import Hub
from .listeners import Listener, Send, WriteNow

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

PATH = re.compile(
    r"/live/(?P<audience>[a-z_]{1,20})/(?P<code>[a-z0-9]{1,12})/(?:(?P<ticket>[\w:=-]{20,120})/)?(?P<state>state/)?"
)
# Who came in by a ticket shows another after so long.
TICKET_STREAM_SECONDS = 600.0
# Streams that have stalled keep nobody out, but there is an end to them too.
STALLED_FOR_EACH_SEAT = 1
_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
_STREAM = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store, no-transform"),
        (b"x-accel-buffering", b"no"),
        _NO_SNIFFING,
    ],
}
# A server that writes a stream's bytes as they are offers it under this name (ASGI, "Extensions"): `{"write": …}`.
WRITE_NOW = "houselights.write_now"


class LiveStream:
    """The ASGI application. Its hub belongs to the loop that it is served on."""

    def __init__(self) -> None:
        self._hub: Hub | None = None

    @property
    def hub(self) -> Hub:
        if self._hub is None or self._hub.loop is not asyncio.get_running_loop():
            self._hub = Hub()
        return self._hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = PATH.fullmatch(scope["path"])
        audience = audiences.audience(found["audience"]) if found else None
        if found is None or audience is None:
            return await _answer(send, 404)
        if scope["method"] not in ("GET", "HEAD"):
            return await _answer(send, 405, (b"allow", b"GET, HEAD"))
        code, ticket = found["code"], found["ticket"] or ""
        if not audience.is_open and not tickets.is_good(ticket, audience.name, code):
            return await _answer(send, 403)
        hall = self.hub.hall(audience, code)
        try:
            newest = await hall.newest()
        except Gone:
            return await _answer(send, 404)
        except Unknown:
            return await _answer(send, 503, (b"retry-after", b"5"))
        if found["state"]:
            return await _answer_state(scope, send, newest)
        if is_full(hall):
            return await _answer(send, 503, (b"retry-after", b"5"))
        seconds = None if audience.is_open else TICKET_STREAM_SECONDS
        write_now = (scope.get("extensions") or {}).get(WRITE_NOW, {}).get("write")
        await _stream(hall, receive, send, write_now, seconds)


def is_full(hall: Hall) -> bool:
    """Whether another stream is one too many: who comes now asks for the state now and then."""
    most = settings.LIVE_STREAMS_PER_ROOM
    return hall.seats_taken() >= most or len(hall.listeners) >= most * (1 + STALLED_FOR_EACH_SEAT)


async def _stream(
    hall: Hall, receive: Receive, send: Send, write_now: WriteNow | None, seconds: float | None
) -> None:
    """Send the state, and each new one, until the other side hangs up (or its time is over)."""
    await send(_STREAM)
    listener = Listener(send, hall, write_now)
    hall.listeners.add(listener)
    listener.offer()
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        listener.write(END)
    finally:
        hall.listeners.discard(listener)
        listener.leave()


async def _answer_state(scope: Scope, send: Send, newest: Encoded) -> None:
    etag = f'"{newest.tag}"'.encode()
    if any(name == b"if-none-match" and etag in value for name, value in scope["headers"]):
        return await _answer(send, 304, (b"etag", etag), (b"cache-control", b"no-cache"))
    await _answer(
        send,
        200,
        (b"content-type", b"application/json"),
        (b"etag", etag),
        (b"cache-control", b"no-cache"),
        body=newest.state if scope["method"] == "GET" else b"",
    )


async def _answer(send: Send, status: int, *headers: tuple[bytes, bytes], body: bytes = b"") -> None:
    more = [] if status == 304 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *more, _NO_SNIFFING]})
    await send({"type": "http.response.body", "body": body})
