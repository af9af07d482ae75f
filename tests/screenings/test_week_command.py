"""`manage.py parse_showtimes` reads a file of pasted weeks."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

CASE: dict[str, Any] = {
    "id": "one", "locale": "en-US", "theater_timezone": "America/New_York", "week_starting": "2012-08-03",
    "films": [{"title": "Amour", "runtime_minutes": None}], "text": "AMOUR Fri 7:00 OC, Sun 10:30",
}  # fmt: skip


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("parse_showtimes", str(path), *options, stdout=out)
    return out.getvalue()


def test_cases_are_printed_as_json(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([CASE]), encoding="utf-8")
    assert json.loads(run(path, "--json")) == {
        "one": {
            "showings": [{"film": "Amour", "starts_local": "2012-08-03T19:00", "tags": ["OC"]}],
            "flagged": ["Sun 10:30"],
        }
    }


def test_cases_are_printed_to_read(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([CASE]), encoding="utf-8")
    assert run(path).splitlines() == [
        "one",
        "  Fri 2012-08-03 19:00  Amour  OC",
        "  ? “Sun 10:30” could be morning or night.",
    ]


@pytest.mark.parametrize("content", ["{", "[{}]", "3"])
def test_a_file_that_holds_no_cases_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cases.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="is not"):
        run(path)


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.json")
