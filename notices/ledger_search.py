"""What staff look up in the ledger: by address, by what it is about, by kind and state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from .kinds import About, all_subjects, kind_of, load_subjects, name_subject
from .models import Notice, NoticeQuerySet
from .suppression import suppressed

ROWS_SHOWN = 100


@dataclass(frozen=True)
class LedgerRow:
    """A notice in words."""

    notice: Notice
    kind: str
    subject: str

    @property
    def to(self) -> str:
        """The person's address; staff do not see one that was left for a reply."""
        return self.notice.person.email if self.notice.person_id else ""

    @property
    def late(self) -> str:
        """How late it went, in words; `""` for not at all, or not yet."""
        lateness = self.notice.lateness
        seconds = int(lateness.total_seconds()) if lateness else 0
        if seconds < 60:
            return f"{seconds} s" if seconds > 0 else ""
        return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"


def search(words: str = "", kind: str = "", state: str = "") -> NoticeQuerySet:
    """Notices, newest due first: of people whose address holds `words`, or about what they name; of a kind; in a
    state."""
    found = Notice.objects.select_related("person").order_by("-due_at", "-id")
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    return found.filter(_meant_by(words)) if words else found


def _meant_by(words: str) -> Q:
    meant = Q(person__email__icontains=words)
    for subject in all_subjects():
        if ids := list(subject.find(words)):
            meant |= Q(subject_kind=subject.code, subject_id__in=ids)
    return meant


def rows_of(notices: NoticeQuerySet) -> list[LedgerRow]:
    """The first hundred of `notices` in words: a few queries for all of them."""
    found = list(notices[:ROWS_SHOWN])
    abouts = load_subjects(found)
    return [row_of(notice, abouts.get(notice.pk)) for notice in found]


def row_of(notice: Notice, about: About) -> LedgerRow:
    return LedgerRow(notice, _name(notice), name_subject(notice.subject_kind, about))


def say_of_address(words: str) -> list[str]:
    """`Did she get it?`, in sentences, where `words` are somebody's whole address; nothing where they are not.

    What went last and when, what is owed next, what may have failed to arrive, and whether we write there at all.
    """
    rows = Notice.objects.filter(person__email__iexact=words.strip())
    if "@" not in words or not rows.exists():
        return []
    said = [_say_last(rows), _say_lost(rows), _say_next(rows)]
    if suppressed([words]):
        said.append("Nothing is sent there: mail came back, or was called spam. It can be lifted below.")
    return [sentence for sentence in said if sentence]


def _say_last(rows: NoticeQuerySet) -> str:
    last = rows.filter(state=Notice.State.SENT).order_by("-settled_at").first()
    if last is None or last.settled_at is None:
        return "No, nothing has been sent to this address."
    return f"Yes: “{_name(last)}” was taken by the mail server on {_instant(last.settled_at)}."


def _say_lost(rows: NoticeQuerySet) -> str:
    """What was not delivered, or may not have been, since the last that was."""
    bad = rows.filter(state__in=[Notice.State.FAILED, Notice.State.UNCERTAIN]).order_by("-settled_at").first()
    if bad is None or bad.settled_at is None:
        return ""
    how = "may or may not have arrived" if bad.state == Notice.State.UNCERTAIN else "did not go"
    return f"“{_name(bad)}” {how} on {_instant(bad.settled_at)}: {bad.reason}"


def _say_next(rows: NoticeQuerySet) -> str:
    coming = rows.open().order_by("due_at").first()
    if coming is None:
        return "Nothing more is owed."
    why = f" ({coming.reason})" if coming.reason else ""
    return f"Next: “{_name(coming)}”, due {_instant(coming.held_until or coming.due_at)}{why}."


def _name(notice: Notice) -> str:
    kind = kind_of(notice.kind)
    return kind.name if kind else notice.kind


def _instant(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%-d %b %Y, %H:%M} UTC"


def counts(now: dt.datetime, over: dt.timedelta = dt.timedelta(days=7)) -> dict[str, int]:
    """How many notices stand in each state: open ones, and those that ended in the last week."""
    lately = Notice.objects.filter(
        Q(state__in=[Notice.State.DUE, Notice.State.CLAIMED]) | Q(settled_at__gt=now - over)
    )
    found = dict(lately.values_list("state").annotate(Count("pk")).order_by())
    return {label: found[state] for state, label in Notice.State.choices if state in found}


def overdue(now: dt.datetime, by: dt.timedelta = dt.timedelta(minutes=2)) -> int:
    """How many should have gone more than two minutes ago and wait for nothing: is the bell out of order?"""
    return Notice.objects.claimable(now).filter(due_at__lt=now - by).count()
