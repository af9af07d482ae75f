"""What kinds of notices there are, and what the ledger must ask the rooms above it about each.

A higher app registers its kinds, and the subjects that they are about, when it is ready; this app never
imports it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from .delivery import Verdict
from .models import Notice

# What a notice is about, as its kind's functions get it: the row that the subject's loader found.
About = Any


@dataclass(frozen=True)
class MailList:
    """A list that people can leave: its code, its name as they know it, and what they will hear no more."""

    code: str
    name: str
    holds: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes along: its type (`text/calendar`), and the type's parameters (`{"method": "PUBLISH"}`)."""

    filename: str
    content: bytes
    mimetype: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CountedFor:
    """Whose daily cap a notice counts towards (`daily_cap`): a key (`theater:7`), the name for staff, the clock of its
    day; and when what it is about happens (None: at no hour)."""

    key: str
    name: str
    zone: ZoneInfo
    happens_at: dt.datetime | None = None


def _nothing_private(notice: Notice, about: About) -> Mapping[str, str]:
    return {}


def _nothing_attached(notice: Notice, about: About) -> Iterable[Attachment]:
    return ()


def _always(notice: Notice, about: About, now: dt.datetime) -> Verdict:
    return Verdict()


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    `template` is the mail (see `letters`). `check` says whether the notice is still true and wanted at
    `now`. `context` gives the template's values; `private` gives those that only the person may see (links
    that act for them, codes), by name. `mail_list` is the list that it can be left by; None for what answers
    an act. `answers` marks an answer that the person waits for: it goes ahead of others and neither the night
    nor a film holds it. `zone` is the clock whose night holds it (None: nobody's); `news_of_start` the start of the showing
    whose change it tells. `alike` gives what a letter hangs on besides kind, language and private values: notices
    for which it is equal get one letter, one MIME message and one set of attachments, filled per person. None:
    each letter is made by itself. `counted_for` says towards whose daily cap it counts (`daily_cap`); None: nobody's.
    `in_english` marks letters to those who work with us: what they answer at is in English, so their letters are,
    whatever language they chose; `template` then says nothing to be translated.
    """

    code: str
    name: str
    template: str
    context: Callable[[Notice, About, dt.datetime], Mapping[str, object]]
    check: Callable[[Notice, About, dt.datetime], Verdict] = _always
    private: Callable[[Notice, About], Mapping[str, str]] = _nothing_private
    attachments: Callable[[Notice, About], Iterable[Attachment]] = _nothing_attached
    mail_list: MailList | None = None
    answers: bool = False
    zone: Callable[[About], ZoneInfo | None] | None = None
    news_of_start: Callable[[About], dt.datetime] | None = None
    alike: Callable[[Notice, About], Hashable] | None = None
    counted_for: Callable[[About], CountedFor | None] | None = None
    in_english: bool = False

    def language_of(self, notice: Notice) -> str:
        """The language that a notice of this kind is written in."""
        return settings.LANGUAGE_CODE if self.in_english else notice.language


@dataclass(frozen=True)
class SubjectKind:
    """What notices can be about.

    `load` finds that, fresh from the database in a fixed number of queries, for notices of this subject kind: by
    notice id; what is gone is missing. `name` is what staff read for it, and `find` gives the ids (`subject_id`) of
    those that some words name.
    """

    code: str
    load: Callable[[Collection[Notice]], Mapping[int, About]]
    name: Callable[[About], str] = str
    find: Callable[[str], Collection[int]] = lambda words: ()


_kinds: dict[str, Kind] = {}
_subjects: dict[str, SubjectKind] = {}


def register(*kinds: Kind) -> None:
    """Make `kinds` known to the ledger."""
    _kinds.update({kind.code: kind for kind in kinds})


def register_subject(*subjects: SubjectKind) -> None:
    """Make known what notices can be about."""
    _subjects.update({subject.code: subject for subject in subjects})


def kind_of(code: str) -> Kind | None:
    """The kind with this code; None for one that this process does not know (an older release may not)."""
    return _kinds.get(code)


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def all_subjects() -> list[SubjectKind]:
    return list(_subjects.values())


def mail_lists() -> dict[str, MailList]:
    """The lists that people can leave, by code."""
    return {kind.mail_list.code: kind.mail_list for kind in _kinds.values() if kind.mail_list}


def kinds_on(mail_list: str) -> list[str]:
    """The codes of the kinds that go over a list."""
    return [kind.code for kind in _kinds.values() if kind.mail_list and kind.mail_list.code == mail_list]


def load_subjects(notices: Iterable[Notice]) -> dict[int, About]:
    """What `notices` are about, fresh from the database, by notice id; what is gone is missing."""
    by_subject: dict[str, list[Notice]] = {}
    for notice in notices:
        by_subject.setdefault(notice.subject_kind, []).append(notice)
    found: dict[int, About] = {}
    for code, rows in by_subject.items():
        if code in _subjects:
            found.update(_subjects[code].load(rows))
    return found


def name_subject(subject_kind: str, about: About) -> str:
    """What staff read for the thing a notice is about."""
    subject = _subjects.get(subject_kind)
    return subject.name(about) if subject and about is not None else subject_kind.replace("_", " ")
