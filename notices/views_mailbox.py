"""The demo's mailbox page: every message, unmasked, to whoever sits at the machine that runs the demo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import demo_mailbox
from .letter_frame import frame_letter, shows_letter

View = Callable[..., HttpResponse]


def is_at_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes over this machine's own loopback. Who is on the network must not read codes."""
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def demo_only(view: View) -> View:
    """A page of the demo, and of this machine; 404 in a real house."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        if not is_at_this_machine(request):
            return render(request, "notices/mailbox_elsewhere.html", status=403)
        try:
            return view(request, *args, **kwargs)
        except FileNotFoundError as error:
            raise Http404 from error

    return login_not_required(never_cache(require_safe(guarded)))


@demo_only
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/mailbox.html", {"messages_found": demo_mailbox.newest()})


@demo_only
@shows_letter
def mailbox_message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "notices/mailbox_message.html", {"message": demo_mailbox.read(name)})


@demo_only
def mailbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    return frame_letter(request, demo_mailbox.read(name).html)


@demo_only
def mailbox_attachment(request: HttpRequest, name: str, filename: str) -> HttpResponse:
    content, mimetype = demo_mailbox.attachment(name, filename)
    response = HttpResponse(content, content_type=mimetype)
    response["Content-Disposition"] = "attachment"
    return response
