"""The pages of following a theater or a film: asked for in one field, settled by the person's own link."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.limits import Limit, is_within
from common.letter_languages import wanted_by
from common.public_forms import private_link, public_form
from common.public_pages import public_page

from . import follow_links, follows
from .models import Film, Theater
from .rsvp_links import LinkIsNone
from .views_outward import find_film, find_theater

# A theater's whole Wi-Fi is one client.
FOLLOWS = Limit("follow", 100, dt.timedelta(hours=1))
TOO_MANY = "Too many asked from your network just now. Nothing was kept; try again in an hour."


class FollowForm(forms.Form):
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=follows.LONGEST_ADDRESS,
        help_text="Only for this. No account, and one press in any mail ends it.",
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={
            "required": "Write your e-mail address, and we send you the link that settles it.",
            "invalid": "This does not look like an e-mail address. Check it and send again.",
            "max_length": "This address is too long to be one. Check it and send again.",
        },
    )


@public_form
def follow_theater(request: HttpRequest, slug: str) -> HttpResponse:
    return _follow(request, find_theater(slug))


@public_form
def follow_film(request: HttpRequest, slug: str) -> HttpResponse:
    return _follow(request, find_film(slug))


def _follow(request: HttpRequest, subject: Theater | Film) -> HttpResponse:
    form = FollowForm(request.POST if request.method == "POST" else None, auto_id="follow-%s")
    if form.is_bound and form.is_valid():
        if is_within(request, FOLLOWS):
            email, language = form.cleaned_data["email"], wanted_by(request)
            follows.ask_to_follow(subject, email, now=timezone.now(), language=language)
            return redirect("follow_asked")
        form.add_error(None, TOO_MANY)
    context = {**_named(subject), "form": form}
    return render(request, "screenings/follow.html", context, status=422 if form.errors else 200)


def _named(subject: Theater | Film) -> dict[str, object]:
    return {"subject": subject, "is_theater": isinstance(subject, Theater)}


@public_page
def follow_asked(request: HttpRequest) -> HttpResponse:
    """Look in your mailbox: the same page whoever asked."""
    return render(request, "screenings/follow_asked.html")


@private_link
def follow_settle(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, or stop. Looking changes nothing: mail programs look, too."""
    try:
        follow = follow_links.read_settle(token)
    except LinkIsNone as error:
        return render(request, "notices/no_link.html", {"why": str(error)}, status=404)
    if request.method == "POST":
        act = follows.stop if request.POST.get("act") == "stop" else follows.confirm
        act(follow, timezone.now())
        return redirect("follow_settle", token=token)
    context = {**_named(follow.subject), "follow": follow}
    return render(request, "screenings/follow_settle.html", context)
