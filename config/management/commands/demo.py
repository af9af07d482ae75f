"""`manage.py demo`: the demo world, built or kept fresh."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import world
from config.demo.logins import write_logins
from config.demo.places import NoCity


class Command(BaseCommand):
    help = "Build the demo world through the real acts, around today. Safe to repeat: what stands stays."

    def handle(self, *args: object, **options: object) -> None:
        began = time.monotonic()
        try:
            built = world.build(timezone.now())
        except NoCity as error:
            raise CommandError(str(error)) from error
        write_logins(settings.STATE_DIR / "demo-logins.json")
        self.stdout.write(self.say(built, time.monotonic() - began))

    def say(self, built: world.Built, seconds: float) -> str:
        """What was done, in a sentence."""
        if built.is_new:
            return f"The demo world is built: {built.showings} showings ({seconds:.1f} s)."
        if built.changed:
            return f"The demo world stands; {built.showings} showings were added to keep it fresh."
        return "The demo world stands already; nothing was changed."
