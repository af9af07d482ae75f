"""Marks in the ledger: how transmissions ended and which start, in one statement.

Every message has its row marked before it starts and after it ended, each mark committed; the end of one message and the
start of the next are one commit, which is what a message costs the database. So the statement is written out here, once
for both databases, and on PostgreSQL prepared by the server.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from . import ledger
from .delivery import Ending, Fate
from .ledger import Ended
from .models import Notice

SENT = Fate(Ending.SENT)


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
    plainly_sent = [one.notice.pk for one in ended if _is_plainly_sent(one)]
    others = [one for one in ended if not _is_plainly_sent(one)]
    ids = [notice.pk for notice in starting]
    if not others:
        return _mark(plainly_sent, ids, lease, now, lease_for)
    with transaction.atomic():
        ledger.settle(others, lease, now)
        return _mark(plainly_sent, ids, lease, now, lease_for)


def _is_plainly_sent(one: Ended) -> bool:
    return one.fate == SENT and one.tries == 1 and not one.doubts and not one.notice.reply_to_id


def _mark(
    sent: Sequence[int], starting: Sequence[int], lease: uuid.UUID, now: dt.datetime, lease_for: dt.timedelta
) -> set[int]:
    if not sent and not starting:
        return set()
    moment = connection.ops.adapt_datetimefield_value
    values: dict[str, Any] = {
        "lease": lease if connection.features.has_native_uuid_field else lease.hex,
        "now": moment(now),
        "until": moment(now + lease_for),
        **{f"sent{place}": pk for place, pk in enumerate(sent)},
        **{f"starting{place}": pk for place, pk in enumerate(starting)},
    }
    if _execute(_statement(len(sent), len(starting)), values) == len(sent) + len(starting):
        return set(starting)
    begun = Notice.objects.filter(pk__in=starting, state=Notice.State.CLAIMED, lease=lease)
    return set(begun.filter(transmitting_since=now).values_list("pk", flat=True))


def _execute(sql: str, values: Mapping[str, Any]) -> int:
    """How many rows the statement changed. On PostgreSQL it is prepared, which Django's own cursors do not do (and so it
    is not in Django's log of queries)."""
    if connection.vendor == "postgresql":
        from psycopg import Cursor

        connection.ensure_connection()
        with connection.wrap_database_errors:
            return Cursor(connection.connection).execute(sql, values, prepare=True).rowcount
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


STATEMENT = """
UPDATE notices_notice SET
  state = CASE WHEN {sent} THEN 'sent' ELSE state END,
  reason = CASE WHEN {sent} THEN '' ELSE reason END,
  attempts = CASE WHEN {sent} THEN attempts + 1 ELSE attempts END,
  settled_at = CASE WHEN {sent} THEN %(now)s ELSE settled_at END,
  transmitting_since = CASE WHEN {sent} THEN transmitting_since ELSE %(now)s END,
  leased_until = CASE WHEN {sent} THEN NULL ELSE %(until)s END,
  lease = CASE WHEN {sent} THEN NULL ELSE lease END
WHERE {either} AND state = 'claimed' AND lease = %(lease)s
  AND ({sent} OR (leased_until > %(now)s AND useful_until > %(now)s))
"""


@lru_cache
def _statement(sent: int, starting: int) -> str:
    names = [f"%(sent{place})s" for place in range(sent)]
    either = names + [f"%(starting{place})s" for place in range(starting)]
    return STATEMENT.format(sent=_is_one_of(names), either=_is_one_of(either))


def _is_one_of(names: Sequence[str]) -> str:
    return f"id IN ({', '.join(names)})" if names else "FALSE"
