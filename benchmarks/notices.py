"""The ledger's way out of the house beside a bare smtplib loop to the same mail server in the same run.

    python benchmarks/notices.py [--messages 1500] [--rounds 3] [--due 100000]

Each round sends so many reminders through the whole path (claimed, looked at twice, written, every row marked before
and after its transmission), with one worker and with two, and sends as many messages by a bare loop over one kept
connection; the median of the rounds is printed, and the ratio to the loop. The same against a server that takes 20 ms
for every answer, and 100,000 rows due at once: planned and claimed, with statements and memory counted. The mail
server is a process of its own that keeps nothing; the database is a new one (that of `DATABASE_URL`, under another
name; SQLite without it).
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# This file has the name of the app that it measures: the checkout is where to look, not this folder.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

SERVER_ANSWERS = {b"EHLO": b"250-mail\r\n250 8BITMIME\r\n", b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}


# --- the mail server ---------------------------------------------------------------------------------------------


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float) -> None:
    async def say(line: bytes) -> None:
        await asyncio.sleep(pause)
        writer.write(line)

    try:
        await say(b"220 mail\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            await say(SERVER_ANSWERS.get(verb, b"250 ok\r\n"))
            if verb == b"DATA":
                await reader.readuntil(b"\r\n.\r\n")
                await say(b"250 ok\r\n")
            if verb == b"QUIT":
                break
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    writer.close()


def serve(port: int, pause: float) -> None:
    """An SMTP server that takes everything, `pause` seconds before each answer."""

    async def forever() -> None:
        server = await asyncio.start_server(
            lambda r, w: _converse(r, w, pause), "127.0.0.1", port, limit=1 << 20
        )
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def mail_server(pause: float) -> Iterator[int]:
    """The server as a process of its own; its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, __file__, "--serve", f"{port}:{pause}"])
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


# --- what is measured --------------------------------------------------------------------------------------------


def bare_loop(port: int, content: bytes, messages: int) -> float:
    """Messages per second of `smtplib` over one kept connection, with a message already made."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        began = time.perf_counter()
        for n in range(messages):
            server.sendmail("hello@houselights.example", [f"guest{n}@home.example"], content)
        return messages / (time.perf_counter() - began)


def through_the_ledger(port: int, workers: int, kind: str) -> float:
    """Messages per second from the first transmission to the last ending, over `workers` processes."""
    from notices.models import Notice

    owed = Notice.objects.filter(kind=kind, state="due", due_at__lte=dt.datetime.now(dt.UTC)).count()
    environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}
    command = [sys.executable, __file__, "--work"]
    processes = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(workers)
    ]
    for process in processes:
        assert process.stdout
        process.stdout.readline()  # It stands ready.
    began = time.perf_counter()
    for process in processes:
        assert process.stdin
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        process.wait()
    seconds = time.perf_counter() - began
    left = Notice.objects.filter(kind=kind).open().filter(due_at__lte=dt.datetime.now(dt.UTC)).count()
    assert not left, f"{left} of {owed} are left"
    return owed / seconds


def work() -> None:
    """One worker: says when it is ready, waits for the word, sends what is due, ends."""
    from notices.dispatch import work_off

    print("ready", flush=True)
    sys.stdin.readline()
    work_off(for_at_most=dt.timedelta(minutes=10))


def a_letter() -> bytes:
    """The bytes of one reminder, for the bare loop."""
    from notices.dispatch import Scribe, look_at
    from notices.kinds import kind_of
    from notices.mail_merge import Outgoing
    from notices.models import Notice

    now = dt.datetime.now(dt.UTC)
    notice = Notice.objects.filter(kind="reminder_day").select_related("person")[0]
    kind = kind_of(notice.kind)
    assert kind
    mail = Scribe(lambda: now).write(kind, notice, look_at([notice], now)[notice.pk].about)
    assert isinstance(mail, Outgoing)
    return mail.content


def speed(pause: float, messages: int, rounds: int, offset: int) -> None:
    figures: dict[str, list[float]] = {"loop": [], "one": [], "two": []}
    with mail_server(pause) as port:
        for n in range(rounds):
            for place, (name, workers) in enumerate((("one", 1), ("two", 2))):
                showing(dt.datetime.now(dt.UTC), messages, offset + (2 * n + place) * messages)
                figures["loop"].append(bare_loop(port, a_letter(), messages if not pause else 60))
                figures[name].append(through_the_ledger(port, workers, "reminder_day"))
    loop = statistics.median(figures["loop"])
    print(f"server that takes {pause * 1000:.0f} ms an answer, {messages} messages, median of {rounds}:")
    print(f"  bare smtplib loop, one connection  {loop:8.0f} /s  1")
    for name in ("one", "two"):
        rate = statistics.median(figures[name])
        print(
            f"  the ledger, {name} worker{'s' if name == 'two' else ' '}            {rate:8.0f} /s  {rate / loop:.2f}"
        )


def many_due(count: int, offset: int) -> None:
    """So many due at once: planned and claimed, in chunks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from notices import ledger
    from notices.dispatch import CHUNK, lease_for
    from notices.models import Notice

    connection.queries_log.clear()
    showing(dt.datetime.now(dt.UTC), 1000, offset)  # everything is imported and warm
    before, began = _peak(), time.perf_counter()
    showing(dt.datetime.now(dt.UTC), count, offset + 1000)
    made = time.perf_counter() - began
    planned = _peak() - before
    print(
        f"{count} people, RSVPs and two reminders each: {made:.1f} s, {planned / 1024:.0f} MiB more than before"
    )
    now, claimed, began = dt.datetime.now(dt.UTC), 0, time.perf_counter()
    before = _peak()
    with CaptureQueriesContext(connection) as captured:
        held = ledger.claim(now, limit=CHUNK, lease_for=lease_for())
        claimed += len(held.notices)
    print(f"  a claim of {claimed}: {len(captured)} statements")
    while held := ledger.claim(now, limit=CHUNK, lease_for=lease_for()).notices:
        claimed += len(held)
    seconds = time.perf_counter() - began
    assert claimed >= count, claimed
    print(
        f"  {claimed} claimed in {seconds:.1f} s, {claimed / seconds:.0f} /s, {(_peak() - before) / 1024:.0f} MiB more"
    )
    Notice.objects.all().delete()


def _peak() -> int:
    """The most memory that this process has held, KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


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
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--due", type=int, default=100_000)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        port, pause = asked.serve.split(":")
        return serve(int(port), float(pause))
    if asked.work:
        set_up(os.environ["STATE_DIR"])
        return work()
    with tempfile.TemporaryDirectory(prefix="hl") as state:
        set_up(state)
        from django.db import connection

        with new_database():
            print(f"{connection.vendor}, {os.cpu_count()} cores", flush=True)
            speed(0.0, asked.messages, asked.rounds, 0)
            speed(0.02, max(400, asked.messages // 3), asked.rounds, 10_000_000)
            many_due(asked.due, 20_000_000)


if __name__ == "__main__":
    main()
