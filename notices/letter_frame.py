"""A letter's HTML as a page of its own, fit to stand in a frame: it can run nothing, fetch nothing, send nothing."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

# Mail carries its style inline; nothing else is let in. Links open outside the frame.
POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}
LINKS_LEAVE_THE_FRAME = '<base target="_top">'


@xframe_options_sameorigin
@csp_replace(POLICY)
def frame_letter(request: HttpRequest, html: str) -> HttpResponse:
    """The response that holds a letter's `html`."""
    return HttpResponse(html.replace("<head>", f"<head>{LINKS_LEAVE_THE_FRAME}", 1))
