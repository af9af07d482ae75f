"""One process for the whole house: it starts in order, mends what falls, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.supervisor import Child, ChildFailed, Supervisor

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parents[2]
SLEEPER = "import time; time.sleep(60)"
# A supervisor of two: one ends when asked, one does not; the pids go to stdout.
HOUSE = """
    import os, sys
    from pathlib import Path
    from config.supervisor import Child, StopAsked, Supervisor
    marker = Path(sys.argv[1])
    stubborn = "import signal, time, pathlib, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);" \\
        f"pathlib.Path({str(marker)!r}).touch(); time.sleep(60)"
    supervisor = Supervisor(lambda line: print(line, flush=True))
    with supervisor.on_duty():
        try:
            willing = Child("Willing", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
            unwilling = Child("Unwilling", [sys.executable, "-c", stubborn], os.environ, marker.exists)
            supervisor.start(willing, unwilling)
            print("pids", willing.process.pid, unwilling.process.pid, flush=True)
            supervisor.watch()
        except StopAsked:
            print("closing", flush=True)
"""


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def is_alive(pid: int) -> bool:
    """Whether a process runs (one that ended and waits to be noticed does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def house(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A supervisor in a process of its own; it has a line of pids to read."""
    command = [sys.executable, "-c", textwrap.dedent(HOUSE), str(tmp_path / "up")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        yield process
        process.kill()


def children_of(house: subprocess.Popen[str]) -> list[int]:
    assert house.stdout is not None
    word, *pids = house.stdout.readline().split()
    assert word == "pids"
    return [int(pid) for pid in pids]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_all_within_five_seconds_the_unwilling_too(
    house: subprocess.Popen[str], number: int
) -> None:
    pids = children_of(house)
    assert all(is_alive(pid) for pid in pids)
    asked = time.monotonic()
    house.send_signal(number)
    house.wait(10)
    assert time.monotonic() - asked < 5
    assert house.returncode == 0
    assert not any(is_alive(pid) for pid in pids)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_killed_by_kill_9_it_takes_its_children_along(house: subprocess.Popen[str]) -> None:
    pids = children_of(house)
    house.kill()
    house.wait(10)
    assert wait_until(lambda: not any(is_alive(pid) for pid in pids), 5)


def test_a_child_that_falls_is_started_again_and_the_others_stay(house: subprocess.Popen[str]) -> None:
    willing, unwilling = children_of(house)
    os.kill(willing, signal.SIGKILL)
    assert house.stdout is not None
    assert house.stdout.readline() == "Willing was killed by SIGKILL; starting it again in 0.5 s.\n"
    assert wait_until(lambda: len(children_in_proc(house.pid)) == 2)
    assert unwilling in children_in_proc(house.pid)
    assert willing not in children_in_proc(house.pid)


def children_in_proc(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def child(code: str, **facts: object) -> Child:
    return Child("Usher", [sys.executable, "-c", code], os.environ, **facts)  # type: ignore[arg-type]


def test_the_pause_doubles_with_every_fall_up_to_half_a_minute() -> None:
    usher = child("")
    usher.started_at = time.monotonic()
    assert [usher.note_fall() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_a_child_that_stood_a_minute_falls_as_if_for_the_first_time() -> None:
    usher = child("")
    usher.started_at = time.monotonic()
    usher.note_fall()
    usher.started_at = time.monotonic() - 61
    assert usher.note_fall() == 0.5


def test_a_child_that_ends_before_it_is_ready_is_said_and_nobody_is_left() -> None:
    supervisor = Supervisor()
    standing = child(SLEEPER)
    with supervisor.on_duty():
        supervisor.start(standing)
        with pytest.raises(ChildFailed, match="Usher ended with 3 before it was ready"):
            supervisor.start(child("raise SystemExit(3)", is_ready=lambda: False))
    assert not standing.is_running


def test_a_step_that_fails_is_said_and_one_that_succeeds_is_not_watched() -> None:
    supervisor = Supervisor()
    with supervisor.on_duty():
        supervisor.finish(child("pass"))
        assert supervisor.children == []
        with pytest.raises(ChildFailed, match="Usher ended with 1"):
            supervisor.finish(child("raise SystemExit(1)"))


def test_what_others_stand_on_is_stopped_last(tmp_path: Path) -> None:
    code = (
        "import signal, sys, pathlib, time\ndef end(*_):\n  open({log!r}, 'a').write({name!r}); sys.exit()\n"
    )
    code += "signal.signal(signal.SIGTERM, end); pathlib.Path({up!r}).touch(); time.sleep(60)"
    log = tmp_path / "log"

    def writer(name: str, **facts: object) -> Child:
        up = tmp_path / name
        return child(code.format(log=str(log), name=name, up=str(up)), is_ready=up.exists, **facts)

    supervisor = Supervisor()
    with supervisor.on_duty():
        supervisor.start(writer("floor", is_foundation=True))
        supervisor.start(writer("guest"))
    assert log.read_text() == "guestfloor"
