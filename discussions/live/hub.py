"""All rooms that somebody listens to in this process: one subscription to the bell, one thread for the database.

The bell (Redis) says which room has changed; then it is rendered once for each audience. A bell that is away costs two
seconds at most: the revisions of all rooms listened to are looked at in one query, more rarely while the bell is there,
since what it says can be lost on the way.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

import redis.asyncio
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from discussions import changes
from discussions.models import Discussion

from .audiences import Audience
from .hall import Hall

log = logging.getLogger(__name__)

MIND_SECONDS = 0.5
LOOK_SECONDS = 2.0
LOOK_BESIDE_BELL_SECONDS = 15.0
BELL_AGAIN_SECONDS = 1.0
# A room that changes is rendered several times a second: its connection is not made anew each time.
CONNECTION_SECONDS = 1.0

T = TypeVar("T")


class Hub:
    """The halls of one process, on one event loop. It wakes with the first hall and sleeps after the last."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.halls: dict[tuple[str, str], Hall] = {}
        self.bell_is_there = False
        self._looked_at = self.loop.time()
        self._tasks: list[asyncio.Task[None]] = []
        self._thread: ThreadPoolExecutor | None = None
        self._hanging_up: asyncio.TimerHandle | None = None

    def hall(self, audience: Audience, code: str) -> Hall:
        """The hall of this audience of the room; a new one where there was none."""
        hall = self.halls.get((audience.name, code))
        if hall is None or hall.is_gone:
            hall = self.halls[audience.name, code] = Hall(audience, code, self.in_thread)
            self._wake()
        return hall

    async def in_thread(self, ask: Callable[[], T]) -> T:
        """What `ask` says, asked in the one thread that touches the database; its connection goes a second later."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._keep_connection()
        try:
            return await self.loop.run_in_executor(self._thread, _asked, ask)
        finally:
            self._keep_connection()
            self._hanging_up = self.loop.call_later(CONNECTION_SECONDS, self._hang_up)

    def _keep_connection(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None

    def _hang_up(self) -> None:
        self._hanging_up = None
        if self._thread is not None:
            self._thread.submit(connections.close_all)

    def ring(self, code: str) -> None:
        """The room has changed: all its audiences look."""
        for (_, of), hall in list(self.halls.items()):
            if of == code:
                hall.ring()

    def _wake(self) -> None:
        if not self._tasks:
            changes.listeners.add(self._heard_here)
            self._tasks = [self.loop.create_task(self._mind())]
            if settings.REDIS_URL:
                self._tasks.append(self.loop.create_task(self._listen(settings.REDIS_URL)))

    def _sleep(self) -> None:
        changes.listeners.discard(self._heard_here)
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        self._tasks = []
        if self._thread is not None:
            self._keep_connection()
            self._thread.submit(connections.close_all)
            self._thread.shutdown(wait=False)
            self._thread = None

    def _heard_here(self, code: str) -> None:
        """A change that was made in this process needs no bell; where there is one, it rings for us too."""
        if not self.bell_is_there:
            with suppress(RuntimeError):  # the loop has ended, and nobody listens any more
                self.loop.call_soon_threadsafe(self.ring, code)

    async def _mind(self) -> None:
        try:
            while self.halls:
                await asyncio.sleep(MIND_SECONDS)
                self._close_empty()
                now = timezone.now()
                for hall in list(self.halls.values()):
                    hall.mind(now)
                pause = LOOK_BESIDE_BELL_SECONDS if self.bell_is_there else LOOK_SECONDS
                if self.loop.time() - self._looked_at >= pause:
                    await self._look()
        finally:
            self._sleep()

    def _close_empty(self) -> None:
        for key, hall in list(self.halls.items()):
            if hall.is_empty or (hall.is_gone and not hall.listeners):
                hall.close()
                del self.halls[key]

    async def _look(self) -> None:
        """Ring for rooms whose revision is another than the one shown, and for those that could not be shown."""
        self._looked_at = self.loop.time()
        codes = {code for _, code in self.halls}
        try:
            revisions = await self.in_thread(lambda: _revisions(codes))
        except Exception:
            log.warning("The database does not say which rooms have changed.", exc_info=True)
            return
        for (_, code), hall in list(self.halls.items()):
            if hall.snapshot is None or revisions.get(code) != hall.snapshot.revision:
                hall.ring()

    async def _listen(self, url: str) -> None:
        """Hear the bell, come what may: after it was away everything may have changed."""
        while True:
            try:
                await self._hear(url)
            except (RedisError, OSError) as error:
                if self.bell_is_there:
                    log.warning("The bell of the rooms is away: %s", error)
                self.bell_is_there = False
            await asyncio.sleep(BELL_AGAIN_SECONDS * random.uniform(0.5, 1.0))  # noqa: S311

    async def _hear(self, url: str) -> None:
        # No silent reconnection: what was said meanwhile would be missed without our knowing.
        client = redis.asyncio.Redis.from_url(url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=2)
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as bell:
                await bell.subscribe(changes.CHANNEL)
                await bell.get_message(timeout=2)  # the word that we are subscribed
                self.bell_is_there = True
                for hall in list(self.halls.values()):
                    hall.ring()
                async for said in bell.listen():
                    self.ring(said["data"].decode())
        finally:
            await client.aclose()


def _asked(ask: Callable[[], T]) -> T:
    """What `ask` says; a connection that broke since the last question is made anew, once."""
    was_open = any(connection.connection is not None for connection in connections.all(initialized_only=True))
    try:
        return ask()
    except Exception as error:
        connections.close_all()
        if not was_open or not isinstance(error, (OperationalError, InterfaceError)):
            raise
        return ask()


def _revisions(codes: set[str]) -> dict[str, int]:
    return dict(Discussion.objects.filter(code__in=codes).values_list("code", "revision"))
