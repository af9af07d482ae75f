"""A line as a stranger types it, made safe to stand among others' lines."""

from __future__ import annotations

import unicodedata

# Characters that turn the direction of what follows them (UAX #9, explicit directional formatting): a name that holds
# one could turn a whole list around. Right-to-left letters themselves need none, and stay. So do the joiners that
# hold emoji and Persian words together (ZWJ, ZWNJ).
TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain_line(text: str, longest: int) -> str:
    """`text` in one line of at most `longest` code points: composed (NFC), without control characters and characters
    that turn the direction of others, spaces single. What is cut is not cut inside a letter and its marks."""
    kept = (
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c
        for c in unicodedata.normalize("NFC", text)
        if c not in TURNS
    )
    line = " ".join("".join(kept).split())
    if len(line) <= longest:
        return line
    cut = longest
    while cut and (unicodedata.combining(line[cut]) or "\u200d" in line[cut - 1 : cut + 1]):
        cut -= 1
    return line[:cut].rstrip()
