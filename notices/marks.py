"""Marks in the ledger: how transmissions ended and which start, in one statement.

Every message has its row marked before it starts and after it ended, each mark committed; the end of one message and the
start of the next are one commit, which is what a message costs the database. So the statement is written out here, once
for both databases. On PostgreSQL it is prepared and sent by itself (libpq's asynchronous commands), so that who marks
can do something else until it is committed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from common.postgresql import send_prepared

from . import ledger
from .delivery import Ending, Fate
from .ledger import Ended
from .models import Notice

SENT = Fate(Ending.SENT)
# Waits until a mark is committed, and gives the ids of those that may start. Raises DatabaseError.
Committed = Callable[[], set[int]]


def mark(
    ended: Collection[Ended],
    starting: Collection[Notice],
    lease: uuid.UUID,
    now: dt.datetime,
    lease_for: dt.timedelta,
) -> set[int]:
    """Write how notices held under `lease` ended, and that the transmissions of `starting` start now; gives the ids of
    those that may. It is committed when this returns, unless the caller is in a transaction.

    This is the last look at what starts: the row must still be claimed under `lease` (nobody has superseded or declined
    it, nor claimed it anew) and still be useful. From here on, a worker that vanishes leaves one transmission in doubt.
    Ends as `ledger.settle` has them: a row that is held no more is left as it is.
    """
    return begin_to_mark(ended, starting, lease, now, lease_for)()


def begin_to_mark(
    ended: Collection[Ended],
    starting: Collection[Notice],
    lease: uuid.UUID,
    now: dt.datetime,
    lease_for: dt.timedelta,
) -> Committed:
    """As `mark`, and does not wait: nothing is marked before what this gives has been called, which is to be done before
    anything else is asked of the database."""
    plainly_sent, others = [], []
    for one in ended:
        if _is_plainly_sent(one):
            plainly_sent.append(one.notice.pk)
        else:
            others.append(one)
    marking = _Marking(plainly_sent, [notice.pk for notice in starting], lease, now, now + lease_for)
    if not others:
        return marking.begin()
    with transaction.atomic():
        ledger.settle(others, lease, now)
        begun = marking.begin()()
    return lambda: begun


def _is_plainly_sent(one: Ended) -> bool:
    return one.fate == SENT and one.tries == 1 and not one.doubts and not one.notice.reply_to_id


class _Marking:
    """One statement: which ended as they should, and which start."""

    def __init__(
        self,
        sent: Sequence[int],
        starting: Sequence[int],
        lease: uuid.UUID,
        now: dt.datetime,
        until: dt.datetime,
    ) -> None:
        self.sent, self.starting, self.lease, self.now, self.until = sent, starting, lease, now, until
        self._ids = [*sent, *starting]

    def begin(self) -> Committed:
        if not self._ids:
            return set
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor == "postgresql" and not database.in_atomic_block:
            return self._send(database)
        changed = self._execute()
        return lambda: self._begun(changed)

    def _begun(self, changed: int) -> set[int]:
        if changed == len(self._ids):
            return set(self.starting)
        held = Notice.objects.filter(pk__in=self.starting, state=Notice.State.CLAIMED, lease=self.lease)
        return set(held.filter(transmitting_since=self.now).values_list("pk", flat=True))

    def _execute(self) -> int:
        """By way of Django: how many rows it changed."""
        moment = connection.ops.adapt_datetimefield_value
        values: dict[str, Any] = {
            "lease": self.lease if connection.features.has_native_uuid_field else self.lease.hex,
            "now": moment(self.now),
            "until": moment(self.until),
            **{f"id{place}": pk for place, pk in enumerate(self._ids)},
        }
        with connection.cursor() as cursor:
            cursor.execute(_statement(len(self.sent), len(self.starting)), values)
            return int(cursor.rowcount)

    def _send(self, database: BaseDatabaseWrapper) -> Committed:
        """By way of libpq: sent when this returns. (It is not in Django's log of queries.)"""
        database.ensure_connection()
        shape = len(self.sent), len(self.starting)
        values = [self.lease.hex, self.now.isoformat(), self.until.isoformat(), *map(str, self._ids)]
        with database.wrap_database_errors:
            rows_changed = send_prepared(
                database.connection.pgconn,
                b"mark_%d_%d" % shape,
                _prepared(*shape),
                [value.encode() for value in values],
            )

        def committed() -> set[int]:
            with database.wrap_database_errors:
                changed = rows_changed()
            return self._begun(changed)

        return committed


# What is held under a lease is claimed (`a_claim_has_a_lease`): the state is not asked for, or PostgreSQL would look
# through all that are claimed.
STATEMENT = """
UPDATE notices_notice SET
  state = CASE WHEN {sent} THEN 'sent' ELSE state END,
  reason = CASE WHEN {sent} THEN '' ELSE reason END,
  attempts = CASE WHEN {sent} THEN attempts + 1 ELSE attempts END,
  settled_at = CASE WHEN {sent} THEN {now} ELSE settled_at END,
  transmitting_since = CASE WHEN {sent} THEN transmitting_since ELSE {now} END,
  leased_until = CASE WHEN {sent} THEN NULL ELSE {until} END,
  lease = CASE WHEN {sent} THEN NULL ELSE lease END
WHERE {either} AND lease = {lease}
  AND ({sent} OR (leased_until > {now} AND useful_until > {now}))
"""


@lru_cache
def _statement(sent: int, starting: int) -> str:
    """As Django's cursors take it."""
    names = [f"%(id{place})s" for place in range(sent + starting)]
    return _filled(names[:sent], names, now="%(now)s", until="%(until)s", lease="%(lease)s")


@lru_cache
def _prepared(sent: int, starting: int) -> bytes:
    """As libpq takes it."""
    names = [f"${place + 4}" for place in range(sent + starting)]
    return _filled(
        names[:sent], names, lease="$1::uuid", now="$2::timestamptz", until="$3::timestamptz"
    ).encode()


def _filled(sent: Sequence[str], either: Sequence[str], **values: str) -> str:
    return STATEMENT.format(sent=_is_one_of(sent), either=_is_one_of(either), **values)


def _is_one_of(names: Sequence[str]) -> str:
    return f"id IN ({', '.join(names)})" if names else "FALSE"
