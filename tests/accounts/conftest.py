"""What tests of accounts share: asking for a code and reading it, as a person does in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_encode

from accounts.models import SignInAttempt
from accounts.sign_in import code_of
from tests.cast import MANAGER, make_person
from tests.passkey_device import PasskeyDevice


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def newest_attempt(email: str = MANAGER) -> SignInAttempt:
    return SignInAttempt.objects.filter(person__email=email).order_by("-id")[0]


def mailed_code(email: str = MANAGER) -> str:
    """The code in the newest mail to this address."""
    return code_of(newest_attempt(email).uuid)


def wrong(code: str) -> str:
    """Another six digits."""
    return f"{(int(code) + 1) % 10**6:06d}"


def give_passkey(email: str = MANAGER) -> Authenticator:
    """A passkey called “Key” of the person of this address, as it is kept; no device holds it."""
    user = {"id": websafe_encode(b"somebody")}
    options = {"publicKey": {"challenge": "none", "rp": {"id": "testserver"}, "user": user}}
    data = {"name": "Key", "credential": json.loads(PasskeyDevice().create(options))}
    return Authenticator.objects.create(user=make_person(email), type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.fixture
def ask() -> Callable[..., str]:
    """Ask for a code in a browser; gives the address of the page where it is typed."""

    def ask(client: Client, email: str = MANAGER, **facts: str) -> str:
        response = client.post("/sign-in/", {"email": email, **facts})
        assert response.status_code == 302, response.content.decode()
        return str(response["Location"])

    return ask


@pytest.fixture
def sign_in(ask: Callable[..., str]) -> Callable[..., Client]:
    """A browser in which this person has signed in by code."""

    def sign_in(email: str = MANAGER, user_agent: str = "Mozilla/5.0 (Android 15) Firefox/140.0") -> Client:
        client = Client(HTTP_USER_AGENT=user_agent)
        page = ask(client, email)
        response = client.post(page, {"code": mailed_code(email)})
        assert response.status_code == 302, response.content.decode()
        return client

    return sign_in
