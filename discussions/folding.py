"""Many answers that say the same, read as one with a number. Pure: texts in, folds out; no wording is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from common.slugs import fold

from .likeness import alike

# No person looks at it before it is read: so it takes more than to be suggested as the same question.
MUCH_ALIKE = 90


@dataclass(frozen=True, slots=True)
class Wording:
    """Words as they were first written, and how many wrote them (case, accents and punctuation aside)."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Fold:
    """What was said most in these words or in words much like them. `others` are the other wordings."""

    first: Wording
    others: tuple[Wording, ...] = ()

    @property
    def count(self) -> int:
        return self.first.count + sum(one.count for one in self.others)


def fold_words(texts: Iterable[str]) -> tuple[Fold, ...]:
    """`texts` in the order of coming, folded: those that most people wrote first.

    The same words are one wording. Wordings that are much alike stand under the most frequent of them (by
    `likeness.alike`, which a person may judge otherwise: that is why every wording stays readable).
    """
    wordings = _wordings(texts)
    groups = alike({number: one.text for number, one in enumerate(wordings)}, at=MUCH_ALIKE)
    below = {number for group in groups for number in group[1:]}
    members = {group[0]: group[1:] for group in groups}
    folds = [
        Fold(one, tuple(wordings[other] for other in members.get(number, ())))
        for number, one in enumerate(wordings)
        if number not in below
    ]
    return tuple(sorted(folds, key=lambda one: -one.count))


def _wordings(texts: Iterable[str]) -> list[Wording]:
    """The most frequent first, as first written."""
    first: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for text in texts:
        first.setdefault(key := fold(text) or text, text)
        counted[key] += 1
    return [Wording(first[key], count) for key, count in counted.most_common()]
