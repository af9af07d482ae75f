"""`make run`, whole: it opens by itself, says where, is there once, closes without a trace, and opens again.

On SQLite with everything embedded; where the tests run on PostgreSQL, on servers that are named instead.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.db import connection

from config.processes import embedded_redis
from config.supervisor import Supervisor

pytestmark = [pytest.mark.fault, pytest.mark.skipif(not Path("/proc").exists(), reason="looks into /proc")]
ROOT = Path(__file__).parents[2]
OPENS_WITHIN_SECONDS = 180


@pytest.fixture
def servers(transactional_db: None) -> Iterator[dict[str, str]]:
    """The servers that the house is told to use: none, or a database and a Redis of this test's own."""
    if connection.vendor == "sqlite":
        yield {}
        return
    name = f"house_{os.getpid()}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    with (
        tempfile.TemporaryDirectory(prefix="hl-") as folder,
        database(name),
        Supervisor().on_duty() as supervisor,
    ):
        path = Path(folder) / "redis.sock"
        supervisor.start(embedded_redis(path, Path(folder) / "log"))
        yield {"DATABASE_URL": parts._replace(path=f"/{name}").geturl(), "REDIS_URL": f"unix://{path}"}


@contextmanager
def database(name: str) -> Iterator[None]:
    """A PostgreSQL database of this name, while it is needed."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class OpenHouse:
    """`manage.py house` as a process, and what it said until it was open or ended."""

    def __init__(self, state: Path, port: int, servers: dict[str, str]) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = {**kept, "STATE_DIR": str(state), "PORT": str(port), **servers}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "house"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def wait_until_open(self) -> str:
        """What it said on its way; fails where it ended or took too long."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + OPENS_WITHIN_SECONDS
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Ctrl-C closes it"):
                return self.said
            assert time.monotonic() < deadline, self.said
        pytest.fail(f"the house did not open:\n{self.said}")

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def open_house(tmp_path: Path, servers: dict[str, str]) -> Iterator[Callable[[], OpenHouse]]:
    """Opens the house, with the same state each time."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    houses: list[OpenHouse] = []

    def open_it() -> OpenHouse:
        houses.append(OpenHouse(tmp_path / "var", port, servers))
        return houses[-1]

    yield open_it
    for house in houses:
        house.process.kill()
        house.process.communicate()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    """Those who are still there after so long."""
    deadline = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [pid for pid in pids if is_alive(pid)]


def test_the_house_opens_closes_and_opens_again(
    open_house: Callable[[], OpenHouse], servers: dict[str, str], tmp_path: Path
) -> None:
    house = open_house()
    said = house.wait_until_open()
    (url,) = [line.split()[-1] for line in said.splitlines() if "On this machine" in line]
    assert httpx.get(f"{url}/").status_code < 500
    assert httpx.get(f"{url}/static/staticfiles.json").status_code == 200
    # Web, worker, beat; and Redis, where none was named.
    children = house.children()
    assert len(children) == (3 if servers else 4)
    secret = (tmp_path / "var" / "secret-key").read_text()

    second = open_house()
    assert second.process.wait(60) != 0
    assert second.process.stdout is not None
    assert f"open already, at {url}" in second.process.stdout.read()

    asked = time.monotonic()
    house.process.send_signal(signal.SIGINT)
    house.process.wait(10)
    assert time.monotonic() - asked < 5
    assert wait_until_gone(children, 0) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/")

    again = open_house()
    assert "cities in" not in again.wait_until_open()
    assert (tmp_path / "var" / "secret-key").read_text() == secret
    children = again.children()
    again.process.kill()
    again.process.wait(10)
    assert wait_until_gone(children, 5) == []
