"""A showing as anybody may see it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from common.prepared_queries import prepared
from common.short_codes import normalise_code

from .listings.film_facts import with_credits
from .models import Screening


@prepared
def _showing(column: str, *, code: str) -> QuerySet[Screening]:
    """The published showing that has `code`, or (`same_as`) the one that stands for one that has it."""
    found = Screening.objects.published().for_listing().select_related("engagement__film__still")
    showings = found.defer("engagement__film__still__image")
    if column == "code":
        return showings.filter(code=code)[:1]
    return showings.filter(pk__in=Screening.objects.filter(code=code).values("same_as"))[:1]


def published_screening(code: str) -> Screening:
    """The showing of a code however it is typed, and of one that was listed twice the one that stands.

    It is read `for_listing()`, its film with credits and still (without the picture's bytes). Raises Http404 for a draft
    as for none.
    """
    typed = normalise_code(code)
    found = _showing("code", code=typed) or _showing("same_as", code=typed)
    if not found:
        raise Http404("No such showing.")
    with_credits(found[0].film)
    return found[0]
