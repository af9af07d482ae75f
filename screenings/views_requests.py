"""“Bring it here”: asked on a film's page, confirmed by mail or counted by a tap."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.limits import Limit, is_within
from common.letter_languages import wanted_by
from common.public_forms import private_link, public_form
from common.public_pages import public_page

from . import rsvp_links
from .forms_requests import BringForm
from .models import City, Film
from .requests import asking
from .requests.bookings import engagements_near
from .views_mine import no_link

# A theater's whole Wi-Fi is one client.
ASKS = Limit("bring", 100, dt.timedelta(hours=1))
TOO_MANY = "Too many came from your network just now. Nothing was counted; try again in an hour."


def _show(request: HttpRequest, film: Film, form: BringForm, **more: object) -> HttpResponse:
    context = {"film": film, "bring_form": form, **more}
    return render(request, "screenings/bring.html", context, status=422 if form.errors else 200)


@public_form
def bring_here(request: HttpRequest, slug: str) -> HttpResponse:
    """The form by itself, and what it answers. A name that several cities have is asked about, with everything kept
    that was typed; where the film plays near there already, that is said instead."""
    film = get_object_or_404(Film, slug=slug)
    if request.method != "POST":
        return _show(request, film, BringForm())
    form, now = BringForm(request.POST), timezone.now()
    if not form.is_valid():
        return _show(request, film, form)
    if len(form.cities) > 1:
        return _show(request, film, form, choices=form.cities)
    city = form.cities[0]
    if near := list(engagements_near(film, city, now)):
        return _show(request, film, form, near=near, city=city)
    if not is_within(request, ASKS):
        form.add_error(None, TOO_MANY)
        return _show(request, film, form)
    return _ask(request, film, city, form, now)


def _ask(request: HttpRequest, film: Film, city: City, form: BringForm, now: dt.datetime) -> HttpResponse:
    email, device = form.cleaned_data["email"], form.cleaned_data["device"]
    try:
        if email:
            asking.ask_by_address(film, city, email, now, wanted_by(request))
            return redirect("bring_asked", slug=film.slug)
        asking.ask_by_device(film, city, device, now)
    except asking.AskRefused as refused:
        form.add_error("email", str(refused))
        return _show(request, film, form)
    return redirect("bring_counted", slug=film.slug)


@public_page
def bring_asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Look in your mailbox: the same page whoever asked."""
    return render(request, "screenings/bring_asked.html", {"film": get_object_or_404(Film, slug=slug)})


@public_page
def bring_counted(request: HttpRequest, slug: str) -> HttpResponse:
    """A tap was counted, once for this device."""
    return render(request, "screenings/bring_counted.html", {"film": get_object_or_404(Film, slug=slug)})


@private_link
def bring_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the mail's link opens: looking changes nothing, its one button counts."""
    try:
        asked = rsvp_links.read_request(token)
    except rsvp_links.LinkIsNone as error:
        return no_link(request, error)
    if request.method == "POST":
        asking.confirm(asked, timezone.now())
        return redirect("bring_confirm", token=token)
    assert asked.person is not None
    context = {"asked": asked, "mine_url": rsvp_links.mine_path(asked.person)}
    return render(request, "screenings/bring_confirm.html", context)
