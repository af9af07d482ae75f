"""One room's audience in one process: its newest state and those who are sent it."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable

from .audiences import Audience, Snapshot
from .events import GONE, Encoded, encode
from .listeners import Listener

log = logging.getLogger(__name__)

# A storm of votes is four renders a second, not a hundred.
SECONDS_BETWEEN_RENDERS = 0.25
BEAT_SECONDS = 15.0
# A hall where nobody listens or has asked for so long is closed.
EMPTY_SECONDS = 30.0


class Gone(Exception):
    """There is no such room (any more)."""


class Unknown(Exception):
    """The room's state cannot be told now: the database does not answer."""


class Hall:
    """Renders on `ring`, at once and then no oftener than four times a second, and sends each new state to all.

    `ask` runs a function in the thread that may touch the database.
    """

    def __init__(
        self, audience: Audience, code: str, ask: Callable[[Callable[[], Snapshot | None]], Awaitable]
    ) -> None:
        self.audience, self.code, self._ask = audience, code, ask
        self.listeners: set[Listener] = set()
        self.snapshot: Snapshot | None = None
        self.encoded: Encoded | None = None
        self.version = 0
        self.is_gone = False
        self._is_due = False
        self._rendering: asyncio.Task[None] | None = None
        self._rendered = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._rendered_at = float("-inf")
        self._beats_at = self._loop.time() + BEAT_SECONDS
        self._asked_at = self._loop.time()

    def ring(self) -> None:
        """The room may have changed: look."""
        self._is_due = True
        if self._rendering is None:
            self._rendering = self._loop.create_task(self._render_until_quiet())

    async def newest(self) -> Encoded:
        """The newest state; one that is on its way is waited for. Raises Gone, or Unknown where it cannot be told."""
        self._asked_at = self._loop.time()
        if self._rendering is not None:
            await asyncio.wait([self._rendering])
        if self.encoded is None:
            self._rendered.clear()
            self.ring()
            await self._rendered.wait()
        if self.is_gone:
            raise Gone
        if self.encoded is None:
            raise Unknown
        return self.encoded

    def seats_taken(self) -> int:
        """Listeners that take what they are sent: who has stalled keeps nobody out."""
        return sum(1 for listener in self.listeners if listener.waiting is None)

    @property
    def is_empty(self) -> bool:
        return not self.listeners and self._loop.time() - self._asked_at > EMPTY_SECONDS

    def mind(self, now: dt.datetime) -> None:
        """What time brings: a beat so that listeners know the line is good; a film that begins by itself."""
        if self._loop.time() >= self._beats_at:
            self._beats_at = self._loop.time() + BEAT_SECONDS
            for listener in list(self.listeners):
                listener.beat()
        if self.snapshot and self.snapshot.changes_at and self.snapshot.changes_at <= now:
            self.ring()

    async def _render_until_quiet(self) -> None:
        try:
            while self._is_due:
                await asyncio.sleep(self._rendered_at + SECONDS_BETWEEN_RENDERS - self._loop.time())
                self._is_due = False
                self._rendered_at = self._loop.time()
                await self._render()
        finally:
            self._rendering = None

    async def _render(self) -> None:
        try:
            snapshot = await self._ask(lambda: self.audience.render(self.code))
        except Exception:
            # Whoever listens keeps what they have; the next look tries again.
            log.warning(
                "The room %s cannot be shown to its %ss.", self.code, self.audience.name, exc_info=True
            )
            self._rendered.set()
            return
        if snapshot is None:
            self._end()
        else:
            self._take(snapshot)
        self._rendered.set()

    def _take(self, snapshot: Snapshot) -> None:
        encoded = encode(snapshot, self.snapshot)
        self.snapshot = snapshot
        if self.encoded is not None and encoded.tag == self.encoded.tag:
            return
        self.encoded = encoded
        self.version += 1
        for listener in list(self.listeners):
            listener.offer()

    def _end(self) -> None:
        self.is_gone = True
        for listener in list(self.listeners):
            if listener.waiting is None:
                listener.write(GONE)

    def close(self) -> None:
        if self._rendering is not None:
            self._rendering.cancel()
