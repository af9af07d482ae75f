"""Mail that accounts owe, written down by whoever keeps the ledger: `notices` registers itself here."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from .models import SignInAttempt


class SignInPost(Protocol):
    """Owes the person of `attempt` the mail with its code, in the caller's transaction."""

    def __call__(self, attempt: SignInAttempt, now: dt.datetime) -> None: ...


_posts: list[SignInPost] = []


def register(post: SignInPost) -> None:
    """Have `post` owe the mail of every sign-in code from now on."""
    _posts[:] = [post]


def owe_sign_in_mail(attempt: SignInAttempt, now: dt.datetime) -> None:
    """Owe the mail with the code of `attempt`. Raises LookupError where nobody keeps a ledger."""
    if not _posts:
        raise LookupError("Nobody sends the mail of accounts: is notices installed?")
    _posts[0](attempt, now)
