"""What `make run` prints when the house is open: where to look, what browsers leave out there, who may sign in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from config.management.commands.house import Command
from config.premises import Address


@pytest.fixture
def announced(settings, tmp_path: Path):
    """Says what is announced for an address, with these sign-ins written down by the demo."""

    def announce(address: Address, logins: list[dict[str, str]] | None = None) -> str:
        settings.STATE_DIR = tmp_path
        if logins is not None:
            (tmp_path / "demo-logins.json").write_text(json.dumps(logins))
        paper = io.StringIO()
        Command(stdout=paper).announce(address, 4.2)
        return paper.getvalue()

    return announce


def test_on_this_machine_it_says_where(announced) -> None:
    said = announced(Address(8003))
    assert "http://localhost:8003" in said
    assert "network" not in said
    assert "Sign in" not in said


def test_on_the_network_it_says_what_browsers_leave_out_without_https_and_where_codes_are_read(
    announced,
) -> None:
    said = announced(Address(8003, "192.168.7.4"))
    assert "/mailbox/, which opens on this machine only" in said
    assert "http://192.168.7.4:8003" in said
    for feature in ("without reception", "position", "passkeys", "push"):
        assert feature in said


def test_it_says_how_each_of_the_three_signs_in(announced) -> None:
    logins = [
        {"role": role, "email": f"{role}@houselights.example", "how": f"the code is {role}-code"}
        for role in ("manager", "organizer", "attendee")
    ]
    said = announced(Address(8003), logins)
    for login in logins:
        assert login["email"] in said
        assert login["how"] in said
