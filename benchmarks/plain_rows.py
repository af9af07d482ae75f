"""The yardstick of pages that are made anew: 50 showings, read in one query and joined as strings, by the same server
through the same middleware and compression. A URL configuration of its own, over the house's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import escape

from common.public_pages import cacheable_page
from config.urls import urlpatterns as house
from screenings.models import Screening

COLUMNS = ("code", "starts_at", "labels", "engagement__film__title", "engagement__theater__name")


@cacheable_page
def plain_rows(request: HttpRequest) -> HttpResponse:
    rows = Screening.objects.published().order_by("starts_at", "id").values_list(*COLUMNS)[:50]
    lines = (
        f'<li><a href="/s/{code}/"><time datetime="{start.isoformat()}">{start:%H:%M}</time> {escape(film)}</a> '
        f"<p>{escape(theater)}</p><p>{' '.join(labels)}</p></li>"
        for code, start, labels, film, theater in rows
    )
    return HttpResponse(f"<!doctype html><title>Rows</title><ol>{''.join(lines)}</ol>")


urlpatterns = [path("plain-rows/", plain_rows), *house]
