"""`make faults`: every fault on SQLite and on a PostgreSQL of its own, as a table. Ends with 1 where a promise broke."""

from __future__ import annotations

import os
import sys

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


def main() -> None:
    owed, broken = int(sys.argv[1]) if len(sys.argv) > 1 else FULL, 0
    print(LINE.format(*HEADS))
    with Databases() as databases:
        for vendor in ("sqlite", "postgresql") if databases.postgres else ("sqlite",):
            for code in FAULTS:
                if code == "restart" and vendor == "sqlite":
                    continue
                cluster = str(databases.postgres.place) if databases.postgres else ""
                o = run_apart(code, owed, databases.new(vendor), cluster)
                broken += not holds(o)
                facts = (o.injected, o.owed, o.delivered, o.stated, o.lost, o.doubled, o.most_copies, o.stale)
                print(LINE.format(vendor, o.fault, *facts, f"{o.worst_lateness:.1f}"), flush=True)
    if broken:
        sys.exit(f"{broken} runs broke a promise.")


if __name__ == "__main__":
    main()
