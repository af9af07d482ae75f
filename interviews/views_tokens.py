"""One's tokens for programs: make one, see it once, revoke it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import Person

from .guide_tokens import TooManyTokens, make_token_for, revoke_token, tokens_of


class TokenForm(forms.Form):
    name = forms.CharField(
        label="What it is for",
        max_length=80,
        help_text="Such as “our newsletter’s script”: by this name you know it again.",
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens; a POST makes one, which only its answer shows."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, token = make_token_for(_person(request), form.cleaned_data["name"])
        except TooManyTokens as refused:
            form.add_error("name", str(refused))
        else:
            return _page(request, TokenForm(), made=row, token=token)
    return _page(request, form)


def _page(request: HttpRequest, form: TokenForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "tokens": tokens_of(_person(request)).live(),
        "api": request.build_absolute_uri("/api/drafts/"),
        **more,
    }
    return render(request, "interviews/manage/tokens.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one of the person's tokens; somebody else's is 404."""
    row = revoke_token(_person(request), pk, timezone.now())
    if row is None:
        raise Http404("This is nobody’s token, or not yours.")
    messages.success(request, f"“{row.name}” is revoked: what shows that token is turned away from now on.")
    return redirect("guide_tokens")
