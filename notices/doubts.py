"""How many messages one process may have in doubt: handed over to a mail server, and the ledger does not know how it
ended. That many may arrive twice when the process is killed.

Threads of one process (Celery's pool may have several that send) share its doubts, first come, first served.
"""

from __future__ import annotations

import threading
from collections import deque


class Doubts:
    """`most` places; a message keeps one from before it starts until its end is written."""

    def __init__(self, most: int) -> None:
        self.most = self._free = most
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    def take(self, wanted: int, patience: float) -> int:
        """Up to `wanted` places, those free when it is one's turn; waits `patience` seconds for a first. Gives how
        many."""
        with self._changed:
            me = object()
            self._queue.append(me)
            self._changed.wait_for(lambda: self._queue[0] is me and self._free > 0, patience)
            taken = min(wanted, self._free) if self._queue[0] is me else 0
            self._free -= taken
            self._queue.remove(me)
            self._changed.notify_all()
            return taken

    def give_back(self, count: int) -> None:
        if count:
            with self._changed:
                self._free += count
                self._changed.notify_all()

    @property
    def is_awaited(self) -> bool:
        """Whether another thread waits for a place."""
        return bool(self._queue)


_of_this_process: dict[int, Doubts] = {}
_making = threading.Lock()


def doubts_of_this_process(most: int) -> Doubts:
    """The places that all threads share."""
    with _making:
        return _of_this_process.setdefault(most, Doubts(most))
