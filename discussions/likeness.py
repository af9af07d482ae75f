"""Which questions ask the same: suggested by likeness, decided by a person. Pure: numbers and texts in, groups out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from common.slugs import fold

# Of 100: from here on two questions are shown to a person as perhaps the same.
ALIKE = 72
# Words that nearly every question has say nothing about what is asked.
_EMPTY = frozenset(
    [
        "a",
        "about",
        "all",
        "am",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "film",
        "movie",
        "question",
        "think",
    ]
)
_FEWEST_WORDS = 2


def alike(texts: Mapping[int, str], at: int = ALIKE) -> list[list[int]]:
    """Groups of two or more numbers whose texts ask nearly the same (a likeness of `at` of 100 or more), the first of
    each the one that came first.

    Every member is like the group's first, so that no chain of small steps joins what is different.
    """
    return [list(group) for group in _groups(tuple(texts.items()), at)]


@lru_cache(maxsize=64)
def _groups(items: tuple[tuple[int, str], ...], at: int) -> tuple[tuple[int, ...], ...]:
    left = {number: _core(text) for number, text in items}
    groups = []
    while left:
        first, core = next(iter(left.items()))
        del left[first]
        found = process.extract(core, left, scorer=_likeness, score_cutoff=at, limit=None)
        members = sorted(number for _, _, number in found)
        for number in members:
            del left[number]
        if members:
            groups.append((first, *members))
    return tuple(groups)


def _core(text: str) -> str:
    """What a question is about: its words folded, without those that most have; all where none is left."""
    words = fold(text).split()
    telling = [word for word in words if word not in _EMPTY]
    return " ".join(telling or words)


def _likeness(
    one: Sequence[Hashable], other: Sequence[Hashable], /, *, score_cutoff: float | None = None
) -> float:
    """0 to 100: the same words in any order, or all of one's words in the other, weighed against their spelling."""
    first, second = str(one), str(other)
    if min(len(first.split()), len(second.split())) < _FEWEST_WORDS:
        return fuzz.ratio(first, second)
    return 0.5 * fuzz.token_sort_ratio(first, second) + 0.5 * fuzz.token_set_ratio(first, second)
