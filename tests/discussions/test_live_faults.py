"""The room goes on while Redis is away, and by itself when it is back; an idle phone holds no database connection."""

from __future__ import annotations

import gc
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import OperationalError, connection, connections

from config.processes import embedded_redis
from config.supervisor import Child, Supervisor, stop
from discussions import changes
from discussions.changes import changing
from discussions.live import hub
from discussions.models import Discussion
from tests.live_house import LiveHouse

from .live_client import listening
from .test_rooms import make_room

pytestmark = pytest.mark.fault


@pytest.fixture
def valkey(settings: Any, tmp_path: Path) -> Iterator[Child]:
    """A real server of this test's own, which it may stop and start."""
    with tempfile.TemporaryDirectory(prefix="hl-") as folder, Supervisor().on_duty() as supervisor:
        child = embedded_redis(Path(folder) / "redis.sock", tmp_path / "log")
        supervisor.start(child)
        settings.REDIS_URL = f"unix://{folder}/redis.sock"
        yield child


def start_again(child: Child) -> None:
    child.start()
    wait_until(child.is_ready)


def wait_until(it_is_so: Any) -> None:
    deadline = time.monotonic() + 15
    while not it_is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def somebody_listens(url: str) -> bool:
    """Whether the house has its subscription."""
    with redis.Redis.from_url(url) as client:
        return dict(client.pubsub_numsub(changes.CHANNEL))[changes.CHANNEL.encode()] == 1


def rename_elsewhere(room: Discussion, policy: str) -> None:
    """Change the room as another process would: this one hears of it by Redis alone, or looks by itself."""
    changes.listeners.clear()
    with changing(room) as held:
        held.policy, held.phase = policy, Discussion.Phase.LIGHTS_UP


def test_the_room_goes_on_while_redis_is_away_and_by_itself_when_it_is_back(
    valkey: Child, settings: Any, live_house: LiveHouse
) -> None:
    room = make_room()
    Discussion.objects.filter(pk=room.pk).update(screening=None)
    with listening(live_house.url, f"/live/phone/{room.code}/") as stream:
        stream.next_state()
        wait_until(lambda: somebody_listens(settings.REDIS_URL))
        rename_elsewhere(room, "with Redis")
        assert "with Redis" in stream.next_state()["parts"]["questions"]
        stop([valkey], 1)
        rename_elsewhere(room, "without Redis")
        assert "without Redis" in stream.next_state()["parts"]["questions"]
        start_again(valkey)
        wait_until(lambda: somebody_listens(settings.REDIS_URL))
        rename_elsewhere(room, "Redis is back")
        assert "Redis is back" in stream.next_state()["parts"]["questions"]


def open_connections() -> int:
    """Open connections to the test's database: by PostgreSQL's own word, or those of this process to SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return int(cursor.fetchone()[0])
    # By their type alone: what else is there may be a weak reference to something that is gone.
    return sum(1 for each in gc.get_objects() if type(each) is sqlite3.Connection and is_open(each))


def is_open(connected: sqlite3.Connection) -> bool:
    try:
        return connected.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False


def test_idle_phones_hold_no_database_connection(live_house: LiveHouse) -> None:
    room = make_room()
    before = open_connections()
    assert before >= 1, "the test's own is seen"
    with ExitStack() as stack:
        streams = [
            stack.enter_context(listening(live_house.url, f"/live/phone/{room.code}/")) for _ in range(40)
        ]
        for stream in streams:
            stream.next_state()
        wait_until(lambda: open_connections() == before)


@pytest.mark.parametrize("was_open", [True, False])
def test_a_connection_that_broke_since_the_last_question_is_made_anew_once(
    transactional_db: None, was_open: bool
) -> None:
    answers = iter([OperationalError("the server closed the connection"), "an answer"])

    def ask() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    def asked() -> str:
        try:
            if was_open:
                connection.ensure_connection()
            return hub._asked(ask)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        said = thread.submit(asked)
        if was_open:
            assert said.result() == "an answer"
        else:
            with pytest.raises(OperationalError):
                said.result()
