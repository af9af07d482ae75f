"""The post: what hands mail over, and says how far each message is.

An errand is *offered*, said to be *ready* when the mail server waits for the message itself, and *started* by the clerk
(`rounds.Round`), who has written first that it starts; then it is *done*. What has changed while the server thought is
dropped instead. Over SMTP one thread listens to several lines at once (`smtp_line`); other backends of Django (a
provider's API, the demo's mailbox) are given the whole message.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import smtplib
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from .delivery import Answer
from .smtp_line import Done, Errand, Event, Line, NotReached, Ready, Reply, words

log = logging.getLogger(__name__)


class Post(Protocol):
    """What takes errands."""

    @property
    def has_room(self) -> bool:
        """Whether another errand can be offered now."""

    def grow(self) -> bool:
        """Make more room, because messages could start and none is ready; whether there is more. Raises NotReached
        where there is no mail server to talk to."""

    def offer(self, errand: Errand) -> list[Event]:
        """Take an errand, where there is room."""

    def load(self, errand: Errand) -> None:
        """The message of a ready errand may go ahead as far as nobody can take it before it is started."""

    def start(self, errand: Errand) -> None:
        """The message of a ready errand goes."""

    def drop(self, errand: Errand) -> None:
        """A ready errand does not go."""

    def flush(self) -> list[Event]:
        """All that is to be said goes out."""

    def hear(self, patience: float) -> list[Event]:
        """What has happened; waits `patience` seconds for something to."""

    def close(self) -> None:
        """Hang up."""


class SmtpPost:
    """Up to `most` lines to the mail server, opened when they are wanted, and kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lines: list[Line] = []
        self._line_of: dict[Errand, Line] = {}
        self._selector = selectors.DefaultSelector()

    @property
    def has_room(self) -> bool:
        return any(line.takes_another for line in self._lines)

    def grow(self) -> bool:
        """As many lines again as there are, all opened at once."""
        count = min(len(self._lines) or 1, self._most - len(self._lines))
        if count <= 0:
            return False
        try:
            opened = _open_lines(count)
        except NotReached as error:
            if not self._lines:
                raise
            log.warning("The mail server takes %d connections, no more. %s", len(self._lines), error)
            self._most = len(self._lines)
            return False
        for line in opened:
            self._selector.register(line.socket, selectors.EVENT_READ, line)
        self._lines += opened
        return True

    def offer(self, errand: Errand) -> list[Event]:
        line = next(line for line in self._lines if line.takes_another)
        try:
            line.ask(errand)
        except ValueError as error:
            return [Done(errand, Reply(Answer.REFUSED, f"No mail server takes this address: {words(error)}"))]
        self._line_of[errand] = line
        return []

    def load(self, errand: Errand) -> None:
        self._line_of[errand].load(errand)

    def start(self, errand: Errand) -> None:
        self._line_of[errand].start(errand)

    def drop(self, errand: Errand) -> None:
        """The server waits for the message: all that can be done is to hang up (RFC 5321 §4.1.1.4)."""
        line = self._line_of.pop(errand)
        self._let_go(line)
        line.drop()

    def flush(self) -> list[Event]:
        return self._noted([event for line in self._lines if line.has_to_say for event in line.flush()])

    def hear(self, patience: float) -> list[Event]:
        events = self.flush()
        deadlines = [line.deadline for line in self._lines if line.deadline is not None]
        if events:
            patience = 0
        elif deadlines:
            patience = min(patience, min(deadlines) - time.monotonic())
        if self._lines:
            for key, _ in self._selector.select(max(0.0, patience)):
                events += cast(Line, key.data).hear()
        if deadlines and min(deadlines) <= (now := time.monotonic()):
            for line in self._lines:
                if line.deadline is not None and line.deadline <= now:
                    events += line.lose("It took too long.")
        return self._noted(events)

    def _noted(self, events: list[Event]) -> list[Event]:
        for event in events:
            if not isinstance(event, Ready):
                self._line_of.pop(event.errand, None)
        for line in self._lines[:]:
            if line.is_over:
                self._let_go(line)
        return events

    def _let_go(self, line: Line) -> None:
        self._lines.remove(line)
        for key in [key for key in self._selector.get_map().values() if key.data is line]:
            self._selector.unregister(key.fileobj)

    def close(self) -> None:
        for line in self._lines:
            line.close()
        self._selector.close()


def _open_lines(count: int) -> list[Line]:
    """So many lines, or fewer. Raises NotReached where there is not one."""
    if count == 1:
        return [_open_line()]
    with ThreadPoolExecutor(count, "line") as pool:
        tries = [pool.submit(_open_line) for _ in range(count)]
    opened = [one.result() for one in tries if one.exception() is None]
    if not opened:
        tries[0].result()
    return opened


def _open_line() -> Line:
    backend = cast(EmailBackend, get_connection(fail_silently=False))
    try:
        backend.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotReached(f"The mail server was not reached: {words(error)}") from error
    return Line(backend)


class BackendPost:
    """Another backend of Django's, which is given whole messages: `most` at once, each from a thread of its own."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._ready: deque[Errand] = deque()
        self._under_way: dict[Future[Reply], Errand] = {}
        self._backends: deque[BaseEmailBackend] = deque()
        self._threads = ThreadPoolExecutor(most, "post")

    @property
    def has_room(self) -> bool:
        return len(self._under_way) + len(self._ready) < self._most

    def grow(self) -> bool:
        return False

    def offer(self, errand: Errand) -> list[Event]:
        self._ready.append(errand)
        return [Ready(errand)]

    def load(self, errand: Errand) -> None:
        """Nothing of it: a backend takes whole messages."""

    def start(self, errand: Errand) -> None:
        self._ready.remove(errand)
        self._under_way[self._threads.submit(self._give, errand)] = errand

    def drop(self, errand: Errand) -> None:
        self._ready.remove(errand)

    def flush(self) -> list[Event]:
        return []

    def hear(self, patience: float) -> list[Event]:
        ended = wait(self._under_way, patience, FIRST_COMPLETED).done if self._under_way else ()
        return [Done(self._under_way.pop(one), one.result()) for one in ended]

    def _give(self, errand: Errand) -> Reply:
        try:
            backend = self._backends.popleft()
        except IndexError:
            backend = get_connection(fail_silently=False)
        try:
            taken = backend.send_messages([cast(EmailMessage, errand.mail)])
        except Exception as error:
            return Reply(Answer.NO_ANSWER, words(error))
        finally:
            self._backends.append(backend)
        return Reply(Answer.ACCEPTED) if taken else Reply(Answer.REFUSED_FOR_NOW, "The backend took nothing.")

    def close(self) -> None:
        self._threads.shutdown()
        for backend in self._backends:
            backend.close()


def takes_bytes() -> bool:
    """Whether the mail backend in use is SMTP, which is handed bytes."""
    return isinstance(get_connection(), EmailBackend)


@contextlib.contextmanager
def open_post() -> Iterator[Post]:
    """The post of one worker; hung up at the end."""
    post: Post = (
        SmtpPost(settings.NOTICE_CONNECTIONS) if takes_bytes() else BackendPost(settings.NOTICE_IN_DOUBT)
    )
    try:
        yield post
    finally:
        post.close()
