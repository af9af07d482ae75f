"""A short run of the faults (all of them: `make faults`): counted at the mail server, against what was owed.

Each on a database of its own: a SQLite file, or a PostgreSQL cluster that is started here and ended.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import not_run
from tests.faults.databases import Databases
from tests.faults.fault_run import run_apart
from tests.faults.table import holds

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("faults")]

OWED = 60
SHORT = [
    ("sqlite", "kill_loops"),
    ("sqlite", "reschedule"),
    ("postgresql", "kill"),
    ("postgresql", "restart"),
    ("postgresql", "server"),
]


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    with Databases() as databases:
        yield databases


@pytest.mark.parametrize(("vendor", "fault"), SHORT)
def test_nothing_is_lost_nothing_stale_and_no_more_doubled_than_there_were_faults(
    databases: Databases, vendor: str, fault: str
) -> None:
    if vendor == "postgresql" and databases.postgres is None:
        not_run("PostgreSQL's programs are not on this machine.")
    cluster = str(databases.postgres.place) if databases.postgres else ""
    outcome = run_apart(fault, OWED, databases.new(vendor), cluster)
    assert outcome.injected > 0
    assert outcome.owed >= OWED
    assert outcome.delivered > OWED / 2
    assert holds(outcome), outcome
