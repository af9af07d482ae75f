"""What staff look up in the ledger: by address, by what it is about, by kind and state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from .kinds import About, all_subjects, kind_of, load_subjects, name_subject
from .models import Notice, NoticeQuerySet

ROWS_SHOWN = 100


@dataclass(frozen=True)
class LedgerRow:
    """A notice in words."""

    notice: Notice
    kind: str
    subject: str

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
    kind = kind_of(notice.kind)
    name = kind.name if kind else notice.kind
    return LedgerRow(notice, name, name_subject(notice.subject_kind, about))


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
