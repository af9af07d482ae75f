"""A letter as an e-mail: addresses, the headers that mail programs and providers act on, parts and attachments."""

from __future__ import annotations

from collections.abc import Iterable
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.message import SafeMIMEMultipart
from django.utils import translation

from . import unsubscribe, wishes
from .kinds import About, Attachment, Kind
from .letters import Letter
from .models import Notice

LARGEST_LETTER = 100_000  # bytes of text and HTML; beyond this Gmail cuts the end off


def as_bytes(mail: EmailMessage) -> bytes:
    """A mail as it goes over the wire: CRLF at the end of each line (RFC 5322 §2.1)."""
    message = cast(SafeMIMEMultipart, mail.message())  # What Django builds; the stubs say less.
    return message.as_bytes(linesep="\r\n")


class CannotBeWritten(ValueError):
    """A letter that must not go out as it is; the message says why, for staff."""


def mail_domain() -> str:
    """The domain of the address that we write from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_id(notice: Notice) -> str:
    """The Message-ID (RFC 5322 §3.6.4): the same for every copy of a notice, so that mail programs can tell."""
    return f"<{notice.message_key}@{mail_domain()}>"


def private_values(kind: Kind, notice: Notice, about: About) -> dict[str, str]:
    """What only the person may see in the mail of `notice`: the kind's own, and where it goes over a list the link that
    leaves it and the one to the page where they choose."""
    values = dict(kind.private(notice, about))
    if kind.mail_list:
        values["unsubscribe_url"] = unsubscribe.stop_url(notice.person, kind.mail_list.code)
        values["wishes_url"] = wishes.wishes_url(notice.person)
    return values


def headers_of(kind: Kind, notice: Notice) -> dict[str, str]:
    """Auto-Submitted (RFC 3834) and Content-Language (RFC 3282) always; List-Id (RFC 2919) and one-click
    List-Unsubscribe (RFC 2369, RFC 8058) where the mail goes over a list.

    The list's name is the same in every language: people's filters go by it.
    """
    headers = {
        "Message-ID": message_id(notice),
        "Auto-Submitted": "auto-generated",
        "Content-Language": kind.language_of(notice),
    }
    if kind.mail_list:
        host = urlsplit(settings.BASE_URL).hostname
        headers["List-Id"] = f"{kind.mail_list.name} <{kind.mail_list.code}.{host}>"
        headers["List-Unsubscribe"] = f"<{unsubscribe.stop_url(notice.person, kind.mail_list.code)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def attachments_of(kind: Kind, notice: Notice, about: About) -> list[Attachment]:
    """The files that go along with `notice`, in its language."""
    with translation.override(kind.language_of(notice)):
        return list(kind.attachments(notice, about))


def write_mail(
    kind: Kind, notice: Notice, letter: Letter, attachments: Iterable[Attachment] = ()
) -> EmailMultiAlternatives:
    """The mail of a filled `letter` to the notice's person, text and HTML, with `attachments`.

    Raises CannotBeWritten for a letter of more than 100 kB. No value can add a header: subjects are one line
    (`letters.one_line`), and Django refuses what is not.
    """
    size = len(letter.text.encode()) + len(letter.html.encode())
    if size >= LARGEST_LETTER:
        raise CannotBeWritten(f"The letter has {size} bytes; mail programs cut it off at 100,000.")
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[notice.address],
        headers=headers_of(kind, notice),
        alternatives=[(letter.html, "text/html")],
    )
    for attachment in attachments:
        mail.attach(_part(attachment))
    return mail


def _part(attachment: Attachment) -> MIMEBase:
    part = MIMEBase(*attachment.mimetype.split("/", 1))
    for name, value in attachment.parameters.items():
        part.set_param(name, value)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.filename)
    return part
