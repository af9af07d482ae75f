"""The theater's own systems: their tokens, made and revoked by its managers."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import Person

from .box_office.tokens import TooManyTokens, make_theater_token
from .forms_systems import TokenForm
from .models import Theater
from .permits import theater_for


@never_cache
def theater_systems(request: HttpRequest, slug: str) -> HttpResponse:
    """The theater's tokens; a new one is shown here, in the answer to the form that made it, and never again."""
    theater = theater_for(request, slug, "screenings.hold_tokens")
    form = TokenForm(request.POST or None, theater=theater)
    secret = _make(request, theater, form) if request.method == "POST" and form.is_valid() else ""
    context = {
        "theater": theater,
        "form": TokenForm(theater=theater) if secret else form,
        "secret": secret,
        "tokens": theater.tokens.select_related("made_by"),
    }
    status = 422 if form.errors else 200
    return render(request, "screenings/manage/systems.html", context, status=status)


def _make(request: HttpRequest, theater: Theater, form: TokenForm) -> str:
    """The new token, or nothing and the form says why."""
    assert isinstance(request.user, Person)
    name, scopes = form.cleaned_data["name"], form.cleaned_data["scopes"]
    try:
        with transaction.atomic():
            return make_theater_token(theater, name, scopes, by=request.user)[1]
    except TooManyTokens as error:
        form.add_error("name", str(error))
    except IntegrityError:  # the same form sent twice at once
        form.add_error("name", f"There is a token “{name}” already.")
    return ""


@never_cache
@require_POST
def revoke_token(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The token opens nothing from now on."""
    theater = theater_for(request, slug, "screenings.hold_tokens")
    token = theater.tokens.filter(pk=pk).first()
    if token is None:
        raise Http404("No such token.")
    if token.revoke(timezone.now()):
        messages.success(request, f"“{token.name}” is revoked: it opens nothing any more.")
    else:
        messages.warning(request, f"“{token.name}” was revoked before. Nothing was changed.")
    return redirect("theater_systems", slug=theater.slug)
