"""The authentication backend: nobody signs in with a password. Codes (`sign_in`) and passkeys open the door."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class CodeOrPasskeyBackend(ModelBackend):
    """Django's backend for finding people and their permissions, without its passwords."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Credentials typed into a form prove nothing here."""
        return None
