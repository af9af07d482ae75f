"""A letter's HTML as a page of its own, fit to stand in a frame: it can run nothing, fetch nothing, send nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

View = Callable[..., HttpResponse]

# Mail carries its style inline; nothing else is let in. Links open outside the frame. (None: no such directive, so
# that `default-src` holds.)
POLICY = {
    **dict.fromkeys(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]),
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}
LINKS_LEAVE_THE_FRAME = '<base target="_top">'

# A page that shows a letter in a frame; and the letter.
shows_letter = cast(Callable[[View], View], csp_update({"frame-src": [SELF]}))
_is_letter = cast(Callable[[View], View], csp_replace(POLICY))


@xframe_options_sameorigin
@_is_letter
def frame_letter(request: HttpRequest, html: str) -> HttpResponse:
    """The response that holds a letter's `html`."""
    return HttpResponse(html.replace("<head>", f"<head>{LINKS_LEAVE_THE_FRAME}", 1))
