"""A statement that PostgreSQL is sent and not waited for: libpq's asynchronous commands, by way of psycopg's own binding.

Django and psycopg wait for each statement. Who has something else to do meanwhile, and will ask the connection for
nothing else until it has answered, saves that time.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult


def send_prepared(
    pgconn: PGconn, name: bytes, statement: bytes, values: Sequence[bytes]
) -> Callable[[], int]:
    """Send a statement that changes rows and gives none, prepared as `name` on this connection where it is not yet.

    `values` are in PostgreSQL's text format. Gives what waits for the answer, to be called once: how many rows changed.
    Both raise psycopg.Error.
    """
    waiter = _waiters.get(pgconn) or _waiters.setdefault(pgconn, _Waiter(pgconn))
    if name not in waiter.prepared:
        pgconn.send_prepare(name, statement)
        waiter.rows_changed(pgconn)
        waiter.prepared.add(name)
    pgconn.send_query_prepared(name, values)
    waiter.flush(pgconn)
    return lambda: waiter.rows_changed(pgconn)


class _Waiter:
    """What one connection has prepared, and how to wait for it."""

    def __init__(self, pgconn: PGconn) -> None:
        self.prepared: set[bytes] = set()
        self._to_read, self._to_write = select.poll(), select.poll()
        self._to_read.register(pgconn.socket, select.POLLIN)
        self._to_write.register(pgconn.socket, select.POLLIN | select.POLLOUT)

    def flush(self, pgconn: PGconn) -> None:
        while pgconn.flush():
            self._to_write.poll()
            pgconn.consume_input()

    def rows_changed(self, pgconn: PGconn) -> int:
        """Reads the whole answer."""
        self.flush(pgconn)
        changed, failed = 0, None
        while result := self._next_result(pgconn):
            if result.status == ExecStatus.COMMAND_OK:
                changed = result.command_tuples or 0
            else:
                failed = error_from_result(result)
        if failed:
            raise failed
        return changed

    def _next_result(self, pgconn: PGconn) -> PGresult | None:
        while pgconn.is_busy():
            self._to_read.poll()
            pgconn.consume_input()
        return pgconn.get_result()


_waiters: WeakKeyDictionary[PGconn, _Waiter] = WeakKeyDictionary()
