"""The mail with the code: it goes out at once, through a real mail server, and only while the code is good."""

from __future__ import annotations

import email
import email.policy
import re
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.test import Client

from notices.dispatch import work_off
from notices.models import Notice
from tests.accounts.conftest import mailed_code
from tests.cast import MANAGER, STRANGER, make_person

pytestmark = pytest.mark.django_db
Ask = Callable[..., str]


class Mailbox:
    """A mail server's hand: keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((list(envelope.rcpt_tos), letter))  # type: ignore[arg-type]
        return "250 OK"

    def text(self, place: int = -1) -> str:
        body = self.letters[place][1].get_body(("plain",))
        assert body
        return str(body.get_content())


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    yield box
    server.stop()


def test_the_code_read_from_the_mail_opens_the_door(client: Client, ask: Ask, mailbox: Mailbox) -> None:
    page = ask(client)
    work_off(urgent_only=True)
    (recipients, letter), code = mailbox.letters[0], re.search(r"\b\d{6}\b", mailbox.text())
    assert recipients == [MANAGER]
    assert code
    assert client.post(page, {"code": code[0]}).status_code == 302
    assert client.get("/you/").status_code == 200
    html = letter.get_body(("html",))
    assert html
    assert code[0] in html.get_content()


def test_the_mail_goes_in_the_middle_of_the_night(client: Client, ask: Ask, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-08-04T03:30Z", tick=False):
        ask(client)
        work_off(urgent_only=True)
    assert len(mailbox.letters) == 1


def test_a_code_replaced_before_it_went_is_not_sent(client: Client, ask: Ask, mailbox: Mailbox) -> None:
    ask(client)
    ask(client)
    work_off()
    assert len(mailbox.letters) == 1
    assert mailed_code() in mailbox.text()
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["sent", "superseded"]


def test_a_code_that_ran_out_before_it_went_is_not_sent(client: Client, ask: Ask, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-08-03T15:00Z", tick=False) as clock:
        ask(client)
        clock.shift(600)
        work_off()
    assert not mailbox.letters
    assert Notice.objects.get().state == "expired"


def test_known_and_unknown_addresses_get_the_same_letter(client: Client, ask: Ask, mailbox: Mailbox) -> None:
    make_person(MANAGER, name="Marta", is_staff=True)
    for address in (MANAGER, STRANGER):
        ask(client, address)
        work_off()
    letters = [
        re.sub(r"\b\d{6}\b", "CODE", mailbox.text(place)).replace(address, "ADDRESS")
        for place, address in enumerate((MANAGER, STRANGER))
    ]
    assert letters[0] == letters[1]
