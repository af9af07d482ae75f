"""How allauth fits this house: no passwords, no addresses of its own, our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .devices import describe_device
from .models import Person


class AccountAdapter(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        """None: a code proves the address, and a passkey is not asked for on top of a code."""
        return []

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, for counting only; empty where there is none (a socket)."""
        return get_client_ip(request) or ""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """One page where people show that it is them, by passkey or by code."""
        return [{"id": "prove", "description": "Show that it is you", "url": reverse("prove")}]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return render(request, "accounts/closed.html", status=403)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This passkey is not known here. It may have been removed. Use a code, then add it again.",
    }

    def _get_site_name(self) -> str:
        return "Houselights"

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """A first name for a passkey: the device it is added on."""
        return describe_device(context.request.META.get("HTTP_USER_AGENT", ""))
