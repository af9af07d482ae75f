"""What everything that Typst sets here shares: the fonts, looked up once, and which way a line of text runs."""

from __future__ import annotations

import unicodedata
from functools import cache

import typst


@cache
def fonts() -> typst.Fonts:
    """Those that come with Typst and those of this machine; looking for them takes longer than setting a page."""
    return typst.Fonts()


def runs_from_right(text: str) -> bool:
    """Whether a paragraph begins at the right: its first strong letter decides (Unicode UAX #9, P2 and P3)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def longest_word(text: str) -> str:
    """What must fit into a line."""
    return max(text.split(), key=len, default="")
