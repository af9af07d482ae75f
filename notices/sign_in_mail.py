"""The mail with a sign-in code: owed by accounts, urgent, exempt from quiet hours, useless once the code is.

The row keeps the attempt's id, never the code: that is worked out when the mail is rendered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from accounts.models import SignInAttempt
from accounts.sign_in import code_of

from . import ledger
from .delivery import TRUE_AND_WANTED, Verdict, no_longer_true
from .kinds import Kind, SubjectKind
from .ledger import Subject
from .models import Notice

KIND = "sign_in"
SUBJECT_KIND = "sign_in_attempt"


def owe(attempt: SignInAttempt, now: dt.datetime) -> None:
    """Owe the mail with the code of `attempt`, now; nothing is sent once the code has expired."""
    ledger.plan(
        attempt.person,
        KIND,
        Subject(SUBJECT_KIND, attempt.pk),
        due_at=now,
        useful_until=attempt.expires_at,
        now=now,
    )


def load_attempts(notices: Collection[Notice]) -> Mapping[int, SignInAttempt]:
    attempts = SignInAttempt.objects.in_bulk([notice.subject_id for notice in notices])
    return {notice.pk: attempts[notice.subject_id] for notice in notices if notice.subject_id in attempts}


def check(notice: Notice, attempt: SignInAttempt, now: dt.datetime) -> Verdict:
    """A code that was used, or replaced by a newer one, need not be sent."""
    if attempt.consumed_at or attempt.superseded_at:
        return no_longer_true("The code was used, or a newer one asked for.")
    return TRUE_AND_WANTED


def context(notice: Notice, attempt: SignInAttempt, now: dt.datetime) -> Mapping[str, object]:
    return {"minutes": int(SignInAttempt.LIFETIME.total_seconds() // 60)}


def private(notice: Notice, attempt: SignInAttempt) -> Mapping[str, str]:
    return {"code": code_of(attempt.uuid)}


SIGN_IN = Kind(
    code=KIND,
    name="Sign-in code",
    template="emails/sign_in.html",
    context=context,
    check=check,
    private=private,
    answers=True,
)
ATTEMPT = SubjectKind(SUBJECT_KIND, load_attempts, name=lambda attempt: "A sign-in")
