"""Children of one process: started in order, started again when they fall, and never left behind.

On Linux a child dies with its supervisor even when that is killed by `kill -9` (PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

POLL_SECONDS = 0.05
READY_WITHIN_SECONDS = 60.0
# Stopping takes under five seconds in all: those who stand on others first, then what they stood on.
STOP_SECONDS = 3.0
FOUNDATION_STOP_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# A child that stood this long is in health again: its next fall is its first.
HEALTHY_AFTER_SECONDS = 60.0
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Somebody wants the house closed (Ctrl-C, SIGTERM, a closed terminal)."""


class ChildFailed(Exception):
    """A child ended, or did not become ready, while it was started for the first time."""


@dataclass
class Child:
    """A process to keep alive. `is_ready` is asked until it says yes; a foundation is stopped last."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] = lambda: True
    is_foundation: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    falls: int = field(default=0, init=False)
    start_again_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to the child and whatever it started (they are a process group)."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def note_fall(self) -> float:
        """Count a fall and give the pause in seconds before the next start; it doubles with every fall."""
        if time.monotonic() - self.started_at > HEALTHY_AFTER_SECONDS:
            self.falls = 0
        pause = min(FIRST_PAUSE_SECONDS * 2**self.falls, LONGEST_PAUSE_SECONDS)
        self.falls += 1
        self.start_again_at = time.monotonic() + pause
        return pause


class Supervisor:
    """Starts children one after another, watches them, and stops them all when it is left."""

    def __init__(self, say: Callable[[str], object] = print) -> None:
        self.children: list[Child] = []
        self.say = say
        self._stop_asked = False

    @contextmanager
    def on_duty(self) -> Iterator[Supervisor]:
        """While inside, stop signals raise StopAsked at the next look; on leaving, no child is left."""
        before = {number: signal.signal(number, self._ask_to_stop) for number in STOP_SIGNALS}
        try:
            yield self
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def start(self, *children: Child) -> None:
        """Start `children` together and wait until all are ready. Raises ChildFailed where one ends or never is."""
        for child in children:
            child.start()
            self.children.append(child)
        for child in children:
            self._await(child)

    def _await(self, child: Child) -> None:
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not child.is_ready():
            if not child.is_running:
                raise ChildFailed(f"{child.name} {how_it_ended(child)} before it was ready.")
            if time.monotonic() > deadline:
                raise ChildFailed(f"{child.name} was not ready after {READY_WITHIN_SECONDS:.0f} s.")
            self._look_around()

    def finish(self, child: Child) -> None:
        """Start `child` and wait for its end. Raises ChildFailed where that is not a good one."""
        child.start()
        self.children.append(child)
        while child.is_running:
            self._look_around()
        self.children.remove(child)
        if child.process and child.process.returncode:
            raise ChildFailed(f"{child.name} {how_it_ended(child)}.")

    def watch(self) -> None:
        """Start again whoever falls, until somebody asks to stop (then StopAsked)."""
        while True:
            for child in self.children:
                self._mind(child)
            self._look_around()

    def _mind(self, child: Child) -> None:
        if child.is_running:
            return
        if child.process is not None:
            ending, pause = how_it_ended(child), child.note_fall()
            child.process = None
            self.say(f"{child.name} {ending}; starting it again in {pause:g} s.")
        elif time.monotonic() >= child.start_again_at:
            child.start()

    def _look_around(self) -> None:
        if self._stop_asked:
            raise StopAsked
        time.sleep(POLL_SECONDS)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked = True

    def _stop_all(self) -> None:
        standing = [child for child in reversed(self.children) if not child.is_foundation]
        stop(standing, STOP_SECONDS)
        stop([child for child in reversed(self.children) if child.is_foundation], FOUNDATION_STOP_SECONDS)


def stop(children: Sequence[Child], within: float) -> None:
    """Ask `children` to end, and after `within` seconds make them."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + within
    while any(child.is_running for child in children) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def how_it_ended(child: Child) -> str:
    """In words: `ended with 1`, `was killed by SIGKILL`."""
    code = child.process.returncode if child.process else None
    if code is not None and code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with {code}"


def die_with_parent() -> Callable[[], None] | None:
    """What a child does between fork and exec so that it cannot outlive us; None where the system has no such."""
    if not sys.platform.startswith("linux"):
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask_the_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel
