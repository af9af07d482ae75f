"""Which guide a film, an engagement or a screening offers: the most specific choice that is published wins."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from common.prepared_queries import prepared
from screenings.models import Engagement, Film, Screening

from .models import Guide, GuideChoice, GuideVersion


def choose_guide(guide: Guide, offered_by: Film | Engagement | Screening) -> GuideChoice:
    """Let a film, an engagement or a screening offer `guide`, in place of what it offered before."""
    subject: dict[str, Any] = {str(offered_by._meta.model_name): offered_by}
    choice, _ = GuideChoice.objects.update_or_create(defaults={"guide": guide}, **subject)
    return choice


def guide_for(screening: Screening) -> GuideVersion | None:
    """The newest version of the guide that a screening offers: its own choice, else its engagement's, else its
    film's; a choice whose guide is not published yet is passed over. One query."""
    run = screening.engagement
    return _for_showing.first(screening=screening.pk, engagement=run.pk, film=run.film_id)


@prepared
def _for_showing(*, screening: int, engagement: int, film: int) -> QuerySet[GuideVersion]:
    choices = GuideVersion.objects.annotate(
        nearness=Case(
            When(guide__choices__screening=screening, then=Value(3)),
            When(guide__choices__engagement=engagement, then=Value(2)),
            When(guide__choices__film=film, then=Value(1)),
            output_field=IntegerField(),
        )
    ).filter(
        Q(guide__choices__screening=screening)
        | Q(guide__choices__engagement=engagement)
        | Q(guide__choices__film=film)
    )
    return _newest(choices, "-nearness")


def guide_for_film(film: Film) -> GuideVersion | None:
    """The newest version of the guide that a film offers; None where it offers none that is published. One query."""
    return _for_film.first(film=film.pk)


@prepared
def _for_film(*, film: int) -> QuerySet[GuideVersion]:
    return _newest(GuideVersion.objects.filter(guide__choices__film=film))


def _newest(versions: QuerySet[GuideVersion], *first: str) -> QuerySet[GuideVersion]:
    return versions.select_related("guide").order_by(*first, "-number")[:1]
