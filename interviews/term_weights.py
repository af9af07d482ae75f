"""TF-IDF: how much a passage is about what (Salton and Buckley 1988), over lexemes, on this machine."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

# Lexeme → weight; of length 1, so that a product of two is their cosine.
Vector = Mapping[str, float]


class TermWeights:
    """Inverse document frequencies of some documents, each a sequence of lexemes; those in `silent` weigh nothing."""

    def __init__(self, documents: Iterable[Sequence[str]], silent: Collection[str] = ()) -> None:
        self._silent = silent
        seen: Counter[str] = Counter()
        self._count = 0
        for document in documents:
            seen.update(set(document))
            self._count += 1
        self._seen = seen

    def rarity(self, lexeme: str) -> float:
        """ln((1 + documents) / (1 + documents that say it)): 0 for what every document says."""
        return math.log((1 + self._count) / (1 + self._seen[lexeme]))

    def vector(self, document: Sequence[str]) -> Vector:
        """The document's weights: (1 + ln tf) · idf, scaled to length 1."""
        counts = Counter(lexeme for lexeme in document if lexeme not in self._silent)
        raw = {
            lexeme: (1 + math.log(count)) * self.rarity(lexeme) for lexeme, count in sorted(counts.items())
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values()))
        return {lexeme: weight / length for lexeme, weight in raw.items() if weight} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """0 (nothing in common) to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(lexeme, 0.0) for lexeme, weight in one.items())
