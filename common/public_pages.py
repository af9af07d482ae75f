"""Pages whose bytes everyone shares: no cookie, no session, one ETag."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A view of a page that is open to all and the same for all; GET and HEAD only.

    The page carries an ETag and is asked after each time (`no-cache`): a change is seen at once, and what
    has not changed costs no bytes (RFC 9110 §13.1.2, RFC 9111 §5.2.2.4). It is compressed. Its template
    must not touch `request.user`, `messages` or `csrf_token`: each would make the bytes one reader's.
    """
    shared = conditional_page(cache_control(public=True, no_cache=True)(require_safe(view)))
    return login_not_required(gzip_page(shared))
