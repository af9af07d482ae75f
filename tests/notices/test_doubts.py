"""Threads of one process share the messages that it may have in doubt."""

from __future__ import annotations

import threading
import time

from notices.doubts import Doubts

PATIENCE = 10.0


def test_no_more_are_taken_than_there_are() -> None:
    doubts = Doubts(2)
    assert doubts.take(3, 0) == 2
    assert doubts.take(1, 0) == 0
    doubts.give_back(1)
    assert doubts.take(1, 0) == 1


def test_who_waits_is_seen_and_comes_next() -> None:
    doubts, taken = Doubts(1), []
    assert doubts.take(1, 0) == 1
    waiting = threading.Thread(target=lambda: taken.append(doubts.take(1, PATIENCE)))
    waiting.start()
    while not doubts.is_awaited:
        time.sleep(0.001)
    assert doubts.take(1, 0) == 0  # It is not this thread's turn.
    doubts.give_back(1)
    waiting.join(PATIENCE)
    assert taken == [1]
    assert not doubts.is_awaited
