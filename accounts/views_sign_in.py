"""The door: ask for a code, type it, use a passkey, sign out."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.letter_languages import wanted_by

from . import interrupted
from .forms import AddressForm, CodeForm
from .limits import Limit, is_within
from .models import Person, SignInAttempt
from .next_page import safe_next, with_next
from .proof import record_code
from .sign_in import CodeUsed, SignInRefused, TooManyCodes, ask_for_code, consume, find_attempt

BROWSER_COOKIE = "sign_in_browser"
CODES = Limit("sign-in-codes", 300, dt.timedelta(hours=1))
GUESSES = Limit("sign-in-guesses", 900, dt.timedelta(hours=1))
CROWDED = (
    "Very many people on this network are signing in. Nothing was lost: wait a few minutes and try again, "
    "or use your phone’s own connection."
)


def _browser_key(request: HttpRequest) -> str:
    return request.COOKIES.get(BROWSER_COOKIE, "")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same whether or not we know the address."""
    next_url = safe_next(request)
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(next_url or settings.LOGIN_REDIRECT_URL)
        return _sign_in_page(request, AddressForm(), next_url)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, next_url, status=422)
    if not is_within(request, CODES):
        return _sign_in_page(request, form, next_url, status=429, refused=CROWDED)
    return _send_code(request, form, next_url)


def _send_code(request: HttpRequest, form: AddressForm, next_url: str) -> HttpResponse:
    key = _browser_key(request) or secrets.token_urlsafe(32)
    try:
        attempt = ask_for_code(form.cleaned_data["email"], key, timezone.now(), wanted_by(request))
    except TooManyCodes as refused:
        return _sign_in_page(
            request, form, next_url, status=429, refused=str(refused), again_at=refused.again_at
        )
    response = redirect(with_next(reverse("sign_in_code", args=[attempt.uuid]), next_url))
    _keep_browser_key(response, key)
    return response


def _keep_browser_key(response: HttpResponse, key: str) -> None:
    response.set_cookie(
        BROWSER_COOKIE,
        key,
        max_age=SignInAttempt.LIFETIME,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _sign_in_page(
    request: HttpRequest, form: AddressForm, next_url: str, status: int = 200, **facts: Any
) -> HttpResponse:
    kept = interrupted.recall(request.session) is not None
    context = {"form": form, "next": next_url, "kept": kept, **facts}
    return render(request, "accounts/sign_in.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest, attempt_uuid: uuid.UUID) -> HttpResponse:
    """Type the code. Looking at this page uses nothing up."""
    next_url = safe_next(request)
    try:
        attempt = find_attempt(attempt_uuid, _browser_key(request))
    except SignInRefused as refused:
        return _finished(request, refused, next_url)
    if request.method != "POST":
        return _code_page(request, attempt, CodeForm(), next_url)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, attempt, form, next_url, status=422)
    if not is_within(request, GUESSES):
        form.add_error("code", CROWDED)
        return _code_page(request, attempt, form, next_url, status=429)
    return _try_code(request, attempt, form, next_url)


def _try_code(request: HttpRequest, attempt: SignInAttempt, form: CodeForm, next_url: str) -> HttpResponse:
    try:
        person = consume(attempt.uuid, form.cleaned_data["code"], _browser_key(request), timezone.now())
    except SignInRefused as refused:
        if isinstance(refused, CodeUsed) and request.user == attempt.person:
            return redirect(next_url or settings.LOGIN_REDIRECT_URL)
        if refused.final:
            return _finished(request, refused, next_url, attempt.person.email)
        form.add_error("code", str(refused))
        return _code_page(request, attempt, form, next_url, status=422)
    return _open(request, person, next_url)


def _open(request: HttpRequest, person: Person, next_url: str) -> HttpResponse:
    """A session for `person`, under a new key; a session of somebody else in this browser ends."""
    if request.user.is_authenticated and request.user != person:
        logout(request)
    record_code(request, person)
    return perform_login(request, Login(user=person, redirect_url=next_url or None))


def _code_page(
    request: HttpRequest, attempt: SignInAttempt, form: CodeForm, next_url: str, status: int = 200
) -> HttpResponse:
    context = {"form": form, "attempt": attempt, "next": next_url}
    return render(request, "accounts/code.html", context, status=status)


def _finished(request: HttpRequest, refused: SignInRefused, next_url: str, email: str = "") -> HttpResponse:
    form = AddressForm(initial={"email": email})
    return _sign_in_page(request, form, next_url, status=410, refused=str(refused))


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInByPasskey(LoginWebAuthnView):
    """GET (JSON) gives the browser its challenge, POST takes the passkey's answer."""

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect(with_next(reverse("account_login"), safe_next(self.request)))

    def form_valid(self, form: Any) -> HttpResponse:
        """As allauth does; and who has just shown a passkey need not show it again for a while."""
        passkey = form.cleaned_data["credential"]
        post_authentication(self.request, passkey, reauthenticated=True, passwordless=True)
        return perform_login(
            self.request, Login(user=passkey.user, redirect_url=safe_next(self.request) or None)
        )


@never_cache
@require_GET
def send_again(request: HttpRequest) -> HttpResponse:
    """After signing in: what was sent when the session had ended, to be sent again by a tap."""
    kept = interrupted.recall(request.session)
    interrupted.forget(request.session)
    if kept is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/send_again.html", {"kept": kept})


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, and clear what this device kept of the house (W3C Clear Site Data §2.2)."""
    logout(request)
    messages.success(request, "You are signed out on this device. What it had kept is cleared.")
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
