"""`compilemessages`, as Django's own, but by Babel: a machine without GNU gettext can do it (`make catalogues`)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def compiled(po: Path) -> bytes:
    """What the `.mo` beside a catalogue has to hold."""
    content = BytesIO()
    with po.open("rb") as words:
        write_mo(content, read_po(words))
    return content.getvalue()


class Command(BaseCommand):
    help = "Write the .mo of every catalogue in locale/, in which the letters' words are looked up."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for po in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                po.with_suffix(".mo").write_bytes(compiled(po))
                self.stdout.write(f"{po.parent.parent.name}: {po.with_suffix('.mo').name}")
