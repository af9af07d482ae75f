"""The pages of those who work on a guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from .permits import guide_for


@never_cache
def manage_guide(request: HttpRequest, code: str) -> HttpResponse:
    """The guide's draft at a glance, and what is published of it."""
    guide = guide_for(request, code)
    sections = guide.sections.prefetch_related("blocks__excerpt", "blocks__prompt")
    context = {
        "guide": guide,
        "sections": sections,
        "versions": guide.versions.select_related("published_by"),
    }
    return render(request, "interviews/manage/guide.html", context)
