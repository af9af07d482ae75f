"""Finding the words that somebody wants to quote: exactly once, or a sentence that says why not.

White space may differ (a file breaks its lines elsewhere); nothing else may. A look-alike is named, never taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from .models import Source
from .selectors import Span

_NEAR_ENOUGH = 75.0


class WordsNotFound(ValueError):
    """The words stand nowhere, or more than once; the message says which, for people."""


def find_words(sources: Sequence[Source], words: str) -> tuple[Source, Span]:
    """Where `words` stand in the sources. Raises WordsNotFound unless that is in one place."""
    found = [(source, span) for source in sources for span in _spans(source.visible_text, words)]
    if not found:
        raise WordsNotFound(f"“{_short(words)}” stands in none of the sources.{_nearest(sources, words)}")
    if len(found) > 1:
        places = ", ".join(source.interview.publication for source, _ in found)
        raise WordsNotFound(f"“{_short(words)}” stands in {len(found)} places ({places}): quote more of it.")
    return found[0]


def find_passage(sources: Sequence[Source], opening: str, closing: str) -> tuple[Source, Span]:
    """The passage from `opening` to the `closing` that follows it. Raises WordsNotFound unless each is in one place."""
    source, (start, after) = find_words(sources, opening)
    ends = [end for _, end in _spans(source.visible_text, closing, after)]
    if len(ends) != 1:
        how_often = "nowhere" if not ends else f"{len(ends)} times"
        raise WordsNotFound(
            f"“{_short(closing)}” stands {how_often} after “{_short(opening)}” in {source.interview.publication}: "
            "quote the end of the passage as it stands."
        )
    return source, (start, ends[0])


def find_pieces(sources: Sequence[Source], pieces: Sequence[str]) -> tuple[Source, list[Span]]:
    """Several pieces of one source. Raises WordsNotFound where they stand in different ones."""
    found = [find_words(sources, piece) for piece in pieces]
    if len({source.pk for source, _ in found}) != 1:
        raise WordsNotFound(f"The pieces of “{_short(' … '.join(pieces))}” stand in different sources.")
    return found[0][0], [span for _, span in found]


def _spans(text: str, words: str, at: int = 0) -> list[Span]:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [found.span() for found in re.compile(pattern).finditer(text, at)] if pattern else []


def _nearest(sources: Sequence[Source], words: str) -> str:
    alike = (
        (source, fuzz.partial_ratio_alignment(words, source.visible_text, score_cutoff=_NEAR_ENOUGH))
        for source in sources
    )
    best = max(
        ((found.score, source, found) for source, found in alike if found),
        default=None,
        key=lambda one: one[0],
    )
    if best is None:
        return ""
    _, source, found = best
    near = " ".join(source.visible_text[found.dest_start : found.dest_end].split())
    return f" In {source.interview.publication} there is: “{near}”"


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 70 else f"{plain[:69].rstrip()}…"
