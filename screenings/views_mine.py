"""One's own page, behind a signed private link: what one goes to, how one hears of it, what is kept; take it, erase it.

Opening any of these addresses changes nothing (mail programs open links, too); every act is a button. A link is good
for half a year; what tells everything, and what cannot be undone, wants one that is not a day old.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import erasing, kept
from accounts.limits import Limit, is_within
from accounts.models import Person
from common.letter_languages import is_written
from common.public_forms import private_link, public_form
from notices import kinds, unsubscribe

from . import rsvp_links, rsvps
from .forms_rsvp import PartyForm
from .models import CityRequest, Rsvp
from .private_link_mail import send_link
from .rsvp_pages import mine_page
from .waiting import offers

# A theater's whole Wi-Fi is one client.
ASKS = Limit("mine", 60, dt.timedelta(hours=1))
TOO_MANY = "Too many asked from your network just now. Nothing was sent; try again in an hour."
OwnView = Callable[..., HttpResponse]


def no_link(request: HttpRequest, error: Exception, token: str = "") -> HttpResponse:
    """A link that leads nowhere; with `token`, one that was somebody's, who may have a new one sent to them."""
    context = {"why": str(error), "token": token if isinstance(error, rsvp_links.LinkTooOld) else ""}
    return render(request, "screenings/no_link.html", context, status=404)


def own_page(view: OwnView) -> OwnView:
    """A view of the person whose link it is: `view(request, token, person, …)`. A link that is none, or too old, is
    said to be that."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        try:
            person = rsvp_links.read_mine(token)
        except rsvp_links.LinkIsNone as error:
            return no_link(request, error, token)
        return view(request, token, person, **kwargs)

    return private_link(opened)


def with_fresh_link(view: OwnView) -> OwnView:
    """A view that wants a link of today: with an older one it asks whether to send another to the mailbox."""

    @wraps(view)
    def asked(request: HttpRequest, token: str, person: Person, **kwargs: object) -> HttpResponse:
        if not rsvp_links.is_fresh(token):
            return render(request, "screenings/mine_older_link.html", {"token": token}, status=403)
        return view(request, token, person, **kwargs)

    return asked


def _show(
    request: HttpRequest, token: str, person: Person, status: int = 200, **more: object
) -> HttpResponse:
    context = {"page": mine_page(person, timezone.now()), "token": token, **more}
    return render(request, "screenings/rsvp_mine.html", context, status=status)


def _back(token: str, to: str) -> HttpResponse:
    return redirect(reverse("mine", args=[token]) + f"#{to}")


@own_page
def mine(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    """Everything of one address."""
    return _show(request, token, person)


@own_page
@require_POST
def mine_showing(request: HttpRequest, token: str, person: Person, code: str) -> HttpResponse:
    """Change what one said of one showing: `act` is one of `ACTS`."""
    rsvps_of = Rsvp.objects.select_related("person", *rsvp_links.WITH_SHOWING)
    found = get_object_or_404(rsvps_of, person=person, screening__code=code)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        if act:
            act(found, request, timezone.now())
    except (rsvps.RsvpRefused, offers.OfferIsOver) as refused:
        return _show(request, token, person, 409, refused=str(refused), refused_code=code)
    return _back(token, code)


def _wishes(found: Rsvp, request: HttpRequest, now: dt.datetime) -> None:
    wishes = {name: name in request.POST for name in ("reminders", "prompts")}
    rsvps.set_wishes(found, **wishes, now=now)


class NotUnderstood(rsvps.RsvpRefused):
    """What a form says is wrong, for the person."""


def _party(found: Rsvp, request: HttpRequest, now: dt.datetime) -> None:
    form = PartyForm(found.screening, request.POST)
    if not form.is_valid():
        raise NotUnderstood(" ".join(str(e) for errors in form.errors.values() for e in errors))
    said = {"party_size": found.party_size, **form.cleaned_data}
    said.pop("tell_theater", None)
    rsvps.set_party(found, **said, now=now)


ACTS: dict[str, Callable[[Rsvp, HttpRequest, dt.datetime], object]] = {
    "withdraw": lambda found, request, now: rsvps.withdraw(found, now),
    "come": lambda found, request, now: rsvps.confirm(found, now),
    "take": lambda found, request, now: offers.take(found, now),
    "wait": lambda found, request, now: offers.wait_for_all(found, now),
    "still": lambda found, request, now: offers.still_waiting(found, now),
    "wishes": _wishes,
    "party": _party,
}


@own_page
@require_POST
def mine_list(request: HttpRequest, token: str, person: Person, mail_list: str) -> HttpResponse:
    """Leave a list, or be on it again (`wanted` is `1`)."""
    if mail_list in kinds.mail_lists():
        change = unsubscribe.start if request.POST.get("wanted") == "1" else unsubscribe.stop
        change(person, mail_list, timezone.now())
    return _back(token, "lists")


@own_page
@require_POST
def mine_request(request: HttpRequest, token: str, person: Person, pk: int) -> HttpResponse:
    """Ask no more for a film in a city. Twice is once; somebody else's is not there."""
    CityRequest.objects.filter(pk=pk, person=person).delete()
    return _back(token, "asked")


@own_page
@require_POST
def mine_language(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    """In which language we write from now on; one that we have not is ignored."""
    if is_written(language := request.POST.get("language", "")):
        Person.objects.filter(pk=person.pk).update(language=language)
    return _back(token, "language")


@public_form
def mine_ask(request: HttpRequest) -> HttpResponse:
    """“Send me my page”: a link goes to an address that we know; the answer is the same for one that we do not."""
    if request.method != "POST":
        return render(request, "screenings/mine_ask.html")
    if not is_within(request, ASKS):
        return render(request, "screenings/mine_ask.html", {"refused": TOO_MANY}, status=429)
    address = Person.objects.normalize_address(request.POST.get("email", ""))
    if person := Person.objects.filter(email=address).first():
        send_link(person, timezone.now())
    return render(request, "screenings/mine_sent.html")


@private_link
@require_POST
def mine_again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to whom this one was for, however old it is: to their address, not to who holds this one."""
    try:
        send_link(rsvp_links.read_owner(token), timezone.now())
    except rsvp_links.LinkIsNone as error:
        return no_link(request, error)
    return render(request, "screenings/mine_sent.html")


@own_page
@with_fresh_link
@require_GET
def mine_export(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    """All that is kept about the person, as a file to take away (GDPR article 20)."""
    response = JsonResponse(
        kept.export(person, timezone.now()), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="houselights-about-you.json"'
    return response


@own_page
@with_fresh_link
def mine_erase(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    """What will be gone, and the button that does it. It is gone when the answer is here."""
    if request.method == "POST":
        return render(
            request, "screenings/mine_erased.html", {"erased": erasing.erase(person, timezone.now())}
        )
    context = {
        "token": token,
        "page": mine_page(person, timezone.now()),
        "stays": erasing.what_keeps(person),
    }
    return render(request, "screenings/mine_erase.html", context)
