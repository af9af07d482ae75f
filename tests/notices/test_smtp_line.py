"""One line to a mail server: what goes over it is what was written, however slowly the other end takes it in."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from notices.delivery import Answer
from notices.mail_merge import Outgoing
from notices.models import Notice
from notices.post import SmtpPost
from notices.smtp_line import Done, Errand, Event, Ready, Unbegun
from tests.cast import ATTENDEE
from tests.mail_server import MailServer

DOTTED = b"Subject: Tonight\r\n\r\n.\r\n..\r\n.hidden\r\nwe begin. At seven.\r\n"
# More than the buffers of two sockets hold.
LARGE = b"Subject: Tonight\r\n\r\n" + b"The Lantern, at seven.\r\n" * 1_000_000


def send(mail: Outgoing) -> Event:
    """Over a line of its own; how it ended."""
    errand, post = Errand(Notice(), mail), SmtpPost(1)
    post.grow()
    events = post.offer(errand)
    while not events:
        events = post.hear(5)
    assert events == [Ready(errand)]
    post.load(errand)
    if not (events := post.flush()):
        post.start(errand)
    while not events:
        events = post.hear(5)
    post.close()
    (end,) = events
    return end


def is_accepted(end: Event) -> bool:
    return isinstance(end, Done) and end.reply.answer is Answer.ACCEPTED


def test_lines_that_begin_with_a_dot_arrive_as_they_were_written(mail_server: MailServer) -> None:
    assert is_accepted(send(Outgoing("hello@houselights.example", ATTENDEE, DOTTED)))
    ((_, arrived),) = mail_server.accepted
    assert arrived == DOTTED


@contextmanager
def server_that_reads(read: Callable[[socket.socket], bytes], settings: Any) -> Iterator[list[bytes]]:
    """A mail server whose way to take in the message is `read`; what it took."""
    taken: list[bytes] = []

    def serve() -> None:
        line, _ = listener.accept()
        with line:
            line.sendall(b"220 mail\r\n")
            for answer in (b"250 mail", b"250 ok", b"250 ok", b"354 go"):
                line.recv(1000)
                line.sendall(answer + b"\r\n")
            taken.append(read(line))
            try:
                line.sendall(b"250 ok\r\n")
                line.recv(1000)
            except OSError:
                pass  # the other end has gone

    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listener.getsockname()[1]
        settings.EMAIL_TIMEOUT = 1
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield taken
        finally:
            thread.join(20)


def read_slowly(line: socket.socket) -> bytes:
    message = b""
    while not message.endswith(b"\r\n.\r\n"):
        time.sleep(0.01)
        message += line.recv(500_000)
    return message


def test_a_server_that_takes_a_message_in_slowly_has_all_of_it(settings: Any) -> None:
    with server_that_reads(read_slowly, settings) as taken:
        assert is_accepted(send(Outgoing("hello@houselights.example", ATTENDEE, LARGE, has_dots=False)))
    assert taken == [LARGE + b".\r\n"]


@pytest.mark.parametrize("takes_in", [0, 200_000])
def test_a_server_that_takes_in_nothing_or_too_little_is_left_after_the_timeout_and_nothing_is_in_doubt(
    settings: Any, takes_in: int
) -> None:
    gone = threading.Event()

    def drip(line: socket.socket) -> bytes:
        while takes_in and not gone.wait(0.05):
            line.recv(takes_in)
        return bytes(gone.wait(10))

    with server_that_reads(drip, settings):
        began = time.monotonic()
        lost = send(Outgoing("hello@houselights.example", ATTENDEE, LARGE, has_dots=False))
        assert 0.9 < time.monotonic() - began < 5
        gone.set()
    assert isinstance(lost, Unbegun)
    assert "too long" in lost.said


@pytest.mark.parametrize("ending", [b"\r\n", b""])
def test_a_message_ends_with_a_line_end_of_its_own(mail_server: MailServer, ending: bytes) -> None:
    content = b"Subject: Tonight\r\n\r\nAt seven." + ending
    assert is_accepted(send(Outgoing("a@b.example", ATTENDEE, content)))
    ((_, arrived),) = mail_server.accepted
    assert arrived == b"Subject: Tonight\r\n\r\nAt seven.\r\n"
