"""A house of real processes to be killed: workers, beat and a Redis of its own, over the test's database and a mail
server of the test's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from config import redis_server

LEASE_SECONDS = 3
PATIENCE_SECONDS = 15


def database_url() -> str:
    """The test's own database, as other processes reach it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user, password = quote(str(facts["USER"])), quote(str(facts["PASSWORD"]))
    if str(facts["HOST"]).startswith("/"):  # a socket's directory
        return f"postgres://{user}:{password}@/{facts['HOST']}/{facts['NAME']}"
    host = quote(str(facts["HOST"]), safe="")
    return f"postgres://{user}:{password}@{host}:{facts['PORT']}/{facts['NAME']}"


class HouseUnderFault:
    """Starts processes and ends every one of them when it is left. `log` holds what they said."""

    def __init__(self, mail_url: str, in_doubt: int = 1) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="hl")  # short: a socket's path ends at 103 bytes
        self.place = Path(self._scratch.name)
        self.log = self.place / "log"
        self.kills = 0
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "STATE_DIR": str(self.place),
            "DATABASE_URL": database_url(),
            "REDIS_URL": f"unix://{self.place}/s",
            "EMAIL_URL": mail_url,
            "EMAIL_TIMEOUT": "1",
            "NOTICE_LEASE_SECONDS": str(LEASE_SECONDS),
            "NOTICE_IN_DOUBT": str(in_doubt),
            "LOG_LEVEL": "WARNING",
        }

    def __enter__(self) -> HouseUnderFault:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            end(process)
        self._scratch.cleanup()

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def start_redis(self) -> subprocess.Popen[bytes]:
        """A server of our own, in memory, behind a socket; answers when this returns."""
        socket = f"{self.place}/s"
        server = self.start(
            redis_server.binary(), "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"
        )
        wait_until(lambda: redis_server.answers(f"unix://{socket}"), PATIENCE_SECONDS)
        return server

    def flush_redis(self) -> None:
        """Forget every task that waits."""
        with redis_server.client(f"unix://{self.place}/s") as server:
            server.flushall()

    def start_beat(self) -> None:
        self.start(sys.executable, "-m", "celery", "--app", "config", "beat", "--pidfile", "")

    def start_worker(self) -> subprocess.Popen[bytes]:
        """One worker that sends one message at a time, so that a kill leaves at most one in doubt."""
        return self.start(
            *(sys.executable, "-m", "celery", "--app", "config", "worker", "--pool", "threads"),
            *("--concurrency", "1", "--queues", "urgent,bulk", "--without-gossip", "--without-mingle"),
            *("--hostname", f"w{len(self._processes)}@localhost", "--loglevel", "WARNING"),
        )

    def start_plain_loop(self) -> subprocess.Popen[bytes]:
        """The dispatcher with neither Celery nor Redis."""
        return self.start(sys.executable, "manage.py", "dispatch_notices", "--every", "0.2")

    def start_shifted_loop(self) -> subprocess.Popen[bytes]:
        """A plain loop whose clock is `move_the_clock` ahead."""
        return self.start(sys.executable, "-m", "tests.faults.shifted_loop", str(self.place / "shift"))

    def move_the_clock(self, seconds: int) -> None:
        partial = self.place / "shift.part"
        partial.write_text(str(seconds))
        partial.rename(self.place / "shift")

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """`SIGSTOP`: it neither works nor ends."""
        os.kill(process.pid, signal.SIGSTOP)

    def wake(self, process: subprocess.Popen[bytes]) -> None:
        os.kill(process.pid, signal.SIGCONT)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """`kill -9`, with no chance to say goodbye."""
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.kills += 1


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, and whatever it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait until `is_so`, `seconds` at most; whether it was."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.02)
    return False
