"""`manage.py parse_showtimes CASES.json --json`: reads pasted weeks from a file and prints what they mean."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screenings import week_text


class Command(BaseCommand):
    """Reads cases of id, locale, theater_timezone, week_starting, films and text."""

    help = (
        "Read pasted weeks of showtimes from a JSON file of cases and print the showings and doubts of each."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cases", type=Path, metavar="CASES.json")
        parser.add_argument("--json", action="store_true", help="Print JSON instead of lines to read.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = json.loads(options["cases"].read_text(encoding="utf-8"))
            readings = {case["id"]: read_case(case) for case in cases}
        except OSError as error:
            raise CommandError(f"{options['cases']} cannot be read: {error.strerror}.") from error
        except json.JSONDecodeError as error:
            raise CommandError(f"{options['cases']} is not JSON: {error}.") from error
        except (KeyError, TypeError, ValueError) as error:
            raise CommandError(f"{options['cases']} is not a list of cases: {error}.") from error
        if options["json"]:
            self.stdout.write(
                json.dumps({key: as_json(r) for key, r in readings.items()}, ensure_ascii=False)
            )
            return
        for key, reading in readings.items():
            self._print(key, reading)

    def _print(self, key: str, reading: week_text.WeekReading) -> None:
        self.stdout.write(key)
        for showing in reading.showings:
            tags = " ".join(sorted(showing.tags))
            self.stdout.write(f"  {showing.starts_local:%a %Y-%m-%d %H:%M}  {showing.film}  {tags}".rstrip())
        for doubt in reading.doubts:
            self.stdout.write(f"  ? {doubt.message}")


def read_case(case: dict[str, Any]) -> week_text.WeekReading:
    """The reading of one case of the file."""
    films = [week_text.KnownFilm(film["title"], film.get("runtime_minutes")) for film in case["films"]]
    return week_text.read(
        case["text"],
        zone=case["theater_timezone"],
        locale=case["locale"],
        week_starting=date.fromisoformat(case["week_starting"]),
        films=films,
    )


def as_json(reading: week_text.WeekReading) -> dict[str, Any]:
    """The reading as plain values: showings with their tags, and the doubtful spans as pasted."""
    showings = [
        {"film": s.film, "starts_local": f"{s.starts_local:%Y-%m-%dT%H:%M}", "tags": sorted(s.tags)}
        for s in reading.showings
    ]
    return {"showings": showings, "flagged": [doubt.text for doubt in reading.doubts]}
