"""Leaving a list by the link in a mail (RFC 8058), and choosing what one hears."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from common.public_forms import private_link

from . import unsubscribe, wishes


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: it shows one button. A POST leaves the list, from that button or from a mail
    provider in the person's name (`List-Unsubscribe=One-Click`, with neither cookie nor Origin): the token is the
    proof. `again` takes it back."""
    try:
        person, mail_list = unsubscribe.read_token(token)
    except unsubscribe.LinkIsNone as error:
        return render(request, "notices/no_link.html", {"why": str(error)}, status=404)
    if request.method == "POST":
        change = unsubscribe.start if "again" in request.POST else unsubscribe.stop
        change(person, mail_list.code, timezone.now())
    context = {
        "list": mail_list,
        "wanted": unsubscribe.wants(person.pk, mail_list.code),
        "person": person,
        "wishes_path": wishes.wishes_path(person),
    }
    response = render(request, "notices/stop.html", context)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@private_link
@require_http_methods(["GET", "HEAD", "POST"])
def mail_wishes(request: HttpRequest, token: str) -> HttpResponse:
    """Every kind that can be left, by channel, with a tick where it is wanted: one form. `wish` holds `kind:channel`;
    what is not ticked is not wanted."""
    try:
        person = wishes.read_token(token)
    except unsubscribe.LinkIsNone as error:
        return render(request, "notices/no_link.html", {"why": str(error)}, status=404)
    if request.method == "POST":
        ticked = (wish.partition(":") for wish in request.POST.getlist("wish"))
        wishes.set_wishes(person, {(kind, channel) for kind, _, channel in ticked}, timezone.now())
        return redirect(reverse("mail_wishes", args=[token]) + "?kept")
    context = {"lists": wishes.wishes_of(person), "person": person, "kept": "kept" in request.GET}
    return render(request, "notices/wishes.html", context)
