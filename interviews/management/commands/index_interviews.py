"""`manage.py index_interviews`: index every interview's newest text anew for the search."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from interviews.models import Interview
from interviews.search import index_source, newest_of


class Command(BaseCommand):
    help = "Index every interview anew: after a change of how words are stemmed, or for those kept before the search was."

    def handle(self, *args: Any, **options: Any) -> None:
        turns = sum(
            index_source(newest) for interview in Interview.objects.all() if (newest := newest_of(interview))
        )
        self.stdout.write(f"{turns} turns are indexed.")
