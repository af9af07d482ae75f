"""A ticket lets its bearer into one audience of one room's live stream: signed, good for two minutes, in the address.

It is asked for once, on connecting. A stream that was entered by one ends after ten minutes, so that whoever has lost
the right to lead is out by then: the page asks for another ticket where it still may.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing

GOOD_FOR = dt.timedelta(minutes=2)
_SALT = "discussions.live.tickets"


def make_ticket(audience: str, code: str) -> str:
    """A ticket to listen as `audience` to the room with this code."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{audience}:{code}").removeprefix(f"{audience}:{code}:")


def is_good(ticket: str, audience: str, code: str) -> bool:
    """Whether the ticket is ours, for this audience and room, and not older than two minutes."""
    try:
        signing.TimestampSigner(salt=_SALT).unsign(f"{audience}:{code}:{ticket}", max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return True


def stream_path(audience: str, code: str, ticket: str = "") -> str:
    """Where the live stream is: `state/` after it is the same as one answer, for those who ask now and then."""
    return f"/live/{audience}/{code}/{ticket}/" if ticket else f"/live/{audience}/{code}/"
