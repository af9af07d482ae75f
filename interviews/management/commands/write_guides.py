"""Write every published guide as compressed files for the proxy: after each release."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from interviews.written_pages import folder, write_all


class Command(BaseCommand):
    help = "Write the pages of published guides as compressed files that a proxy serves. Safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        pages = write_all()
        self.stdout.write(f"{pages} page{'' if pages == 1 else 's'} of guides written to {folder()}.")
