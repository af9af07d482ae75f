"""A showing as anybody may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from common.short_codes import normalise_code

from .models import Screening


def published_screening(code: str) -> Screening:
    """The showing of a code however it is typed, and of one that was listed twice the one that stands.

    Raises Http404 for a draft as for none.
    """
    showings, typed = Screening.objects.published().for_listing(), normalise_code(code)
    found = showings.select_related("engagement__film__still").prefetch_related("engagement__film__credits")
    twin = Screening.objects.filter(code=typed).values("same_as")
    return found.filter(code=typed).first() or get_object_or_404(found, pk__in=twin)
