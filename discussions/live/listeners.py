"""One who listens: a slot that holds nothing but how far it has got.

Events are written straight from the loop that has them, without a task for each listener. Where the server takes bytes
as they are (`config/warm_protocol.py`), an event costs one call a phone. Else a `send` that does not wait is over at its
first step; where one waits, because the phone does not take what it was sent, a task waits with it. Meanwhile the room
goes on, and when the phone takes bytes again it is sent the newest state and nothing in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping
from typing import Any, Protocol

from .events import BEAT, Encoded, Event

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
# Gives whether the bytes were taken; not where the stream has not begun, is over, or waits for its reader.
WriteNow = Callable[[bytes], bool]


class Latest(Protocol):
    """What there is to be sent: the newest state and how many there were before it."""

    version: int
    encoded: Encoded | None


class _GoingOn:
    """Awaits the rest of a coroutine whose first step was taken outside a task, and which waits for `waiting`."""

    __slots__ = ("_coroutine", "_waiting")

    def __init__(self, coroutine: Coroutine[Any, Any, None], waiting: Any) -> None:
        self._coroutine = coroutine
        self._waiting = waiting

    def __await__(self) -> Generator[Any, Any, None]:
        waiting = self._waiting
        while True:
            try:
                answer = yield waiting
                waiting = self._coroutine.send(answer)
            except StopIteration:
                return
            except BaseException as error:
                waiting = self._throw(error)
                if waiting is None:
                    return

    def _throw(self, error: BaseException) -> Any:
        try:
            return self._coroutine.throw(error)
        except StopIteration:
            return None


class Listener:
    """One stream. `seen`: the version sent last; `waiting`: the task that waits while the phone takes nothing."""

    __slots__ = ("_latest", "_send", "_write_now", "seen", "waiting")

    def __init__(self, send: Send, latest: Latest, write_now: WriteNow | None = None) -> None:
        self._send = send
        self._write_now = write_now
        self._latest = latest
        self.seen = 0
        self.waiting: asyncio.Task[None] | None = None

    def offer(self) -> None:
        """Send the newest state, unless it is there already or the phone is still taking something older."""
        encoded, version = self._latest.encoded, self._latest.version
        if self.waiting is not None or encoded is None or self.seen == version:
            return
        event = encoded.change if self.seen and self.seen == version - 1 else encoded.whole
        self.seen = version
        self.write(event)

    def beat(self) -> None:
        if self.waiting is None:
            self.write(BEAT)

    def write(self, event: Event) -> None:
        """Send without waiting; what cannot be sent at once is waited for by a task."""
        if self._write_now is not None and event.chunk and self._write_now(event.chunk):
            return
        coroutine: Any = self._send(event.message)  # type: ignore[arg-type]
        try:
            waiting = coroutine.send(None)
        except StopIteration:
            return
        except OSError:  # the connection is gone; its own task will hear of it
            return
        self.waiting = asyncio.get_running_loop().create_task(self._wait(_GoingOn(coroutine, waiting)))

    async def _wait(self, sending: _GoingOn) -> None:
        try:
            await sending
        except OSError:
            return
        finally:
            self.waiting = None
        self.offer()

    def leave(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
