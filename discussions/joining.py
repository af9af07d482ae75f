"""A phone joins a room: a token that only it holds, a name that it is given, and nothing else is asked.

The token is made by us and signed for one room; the form that joins carries it, so that joining five times over a bad
connection is joining once. Its bearer keeps it in a cookie of the room's own path (docs/room.md says why); we keep a
hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from common.prepared_queries import prepared

from .changes import touch, touch_for_arrival
from .crowding import may_come_in
from .models import Discussion, Participant
from .models.phones import fold_name
from .pseudonyms import clean_name, names
from .sent_words import CannotSend, TooMuch

# Far more than any house holds: a room is not filled up by a script.
MOST_PHONES = 5000
# A form that was left open in a tab since yesterday is asked for again.
TOKEN_GOOD_TO_JOIN = dt.timedelta(days=1)
_SALT = "discussions.joining"


def make_token(code: str) -> str:
    """A new token for the room with this code: random, signed, good for that room alone."""
    return _signer(code).sign(secrets.token_urlsafe(18))


def _signer(code: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{_SALT}.{code}")


def hash_token(token: str, code: str, max_age: dt.timedelta | None = None) -> str | None:
    """What is kept of a token; None for one that is not ours, not for this room, or older than `max_age`."""
    try:
        value = _signer(code).unsign(token, max_age=max_age)
    except signing.BadSignature:
        return None
    return hashlib.sha256(value.encode()).hexdigest()


def join(room: Discussion, token: str, now: dt.datetime, door_code: str = "") -> Participant:
    """The participant who bears `token`: a new one with a name of its own, or the one that joined by it before.

    Raises CannotSend: the token is not good for joining here, the door's code is wrong, the room is closed or full.
    """
    token_hash = hash_token(token, room.code, TOKEN_GOOD_TO_JOIN)
    if token_hash is None:
        raise CannotSend("This page was open for too long. Load it again, then join.")
    try:
        _check_may_join(room, door_code, now)
    except CannotSend:
        if standing := room.participants.filter(token_hash=token_hash).first():
            return standing
        raise
    return _enter(room, token_hash, now)


def _check_may_join(room: Discussion, door_code: str, now: dt.datetime) -> None:
    """Raises CannotSend for a phone that is new here. One query until the house is full."""
    if room.phase == Discussion.Phase.CLOSED:
        raise CannotSend("This room is closed. Thank you for coming.")
    if room.door_code and not constant_time_compare(fold_name(door_code), fold_name(room.door_code)):
        raise CannotSend("That is not the code of this door. It is said or shown in the room.")
    present = room.participants.count()
    if present >= MOST_PHONES:
        raise TooMuch("This room is full. You can still read along.")
    if not may_come_in(room, present, now):
        raise TooMuch("The house is full, so phones come in one after the other. Try again in a moment.")


def _enter(room: Discussion, token_hash: str, now: dt.datetime) -> Participant:
    for name in names():
        try:
            with transaction.atomic():
                participant = Participant.objects.create(
                    discussion=room, token_hash=token_hash, pseudonym=name, joined_at=now
                )
                touch_for_arrival(room)
                return participant
        except IntegrityError:
            # The name is taken, or the same phone's other request was faster.
            if standing := room.participants.filter(token_hash=token_hash).first():
                return standing
    raise AssertionError("names do not end")


def participant_of(code: str, token: str) -> Participant | None:
    """Who bears this token in this room, with the room; None for anybody else. One query."""
    token_hash = hash_token(token, code) if token else None
    if token_hash is None:
        return None
    return _bearers.first(code=code, token_hash=token_hash)


@prepared
def _bearers(*, code: str, token_hash: str) -> QuerySet[Participant]:
    bearers = Participant.objects.select_related("discussion")
    return bearers.filter(discussion__code=code, token_hash=token_hash)


def rename(participant: Participant, typed: str) -> Participant:
    """Call the participant otherwise. Raises CannotSend where the name is none, or somebody else's."""
    if participant.discussion.phase == Discussion.Phase.CLOSED:
        raise CannotSend("This room is closed: names stay as they are.")
    participant.pseudonym = clean_name(typed)
    try:
        with transaction.atomic():
            participant.save(update_fields=["pseudonym"])
            touch(participant.discussion)
    except IntegrityError:
        raise CannotSend("Somebody here has that name. You are still called as before.") from None
    return participant


def forget(participant: Participant) -> None:
    """*Forget this evening*: the token opens nothing any more. What was sent stays in the room under its made-up name,
    until the room is erased, since others may have answered it."""
    participant.token_hash = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
    participant.hand_raised_at = participant.hand_called_at = None
    participant.save(update_fields=["token_hash", "hand_raised_at", "hand_called_at"])
