"""A published guide on paper, and its code."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from common.public_pages import public_page

from .guide_print import PAPERS, print_guide
from .models import GuideVersion
from .page_store import find_version


@public_page
def guide_pdf(request: HttpRequest, code: str, number: int, name: str) -> HttpResponse:
    """A version as a tagged PDF, on the paper of this name."""
    if name not in PAPERS:
        raise Http404("There is no such paper.")
    version = GuideVersion.objects.select_related("guide").filter(guide__code=code, number=number).first()
    if version is None:
        raise Http404("No guide is published under this address.")
    response = HttpResponse(print_guide(version, name), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="guide-{code}-v{number}-{name}.pdf"'
    return response


@public_page
def guide_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The code that leads to a guide, as a picture (SVG) that is dark on light in any light."""
    if find_version(code) is None:
        raise Http404("No guide is published under this address.")
    url = settings.BASE_URL + reverse("guide", args=[code])
    response = HttpResponse(content_type="image/svg+xml")
    segno.make(url, error="m").save(
        response,  # type: ignore[arg-type]
        kind="svg",
        border=2,
        dark="#1b1610",
        light="#fff8ea",
        xmldecl=False,
    )
    return response
