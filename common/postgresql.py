"""A statement that PostgreSQL is sent and not waited for: libpq's asynchronous commands, by way of psycopg's own binding.

Django and psycopg wait for each statement. Who has something else to do meanwhile, and will ask the connection for
nothing else until it has answered, saves that time.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult

_prepared_on: WeakKeyDictionary[PGconn, set[bytes]] = WeakKeyDictionary()


def send_prepared(
    pgconn: PGconn, name: bytes, statement: bytes, values: Sequence[bytes]
) -> Callable[[], int]:
    """Send a statement that changes rows and gives none, prepared as `name` on this connection where it is not yet.

    `values` are in PostgreSQL's text format. Gives what waits for the answer, to be called once: how many rows changed.
    Both raise psycopg.Error.
    """
    prepared = _prepared_on.setdefault(pgconn, set())
    if name not in prepared:
        pgconn.send_prepare(name, statement)
        _rows_changed(pgconn)
        prepared.add(name)
    pgconn.send_query_prepared(name, values)
    _flush(pgconn)
    return lambda: _rows_changed(pgconn)


def _flush(pgconn: PGconn) -> None:
    while pgconn.flush():
        _wait(pgconn, select.POLLIN | select.POLLOUT)
        pgconn.consume_input()


def _rows_changed(pgconn: PGconn) -> int:
    """Reads the whole answer."""
    from psycopg.errors import error_from_result
    from psycopg.pq import ExecStatus

    _flush(pgconn)
    changed, failed = 0, None
    while result := _next_result(pgconn):
        if result.status == ExecStatus.COMMAND_OK:
            changed = result.command_tuples or 0
        else:
            failed = error_from_result(result)
    if failed:
        raise failed
    return changed


def _next_result(pgconn: PGconn) -> PGresult | None:
    while pgconn.is_busy():
        _wait(pgconn, select.POLLIN)
        pgconn.consume_input()
    return pgconn.get_result()


def _wait(pgconn: PGconn, events: int) -> None:
    poll = select.poll()
    poll.register(pgconn.socket, events)
    poll.poll()
