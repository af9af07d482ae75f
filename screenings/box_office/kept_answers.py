"""Requests that are sent twice and count once: the `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header).

An answer is kept in the transaction of the act that it tells of, under the theater's lock: there is never an act
without its answer, and a request sent again while the first is under way waits for it. Refusals are not kept: they
changed nothing, and what was put right may be sent under the same key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from django.conf import settings

from common.problems import Problem

from ..models import KeptAnswer, TheaterToken

KEPT_AS = "api_answers"  # in settings.RETENTION
# A structured field's string (RFC 9651 §3.3.3); many clients send it without its quotation marks.
_KEY = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255})')


def read_key(header: str | None) -> str | None:
    """The key that a request was sent with; None without. Raises Problem for a header that is no key."""
    if header is None:
        return None
    match = _KEY.fullmatch(header.strip())
    if match is None or len(header) > 257:
        raise Problem(
            "idempotency-key-invalid",
            "The Idempotency-Key cannot be read",
            400,
            "Send 1 to 255 visible ASCII characters in quotation marks, new for every request: a UUID.",
        )
    return match[1] or match[2]


def fingerprint_of(method: str, address: str, body: bytes) -> str:
    """What makes two requests the same: SHA-256 of method, address and body."""
    return hashlib.sha256(b"\n".join((method.encode(), address.encode(), body))).hexdigest()


def _day_before(now: dt.datetime) -> dt.datetime:
    return now - settings.RETENTION[KEPT_AS]


def find_answer(token: TheaterToken, key: str, fingerprint: str, now: dt.datetime) -> KeptAnswer | None:
    """The answer given under this key within the last day.

    Raises Problem (422) where the key was another request's.
    """
    kept = token.kept_answers.filter(key=key, created_at__gt=_day_before(now)).first()
    if kept and kept.fingerprint != fingerprint:
        raise Problem(
            "idempotency-key-reused",
            "This Idempotency-Key was another request’s",
            422,
            "The key came with another address or body within the last 24 hours. Nothing was changed: "
            "send this request under a new key.",
        )
    return kept


def keep_answer(
    token: TheaterToken, key: str, fingerprint: str, *, status: int, body: str, now: dt.datetime
) -> None:
    """Keep what a request was answered, in its transaction; an answer older than a day makes room."""
    token.kept_answers.filter(key=key, created_at__lte=_day_before(now)).delete()
    KeptAnswer.objects.create(
        token=token, key=key, fingerprint=fingerprint, status=status, body=body, created_at=now
    )


def forget_answers(before: dt.datetime, now: dt.datetime) -> int:
    """Delete answers given before then; gives how many."""
    return KeptAnswer.objects.filter(created_at__lt=before).delete()[0]
