"""A theater's tokens: made and revoked by its managers."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Person
from accounts.tokens import new_facts

from ..models import Theater, TheaterToken

# More than a theater has systems; beyond it somebody has lost count.
MOST_TOKENS = 20


class TooManyTokens(ValueError):
    """The theater has as many as it can have; the message is a sentence for the manager."""


def make_theater_token(
    theater: Theater, name: str, scopes: Iterable[str], *, by: Person | None
) -> tuple[TheaterToken, str]:
    """A new token of the theater, and the secret, which is shown to its maker now and never again.

    Raises TooManyTokens, and ValueError for a scope that there is not.
    """
    if theater.tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
        raise TooManyTokens(f"The theater has {MOST_TOKENS} tokens already. Revoke those that nobody uses.")
    secret, facts = new_facts(TheaterToken.KIND, name)
    wanted = sorted(TheaterToken.Scope(scope).value for scope in set(scopes))
    return TheaterToken.objects.create(theater=theater, scopes=wanted, made_by=by, **facts), secret
