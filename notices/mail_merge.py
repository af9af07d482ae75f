"""One mail for many people: template, MIME and calendar file are made once, what differs is filled in per person.

Building a MIME message costs more than sending it. Where a kind says that its letters are alike (`Kind.alike`), the
first of them is made into bytes with marks in it, and each person's mail is those bytes with the marks filled. A mail
whose bytes do not hold every mark (an encoding broke one), or whose lines would grow too long, is made by itself.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail.message import forbid_multi_line_headers, sanitize_address

from . import unsubscribe
from .kinds import About, Attachment, Kind
from .letters import Letter
from .mail import as_bytes, message_id, private_values, write_mail
from .models import Notice

LONGEST_LINE = 998  # RFC 5322 §2.1.1
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
TO, KEY, STOP = "To", "Key", "Stop"


@dataclass(frozen=True)
class Outgoing:
    """A mail as SMTP carries it: envelope and bytes (CRLF). `has_dots`: a line of it may begin with a dot."""

    sender: str
    recipient: str
    content: bytes
    has_dots: bool = True


def alone(
    kind: Kind, notice: Notice, about: About, letter: Letter, attachments: Iterable[Attachment]
) -> Outgoing:
    """The mail of one notice, made by itself. Raises `mail.CannotBeWritten`, BadHeaderError."""
    mail = write_mail(kind, notice, letter.filled(private_values(kind, notice, about)), attachments)
    (recipient,) = mail.recipients()
    return Outgoing(sender_address(), sanitize_address(recipient, "utf-8"), as_bytes(mail))


def sender_address() -> str:
    return sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")


class Merge:
    """A letter with marks, ready to be filled for each person."""

    def __init__(self, pieces: list[bytes], names: list[str], lines: list[tuple[int, list[str]]]) -> None:
        self._first, self._rest = pieces[0], list(zip(names, pieces[1:], strict=True))
        self._has_dots = any(piece.startswith(b".") or b"\n." in piece for piece in pieces)
        self._line_starts = {
            name for name, before in zip(names, pieces, strict=False) if not before or before.endswith(b"\n")
        }
        self._lines = lines
        self._sender = sender_address()

    def fill(self, kind: Kind, notice: Notice, about: About) -> Outgoing | None:
        """The mail to the person of `notice`; None where a line would be too long: make it alone.

        Raises BadHeaderError for an address that would add a header.
        """
        address = _address(notice.address)
        values = _values(kind, notice, about, address)
        if any(length + sum(len(values[n]) for n in names) > LONGEST_LINE for length, names in self._lines):
            return None
        filled = [self._first]
        for name, piece in self._rest:
            filled += (values[name], piece)
        has_dots = self._has_dots or any(values[name].startswith(b".") for name in self._line_starts)
        return Outgoing(self._sender, address, b"".join(filled), has_dots)


def merge_of(
    kind: Kind, notice: Notice, letter: Letter, attachments: Callable[[], Iterable[Attachment]]
) -> Merge | None:
    """The merge of a composed `letter` (its private values still placeholders); None where it cannot be one: its
    subject is private, or MIME would take a mark apart."""
    if any(mark in letter.subject for mark in letter.placeholders.values()):
        return None
    stem = f"m{secrets.token_hex(6)}"
    marks = _Marks(stem)
    marked = Letter(
        letter.subject, _put(letter.html, letter, marks, "h"), _put(letter.text, letter, marks, "t")
    )
    mail = write_mail(kind, notice, marked, attachments())
    mail.to = [f"{marks(TO)}@marks.invalid"]
    mail.extra_headers["Message-ID"] = message_id(notice).replace(str(notice.message_key), marks(KEY))
    if kind.mail_list:
        stop = unsubscribe.stop_url(notice.person, kind.mail_list.code)
        link = mail.extra_headers["List-Unsubscribe"].replace(stop, marks(STOP))
        mail.extra_headers["List-Unsubscribe"] = link
    return _cut(as_bytes(mail).replace(b"@marks.invalid", b""), stem, marks)


class _Marks:
    """Gives out marks (letters and digits, so that no encoding touches them) and counts them."""

    def __init__(self, stem: str) -> None:
        self._stem, self.given = stem, 0

    def __call__(self, name: str) -> str:
        self.given += 1
        return f"{self._stem}x{name.encode().hex()}x"


def _put(words: str, letter: Letter, marks: _Marks, part: str) -> str:
    """The HTML (`h`) or the text (`t`) with marks where its placeholders were."""
    for name, placeholder in letter.placeholders.items():
        for _ in range(words.count(placeholder)):
            words = words.replace(placeholder, marks(part + name), 1)
    return words


def _cut(content: bytes, stem: str, marks: _Marks) -> Merge | None:
    pattern = re.compile(rb"%bx([0-9a-f]+)x" % stem.encode())
    pieces, names = _apart(content, pattern)
    if len(names) != marks.given or stem.encode() in b"".join(pieces):
        return None
    lines = [_apart(line, pattern) for line in content.split(b"\r\n")]
    return Merge(pieces, names, [(sum(map(len, fixed)), marked) for fixed, marked in lines if marked])


def _apart(content: bytes, mark: re.Pattern[bytes]) -> tuple[list[bytes], list[str]]:
    """What stands between marks, and their names."""
    pieces = mark.split(content)
    return pieces[::2], [bytes.fromhex(name.decode()).decode() for name in pieces[1::2]]


def _address(email: str) -> str:
    if PLAIN_ADDRESS.fullmatch(email):
        return email
    return str(forbid_multi_line_headers("To", email, "utf-8")[1])


def _values(kind: Kind, notice: Notice, about: About, address: str) -> Mapping[str, bytes]:
    private = private_values(kind, notice, about)
    values = {TO: address.encode(), KEY: str(notice.message_key).encode()}
    for name, value in private.items():
        values["t" + name], values["h" + name] = value.encode(), html.escape(value).encode()
    values[STOP] = private.get("unsubscribe_url", "").encode()
    return values
