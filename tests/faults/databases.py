"""Databases that the fault runs break: a SQLite file, and a PostgreSQL cluster of their own; never one that a URL names."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class PrivatePostgres:
    """A cluster in a new directory, behind a socket in it. PostgreSQL refuses to run as root: then it is run as the
    user postgres."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="hlpg"))
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.place, self._user)
        self._run("initdb", "--auth", "trust", "--username", "hl", "--no-sync", "-D", f"{self.place}/data")
        self.start()

    @classmethod
    def at(cls, place: str) -> PrivatePostgres:
        """The cluster that another process of this run has started there."""
        cluster = cls.__new__(cls)
        cluster.place = Path(place)
        cluster._user = "postgres"
        return cluster

    @staticmethod
    def binary(name: str) -> str | None:
        """A program of PostgreSQL's; None where there is none on this machine."""
        own = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        return str(own[-1]) if own else shutil.which(name)

    def start(self) -> None:
        options = f"-k {self.place} -c listen_addresses='' -c fsync=off"
        self._control("start", "-o", options, "-l", f"{self.place}/log")

    def restart(self) -> None:
        """As a machine does that goes down: connections are cut."""
        self._control("restart", "-m", "immediate", "-l", f"{self.place}/log")

    def end(self) -> None:
        self._control("stop", "-m", "immediate")
        shutil.rmtree(self.place, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgres://hl:@/{self.place}/{name}"

    def create(self, name: str, template: str = "template0") -> None:
        self._run("createdb", "-h", str(self.place), "-U", "hl", "-T", template, name)

    def _control(self, *command: str) -> None:
        self._run("pg_ctl", "-D", f"{self.place}/data", "-w", *command)

    def _run(self, program: str, *arguments: str) -> None:
        binary = self.binary(program)
        assert binary, f"{program} is not on this machine"
        as_user = {"user": self._user} if os.geteuid() == 0 else {}
        subprocess.run(
            [binary, *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **as_user,  # type: ignore[call-overload]
        )


def migrate(url: str, state: Path) -> None:
    """Make the tables at `url`."""
    environment = {**os.environ, "DATABASE_URL": url, "STATE_DIR": str(state)}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=CHECKOUT, env=environment)


class Databases:
    """Hands out databases with all tables and nothing in them: migrated once, copied for each run."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="hldb"))
        self.postgres = PrivatePostgres() if PrivatePostgres.binary("initdb") else None
        self._count = 0
        self._made: set[str] = set()

    def __enter__(self) -> Databases:
        return self

    def __exit__(self, *_: object) -> None:
        if self.postgres:
            self.postgres.end()
        shutil.rmtree(self.place, ignore_errors=True)

    def new(self, vendor: str) -> str:
        """The URL of a new one: `sqlite` or `postgresql`."""
        self._make(vendor)
        self._count += 1
        if vendor == "sqlite":
            copy = self.place / f"run{self._count}.sqlite3"
            shutil.copy(self.place / "empty.sqlite3", copy)
            return f"sqlite:///{copy}"
        assert self.postgres
        self.postgres.create(f"run{self._count}", "empty")
        return self.postgres.url(f"run{self._count}")

    def _make(self, vendor: str) -> None:
        if vendor in self._made:
            return
        self._made.add(vendor)
        if vendor == "sqlite":
            return migrate(f"sqlite:///{self.place}/empty.sqlite3", self.place)
        assert self.postgres
        self.postgres.create("empty")
        migrate(self.postgres.url("empty"), self.place)
