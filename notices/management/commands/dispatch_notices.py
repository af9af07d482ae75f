"""`manage.py dispatch_notices`: sends what is due as a plain loop, with neither Celery nor Redis."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from notices.dispatch import work_off
from notices.rounds import Tally


class Command(BaseCommand):
    help = "Send the notices that are due, again and again, without Celery or Redis. Ctrl-C ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")
        parser.add_argument(
            "--every", type=float, default=3.0, metavar="SECONDS", help="look this often (default 3)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        if options["once"]:
            self._say(work_off())
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask_to_stop)
        self.stdout.write("Sending what is due. Ctrl-C ends this.")
        while not stop.is_set():
            self._look()
            stop.wait(options["every"])

    def _look(self) -> None:
        """One look into the ledger; a database that is away for a moment is asked again."""
        close_old_connections()
        try:
            self._say(work_off())
        except DatabaseError as error:
            self.stderr.write(f"The database does not answer: {type(error).__name__}. Trying again.")

    def _say(self, tally: Tally) -> None:
        if tally.total:
            parts = (f"{count} {ending}" for ending, count in sorted(tally.by_ending.items()))
            self.stdout.write(", ".join(parts))
