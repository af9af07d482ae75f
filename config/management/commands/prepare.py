"""Ready the house to be opened."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError

from config.collected import collect_if_changed
from interviews import written_pages
from screenings.models import City


class Command(BaseCommand):
    help = "Ready the house: database, cities, static files and, with DEMO=1, the demo world. Safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}".strip()) from error
        if not City.objects.exists():
            call_command("load_cities", stdout=self.stdout)
        collect_if_changed(settings.STATE_DIR / "static-stamp")
        if settings.DEMO:
            call_command("demo", stdout=self.stdout)
        written_pages.keep_true()
