"""The post: one kept connection to the mail server, and a conversation in which we know what was accepted.

Between RCPT and the message itself the sender is asked once more (`may_start`): what has changed while the server
thought is not sent. Over SMTP (RFC 5321) we hold the conversation ourselves, because a mail class cannot say
whether a failure came before or after the message was handed over; other backends of Django (a provider's API, the
demo's mailbox) are given the whole message.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import cast

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from .delivery import Answer
from .mail_merge import Outgoing

MayStart = Callable[[], bool]
ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
SERVER_CLOSES = 421


class NotReached(Exception):
    """The mail server could not be reached or would not have us; the message says why. No message is in doubt."""


@dataclass(frozen=True)
class Reply:
    """How a transmission ended, and what the server said (addresses taken out). `answer` None: not started.
    `is_over`: so is the connection."""

    answer: Answer | None
    said: str = ""
    is_over: bool = False


class Post:
    """The connection of one worker, opened when first needed and kept. Use it as a context manager."""

    def __init__(self) -> None:
        self._backend = get_connection(fail_silently=False)

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> bool:
        """Be connected; whether that took a new connection. Raises NotReached."""
        try:
            return bool(self._backend.open())
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NotReached(f"The mail server was not reached: {_words(error)}") from error

    def close(self) -> None:
        """Hang up, whatever state the conversation is in."""
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def send(self, mail: Outgoing | EmailMessage, may_start: MayStart) -> Reply:
        """Hand `mail` over: bytes to SMTP, a message to another backend (see `takes_bytes`). `may_start` is asked
        right before the message itself; where it says no, nothing is sent (`answer` None). Raises NotReached
        where there is no server to talk to."""
        is_new = self.open()
        if isinstance(mail, EmailMessage):
            return self._give(mail, may_start)
        backend = cast(EmailBackend, self._backend)
        try:
            return self._converse(backend, mail, may_start)
        except NotReached:
            if is_new:
                raise
        self.open()  # The server had hung up on the kept connection, as they do when they have waited.
        return self._converse(backend, mail, may_start)

    def _converse(self, backend: EmailBackend, mail: Outgoing, may_start: MayStart) -> Reply:
        server = cast(smtplib.SMTP, backend.connection)
        try:
            refusal = _envelope(server, mail)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotReached(f"The mail server went away: {_words(error)}") from error
        if refusal:
            self._end(server, refusal)
            return refusal
        if not may_start():
            self._reset(server)
            return Reply(None)
        reply = _data(server, mail.content)
        self._end(server, reply)
        return reply

    def _give(self, mail: EmailMessage, may_start: MayStart) -> Reply:
        if not may_start():
            return Reply(None)
        try:
            taken = self._backend.send_messages([mail])
        except Exception as error:
            return Reply(Answer.NO_ANSWER, _words(error))
        return Reply(Answer.ACCEPTED) if taken else Reply(Answer.REFUSED_FOR_NOW, "The backend took nothing.")

    def _end(self, server: smtplib.SMTP, reply: Reply) -> None:
        """Leave the conversation ready for the next message, or hang up where that cannot be."""
        if reply.is_over:
            self._drop()
        elif reply.answer is not Answer.ACCEPTED:
            self._reset(server)

    def _reset(self, server: smtplib.SMTP) -> None:
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        """Close the socket without a word: the other end hangs, or has gone."""
        server = getattr(self._backend, "connection", None)
        if server is not None:
            server.close()
            self._backend.connection = None  # type: ignore[attr-defined]


def takes_bytes() -> bool:
    """Whether the mail backend in use is SMTP, which is handed bytes."""
    return isinstance(get_connection(), EmailBackend)


def _envelope(server: smtplib.SMTP, mail: Outgoing) -> Reply | None:
    """MAIL FROM and RCPT TO; None where both are taken, else the refusal."""
    server.ehlo_or_helo_if_needed()
    code, said = server.mail(mail.sender)
    if code == 250:
        code, said = server.rcpt(mail.recipient)
    return None if code in (250, 251) else _refusal(code, said)


def _data(server: smtplib.SMTP, content: bytes) -> Reply:
    """DATA, the message, and the server's word. In doubt from the first byte of the message on."""
    try:
        code, said = server.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        return Reply(Answer.REFUSED_FOR_NOW, f"Gone before the message: {_words(error)}", is_over=True)
    if code != 354:
        return _refusal(code, said)
    try:
        server.send(_dot_stuffed(content))
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Reply(Answer.NO_ANSWER, f"Handed over, and no reply: {_words(error)}", is_over=True)
    return Reply(Answer.ACCEPTED) if code == 250 else _refusal(code, said)


def _refusal(code: int, said: bytes) -> Reply:
    answer = Answer.REFUSED if 500 <= code < 600 else Answer.REFUSED_FOR_NOW
    words = _without_addresses(said.decode("utf-8", "replace"))
    return Reply(answer, f"{code} {words}", is_over=code == SERVER_CLOSES)


def _dot_stuffed(content: bytes) -> bytes:
    """The message as DATA carries it (RFC 5321 §4.5.2), ended by a dot on a line of its own."""
    stuffed = re.sub(rb"(?m)^\.", b"..", content)
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def _words(error: BaseException) -> str:
    return _without_addresses(" ".join(str(error).split()) or type(error).__name__)


def _without_addresses(said: str) -> str:
    """What a server said, fit for a log and a ledger that outlives the person."""
    return " ".join(ADDRESS.sub("the address", said).split())
