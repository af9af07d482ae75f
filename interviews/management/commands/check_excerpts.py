"""`manage.py check_excerpts`: every quote against its source, character for character."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interviews.models import Excerpt, GuideVersion, Source
from interviews.verification import differences


class Command(BaseCommand):
    help = (
        "Re-verify every excerpt, published or not, against its source. Ends with 1 where anything differs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        for difference in found:
            self.stderr.write(str(difference))
        checked = f"{Excerpt.objects.count()} excerpts, {Source.objects.count()} sources, {GuideVersion.objects.count()} versions"
        if found:
            raise CommandError(f"{len(found)} of {checked} differ.")
        self.stdout.write(f"{checked}: every quote stands as it was archived.")
