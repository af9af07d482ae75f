"""`manage.py build_guide FILE.toml`: arrange a guide as the file says, publish it, and let its film offer it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from interviews.guide_file import GuideFileError, build_guide
from interviews.publishing import CannotPublish


class Command(BaseCommand):
    help = "Build and publish a guide from a TOML or JSON file (interviews/guide_file.py says how it is written)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="Whose guide it is.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        by = _person(options["by"]) if options["by"] else None
        try:
            version = build_guide(_read(file), by=by, now=timezone.now())
        except CannotPublish as error:
            reasons = "\n".join(f"  {reason}" for reason in error.reasons)
            raise CommandError(
                f"{file}: the guide is not published, and nothing was kept.\n{reasons}"
            ) from error
        except GuideFileError as error:
            raise CommandError(f"{file}: {error} Nothing was kept.") from error
        address = settings.BASE_URL + reverse("guide", args=[version.guide.code])
        self.stdout.write(f"“{version.guide}” is published: version {version.number}, {address}")


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        return dict(json.loads(text) if file.suffix == ".json" else tomllib.loads(text))
    except FileNotFoundError as error:
        raise CommandError(f"{file}: there is no such file. Nothing was kept.") from error
    except (ValueError, TypeError) as error:
        raise CommandError(f"{file}: this cannot be read as a guide: {error}. Nothing was kept.") from error


def _person(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise CommandError(f"Nobody here has the address {email}. Nothing was kept.")
    return person
