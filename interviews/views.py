"""The reading page of a published guide."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from common.public_pages import public_page
from common.short_codes import normalise_code

from .page_store import StoredPage, find_version, page_of


@public_page
def read_guide(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A guide's newest version, or the one with this number. A code typed with capitals or dashes finds its way."""
    return _read(request, code, number, "guide")


@public_page
def read_facilitator(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """The same for who leads the discussion: with tips, follow-ups and the run-sheet."""
    return _read(request, code, number, "facilitator")


def _read(request: HttpRequest, code: str, number: int | None, edition: str) -> HttpResponse:
    typed, code = code, normalise_code(code)
    version = find_version(code, number)
    if version is None:
        raise Http404("No guide is published under this address.")
    if typed != code:
        name, args = (edition, [code]) if number is None else (f"{edition}_version", [code, number])
        return HttpResponsePermanentRedirect(reverse(name, args=args))
    return _respond(request, page_of(version, edition))


def _respond(request: HttpRequest, page: StoredPage) -> HttpResponse:
    """The stored bytes in the best encoding; a `public_page` answers 304 where the reader has them already."""
    encoding = _encoding_for(request.headers.get("Accept-Encoding", ""), page)
    response = HttpResponse(page.bodies[encoding])
    response["ETag"] = page.etag
    response["Vary"] = "Accept-Encoding"
    if encoding != "identity":
        response["Content-Encoding"] = encoding
    return response


def _encoding_for(accepted: str, page: StoredPage) -> str:
    """The smallest encoding among those of an Accept-Encoding header (RFC 9110) that are not refused with q=0."""
    offers = (part.replace(" ", "").lower().partition(";q=") for part in accepted.split(","))
    wanted = {name for name, _, weight in offers if not weight or weight.strip("0.")}
    return next((name for name in page.bodies if name in wanted), "identity")
