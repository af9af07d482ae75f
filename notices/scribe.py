"""Writes the mails of notices, and what is the same for many of them once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable

from django.core.mail import EmailMessage

from . import mail_merge
from .kinds import About, Kind, kind_of
from .letters import Letter, compose
from .mail import attachments_of, private_values, write_mail
from .mail_merge import Merge, Outgoing
from .models import Notice
from .post import takes_bytes


class Scribe:
    """Writes the mails of one round: one letter and one MIME message for all that are alike."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self.clock = clock
        self._merges: dict[Hashable, Merge | None] = {}
        self._takes_bytes = takes_bytes()

    def write(self, kind: Kind, notice: Notice, about: About) -> Outgoing | EmailMessage:
        """The mail of a notice. Raises whatever says that it cannot be written (`mail.CannotBeWritten`,
        BadHeaderError, a template's or a kind's own mistake)."""
        merge = self._merge(kind, notice, about) if self._takes_bytes else None
        if merge and (filled := merge.fill(kind, notice, about)):
            return filled
        letter = self._compose(kind, notice, about)
        if not self._takes_bytes:
            filled_letter = letter.filled(private_values(kind, notice, about))
            return write_mail(kind, notice, filled_letter, attachments_of(kind, notice, about))
        return mail_merge.alone(kind, notice, about, letter, attachments_of(kind, notice, about))

    def knows(self, notice: Notice, about: About) -> bool:
        """Whether the like of it has been written: then its mail is made without asking anybody anything."""
        kind = kind_of(notice.kind)
        return kind is not None and self._merges.get(_likeness(kind, notice, about)) is not None

    def _compose(self, kind: Kind, notice: Notice, about: About) -> Letter:
        return compose(kind, notice, about, self.clock())

    def _merge(self, kind: Kind, notice: Notice, about: About) -> Merge | None:
        key = _likeness(kind, notice, about)
        if key is None:
            return None
        if key not in self._merges:
            letter = self._compose(kind, notice, about)
            self._merges[key] = mail_merge.merge_of(
                kind, notice, letter, lambda: attachments_of(kind, notice, about)
            )
        return self._merges[key]


def _likeness(kind: Kind, notice: Notice, about: About) -> Hashable | None:
    """Equal for notices whose letters are alike; None where each is by itself."""
    return (kind.code, kind.language_of(notice), kind.alike(notice, about)) if kind.alike else None
