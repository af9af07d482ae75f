"""The pages of coming to a showing: said, and confirmed. No cookie, no account."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.limits import Limit, is_within
from common.letter_languages import wanted_by
from common.public_forms import private_link, public_form
from common.public_pages import public_page

from . import rsvp_links, rsvps
from .forms_rsvp import RsvpForm, asks_of, rsvp_form_context
from .models import Rsvp, Screening
from .published import published_screening
from .rsvp_pages import rsvp_page
from .views import screening_context
from .views_mine import no_link

# A theater's whole Wi-Fi is one client.
RSVPS = Limit("rsvp", 300, dt.timedelta(hours=1))
TOO_MANY = "Too many came from your network just now. Nothing was kept; try again in an hour."


@public_form
@require_POST
def rsvp(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody says that they come. What cannot be is said on the showing's page, with the form as they left it."""
    showing, now = published_screening(code), timezone.now()
    form = RsvpForm(asks_of(showing, now), request.POST)
    if form.is_valid() and _say(request, showing, form, now):
        return redirect("rsvp_asked", code=showing.code)
    context = {
        **screening_context(showing, now),
        **rsvp_form_context(showing, now, form),
        "rsvp_refused": _why_not(showing, now),
    }
    return render(request, "screenings/screening.html", context, status=422)


def _say(request: HttpRequest, showing: Screening, form: RsvpForm, now: dt.datetime) -> bool:
    """Do what a valid form asks for; False where it cannot be, and the form says why."""
    if not is_within(request, RSVPS):
        form.add_error(None, TOO_MANY)
        return False
    data = dict(form.cleaned_data)
    data.pop("tell_theater", None)
    try:
        rsvps.rsvp_to(showing, data.pop("email"), now=now, language=wanted_by(request), **data)
    except rsvps.RsvpRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


def _why_not(showing: Screening, now: dt.datetime) -> str:
    try:
        rsvps.refuse_what_cannot_be(showing, now)
    except rsvps.RsvpRefused as refused:
        return str(refused)
    return ""


@public_page
def rsvp_asked(request: HttpRequest, code: str) -> HttpResponse:
    """Look in your mailbox: the same page whoever asked."""
    return render(request, "screenings/rsvp_asked.html", {"screening": published_screening(code)})


@private_link
def rsvp_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page that a confirmation's link opens. Looking changes nothing (mail programs look, too); its one button
    confirms, and the page then says what stands."""
    now = timezone.now()
    try:
        found = rsvp_links.read_confirm(token)
        if request.method == "POST":
            rsvps.confirm(found, now)
            return redirect("rsvp_confirm", token=token)
    except rsvp_links.LinkIsNone as error:
        return no_link(request, error)
    except rsvps.RsvpRefused as refused:
        context = {"page": rsvp_page(found, now), "refused": str(refused)}
        return render(request, "screenings/rsvp_confirm.html", context, status=409)
    why_not = "" if found.state in STANDING else _why_not(found.screening, now)
    return render(
        request, "screenings/rsvp_confirm.html", {"page": rsvp_page(found, now), "refused": why_not}
    )


STANDING = (Rsvp.State.GOING, Rsvp.State.WAITING)
