"""What mail providers tell of addresses, and the staff's list of those that are not written to."""

from __future__ import annotations

from anymail.signals import AnymailTrackingEvent
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.staff_pages import staff_only

from . import suppression
from .models import Suppression

SHOWN = 100
PROVIDERS = {
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
}


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["POST", "HEAD"])
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider's webhook: believed only with the secret of `MAIL_EVENTS_SECRET` (and Mailgun's signature), else
    400 and nothing kept; not there in a house that has no secret."""
    if provider not in PROVIDERS or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    if provider == "mailgun" and not settings.ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"]:
        raise Http404
    return PROVIDERS[provider].as_view()(request)


def note_event(sender: object, event: AnymailTrackingEvent, esp_name: str, **_: object) -> None:
    """The receiver of django-anymail's `tracking` signal."""
    suppression.note(event, esp_name, timezone.now())


class AddressForm(forms.Form):
    address = forms.EmailField(label="Address", required=False)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def suppressions(request: HttpRequest) -> HttpResponse:
    """The newest hundred, or the one of an address; a POST lifts one. Addresses are not kept: they can be asked for,
    and not be read off."""
    if request.method == "POST":
        suppression.lift(request.POST.get("key", ""), timezone.now())
        return redirect("suppressions")
    form = AddressForm(request.GET)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    rows = Suppression.objects.filter(lifted_at=None)
    if address:
        rows = rows.filter(address_key=suppression.address_key(address))
    context = {"form": form, "address": address, "rows": rows[:SHOWN]}
    return render(request, "notices/suppressions.html", context)
