"""Forms on public pages: their bytes are shared, so they carry no CSRF cookie and no token.

What keeps other sites from sending them in a visitor's name is the browser's own word on where a request comes from:
`Origin` (RFC 6454 §7) and `Sec-Fetch-Site` (W3C Fetch Metadata). What keeps a request sent twice from counting twice
is the act's own key in the database (one RSVP per person and showing, say).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this request.

    `Origin` decides where it is sent: our own, or BASE_URL's behind a proxy. Else `Sec-Fetch-Site` must say
    `same-origin`. A request with neither comes from no browser that we serve (all send one), and is refused.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin in (_origin_of(request.build_absolute_uri("/")), _origin_of(settings.BASE_URL))
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def public_form(view: View) -> View:
    """A view that takes a public page's form: open to all, kept by no cache, without a CSRF cookie; what changes
    anything is taken from our own pages only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in SAFE and not is_from_here(request):
            return render(request, "not_from_here.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(login_not_required(never_cache(guarded)))


def private_link(view: View) -> View:
    """A view behind a signed link that a person got by mail: as `public_form`, and its address, which acts for the
    person, is told to no other site and to no search engine."""

    @wraps(view)
    def discreet(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # Not `no-referrer`: under it browsers send `Origin: null` with our own forms.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return public_form(discreet)
