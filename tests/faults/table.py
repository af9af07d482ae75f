"""`make faults`: every fault on SQLite and on a PostgreSQL of its own, as a table. Ends with 1 where a promise broke."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tests.faults.databases import Databases
from tests.faults.fault_run import FAULTS, FULL, Outcome, run_apart

HEADS = (
    "database",
    "fault",
    "injected",
    "owed",
    "delivered",
    "stated",
    "lost",
    "doubled",
    "most",
    "stale",
    "late s",
)
LINE = "{:11} {:36} {:>8} {:>5} {:>9} {:>6} {:>4} {:>7} {:>4} {:>5} {:>6}"


def holds(outcome: Outcome) -> bool:
    """Whether the promises are kept: none lost, none stale, no more doubled than the faults explain, two at most."""
    return (
        outcome.lost == 0
        and outcome.stale == 0
        and outcome.doubled <= outcome.bound
        and outcome.most_copies <= 2
    )


def rows(words: list[str], vendors: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Database and fault of each row; those that a word of `sqlite kill`, say, names, where any are given."""
    for vendor in vendors:
        for code in FAULTS:
            named = not words or all(word in (vendor, code) for word in words)
            if named and (vendor, code) != ("sqlite", "restart"):
                yield vendor, code


def line(outcome: Outcome, vendor: str) -> str:
    o = outcome
    facts = (o.injected, o.owed, o.delivered, o.stated, o.lost, o.doubled, o.most_copies, o.stale)
    return LINE.format(vendor, o.fault, *facts, f"{o.worst_lateness:.1f}")


def main() -> None:
    """`[OWED] [word …]`: how many are owed (300), and which rows."""
    owed = int(sys.argv.pop(1)) if sys.argv[1:] and sys.argv[1].isdigit() else FULL
    broken = 0
    print(LINE.format(*HEADS))
    with Databases() as databases:
        vendors = ("sqlite", "postgresql") if databases.postgres else ("sqlite",)
        cluster = str(databases.postgres.place) if databases.postgres else ""
        for vendor, code in rows(sys.argv[1:], vendors):
            try:
                outcome = run_apart(code, owed, databases.new(vendor), cluster)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                broken += 1
                print(f"{vendor:11} {FAULTS[code].name}: did not come to rest. {error}", flush=True)
                continue
            broken += not holds(outcome)
            print(line(outcome, vendor) + ("" if holds(outcome) else "  BROKEN"), flush=True)
    if broken:
        sys.exit(f"{broken} runs broke a promise.")


if __name__ == "__main__":
    main()
