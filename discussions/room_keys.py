"""Links by which a room is led without an account: one room, one role, taken back at any time.

A link's token is kept as a hash only; who has the link may act, so that a host's phone that dies is replaced by
opening the link on another.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from .models import Discussion, RoomKey

TOKEN_BYTES = 18  # 144 bits: 24 characters
SEEN_EVERY = dt.timedelta(seconds=30)
MOST_KEYS = 40


class TooManyKeys(ValueError):
    """A room has only so many links; the message is a sentence."""

    def __init__(self) -> None:
        super().__init__(f"A room has at most {MOST_KEYS} links. Take one back first; nothing was made.")


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_key(room: Discussion, role: str, name: str, *, now: dt.datetime) -> tuple[RoomKey, str]:
    """A new link for this role, and its token, which is told this once. Raises TooManyKeys."""
    if room.keys.filter(revoked_at=None).count() >= MOST_KEYS:
        raise TooManyKeys
    token = secrets.token_urlsafe(TOKEN_BYTES)
    words = " ".join(name.split())[:80]
    key = RoomKey.objects.create(
        discussion=room, role=role, name=words, token_hash=hash_token(token), made_at=now
    )
    return key, token


def key_of(token: str, now: dt.datetime) -> RoomKey | None:
    """The key of this token, with its room; None where there is none, or it was taken back. Notes that it was seen."""
    key = (
        RoomKey.objects.select_related("discussion__screening", "discussion__guide_version__guide")
        .filter(token_hash=hash_token(token), revoked_at=None, discussion__erased_at=None)
        .first()
    )
    if key and (key.seen_at is None or now - key.seen_at >= SEEN_EVERY):
        RoomKey.objects.filter(pk=key.pk).update(seen_at=now)
    return key


def take_back(room: Discussion, key: int, *, now: dt.datetime) -> None:
    """From now on the link leads nowhere. Nothing for one that is gone already."""
    RoomKey.objects.filter(discussion=room, pk=key, revoked_at=None).update(revoked_at=now)
