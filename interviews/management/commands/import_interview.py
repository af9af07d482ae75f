"""`manage.py import_interview FILE --film SLUG --publication NAME --right RIGHT --right-note TEXT`"""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rapidfuzz import process, utils

from interviews.archive import CannotImport, import_interview
from interviews.models import RightToQuote, Source, Turn
from interviews.office_files import FORMATS
from interviews.source_files import read_source
from interviews.text_map import UnreadableSource
from screenings.films import find_film
from screenings.models import Film


class Command(BaseCommand):
    help = "Keep an interview: its file untouched, with its hash, and who says what in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--film", required=True, metavar="SLUG")
        parser.add_argument("--publication", required=True, metavar="NAME")
        parser.add_argument("--right", required=True, choices=RightToQuote.values)
        parser.add_argument(
            "--right-note",
            required=True,
            metavar="TEXT",
            help="From whom and when, which licence, or why the quotation is fair. Shown in the credits.",
        )
        parser.add_argument("--right-until", type=_day, metavar="YYYY-MM-DD", help="Its last day.")
        parser.add_argument("--url", default="", help="Where the interview was published.")
        parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="When it was published.")
        parser.add_argument("--title", default="", help="As printed where it is not given.")
        parser.add_argument("--byline", default="", help="As printed where it is not given.")
        parser.add_argument("--format", choices=FORMATS, help="As the file shows where it is not given.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        film = _film(options["film"])
        try:
            _, source, created = import_interview(
                read_source(file),
                film=film,
                publication=options["publication"],
                right=options["right"],
                right_note=options["right_note"],
                right_until=options["right_until"],
                title=options["title"],
                url=options["url"],
                published_on=options["date"],
                byline=options["byline"],
                filename=file.name,
                format=options["format"],
                retrieved_at=timezone.now(),
            )
        except (UnreadableSource, CannotImport) as error:
            raise CommandError(f"{file}: {error} Nothing was kept.") from error
        self.stdout.write(_say_new(source) if created else _say_kept(source, file))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day. Write it as 2026-08-07.") from None


def _film(slug: str) -> Film:
    film = Film.objects.filter(slug=slug).first() or find_film(slug)
    if film:
        return film
    titles = dict(Film.objects.values_list("slug", "title"))
    near = process.extract(slug, titles, limit=3, score_cutoff=50, processor=utils.default_process)
    likely = ", ".join(key for _, _, key in near) or ", ".join(sorted(titles)[:5]) or "none yet"
    raise CommandError(f"No film is called “{slug}”. Films like it: {likely}. Nothing was kept.")


def _say_new(source: Source) -> str:
    kinds = list(source.turns.values_list("kind", flat=True))
    counts = ", ".join(f"{kinds.count(kind)} {kind} turns" for kind in Turn.Kind.values)
    return (
        f"Kept {source.interview} ({source.format}, {source.encoding}, SHA-256 {source.sha256[:12]}…): "
        f"{counts}, {source.quotations.count()} quotations."
    )


def _say_kept(source: Source, file: Path) -> str:
    return (
        f"{file}: the same bytes are kept already, as {source.interview} since "
        f"{source.retrieved_at:%-d %B %Y}. Nothing was added."
    )
