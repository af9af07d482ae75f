"""One fault, done to real workers over a real mail server, and what came of it.

`python -m tests.faults.fault_run FAULT OWED [CLUSTER]` runs one over the database of DATABASE_URL and prints the
outcome as JSON. It is a process of its own, so that each run has its own database. CLUSTER is the directory of the
private PostgreSQL that the run may restart.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from notices.models import Notice  # noqa: E402
from screenings.models import Screening  # noqa: E402
from screenings.showings import move  # noqa: E402
from tests.faults.due_reminders import owe_reminders  # noqa: E402
from tests.faults.house_under_fault import LEASE_SECONDS, HouseUnderFault, wait_until  # noqa: E402
from tests.mail_server import ACCEPT, CUT, CUT_BEFORE, HANG, MailServer  # noqa: E402

PATIENCE = 180
FULL = 300
STATED = ("superseded", "expired", "declined", "failed", "uncertain")
HALF_HOUR = dt.timedelta(minutes=30)


@dataclass
class Outcome:
    """What came of a fault. `bound`: how many may be doubled by it; `stale`: transmissions that began after what they
    told had ceased to be true."""

    fault: str
    injected: int
    owed: int
    delivered: int
    stated: int
    lost: int
    doubled: int
    most_copies: int
    stale: int
    worst_lateness: float
    bound: int


class Run:
    """A house at work on what it owes."""

    def __init__(self, house: HouseUnderFault, server: MailServer, screening: Screening, owed: int) -> None:
        self.house, self.server, self.screening, self.owed = house, server, screening, owed
        self.injected = 0
        self.moved_at: dt.datetime | None = None

    def shares(self) -> list[float]:
        """After what parts of the work something is killed: twenty times in a full run, five in a short one."""
        kills = 20 if self.owed >= FULL else 5
        return [(place + 1) / (kills + 2) for place in range(kills)]

    def when_accepted(self, share: float) -> None:
        """Wait until so large a part of what is owed was accepted."""
        goal = int(self.owed * share)
        assert wait_until(lambda: len(self.server.accepted) >= goal, PATIENCE), self.house.log.read_text()[
            -3000:
        ]


def kill_workers(run: Run) -> None:
    run.house.start_redis()
    run.house.start_beat()
    workers = [run.house.start_worker() for _ in range(3)]
    for place, share in enumerate(run.shares()):
        run.when_accepted(share)
        run.house.kill(workers[place % 3])
        workers[place % 3] = run.house.start_worker()
        run.injected += 1


def kill_loops(run: Run) -> None:
    loops = [run.house.start_plain_loop() for _ in range(3)]
    for place, share in enumerate(run.shares()):
        run.when_accepted(share)
        run.house.kill(loops[place % 3])
        loops[place % 3] = run.house.start_plain_loop()
        run.injected += 1


def stop_beyond_the_lease(run: Run) -> None:
    loops = [run.house.start_plain_loop() for _ in range(3)]
    for place, share in enumerate((0.1, 0.4)):
        run.when_accepted(share)
        run.house.stop(loops[place])
        time.sleep(LEASE_SECONDS + 1)
        run.house.wake(loops[place])
        run.injected += 1


def restart_postgres(run: Run) -> None:
    from tests.faults.databases import PrivatePostgres

    cluster = PrivatePostgres.at(sys.argv[3])
    for _ in range(3):
        run.house.start_plain_loop()
    for share in (0.2, 0.6):
        run.when_accepted(share)
        cluster.restart()
        connection.close()
        run.injected += 1


def lose_redis(run: Run) -> None:
    redis = run.house.start_redis()
    run.house.start_beat()
    for _ in range(2):
        run.house.start_worker()
    run.house.start_plain_loop()
    run.when_accepted(0.2)
    run.house.flush_redis()
    run.when_accepted(0.5)
    run.house.kill(redis)
    run.injected = 2


def two_of_each(run: Run) -> None:
    run.house.start_redis()
    for _ in range(2):
        run.house.start_beat()
        run.house.start_worker()
        run.house.start_plain_loop()
    run.injected = 2


def move_the_clock(run: Run) -> None:
    for _ in range(3):
        run.house.start_shifted_loop()
    for share, seconds in ((0.2, 3600), (0.5, 0)):
        run.when_accepted(share)
        run.house.move_the_clock(seconds)
        run.injected += 1


def reschedule_at_rcpt(run: Run) -> None:
    """The showing moves by half an hour while the server holds a message at RCPT."""

    once = threading.Lock()

    def hold(recipient: str) -> str:
        if len(run.server.accepted) >= run.owed // 3 and once.acquire(blocking=False):
            screening = Screening.objects.get(pk=run.screening.pk)
            move(screening, screening.local_start.replace(tzinfo=None) + HALF_HOUR, now=timezone.now())
            run.moved_at = timezone.now()
            connection.close()
        return "250 OK"

    run.server.at_rcpt = hold
    for _ in range(3):
        run.house.start_plain_loop()
    run.when_accepted(0.33)
    assert wait_until(lambda: run.moved_at is not None, PATIENCE)
    run.injected = 1
    # The reminders of the new time and the news are due later than this run lasts: have them go now.
    Notice.objects.open().filter(due_at__gt=timezone.now()).update(due_at=timezone.now())


def refuse_for_good(run: Run) -> None:
    """5xx for every tenth recipient, always: they fail at once, in words."""

    def at_rcpt(recipient: str) -> str:
        if number(recipient) % 10:
            return ACCEPT
        run.injected += 1
        return "550 no such user"

    run.server.at_rcpt = at_rcpt
    _three_loops(run)


def refuse_for_now(run: Run) -> None:
    """4xx, once, for every tenth recipient at RCPT and another tenth after the message."""
    run.server.at_rcpt = _once(run, rest=0, answer="450 busy")
    run.server.at_data = _once(run, rest=5, answer="451 later")
    _three_loops(run)


def hang(run: Run) -> None:
    """Every tenth message is accepted, and the sender's patience over before it is told."""
    run.server.at_data = _once(run, rest=0, answer=HANG)
    _three_loops(run)


def cut_before(run: Run) -> None:
    """The line is cut at the end of every tenth message: it was not accepted, and nobody can know."""
    run.server.at_data = _once(run, rest=0, answer=CUT_BEFORE)
    _three_loops(run)


def cut_after(run: Run) -> None:
    """Every tenth message is accepted, and the line cut instead of saying so."""
    run.server.at_data = _once(run, rest=0, answer=CUT)
    _three_loops(run)


def misbehave(run: Run) -> None:
    """All of it in one night."""
    refuse_for_good(run)
    tempers = [
        _once(run, rest=rest, answer=answer)
        for rest, answer in enumerate(("451 later", HANG, CUT_BEFORE, CUT), start=1)
    ]
    run.server.at_data = lambda recipient: next(
        (said for temper in tempers if (said := temper(recipient)) != ACCEPT), ACCEPT
    )


def _three_loops(run: Run) -> None:
    for _ in range(3):
        run.house.start_plain_loop()


def number(recipient: str) -> int:
    return int(re.sub(r"\D", "", recipient) or 0)


def _once(run: Run, *, rest: int, answer: str) -> Callable[[str], str]:
    """Says `answer` the first time to each recipient whose number leaves `rest` when divided by ten."""
    seen: set[str] = set()

    def say(recipient: str) -> str:
        if number(recipient) % 10 != rest or recipient in seen:
            return ACCEPT
        seen.add(recipient)
        run.injected += 1
        return answer

    return say


@dataclass(frozen=True)
class Fault:
    name: str
    act: Callable[[Run], None]
    in_doubt: int = 1
    per_fault: int = 1


FAULTS = {
    "kill": Fault("kill -9, 3 Celery workers", kill_workers),
    "kill_loops": Fault("kill -9, 3 plain loops, no Redis", kill_loops),
    "kill_many": Fault("kill -9, 8 messages in doubt each", kill_loops, in_doubt=8, per_fault=8),
    "stop": Fault("SIGSTOP beyond the lease", stop_beyond_the_lease),
    "restart": Fault("PostgreSQL restarted", restart_postgres, per_fault=3),
    "redis": Fault("Redis flushed, then stopped", lose_redis),
    "two": Fault("two beats, two dispatchers", two_of_each),
    "clock": Fault("clock an hour ahead, and back", move_the_clock, per_fault=3),
    "reschedule": Fault("moved while the server holds RCPT", reschedule_at_rcpt),
    "server": Fault("4xx, 5xx, hangs, cuts together", misbehave, in_doubt=4),
    "4xx": Fault("4xx, at RCPT and after the message", refuse_for_now, in_doubt=4),
    "5xx": Fault("5xx", refuse_for_good, in_doubt=4),
    "hang": Fault("accepted, then no answer in time", hang, in_doubt=4),
    "cut_before": Fault("cut before acceptance", cut_before, in_doubt=4),
    "cut_after": Fault("accepted, then cut", cut_after, in_doubt=4),
}


def run_fault(code: str, owed: int) -> Outcome:
    """Do it, wait until the ledger has nothing open, and count at the mail server. Raises AssertionError where the
    ledger does not come to rest."""
    fault = FAULTS[code]
    screening = owe_reminders(owed, timezone.now())
    Notice.objects.filter(kind="reminder_hours").delete()  # Not due within this run.
    with MailServer() as server, HouseUnderFault(server.url, fault.in_doubt) as house:
        server.pause = 0.02
        run, began = Run(house, server, screening, owed), timezone.now()
        fault.act(run)
        assert wait_until(at_rest, PATIENCE), house.log.read_text()[-3000:]
        time.sleep(0.3)
        return count(fault, run, began)


def at_rest() -> bool:
    try:
        return not Notice.objects.open().exists()
    except Exception:  # The database restarts.
        connection.close()
        return False


def count(fault: Fault, run: Run, began: dt.datetime) -> Outcome:
    copies = Counter(key for _, content in run.server.accepted if (key := message_key(content)))
    rows = list(Notice.objects.all())
    delivered = [row for row in rows if copies[str(row.message_key)]]
    stated = [row for row in rows if not copies[str(row.message_key)] and row.state in STATED]
    accepted_at = first_accepted(run.server)  # By the server's clock: a worker's may be wrong.
    late = [accepted_at[str(row.message_key)] - max(row.due_at, began) for row in delivered]
    return Outcome(
        fault=fault.name,
        injected=run.injected,
        owed=len(rows),
        delivered=len(delivered),
        stated=len(stated),
        lost=len(rows) - len(delivered) - len(stated),
        doubled=sum(copies.values()) - len(copies),
        most_copies=max(copies.values()),
        stale=stale(run, rows),
        worst_lateness=max((one.total_seconds() for one in late), default=0.0),
        bound=run.injected * fault.per_fault,
    )


def first_accepted(server: MailServer) -> dict[str, dt.datetime]:
    """When the server first accepted each message, by its key."""
    pairs = zip(server.accepted, server.accepted_at, strict=True)
    return {message_key(content): at for (_, content), at in reversed(list(pairs))}


def message_key(content: bytes) -> str:
    found = re.search(rb"(?mi)^Message-ID:\s*<([0-9a-f-]{36})@", content)
    return found.group(1).decode() if found else ""


def stale(run: Run, rows: list[Notice]) -> int:
    """Transmissions of an earlier revision that began after the move, and any after the end of its use."""
    revision = Screening.objects.get(pk=run.screening.pk).revision
    begun = [row for row in rows if row.state == "sent" and row.transmitting_since]
    untrue = [
        r
        for r in begun
        if run.moved_at and r.subject_revision < revision and r.transmitting_since > run.moved_at
    ]  # type: ignore[operator]
    useless = [r for r in begun if r.transmitting_since >= r.useful_until]  # type: ignore[operator]
    return len(untrue) + len(useless)


def run_apart(code: str, owed: int, url: str, cluster: str = "") -> Outcome:
    """`run_fault` in a process of its own over the database at `url`."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory(prefix="hl") as state:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.faults.fault_run",
                code,
                str(owed),
                *([cluster] if cluster else []),
            ],
            env={**os.environ, "DATABASE_URL": url, "STATE_DIR": state, "LOG_LEVEL": "ERROR"},
            capture_output=True,
            timeout=600,
            text=True,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    print(json.dumps(dataclasses.asdict(run_fault(sys.argv[1], int(sys.argv[2])))))
