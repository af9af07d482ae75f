"""Pictures of a letter of every kind, HTML and plain text: a phone and a desktop, light and dark, into `shots/letters/`.

`python -m tests.letter_shots [word …]` writes them through the real acts in a database of its own, and photographs
those whose kinds contain a word given. A letter with a long title, and one in a script from right to left, are among
them; in the other languages they are taken on a phone by day.
"""

from __future__ import annotations

import html
import os
import sys
import tempfile
from pathlib import Path

from tests.shots import LIGHTS, SHOTS, SIZES

LETTERS = SHOTS / "letters"
LONG = "The Salt Road, or: How My Grandmother Crossed the Pass Nine Times with a Goat and Came Home Thinner"
ARABIC = "طريق الملح"
# Plain text as mail programs show it: a line is as long as it was written.
PLAIN = (
    "<meta name=color-scheme content='light dark'><meta name=viewport content='width=device-width'>"
    "<pre style='font:14px/20px monospace;padding:16px;white-space:pre-wrap;overflow-wrap:anywhere'>"
)


def letters(words: list[str], language: str = "en") -> dict[str, str]:
    """Name of a picture → the page it is of: letters to readers of `language`."""
    from django.db import transaction

    from tests.every_letter import WRITERS, write

    wanted = [code for code in WRITERS if not words or any(word in code for word in words)]
    pages = {}
    for code in wanted:
        titles = {"": "The Salt Road"}
        if code in ("reminder_day", "showing_changed") and language == "en":
            titles |= {"-long": LONG, "-arabic": ARABIC}
        for suffix, title in titles.items():
            with transaction.atomic():
                letter = write(code, title, language).letter
                transaction.set_rollback(True)
            name = f"{code}{suffix}" if language == "en" else f"{code}-{language}"
            pages[name] = letter.html
            pages[f"{name}-text"] = (
                f"{PLAIN}<b>{html.escape(letter.subject)}</b>\n\n{html.escape(letter.text)}"
            )
    return pages


def photograph(pages: dict[str, str], sizes: dict[str, tuple[int, int]], lights: tuple[str, ...]) -> int:
    """Take every letter at these sizes in these lights. Gives how many pictures were taken."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium, launch_flags

    LETTERS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags())
        for size, (width, height) in sizes.items():
            for light in lights:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=light)
                for name, content in pages.items():
                    page.set_content(content)
                    page.screenshot(path=LETTERS / f"{name}-{size}-{light}.png", full_page=True)
                page.close()
        browser.close()
    return len(pages) * len(sizes) * len(lights)


def main(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(scratch)}/letters.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        english = letters(words)
        others = [code for code, _ in settings.LETTER_LANGUAGES if code != settings.LANGUAGE_CODE]
        translated = {name: page for code in others for name, page in letters(words, code).items()}
    taken = photograph(english, SIZES, LIGHTS) + photograph(translated, {"phone": SIZES["phone"]}, LIGHTS[:1])
    print(f"{taken} pictures in {SHOTS.name}/{LETTERS.name}/")


if __name__ == "__main__":
    main(sys.argv[1:])
