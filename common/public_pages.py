"""Pages whose bytes everyone shares: no cookie, no session, one ETag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from .encodings import TOO_SMALL_TO_BOTHER, compress, encoding_for

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A view of a page that is open to all and the same for all; GET and HEAD only.

    The page carries an ETag and is asked after each time (`no-cache`): a change is seen at once, and what
    has not changed costs no bytes (RFC 9110 §13.1.2, RFC 9111 §5.2.2.4). It is compressed. Its template
    must not touch `request.user`, `messages` or `csrf_token`: each would make the bytes one reader's.
    """
    shared = conditional_page(cache_control(public=True, no_cache=True)(require_safe(view)))
    return login_not_required(gzip_page(shared))


# How long a cache on the way may show what it has while it asks anew (RFC 5861): a change is seen within seconds.
STALE_SECONDS = 5


def cacheable_page(view: View) -> View:
    """As `public_page`, for what a cache may keep: it asks each time, and may answer at once with what is a few
    seconds old. Sent in the smallest encoding that the reader takes, as one body: so it can be answered from memory."""
    shared = cache_control(public=True, max_age=0, stale_while_revalidate=STALE_SECONDS)(require_safe(view))
    return login_not_required(_small(conditional_page(shared)))


def _small(view: View) -> View:
    @wraps(view)
    def small(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 304 or len(response.content) < TOO_SMALL_TO_BOTHER:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        encoding = encoding_for(request.headers.get("Accept-Encoding", "").encode("latin-1"))
        if encoding != "identity" and not response["Content-Type"].startswith("image/"):
            response.content = compress(response.content, encoding)
            response["Content-Encoding"] = encoding
            if response.has_header("ETag"):
                response["ETag"] = "W/" + response["ETag"].removeprefix("W/")
        return response

    return small


def tagged(response: HttpResponse, tags: Iterable[str], now: dt.datetime) -> HttpResponse:
    """`response` with what whoever keeps it must know: the tags of all that it shows (`Surrogate-Key`), and that
    time leaves it true until the clock's minute is over (times are said in whole minutes)."""
    response["Surrogate-Key"] = " ".join(sorted(tags))
    response["Surrogate-Control"] = f"max-age={60 - now.second}"
    return response
