"""Words that a phone sends: what is kept of them, and what is said where they cannot be taken."""

from __future__ import annotations

import unicodedata
import uuid

MOST_LETTERS = 280
MOST_NAME = 40
# A page cannot be turned around, nor words hidden in nothing (Unicode TR 36 §2.5): the controls of direction, and what
# has no width, save the joiners that scripts and emoji need.
_UNSEEN = frozenset(
    "\u200b\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


class CannotSend(ValueError):
    """What a phone sent is not taken; the message is a sentence for it. `status`: the HTTP status that says so."""

    status = 422


class TooMuch(CannotSend):
    status = 429


class NotTheSame(CannotSend):
    """The same key with other words."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "This was sent before, with other words. What came first stands; send this one as new."
        )


class NotHere(CannotSend):
    status = 404


def clean(typed: str, *, lines: bool = True) -> str:
    """The words as they are kept: composed (NFC), without controls, in single lines with single spaces; line breaks
    stay where there may be `lines`, an empty line once."""
    seen = "".join(letter for letter in unicodedata.normalize("NFC", typed) if _is_seen(letter))
    kept = [" ".join(line.split()) for line in seen.splitlines()]
    if not lines:
        return " ".join(filter(None, kept))
    return "\n".join(line for i, line in enumerate(kept) if line or (i and kept[i - 1])).strip()


def _is_seen(letter: str) -> bool:
    return letter in "\n\r\t" or (unicodedata.category(letter) != "Cc" and letter not in _UNSEEN)


def clean_words(typed: str) -> str:
    """An answer or a question. Raises CannotSend where it is empty or longer than 280 letters."""
    words = clean(typed)
    if not words:
        raise CannotSend("There is nothing in it yet. Write a line and send it.")
    if len(words) > MOST_LETTERS:
        raise CannotSend(
            f"That is {len(words)} letters; {MOST_LETTERS} fit. Nothing was sent, your words are kept."
        )
    return words


def key_of(given: str, participant: int, *about: object) -> uuid.UUID:
    """The client's key of what it sends. A page without a script has none: then the same words about the same thing are
    the same. Raises CannotSend for what is no UUID."""
    if not given:
        return uuid.uuid5(uuid.NAMESPACE_OID, "\x00".join(map(str, (participant, *about))))
    try:
        return uuid.UUID(given)
    except ValueError:
        raise CannotSend("The page sent something odd. Load it again; your words are kept.") from None
