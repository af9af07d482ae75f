"""Passkeys: list, add, rename, remove; and the page where one shows that it is oneself."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ListWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from .forms import PasskeyForm, PasskeyNameForm
from .next_page import safe_next, with_next
from .proof import does_code_prove, has_passkey, proved_lately
from .views_profile import signed_in


class ProvedLately:
    """A view for who has shown lately that it is them; others do that first and come back."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not proved_lately(request):
            return redirect(with_next(reverse("prove"), request.get_full_path()))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | kwargs | {"next": safe_next(self.request)}


@method_decorator(never_cache, name="dispatch")
class PasskeyList(ListWebAuthnView):
    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("id")


@method_decorator(never_cache, name="dispatch")
class AddPasskey(ProvedLately, AddWebAuthnView):
    """The new passkey is always discoverable and verifies its person, so that it can sign in by itself."""

    def get_form_class(self) -> type[PasskeyForm]:
        return PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = begin_registration(signed_in(self.request), True)
        return context | {"js_data": options}

    def get_success_url(self) -> str:
        return safe_next(self.request) or reverse("mfa_list_webauthn")


@method_decorator(never_cache, name="dispatch")
class RenamePasskey(ProvedLately, EditWebAuthnView):
    def get_form_class(self) -> type[PasskeyNameForm]:
        return PasskeyNameForm


@method_decorator(never_cache, name="dispatch")
class RemovePasskey(ProvedLately, RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_list_webauthn")


@method_decorator(never_cache, name="dispatch")
class Prove(ReauthenticateWebAuthnView):
    """Show that it is you, by passkey or (but for site staff who have one) by a code."""

    template_name = "mfa/webauthn/reauthenticate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        person = signed_in(self.request)
        return context | {
            "js_data": context["js_data"]["request_options"],
            "has_passkey": has_passkey(person),
            "code_proves": does_code_prove(person),
            "next": safe_next(self.request),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect(with_next(reverse("prove"), safe_next(self.request)))


@never_cache
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """To site staff without a passkey: what opens the site's own rooms."""
    return render(request, "accounts/second_factor.html", {"next": safe_next(request)})
