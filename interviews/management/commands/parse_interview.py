"""`manage.py parse_interview FILE [--format txt|html|md|vtt|srt|docx|pdf] [--json]`: who says what, without a database."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from interviews import transcripts
from interviews.office_files import FORMATS, render
from interviews.source_files import read_source
from interviews.text_map import UnreadableSource, VisibleText


class Command(BaseCommand):
    help = "Show who says what in an interview. Nothing is stored and no database is asked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="As the file shows where it is not given.")
        parser.add_argument("--json", action="store_true", help="Everything that was read, as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            visible = render(read_source(file), options["format"], filename=file.name)
        except UnreadableSource as error:
            raise CommandError(f"{file}: {error} Nothing was kept.") from error
        reading = transcripts.read(visible)
        if not reading.turns and not reading.quotations:
            self.stderr.write(f"{file}: nobody says anything in this text.")
        self.stdout.write(_as_json(reading, visible) if options["json"] else _in_words(reading, visible))


def _as_json(reading: transcripts.Reading, visible: VisibleText) -> str:
    return json.dumps(reading.as_json(visible), ensure_ascii=False, indent=1)


def _in_words(reading: transcripts.Reading, visible: VisibleText) -> str:
    lines = [f"{reading.meta.title or 'Untitled'} ({visible.format}, {visible.encoding})", ""]
    for turn in reading.turns:
        words = " ".join(turn.text(visible).split())
        lines.append(f"{turn.kind:<10}{turn.speaker or '–'}: {textwrap.shorten(words, 76, placeholder=' …')}")
    lines.append(f"\n{len(reading.quotations)} quotations, {len(reading.unplaced)} passages not placed.")
    return "\n".join(lines)
