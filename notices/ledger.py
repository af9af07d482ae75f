"""The ledger: what is owed to whom is written here, and nowhere else; claims on it; and how each row ended.

Writing and superseding happen in the caller's transaction and touch no broker and no mail server. Every claim
and every ending is a conditional update: zero rows is normal, and means that somebody else got there first.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from accounts.models import Person
from common.any_of import AnyOf

from . import kinds
from .delivery import MOST_IN_DOUBT, Ending, Fate
from .models import Notice, NoticeQuerySet, ReplyAddress

# Rows written or revived in one statement.
BATCH = 500
REASON_LENGTH = 200
# A row that was taken back before it was sent may be owed again, if the same thing becomes true again.
REVIVABLE = (Notice.State.SUPERSEDED, Notice.State.DECLINED)


@dataclass(frozen=True)
class Subject:
    """What a notice is about: a row's kind and id, and the revision of it that is told."""

    kind: str
    id: int
    revision: int = 0


@dataclass(frozen=True)
class Owed:
    """One notice to be written. Times are aware; `facts` is JSON: what the person is told, not its words."""

    person_id: int
    kind: str
    subject: Subject
    due_at: dt.datetime
    useful_until: dt.datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    channel: str = "email"
    urgent: bool = False

    @property
    def key(self) -> tuple[int, str, str, int, int, str]:
        """What the database holds unique (`a_notice_is_owed_once`)."""
        subject = self.subject
        return (self.person_id, self.kind, subject.kind, subject.id, subject.revision, self.channel)


def plan(
    person: Person,
    kind: str,
    subject: Subject,
    *,
    due_at: dt.datetime,
    useful_until: dt.datetime,
    facts: Mapping[str, object] | None = None,
    now: dt.datetime,
    channel: str = "email",
    urgent: bool = False,
) -> Notice:
    """Owe `person` one notice, in the caller's transaction; gives the row.

    The same fact twice is one row: what was sent is not sent again, what was taken back unsent is owed again.
    `urgent` goes ahead of what is not; an answer (`Kind.answers`) always is.
    """
    owed = Owed(person.pk, kind, subject, due_at, useful_until, facts or {}, channel, urgent)
    plan_all([owed], now)
    return _rows([owed]).get()


def plan_all(owed: Iterable[Owed], now: dt.datetime) -> None:
    """Owe many notices, as `plan` does one: three statements for every 500, whatever they are about, and
    one more for each time and text at which some that were taken back are owed again."""
    batch: list[Owed] = []
    for one in owed:
        batch.append(one)
        if len(batch) == BATCH:
            _write(batch, now)
            batch = []
    if batch:
        _write(batch, now)


def _write(batch: Collection[Owed], now: dt.datetime) -> None:
    with transaction.atomic():
        standing = {_key(row): row for row in _rows(batch)}
        _revive([(row, one) for one in batch if (row := standing.get(one.key)) and row.state in REVIVABLE])
        new = [_new_row(one, now) for one in batch if one.key not in standing]
        Notice.objects.bulk_create(new, ignore_conflicts=True)


def _new_row(one: Owed, now: dt.datetime) -> Notice:
    return Notice(
        person_id=one.person_id,
        kind=one.kind,
        subject_kind=one.subject.kind,
        subject_id=one.subject.id,
        subject_revision=one.subject.revision,
        channel=one.channel,
        facts=dict(one.facts),
        due_at=one.due_at,
        useful_until=one.useful_until,
        urgent=_is_urgent(one),
        created_at=now,
    )


def _is_urgent(one: Owed) -> bool:
    kind = kinds.kind_of(one.kind)
    return one.urgent or (kind is not None and kind.answers)


def _rows(batch: Collection[Owed]) -> NoticeQuerySet:
    """The rows that stand already for `batch`: one query, by the people and subjects named in it."""
    return Notice.objects.filter(
        person_id__in={one.person_id for one in batch},
        kind__in={one.kind for one in batch},
        subject_kind__in={one.subject.kind for one in batch},
        subject_id__in={one.subject.id for one in batch},
        subject_revision__in={one.subject.revision for one in batch},
        channel__in={one.channel for one in batch},
    )


def _key(row: Notice) -> tuple[int | None, str, str, int, int, str]:
    return (
        row.person_id,
        row.kind,
        row.subject_kind,
        row.subject_id,
        row.subject_revision,
        row.channel,
    )


def _revive(pairs: Iterable[tuple[Notice, Owed]]) -> None:
    """One statement for all that are owed alike."""
    alike: dict[tuple[dt.datetime, dt.datetime, str], list[tuple[Notice, Owed]]] = {}
    for row, one in pairs:
        facts = json.dumps(one.facts, sort_keys=True)
        alike.setdefault((one.due_at, one.useful_until, facts), []).append((row, one))
    for members in alike.values():
        one = members[0][1]
        Notice.objects.filter(pk__in=[row.pk for row, _ in members], state__in=REVIVABLE).update(
            state=Notice.State.DUE,
            reason="",
            due_at=one.due_at,
            useful_until=one.useful_until,
            held_until=None,
            transmitting_since=None,
            settled_at=None,
            facts=dict(one.facts),
        )


def supersede(
    subject: Subject,
    kind_codes: Collection[str] | None,
    reason: str,
    now: dt.datetime,
    *,
    people: Collection[int] | None = None,
) -> int:
    """Take back what is owed and unsent about `subject`, in the transaction of the change that made it untrue.

    `kind_codes` None means every kind; `people` (ids) None means everybody. Gives the number of rows. A row whose
    transmission has started is left to end: it was true when it started, and is checked anew before a retry.
    """
    return _take_back(_about(subject, kind_codes, people), Notice.State.SUPERSEDED, reason, now)


def decline(rows: NoticeQuerySet, reason: str, now: dt.datetime) -> int:
    """End open `rows` because the person does not want them. Gives the number of rows."""
    return _take_back(rows, Notice.State.DECLINED, reason, now)


def _about(
    subject: Subject, kind_codes: Collection[str] | None, people: Collection[int] | None
) -> NoticeQuerySet:
    rows = Notice.objects.about(subject.kind, subject.id)
    if kind_codes is not None:
        rows = rows.filter(kind__in=kind_codes)
    return rows if people is None else rows.filter(person_id__in=people)


def _take_back(rows: NoticeQuerySet, state: str, reason: str, now: dt.datetime) -> int:
    return rows.stoppable().update(
        state=state, reason=reason[:REASON_LENGTH], settled_at=now, lease=None, leased_until=None
    )


@dataclass(frozen=True)
class Claim:
    """Rows that one worker holds until its lease runs out (or is renewed)."""

    lease: uuid.UUID
    notices: list[Notice]


def claim(
    now: dt.datetime,
    *,
    limit: int,
    lease_for: dt.timedelta,
    urgent_only: bool = False,
    lease: uuid.UUID | None = None,
) -> Claim:
    """Hold up to `limit` due rows for one worker, urgent ones first: four statements, none per row.

    No row is held by two: on PostgreSQL rows that another is claiming are skipped (SKIP LOCKED); on SQLite the
    transaction holds the write lock. A worker that dies lets go when the lease runs out. `lease` is one that the worker
    holds already, and that has not run out (it could not tell a row that it lost from one that it claimed anew);
    without, it is a new one.
    """
    lease = lease or uuid.uuid4()
    ids = _take(lease, now, limit, lease_for, urgent_only)
    held = (
        Notice.objects.filter(AnyOf(F("pk"), ids), lease=lease)
        .select_related("person", "reply_to")
        .order_by("-urgent", "due_at", "id")
    )
    return Claim(lease, list(held) if ids else [])


def count_due(now: dt.datetime, up_to: int, *, urgent_only: bool = False) -> int:
    """How many rows could be claimed at `now`; `up_to` where there are more."""
    return _claimable(now, urgent_only).order_by()[:up_to].count()


def _claimable(now: dt.datetime, urgent_only: bool) -> NoticeQuerySet:
    due = Notice.objects.claimable(now)
    return due.filter(urgent=True) if urgent_only else due


@transaction.atomic
def _take(
    lease: uuid.UUID, now: dt.datetime, limit: int, lease_for: dt.timedelta, urgent_only: bool
) -> list[int]:
    sweep(now)
    due = _claimable(now, urgent_only)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    ids = list(due.order_by("-urgent", "due_at", "id").values_list("pk", flat=True)[:limit])
    if ids:
        # They are locked, so due still. To ask for the state again would have PostgreSQL look through all that are due.
        Notice.objects.filter(AnyOf(F("pk"), ids)).update(
            state=Notice.State.CLAIMED, lease=lease, leased_until=now + lease_for, held_until=None
        )
    return ids


def sweep(now: dt.datetime) -> None:
    """Let go of rows whose lease has run out. One that was being transmitted counts as one more in doubt:
    nobody saw whether the server took it; at two it is uncertain, never sent again."""
    silent = Notice.objects.with_lease_run_out(now)
    if connection.features.has_select_for_update_skip_locked:
        silent = silent.select_for_update(skip_locked=True)
    ids = list(silent.order_by().values_list("pk", flat=True))
    if not ids:
        return
    rows = Notice.objects.with_lease_run_out(now).filter(pk__in=ids)
    second = Q(in_doubt__gte=MOST_IN_DOUBT - 1)
    rows.filter(transmitting_since__isnull=False).update(
        state=Case(When(second, then=Value(Notice.State.UNCERTAIN)), default=Value(Notice.State.DUE)),
        settled_at=Case(When(second, then=Value(now)), default=None),
        in_doubt=F("in_doubt") + 1,
        attempts=F("attempts") + 1,
        reason="The worker was not heard of again while it was sending.",
        transmitting_since=None,
        lease=None,
        leased_until=None,
    )
    rows.update(state=Notice.State.DUE, lease=None, leased_until=None)


def renew(lease: uuid.UUID, now: dt.datetime, lease_for: dt.timedelta) -> None:
    """Hold what is left of a claim for `lease_for` longer; what has been lost stays lost."""
    _held(lease, now).update(leased_until=now + lease_for)


def _held(lease: uuid.UUID, now: dt.datetime) -> NoticeQuerySet:
    return Notice.objects.filter(state=Notice.State.CLAIMED, lease=lease, leased_until__gt=now)


@dataclass(frozen=True)
class Ended:
    """How one held notice ended, or until when its next try waits. `tries` and `doubts` are added to its attempts
    and to its transmissions in doubt."""

    notice: Notice
    fate: Fate
    tries: int = 0
    doubts: int = 0


def settle(ended: Iterable[Ended], lease: uuid.UUID, now: dt.datetime) -> None:
    """Write how notices held under `lease` ended: one statement for all that ended alike. A row that is held no more
    is left as it is."""
    alike: dict[tuple[Fate, int, int], list[int]] = {}
    replies: set[int] = set()
    for one in ended:
        alike.setdefault((one.fate, one.tries, one.doubts), []).append(one.notice.pk)
        if one.notice.reply_to_id:
            replies.add(one.notice.reply_to_id)
    for (fate, tries, doubts), ids in alike.items():
        rows: QuerySet[Notice] = Notice.objects.filter(pk__in=ids, state=Notice.State.CLAIMED, lease=lease)
        rows.update(**_changes(fate, now, tries, doubts))
    if replies:  # An address left for one reply goes with the end of that reply.
        ReplyAddress.objects.spent().filter(pk__in=replies).delete()


def _changes(fate: Fate, now: dt.datetime, tries: int, doubts: int) -> dict[str, object]:
    changes: dict[str, object] = {
        "state": fate.ending.value,
        "reason": fate.reason[:REASON_LENGTH],
        "lease": None,
        "leased_until": None,
    }
    if tries:
        changes["attempts"] = F("attempts") + tries
    if doubts:
        changes["in_doubt"] = F("in_doubt") + doubts
    if fate.ending is not Ending.HOLD:
        return changes | {"settled_at": now}
    if fate.is_retry:
        return changes | {"held_until": fate.until, "transmitting_since": None}
    return changes | {"due_at": fate.until, "transmitting_since": None}  # Lateness is counted from there.
