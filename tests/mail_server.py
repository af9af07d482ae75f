"""A real mail server on loopback for tests (aiosmtpd): it keeps what it accepts, and misbehaves when told to."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import socket
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

ACCEPT = "250 OK"
CUT = "cut"  # accept the message, and cut the line instead of saying so
CUT_BEFORE = "cut before"  # cut the line at the end of the message, and keep nothing
HANG = "hang"  # accept the message, and say so when the sender has long gone
HANG_SECONDS = 1.3
Say = Callable[[str], str]


class MailServer:
    """SMTP on a port of its own. `accepted` holds (recipient, message) in the order of acceptance, `accepted_at` when; `at_rcpt` and
    `at_data` say what is answered for a recipient (a reply line; at the message CUT, CUT_BEFORE or HANG too), `pause` how many seconds it thinks over a
    message. `pipelines`: it takes commands in groups (RFC 2920)."""

    def __init__(self, port: int | None = None, *, pipelines: bool = True) -> None:
        self.accepted: list[tuple[str, bytes]] = []
        self.accepted_at: list[dt.datetime] = []
        self.at_rcpt: Say = lambda recipient: ACCEPT
        self.at_data: Say = lambda recipient: ACCEPT
        self.pause, self.pipelines = 0.0, pipelines
        self.port: int = port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def open(self) -> None:
        self._controller.start()

    def close(self) -> None:
        self._controller.stop()

    def __enter__(self) -> MailServer:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]] if self.pipelines else responses

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await asyncio.to_thread(self.at_rcpt, address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        await asyncio.sleep(self.pause)
        answer = self.at_data(envelope.rcpt_tos[0])
        if answer in (CUT, HANG) or answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.accepted += [(recipient, envelope.content) for recipient in envelope.rcpt_tos]
            self.accepted_at += [dt.datetime.now(dt.UTC)] * len(envelope.rcpt_tos)
        if answer == HANG:
            await asyncio.sleep(HANG_SECONDS)
            return ACCEPT
        if answer in (CUT, CUT_BEFORE):
            assert server.transport
            server.transport.abort()
            return "421 gone"
        return answer

    def copies(self) -> Counter[str]:
        """How many messages each recipient has."""
        return Counter(recipient for recipient, _ in self.accepted)

    def letters_to(self, address: str) -> list[EmailMessage]:
        """The messages that came for an address, in the order in which they came."""
        return [read_letter(content) for to, content in self.accepted if to == address]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def read_letter(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, EmailMessage, policy=email.policy.default)


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """The plain text of a letter, or its `html`."""
    part = letter.get_body((kind,))
    assert part is not None, f"the letter has no {kind} part"
    return str(part.get_content()).replace("\r\n", "\n")


def attached(letter: EmailMessage) -> dict[str, bytes]:
    """What is attached to a letter, by the name of the file."""
    return {part.get_filename() or "": part.get_payload(decode=True) for part in letter.iter_attachments()}
