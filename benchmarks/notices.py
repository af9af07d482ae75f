"""The ledger's way out of the house beside a bare smtplib loop to the same mail server in the same run.

    python benchmarks/notices.py [--messages 1500] [--rounds 5] [--due 100000]

Each round sends so many reminders through the whole path (claimed, looked at, written, every row marked before and
after its transmission, each mark committed), and right before and right after as many messages by a bare loop over one
kept connection; what is printed is the median over the rounds, and that of the ratios to the loops on both sides. With
one worker and with two; to a server that takes commands in groups (PIPELINING, as production servers do) and to one that
does not; and to one that takes 20 ms for every answer, with how many messages a `kill -9` of one process can leave in
doubt under each setting. Then so many rows due at once: planned and claimed, statements counted, and the memory held
along the way. The mail server is a process of its own that keeps nothing; the database is a new one (that of
`DATABASE_URL`, under another name; SQLite without it). Beside it stand what a write to the disk and a commit cost in
the same run: each message waits for one commit.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import resource
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# This file has the name of the app that it measures: the checkout is where to look, not this folder.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

# Messages that a worker has sent before it is timed.
WARMING = 50
SERVER_ANSWERS = {b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}


# --- the mail server ---------------------------------------------------------------------------------------------


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float, pipelines: bool
) -> None:
    answers = SERVER_ANSWERS | {
        b"EHLO": b"250-mail\r\n250-PIPELINING\r\n250 8BITMIME\r\n" if pipelines else b"250 mail\r\n"
    }

    async def say(line: bytes) -> None:
        if pause:
            await asyncio.sleep(pause)
        writer.write(line)

    try:
        await say(b"220 mail\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            await say(answers.get(verb, b"250 ok\r\n"))
            if verb == b"DATA":
                await reader.readuntil(b"\r\n.\r\n")
                await say(b"250 ok\r\n")
            if verb == b"QUIT":
                break
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    writer.close()


def serve(port: int, pause: float, pipelines: bool) -> None:
    """An SMTP server that takes everything, `pause` seconds before each answer."""

    async def forever() -> None:
        server = await asyncio.start_server(
            lambda r, w: _converse(r, w, pause, pipelines), "127.0.0.1", port, limit=1 << 20
        )
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def mail_server(pause: float = 0.0, *, pipelines: bool = True) -> Iterator[int]:
    """The server as a process of its own; its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, __file__, "--serve", f"{port}:{pause}:{int(pipelines)}"])
    try:
        _wait_for(port)
        yield port
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("The mail server did not start.")


# --- the worlds --------------------------------------------------------------------------------------------------


def set_up(state: str) -> None:
    """A new database, migrated: on the PostgreSQL of DATABASE_URL, or a SQLite file."""
    os.environ["STATE_DIR"] = state
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite:///{state}/bench.sqlite3"
    import django

    django.setup()


def showing(now: dt.datetime, guests: int, start: int) -> Any:
    """A showing in 24 hours, in a city where it is day, to which so many people go: each is owed a reminder now."""
    from accounts.models import Person
    from screenings.models import Rsvp, Screening
    from screenings.reminders import replan
    from screenings.showings import schedule
    from tests.factories import make_engagement, make_theater
    from tests.faults.due_reminders import city_by_day

    theater = make_theater(f"The Lantern {start}", city_by_day(now))
    wall = (
        (now + dt.timedelta(days=1)).astimezone(theater.tzinfo).replace(tzinfo=None, second=0, microsecond=0)
    )
    before = now - dt.timedelta(days=2)
    screening = schedule(make_engagement(theater=theater, opens_on=wall.date()), wall, now=before)
    people = Person.objects.bulk_create(
        (Person(email=f"guest{n}@home.example") for n in range(start, start + guests)), batch_size=500
    )
    Rsvp.objects.bulk_create(
        (Rsvp(person=p, screening=screening, state="going", confirmed_at=before) for p in people),
        batch_size=500,
    )
    replan(Screening.objects.get(pk=screening.pk), before)
    return screening


def know_the_rows() -> None:
    """Let PostgreSQL count its rows, as its autovacuum does within a minute: a new table is planned for as if empty."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


# --- what is measured --------------------------------------------------------------------------------------------


def bare_loop(port: int, content: bytes, messages: int) -> float:
    """Messages per second of `smtplib` over one kept connection, with a message already made."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        began = time.perf_counter()
        for n in range(messages):
            server.sendmail("hello@houselights.example", [f"guest{n}@home.example"], content)
        return messages / (time.perf_counter() - began)


def hire(port: int, crew: Crew) -> list[subprocess.Popen[bytes]]:
    """The processes of `crew`, each of which has sent some messages already: workers live for weeks."""
    global _guests
    environment = {
        **os.environ,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "NOTICE_IN_DOUBT": str(crew.in_doubt),
    }
    command = [sys.executable, __file__, "--work"]
    processes = []
    for _ in range(crew.workers):
        showing(dt.datetime.now(dt.UTC), WARMING, _guests)
        _guests += WARMING
        processes.append(
            subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        )
        _hear(processes[-1])  # It stands ready.
    return processes


def through_the_ledger(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """Messages per second from the first transmission to the last ending, over `processes`, which end then."""
    from notices.models import Notice

    due = Notice.objects.filter(kind="reminder_day").open().filter(due_at__lte=dt.datetime.now(dt.UTC))
    owed = due.count()
    began = time.perf_counter()
    for process in processes:
        assert process.stdin
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        _hear(process)  # It has nothing left.
    seconds = time.perf_counter() - began
    for process in processes:
        process.wait()
    left = due.count()
    assert not left, f"{left} of {owed} are left"
    return owed / seconds


def _hear(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout
    assert process.stdout.readline(), "A worker ended before its time."


def work() -> None:
    """One worker, started as Celery starts it: sends what is due, says that it is ready, waits for the word, sends what is
    due, says so, ends."""
    import notices.tasks  # noqa: F401  (what Celery loads)
    from config.celery import spare_what_stays
    from notices.dispatch import work_off

    spare_what_stays()
    assert work_off().total == WARMING
    print("ready", flush=True)
    sys.stdin.readline()
    work_off(for_at_most=dt.timedelta(minutes=10))
    print("done", flush=True)


def a_letter() -> bytes:
    """The bytes of one reminder, for the bare loop."""
    from notices.kinds import kind_of
    from notices.looks import look_at
    from notices.mail_merge import Outgoing
    from notices.models import Notice
    from notices.scribe import Scribe

    now = dt.datetime.now(dt.UTC)
    notice = Notice.objects.filter(kind="reminder_day").select_related("person")[0]
    kind = kind_of(notice.kind)
    assert kind
    mail = Scribe(lambda: now).write(kind, notice, look_at([notice], now)[notice.pk].about)
    assert isinstance(mail, Outgoing)
    return mail.content


@dataclass(frozen=True)
class Crew:
    """Processes that send, and how many messages each may have in doubt."""

    workers: int
    in_doubt: int = 1

    def __str__(self) -> str:
        return f"{self.workers} worker{'s' * (self.workers > 1)}, {self.in_doubt} in doubt each"


@dataclass
class Figures:
    """What the rounds gave, messages per second."""

    loop: list[float] = field(default_factory=list)
    ledger: list[float] = field(default_factory=list)

    def ratio(self) -> float:
        """The median over rounds of the ledger's speed to that of the loops on both sides of it."""
        around = zip(self.loop[::2], self.loop[1::2], strict=True)
        return statistics.median(
            rate / statistics.mean(loops) for rate, loops in zip(self.ledger, around, strict=True)
        )


_guests = 0


def speed(title: str, port: int, crews: Sequence[Crew], messages: int, looped: int, rounds: int) -> None:
    """The loop, the ledger, the loop: for every crew in every round."""
    global _guests
    figures = {crew: Figures() for crew in crews}
    for _ in range(rounds):
        for crew, figure in figures.items():
            processes = hire(port, crew)
            showing(dt.datetime.now(dt.UTC), messages * crew.workers * crew.in_doubt, _guests)
            _guests += messages * crew.workers * crew.in_doubt
            know_the_rows()
            letter = a_letter()
            figure.loop.append(bare_loop(port, letter, looped))
            figure.ledger.append(through_the_ledger(processes))
            figure.loop.append(bare_loop(port, letter, looped))
    print(f"{title}, median of {rounds}:")
    loops = [rate for figure in figures.values() for rate in figure.loop]
    print(f"  {'bare smtplib loop, one connection':36} {statistics.median(loops):8.0f} /s   1")
    for crew, figure in figures.items():
        print(f"  {crew!s:36} {statistics.median(figure.ledger):8.0f} /s   {figure.ratio():.2f}", flush=True)


def costs() -> None:
    """What each message waits for: a write that is on the disk, and a commit of this database."""
    from django.db import connection

    from notices.models import Notice

    with tempfile.TemporaryFile() as file:
        writes = [
            _timed(lambda: (file.write(b"x" * 200), file.flush(), os.fdatasync(file.fileno())))
            for _ in range(200)
        ]
    pk = Notice.objects.values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        statement = "UPDATE notices_notice SET attempts = attempts WHERE id = %s"
        commits = [_timed(lambda: cursor.execute(statement, [pk])) for _ in range(200)]
    disk, commit = (statistics.median(times) * 1000 for times in (writes, commits))
    print(
        f"in this run: a write to the disk {disk:.2f} ms, an update of one row and its commit {commit:.2f} ms"
    )


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def many_due(count: int) -> None:
    """So many due at once: planned and claimed, in chunks; memory and statements along the way."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from notices import ledger
    from notices.dispatch import CHUNK
    from notices.models import Notice
    from notices.rounds import lease_for

    Notice.objects.all().delete()
    showing(dt.datetime.now(dt.UTC), 1000, _guests)  # everything is imported and warm
    before, began = _memory(), time.perf_counter()
    showing(dt.datetime.now(dt.UTC), count, _guests + 1000)
    print(
        f"{count} people, RSVPs and two reminders each: {time.perf_counter() - began:.1f} s, "
        f"{_memory() - before:+.0f} MiB"
    )
    now, claimed, began = dt.datetime.now(dt.UTC), 0, time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        claimed += len(ledger.claim(now, limit=CHUNK, lease_for=lease_for()).notices)
    print(f"  a claim of {claimed}: {len(captured)} statements")
    held = []
    while rows := ledger.claim(now, limit=CHUNK, lease_for=lease_for()).notices:
        claimed += len(rows)
        if claimed * 10 // count > len(held):
            held.append(f"{_memory():.0f}")
    seconds = time.perf_counter() - began
    assert claimed >= count, claimed
    print(
        f"  {claimed} claimed in {seconds:.1f} s, {claimed / seconds:.0f} /s; MiB held along the way: {' '.join(held)}"
    )
    Notice.objects.all().delete()


def _memory() -> float:
    """The memory that this process holds now, MiB (Linux); elsewhere the most that it has held."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def new_database() -> Iterator[None]:
    from django.core.management import call_command
    from django.db import connection

    creation, old = connection.creation, connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield
        return
    name = creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    url = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = f"{url.rpartition('/')[0]}/{name}"
    try:
        yield
    finally:
        connection.close()
        creation.destroy_test_db(old, verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--due", type=int, default=100_000)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        port, pause, pipelines = asked.serve.split(":")
        return serve(int(port), float(pause), pipelines == "1")
    if asked.work:
        set_up(os.environ["STATE_DIR"])
        return work()
    with tempfile.TemporaryDirectory(prefix="hl") as state:
        set_up(state)
        from django.db import connection

        with new_database():
            print(f"{connection.vendor}, {os.cpu_count()} cores", flush=True)
            number, rounds = asked.messages, asked.rounds
            with mail_server() as port:
                speed("a server with PIPELINING", port, [Crew(1), Crew(2)], number, number, rounds)
            with mail_server(pipelines=False) as port:
                speed("a server without", port, [Crew(1), Crew(2)], number, number, rounds)
            costs()
            with mail_server(0.02) as port:
                slow = [Crew(1), Crew(4), Crew(6), Crew(1, 4), Crew(1, 6)]
                speed("a server that takes 20 ms an answer", port, slow, number // 5, 40, max(1, rounds // 2))
            many_due(asked.due)


if __name__ == "__main__":
    main()
