"""Offsets as JavaScript counts them (UTF-16 code units) and as we keep them (Unicode code points)."""

from __future__ import annotations

from bisect import bisect_left


class SplitsCharacter(ValueError):
    """The offset lies between the two halves of a surrogate pair, or outside the text."""


def to_utf16(text: str, offset: int) -> int:
    """The UTF-16 code units before the code point `offset` of `text` (0 to `len(text)`)."""
    if not 0 <= offset <= len(text):
        raise SplitsCharacter(f"{offset} is outside a text of {len(text)} code points.")
    return offset + sum(character > "\uffff" for character in text[:offset])


def from_utf16(text: str, units: int) -> int:
    """The code points before the UTF-16 code unit `units` of `text`: what a browser's selection means here.

    Raises SplitsCharacter for a place inside a surrogate pair or outside the text.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= 2 * units <= len(encoded):
        raise SplitsCharacter(f"{units} is outside a text of {len(encoded) // 2} UTF-16 code units.")
    try:
        return len(encoded[: 2 * units].decode("utf-16-le"))
    except UnicodeDecodeError:
        raise SplitsCharacter(f"{units} lies in the middle of a character.") from None


class Utf16Places:
    """The same for many places of one text: `places(offset)` gives the UTF-16 code units before a code point."""

    def __init__(self, text: str) -> None:
        self._astral = [place for place, character in enumerate(text) if character > "\uffff"]

    def __call__(self, offset: int) -> int:
        return offset + bisect_left(self._astral, offset)
