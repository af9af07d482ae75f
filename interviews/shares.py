"""How long an excerpt is, and how much of its interview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .models import Source
from .selectors import Span
from .sentences import words

# From here on an editor is told that a quote is long; above half it is the interview and no quote.
MUCH, TOO_MUCH = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Share:
    """`words` of the `total` that an interview has; Chinese, Japanese and Korean characters count as words."""

    words: int
    total: int

    @property
    def part(self) -> float:
        """0 to 1; 0 for an interview without words."""
        return self.words / self.total if self.total else 0.0

    def __str__(self) -> str:
        percent = self.part * 100
        said = "less than 1" if percent < 1 else str(round(percent))
        return f"{self.words} {'word' if self.words == 1 else 'words'}, {said} % of the interview"


def share_of(source: Source, segments: Sequence[Span]) -> Share:
    """How much of what is said in `source` the segments are; of its whole text where no turns are known. One query."""
    turns = [segment for segments in source.turns.values_list("segments", flat=True) for segment in segments]
    quoted = _count(source.visible_text, segments)
    return Share(quoted, max(quoted, _count(source.visible_text, turns or [(0, len(source.visible_text))])))


def _count(text: str, spans: Iterable[Sequence[int]]) -> int:
    return sum(len(words(text[start:end])) for start, end in spans)
