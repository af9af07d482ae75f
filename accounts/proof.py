"""How this session's person has shown that it is them: by code or by passkey, and how lately.

A passkey (WebAuthn with user verification) is something one has and something one is or knows: by itself it
is two factors. For ordinary people code and passkey are equal. For site staff who have a passkey a code, that
is, the mailbox, proves no more than their address.
"""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from .models import Person

BY_CODE = "code"
BY_PASSKEY = "mfa"


def has_passkey(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def does_code_prove(person: Person) -> bool:
    """May a mailed code stand for `person` where passkeys are added and removed?"""
    return not (person.is_staff and has_passkey(person))


def record_code(request: HttpRequest, person: Person) -> None:
    """Remember in the session that `person` typed a code just now."""
    record_authentication(request, person, BY_CODE, reauthenticated=True)


def proved_by_passkey(request: HttpRequest) -> bool:
    """Has the person signed in to this session shown a passkey in it?"""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == BY_PASSKEY for record in records)


def proved_lately(request: HttpRequest) -> bool:
    """Has the person of this session shown, in the last quarter of an hour, in a way that counts, that it is them?"""
    person = request.user
    if not isinstance(person, Person):
        return False
    counts = {BY_PASSKEY, BY_CODE} if does_code_prove(person) else {BY_PASSKEY}
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, person)
    return any(r.get("reauthenticated") and r["method"] in counts and r["at"] > since for r in records)
