"""The demo's mail server: messages are files in `var/mailbox/`, read on a page of the demo only.

For `make run`, where there is no mail server. Messages are whole: codes and private links are readable.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from .mail import as_bytes

NAME = re.compile(r"\d{8}T\d{6}\d{6}-[0-9a-f]{8}")
NEWEST_SHOWN = 200


def folder() -> Path:
    """Where the messages lie; made when it is missing."""
    place = Path(settings.STATE_DIR) / "mailbox"
    place.mkdir(parents=True, exist_ok=True)
    return place


class MailboxBackend(BaseEmailBackend):
    """Django's mail backend that puts every message into the mailbox."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        for message in email_messages:
            _put(as_bytes(message))
        return len(email_messages)


def _put(content: bytes) -> None:
    """A message appears whole or not at all, and is on the disk when this returns."""
    name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
    partial = folder() / f"{name}.part"
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(folder() / f"{name}.eml")


@dataclass(frozen=True)
class Delivered:
    """A message in the mailbox. `attachments` are (filename, type)."""

    name: str
    at: dt.datetime
    to: str
    subject: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[tuple[str, str], ...]


def newest() -> list[Delivered]:
    """The newest messages, newest first."""
    names = sorted((path.stem for path in folder().glob("*.eml")), reverse=True)
    return [read(name) for name in names[:NEWEST_SHOWN]]


def read(name: str) -> Delivered:
    """The message of a name. Raises FileNotFoundError where there is none."""
    message = _parse(name)
    return Delivered(
        name=name,
        at=dt.datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        headers=tuple((key, str(value)) for key, value in message.items()),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(
            (part.get_filename() or "attachment", part.get_content_type())
            for part in message.iter_attachments()
        ),
    )


def attachment(name: str, filename: str) -> tuple[bytes, str]:
    """The bytes and the type of one attachment. Raises FileNotFoundError where there is none."""
    for part in _parse(name).iter_attachments():
        if part.get_filename() == filename:
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content, part.get_content_type()
    raise FileNotFoundError(filename)


def _parse(name: str) -> EmailMessage:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    content = (folder() / f"{name}.eml").read_bytes()
    return email.message_from_bytes(content, EmailMessage, policy=email.policy.default)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
