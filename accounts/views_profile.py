"""You: name, language, where you are signed in, what we keep about you."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .forms import ProfileForm
from .kept import Value, export, kept_about
from .models import Person
from .sessions import end_sessions, sessions_of


def signed_in(request: HttpRequest) -> Person:
    """Who is asking; the middleware has let nobody else in."""
    assert isinstance(request.user, Person)
    return request.user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The profile: name and language, and the way to everything else about you."""
    person = Person.objects.get(pk=signed_in(request).pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("profile")
    context = {
        "form": form,
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count(),
        "sessions": sessions_of(person, timezone.now()).count(),
    }
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """Where you are signed in."""
    context = {
        "sessions": sessions_of(signed_in(request), timezone.now()),
        "current_key": request.session.session_key,
    }
    return render(request, "usersessions/usersession_list.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of your sessions; somebody else's is 404."""
    theirs = sessions_of(signed_in(request), timezone.now()).filter(pk=pk)
    session = theirs.first()
    if session is None:
        raise Http404("No such session.")
    if session.session_key == request.session.session_key:
        return _leave(request, "You are signed out on this device.")
    end_sessions(theirs)
    messages.success(request, f"{session.user_agent} is signed out. Its next tap finds the door closed.")
    return redirect("session_list")


@require_POST
def end_every_session(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    number = end_sessions(sessions_of(signed_in(request), timezone.now()))
    devices = "this device" if number < 2 else f"all {number} devices"
    return _leave(request, f"You are signed out on {devices}.")


def _leave(request: HttpRequest, words: str) -> HttpResponse:
    end_sessions(
        sessions_of(signed_in(request), timezone.now()).filter(session_key=request.session.session_key)
    )
    logout(request)
    messages.success(request, words)
    return redirect("account_login")


def in_words(value: Value) -> str:
    """A kept value as the page shows it: times in UTC, nothing as a dash."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dt.UTC):%-d %b %Y, %H:%M} UTC"
    if isinstance(value, dt.date):
        return f"{value:%-d %b %Y}"
    return "–" if value in (None, "") else str(value)


@never_cache
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What we keep about you, as a page."""
    sections = [
        (section, [[(name, in_words(value)) for name, value in record.items()] for record in section.records])
        for section in kept_about(signed_in(request))
    ]
    return render(request, "accounts/kept.html", {"sections": sections})


@never_cache
@require_GET
def kept_json(request: HttpRequest) -> HttpResponse:
    """The same as a file to take away."""
    response = JsonResponse(
        export(signed_in(request), timezone.now()), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="houselights-about-you.json"'
    return response
