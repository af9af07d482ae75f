"""Short codes that a person can read from a big screen and type with one thumb.

The alphabet leaves out look-alikes (0/o, 1/l/i, 5/s, 8/b, 2/z, u/v) so that a code read aloud or from
the last row is typed right.
"""

from __future__ import annotations

import secrets

ALPHABET = "34679acdefghjkmnpqrtwxy"


def new_code(length: int = 8) -> str:
    """A random code of `length` characters of `ALPHABET` (about 4.5 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normalise_code(typed: str) -> str:
    """What was typed, as a code is stored: lower case, spaces and dashes dropped."""
    return "".join(typed.split()).replace("-", "").replace("‑", "").lower()
