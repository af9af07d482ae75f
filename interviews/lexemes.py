"""Lexemes: what words are indexed and sought as, the same on every machine and every database.

Words are folded (NFKC, case, accents) and stemmed by Snowball (https://snowballstem.org) in the language of their
text; Chinese, Japanese and Korean, which set no spaces, are taken in characters and pairs of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer
from babel import Locale, UnknownLocaleError

from .sentences import WIDE

LONGEST = 60
_WORD = re.compile(rf"[{WIDE}]+|[^\W_{WIDE}](?:[\w'’]*[^\W_])?")
_WIDE_RUN = re.compile(rf"[{WIDE}]")
_KNOWN = frozenset(snowballstemmer.algorithms())


def lexemes(text: str, language: str) -> list[str]:
    """The lexemes of `text` in its order; `language` is a BCP 47 tag. Languages that Snowball does not know are folded
    and not stemmed."""
    return [lexeme for word, _, _ in words_of(text) for lexeme in lexemes_of(word, language)]


def words_of(text: str) -> Iterable[tuple[str, int, int]]:
    """The words of `text` with their spans; a run of Chinese, Japanese or Korean is one."""
    return ((found.group(), *found.span()) for found in _WORD.finditer(text))


@lru_cache(maxsize=50_000)
def lexemes_of(word: str, language: str) -> tuple[str, ...]:
    """What one word is indexed as: its stem, or its characters and pairs of characters."""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    if _WIDE_RUN.match(folded):
        pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
        return (*folded, *pairs)
    stem = _stem(folded.removesuffix("'s"), _algorithm(language))
    return (_without_accents(stem)[:LONGEST],) if stem else ()


@lru_cache(maxsize=10_000)
def lexemes_sought(word: str, languages: frozenset[str]) -> tuple[frozenset[str], ...]:
    """What a turn must say for one word of a query: one of each set. A word is sought as each language stems it; a run
    of characters by its pairs."""
    if _WIDE_RUN.match(word) and len(word) > 1:
        return tuple(frozenset((word[at : at + 2],)) for at in range(len(word) - 1))
    stems = frozenset(lexeme for language in languages for lexeme in lexemes_of(word, language)[:1])
    return (stems,) if stems else ()


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


@lru_cache(maxsize=100)
def _algorithm(language: str) -> str:
    """Snowball's name for the language of a BCP 47 tag; `""` where it knows none."""
    try:
        name = Locale.parse(language.replace("_", "-").split("-")[0]).get_language_name("en") or ""
    except (UnknownLocaleError, ValueError):
        return ""
    known = {"norwegian bokmål": "norwegian", "norwegian nynorsk": "norwegian"}.get(
        name.lower(), name.lower()
    )
    return known if known in _KNOWN else ""


def _stem(word: str, algorithm: str) -> str:
    return _stemmer(algorithm).stemWord(word) if algorithm else word


@lru_cache(maxsize=40)
def _stemmer(algorithm: str):
    return snowballstemmer.stemmer(algorithm)
