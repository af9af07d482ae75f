"""One prompt, many cities: a public page of a guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from common.public_pages import public_page
from interviews.models import Guide

from .cities import TEN, said_in_cities


@public_page
def cities(request: HttpRequest, code: str) -> HttpResponse:
    """What rooms with this guide said to its prompts, city by city."""
    published = Guide.objects.filter(versions__isnull=False).distinct().select_related("film")
    guide = get_object_or_404(published, code=code)
    context = {"guide": guide, "prompts": said_in_cities(guide), "ten": TEN}
    return render(request, "discussions/cities.html", context)
