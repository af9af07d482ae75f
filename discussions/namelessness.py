"""Words without the names of those who were in the room. Pure: what is read outside a room names no participant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# Whom a name or an address stood for.
SOMEONE = "[someone]"
_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[\s().\-/]*\d){7,}(?!\w)")
_SHORTEST = 3


def nameless(names: Iterable[str]) -> Callable[[str], str]:
    """A function that puts SOMEONE in the place of these names, of mail addresses and of telephone numbers.

    A name of one word is found as it is written (a phone that calls itself “Road” leaves the road alone), one of
    several in any case.
    """
    known = sorted({name.strip() for name in names if len(name.strip()) >= _SHORTEST}, key=len, reverse=True)
    one = _any_of([name for name in known if len(name.split()) == 1])
    several = _any_of([name for name in known if len(name.split()) > 1], re.IGNORECASE)
    patterns = [pattern for pattern in (_ADDRESS, _NUMBER, several, one) if pattern]

    def clear(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(SOMEONE, text)
        return text

    return clear


def _any_of(names: list[str], flags: int = 0) -> re.Pattern[str] | None:
    if not names:
        return None
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)@?(?:{'|'.join(spaced)})(?!\w)", flags)
