"""One kept connection to a mail server, and a conversation on it (RFC 5321) that waits for nobody.

Several lines are listened to by one thread (`post`). A line asks for the next envelope, MAIL, RCPT and DATA, and has it
*ready* once the server waits for the message; the message goes when it is told to. Where the server takes commands in
groups (PIPELINING, RFC 2920) the envelope is one group, and that of the next message follows on the heels of the
message before it, so that a message costs one wait. We hold the conversation ourselves, because a mail class cannot say
whether a failure came before or after the message was handed over.
"""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from .delivery import Answer
from .mail_merge import Outgoing
from .models import Notice

ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
SERVER_CLOSES = 421
BUFFER = 65536
DEFAULT_TIMEOUT = 20.0


class NotReached(Exception):
    """The mail server could not be reached or would not have us; the message says why. No message is in doubt."""


@dataclass(eq=False)
class Errand:
    """One message on its way."""

    notice: Notice
    mail: Outgoing | EmailMessage


@dataclass(frozen=True)
class Reply:
    """How a message ended, and what the server said (addresses taken out)."""

    answer: Answer
    said: str = ""


@dataclass(frozen=True)
class Ready:
    """The mail server waits for the message itself, which may go now."""

    errand: Errand


@dataclass(frozen=True)
class Done:
    errand: Errand
    reply: Reply


@dataclass(frozen=True)
class Unbegun:
    """The line was lost before the message began. `is_new`: it had carried nothing before."""

    errand: Errand
    said: str
    is_new: bool


Event = Ready | Done | Unbegun


class Line:
    """A connection that stands open; `server` has said hello and let us in."""

    def __init__(self, backend: EmailBackend) -> None:
        self._backend = backend
        self._server = cast(smtplib.SMTP, backend.connection)
        self._expected: deque[Callable[[int, bytes], list[Event]]] = deque()  # what the next words answer
        try:
            self._server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise NotReached(f"The mail server was not reached: {words(error)}") from error
        self.pipelines = self._server.has_extn("pipelining")
        self.socket = cast(socket.socket, self._server.sock)
        # What we say must not wait for the other side's acknowledgement of what we said before.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(0)
        self.timeout = float(settings.EMAIL_TIMEOUT or DEFAULT_TIMEOUT)
        self.is_over, self._has_carried = False, False
        self._heard, self._reply, self._to_say = b"", b"", bytearray()
        self._deadline = 0.0
        self._asking: Errand | None = None
        self._refusal: Reply | None = None
        self._sending: Errand | None = None

    @property
    def takes_another(self) -> bool:
        """Whether the next envelope can be asked for now."""
        if self.is_over or self._asking is not None:
            return False
        return self.pipelines or not self._expected

    @property
    def has_to_say(self) -> bool:
        """Whether there is something that `flush` would send."""
        return bool(self._to_say)

    @property
    def deadline(self) -> float | None:
        """When (monotonic seconds) the server has taken too long; None where nothing is expected of it."""
        return self._deadline if self._expected else None

    # --- what we say ---------------------------------------------------------------------------------------------

    def ask(self, errand: Errand) -> None:
        """Ask for the envelope of an errand. Raises ValueError for an address that SMTP cannot carry."""
        mail = cast(Outgoing, errand.mail)
        sender, recipient = _sender_path(mail.sender), _path(mail.recipient)
        self._asking, self._refusal = errand, None
        if self.pipelines:
            self._say(
                b"MAIL FROM:%b\r\nRCPT TO:%b\r\nDATA\r\n" % (sender, recipient),
                self._at_mail,
                self._at_rcpt,
                self._at_data,
            )
        else:
            self._recipient = recipient
            self._say(b"MAIL FROM:%b\r\n" % sender, self._at_mail)

    def load(self, errand: Errand) -> None:
        """The message of an errand that is ready goes ahead, all but the dot that ends it: without that no server takes
        it (RFC 5321 §4.1.1.4), and who hangs up has sent nothing."""
        assert errand is self._asking
        mail = cast(Outgoing, errand.mail)
        content = dot_stuffed(mail.content) if mail.has_dots else mail.content
        self._say(content if content.endswith(b"\r\n") else content + b"\r\n")

    def start(self, errand: Errand) -> None:
        """The dot that ends a message. In doubt from here on, until the server has answered."""
        assert errand is self._asking
        self._asking, self._sending = None, errand
        self._say(b".\r\n", self._at_message)

    def flush(self) -> list[Event]:
        """Send what is to be said."""
        if not self._to_say or self.is_over:
            return []
        said, self._to_say = self._to_say, bytearray()
        try:
            self._send(said)
        except OSError as error:
            return self.lose(words(error))
        return []

    def _send(self, said: bytearray) -> None:
        """Raises OSError where the other end has not taken all of it in within the timeout."""
        left, give_up_at = memoryview(said), time.monotonic() + self.timeout
        while left:
            try:
                left = left[self.socket.send(left) :]
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait_for(select.POLLOUT, give_up_at)
            except ssl.SSLWantReadError:
                self._wait_for(select.POLLIN, give_up_at)

    def _wait_for(self, events: int, give_up_at: float) -> None:
        poll = select.poll()
        poll.register(self.socket, events)
        patience = give_up_at - time.monotonic()
        if patience <= 0 or not poll.poll(patience * 1000):
            raise TimeoutError("It took too long.")

    def _say(self, said: bytes, *expecting: Callable[[int, bytes], list[Event]]) -> None:
        self._to_say += said
        self._expected += expecting
        self._deadline = time.monotonic() + self.timeout

    # --- what the server says ------------------------------------------------------------------------------------

    def hear(self) -> list[Event]:
        """Read what the server has said."""
        try:
            heard = self.socket.recv(BUFFER)
            while isinstance(self.socket, ssl.SSLSocket) and self.socket.pending():
                heard += self.socket.recv(BUFFER)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return []
        except OSError as error:
            return self.lose(words(error))
        if not heard:
            return self.lose("It hung up.")
        self._heard += heard
        self._deadline = time.monotonic() + self.timeout
        return self._answers()

    def _answers(self) -> list[Event]:
        events: list[Event] = []
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            self._reply += line[4:].strip() + b" "
            if line[3:4] != b"-" and not self.is_over:  # The last line of a reply.
                said, self._reply = self._reply.strip(), b""
                events += self._answer(int(line[:3]) if line[:3].isdigit() else 0, said)
        return events

    def _answer(self, code: int, said: bytes) -> list[Event]:
        if not self._expected or not code:
            return self.lose(f"It said, unasked: {_as_words(code, said)}")
        events = self._expected.popleft()(code, said)
        return [*events, *self.lose(_as_words(code, said))] if code == SERVER_CLOSES else events

    def _at_mail(self, code: int, said: bytes) -> list[Event]:
        if code == 250 and not self.pipelines:
            self._say(b"RCPT TO:%b\r\n" % self._recipient, self._at_rcpt)
        return [] if code == 250 else self._refuse(code, said)

    def _at_rcpt(self, code: int, said: bytes) -> list[Event]:
        is_taken = code in (250, 251) and self._refusal is None
        if is_taken and not self.pipelines:
            self._say(b"DATA\r\n", self._at_data)
        return [] if is_taken else self._refuse(code, said)

    def _at_data(self, code: int, said: bytes) -> list[Event]:
        if code == 354 and self._refusal is None:
            assert self._asking
            return [Ready(self._asking)]
        if code == 354:  # It wants a message for nobody (RFC 2920 §3.1): an empty one.
            self._say(b".\r\n", _nothing)
        return self._refuse(code, said, is_last=True)

    def _refuse(self, code: int, said: bytes, *, is_last: bool = False) -> list[Event]:
        """The first refusal of a group counts; it is told when the group is over."""
        self._refusal = self._refusal or refusal(code, said)
        if self.pipelines and not is_last and code != SERVER_CLOSES:
            return []
        errand, self._asking = self._asking, None
        assert errand
        self._has_carried = True
        self._say(b"RSET\r\n", _nothing)
        return [Done(errand, self._refusal)]

    def _at_message(self, code: int, said: bytes) -> list[Event]:
        errand, self._sending = self._sending, None
        assert errand
        self._has_carried = True
        return [Done(errand, Reply(Answer.ACCEPTED) if code == 250 else refusal(code, said))]

    # --- its end -------------------------------------------------------------------------------------------------

    def lose(self, why: str) -> list[Event]:
        """The line is lost: what was handed over and not answered is in doubt, what was asked for has not begun."""
        self.drop()
        events: list[Event] = []
        if self._sending:
            events.append(Done(self._sending, Reply(Answer.NO_ANSWER, f"Handed over, and no reply: {why}")))
        if self._asking:
            events.append(Unbegun(self._asking, f"The mail server went away: {why}", not self._has_carried))
        self._sending = self._asking = None
        return events

    def drop(self) -> None:
        """Close the socket without a word: the other end hangs, has gone, or waits for a message that must not go."""
        self.is_over = True
        self._expected.clear()
        self._server.close()
        self._backend.connection = None

    def close(self) -> None:
        """Take leave (QUIT) where nothing is under way; else drop it."""
        if self.is_over or self._expected or self._asking or self._to_say:
            return self.drop()
        try:
            self.socket.settimeout(self.timeout)
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self.drop()


def _nothing(code: int, said: bytes) -> list[Event]:
    return []


def refusal(code: int, said: bytes) -> Reply:
    answer = Answer.REFUSED if 500 <= code < 600 else Answer.REFUSED_FOR_NOW
    return Reply(answer, _as_words(code, said))


def dot_stuffed(content: bytes) -> bytes:
    """The message as DATA carries it (RFC 5321 §4.5.2), without the dot on a line of its own that ends it."""
    return re.sub(rb"(?m)^\.", b"..", content)


@lru_cache(maxsize=16)
def _odd_path(address: str) -> bytes:
    path = smtplib.quoteaddr(address)
    if "\r" in path or "\n" in path:
        raise ValueError("An address holds a line break.")
    return path.encode("ascii")


def _path(address: str) -> bytes:
    """An address as MAIL and RCPT take it. Raises ValueError (UnicodeEncodeError too) for one that they cannot."""
    return f"<{address}>".encode() if PLAIN_ADDRESS.fullmatch(address) else _odd_path(address)


def _as_words(code: int, said: bytes) -> str:
    return f"{code} {_without_addresses(said.decode('utf-8', 'replace'))}".strip()


def words(error: BaseException) -> str:
    """What an error says, fit for a log and a ledger that outlives the person."""
    return _without_addresses(" ".join(str(error).split()) or type(error).__name__)


def _without_addresses(said: str) -> str:
    return " ".join(ADDRESS.sub("the address", said).split())


# Ours is the same on every message.
_sender_path = lru_cache(maxsize=16)(_path)
