"""Carriers: threads that each keep one connection to the mail server, so that several messages are under way at once.

A carrier never touches the database. It holds the conversation up to the point where the message itself would start,
says *ready*, and waits for a yes or no from the thread that keeps the ledger (the clerk); then it says how it ended.
So at most one message per connection can be in doubt, and the clerk asks and writes for several at a time.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.mail import EmailMessage

from .delivery import Answer
from .mail_merge import Outgoing
from .models import Notice
from .post import NotReached, Post, Reply

log = logging.getLogger(__name__)

ANOTHER_WORD_SECONDS = 0.002


@dataclass
class Errand:
    """One message on its way. A yes has a deadline (monotonic seconds): one that is heard after it counts for nothing,
    as the notice may be another worker's by then."""

    notice: Notice
    mail: Outgoing | EmailMessage
    said: queue.SimpleQueue[float | None] = field(default_factory=queue.SimpleQueue)

    def answer(self, yes: bool, *, good_for: float = 0.0) -> None:
        """The clerk's word: start, within `good_for` seconds, or do not."""
        self.said.put(time.monotonic() + good_for if yes else None)

    def may_start(self) -> bool:
        deadline = self.said.get()
        return deadline is not None and time.monotonic() < deadline


@dataclass(frozen=True)
class Ready:
    """The mail server holds the envelope; the message itself may start now, if the clerk says so."""

    errand: Errand


@dataclass(frozen=True)
class Done:
    errand: Errand
    reply: Reply


@dataclass(frozen=True)
class Unreached:
    """This carrier found no mail server and has left; its errand was not begun."""

    errand: Errand
    said: str


Event = Ready | Done | Unreached


class Carriers:
    """Up to `most` carriers; the context ends them all. `events` is what they say."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.at_work = 0
        self._errands: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._out: dict[int, Errand] = {}

    def hand(self, errand: Errand, under_way: int) -> None:
        """Give out an errand; another carrier is taken on where all those at work have one (`under_way`)."""
        if under_way >= self.at_work and self.at_work < self.most:
            self.at_work += 1
            thread = threading.Thread(target=self._carry, name=f"carrier-{self.at_work}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._out[id(errand)] = errand
        self._errands.put(errand)

    def hear(self, patience: float) -> list[Event]:
        """What carriers say; waits `patience` seconds for the first word, and a moment for each further one: what is
        answered together costs the ledger one look and one transaction."""
        try:
            said = [self._events.get(timeout=patience)]
        except queue.Empty:
            return []
        with contextlib.suppress(queue.Empty):
            while len(said) < len(self._out):
                said.append(self._events.get(timeout=ANOTHER_WORD_SECONDS))
        self.at_work -= sum(isinstance(event, Unreached) for event in said)
        for event in said:
            if not isinstance(event, Ready):
                self._out.pop(id(event.errand), None)
        return said

    def call_back(self) -> None:
        """Nothing that has not begun may begin any more."""
        for errand in self._out.values():
            errand.answer(yes=False)

    def close(self) -> None:
        """No more errands: every carrier hangs up and ends."""
        self.call_back()
        for _ in range(self.at_work):
            self._errands.put(None)
        for thread in self._threads:
            thread.join()

    def _carry(self) -> None:
        with Post() as post:
            while (errand := self._errands.get()) is not None:
                event = self._run(post, errand)
                self._events.put(event)
                if isinstance(event, Unreached):
                    return

    def _run(self, post: Post, errand: Errand) -> Event:
        def may_start() -> bool:
            self._events.put(Ready(errand))
            return errand.may_start()

        try:
            return Done(errand, post.send(errand.mail, may_start))
        except NotReached as error:
            return Unreached(errand, str(error))
        except Exception as error:
            log.exception("Notice %s: how its transmission ended is not known.", errand.notice.pk)
            post.close()
            return Done(errand, Reply(Answer.NO_ANSWER, f"It stopped in the middle: {error!r}", is_over=True))


@contextlib.contextmanager
def carriers(most: int) -> Iterator[Carriers]:
    crew = Carriers(most)
    try:
        yield crew
    finally:
        crew.close()
