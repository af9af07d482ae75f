"""The catalogues of the letters' languages: whole, without leftovers, and compiled. Nothing but Babel is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = [code for code, _ in settings.LETTER_LANGUAGES if code != settings.LANGUAGE_CODE]
APPS = ("common", "accounts", "notices", "screenings", "interviews", "discussions", "config")
MARKS = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}
VALUE = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"<[^>]+>")


def sources() -> Iterator[str]:
    """Whatever may hold words of letters, as Python: the letters' templates, and modules that translate."""
    for template in sorted((settings.BASE_DIR / "templates" / "emails").glob("*.html")):
        yield templatize(template.read_text())
    for app in APPS:
        for module in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "gettext" in (words := module.read_text()):
                yield words


@cache
def used() -> frozenset[str | tuple[str, ...]]:
    """The words that letters use; with a plural, both."""
    found: set[str | tuple[str, ...]] = set()
    for source in sources():
        for _, words, _, _ in extract("python", BytesIO(source.encode()), keywords=MARKS):
            found.add(words)
    return frozenset(found)


def po_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    with po_of(language).open("rb") as words:
        return read_po(words)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def both(message: Message) -> list[tuple[str, str]]:
    """What stands for what: one pair, or one for each plural."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def test_letters_use_words() -> None:
    assert "Choose what you hear from us" in used()
    assert "Open captions" in used()
    assert "%(before)s → %(after)s, same evening" in used()
    assert ("Take the seat", "Take the seats") in used()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_all_that_letters_use_and_nothing_else(language: str) -> None:
    held = {tuple(m.id) if isinstance(m.id, tuple) else m.id for m in messages(read(language))}
    assert used() - held == set(), "letters would say this in English"
    assert held - used() == set(), "nobody says this any more"
    assert not read(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_there_and_holds_the_same_values(language: str) -> None:
    for message in messages(read(language)):
        assert not message.fuzzy, message.id
        assert not list(message.check(read(language))), message.id
        for english, said in both(message):
            assert said.strip(), english
            assert sorted(VALUE.findall(said)) == sorted(VALUE.findall(english)), said
            assert TAG.findall(said) == TAG.findall(english), said
            assert "%" not in VALUE.sub("", said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """`make catalogues` was run after the last change: a fresh machine has no tool of its own for it."""
    with po_of(language).with_suffix(".mo").open("rb") as compiled:
        looked_up = sorted(pair for message in messages(read_mo(compiled)) for pair in both(message))
    assert looked_up == sorted(pair for message in messages(read(language)) for pair in both(message))


def test_french_keeps_its_signs_beside_their_words() -> None:
    """A no-break space before `: ; ? !`, where a line must not end."""
    for message in messages(read("fr")):
        for _, said in both(message):
            assert not re.search(r"[^\u00a0:][:;?!](?!//)", TAG.sub("", said)), said
