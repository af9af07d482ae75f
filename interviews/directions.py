"""Which way writing runs: of a language, and of a passage."""

from __future__ import annotations

import unicodedata

from babel import Locale, UnknownLocaleError

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of_language(tag: str) -> str:
    """`ltr` or `rtl` for a BCP 47 tag; `ltr` for a language that CLDR does not know."""
    try:
        return Locale.parse(tag, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def direction_of(text: str) -> str:
    """`ltr` or `rtl` by the first character that has a direction (as HTML's `dir=auto`); `ltr` where none has."""
    ways = (_STRONG.get(unicodedata.bidirectional(character)) for character in text)
    return next((way for way in ways if way), "ltr")
