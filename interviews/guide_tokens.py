"""Tokens that open drafts to programs: each is one person's and opens what that person may edit, no more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import Person
from accounts.tokens import Tokens, new_facts

from .models import GuideToken

MOST = 10


class TooManyTokens(ValueError):
    """A person has as many tokens as a person may have; the message is a sentence for them."""


@transaction.atomic
def make_token_for(person: Person, name: str) -> tuple[GuideToken, str]:
    """A token of the person's, and its text, which nobody can see again. Raises TooManyTokens."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if tokens_of(person).live().count() >= MOST:
        raise TooManyTokens(
            f"You have {MOST} tokens. Revoke one that nothing uses any more, then make this one."
        )
    token, facts = new_facts(GuideToken.KIND, name)
    return GuideToken.objects.create(made_by=person, **facts), token


def tokens_of(person: Person) -> Tokens:
    """The person's tokens, the newest first, those that are revoked among them."""
    rows: Tokens = GuideToken.objects.filter(made_by=person).order_by("-created_at", "-pk")
    return rows


def revoke_token(person: Person, pk: int, now: dt.datetime) -> GuideToken | None:
    """Close one of the person's tokens for ever. None where it is none of theirs; closed twice is closed."""
    row = tokens_of(person).filter(pk=pk).first()
    if row:
        row.revoke(now)
    return row  # type: ignore[return-value]
