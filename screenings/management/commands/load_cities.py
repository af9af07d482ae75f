"""Load the gazetteer into the database."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand

from screenings import gazetteer


class Command(BaseCommand):
    help = "Load the world's cities from the gazetteer's file; safe to repeat, addresses do not move."

    def handle(self, *args: object, **options: object) -> None:
        began = time.monotonic()
        count = gazetteer.load(gazetteer.read_places())
        self.stdout.write(f"{count:,} cities in {time.monotonic() - began:.1f} s.")
