"""The mail with a sign-in code: owed by accounts, urgent, exempt from quiet hours, useless once the code is.

The row keeps the attempt's id, never the code: that is worked out when the mail is rendered.
"""

from __future__ import annotations

import datetime as dt

from accounts.models import SignInAttempt

from .models import Notice

KIND = "sign_in"
SUBJECT_KIND = "sign_in_attempt"


def owe(attempt: SignInAttempt, now: dt.datetime) -> None:
    """Owe the mail with the code of `attempt`, now; nothing is sent once the code has expired."""
    Notice.objects.create(
        person=attempt.person,
        kind=KIND,
        subject_kind=SUBJECT_KIND,
        subject_id=attempt.pk,
        due_at=now,
        useful_until=attempt.expires_at,
        urgent=True,
    )
