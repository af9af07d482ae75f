"""What hangs on a film here, when two records of it become one."""

from __future__ import annotations

from django.db import models

from screenings.models import Engagement, Film, Screening

from .models import Guide, GuideChoice, ImportJob, Interview, Posting

_CHOSEN_FOR: dict[type[models.Model], str] = {
    Film: "film",
    Engagement: "engagement",
    Screening: "screening",
}


def move(stands: models.Model, goes: models.Model) -> None:
    """Interviews, guides, the index of what is said, and which guide is offered. A choice that stands stays."""
    if isinstance(stands, Film) and isinstance(goes, Film):
        for model in (Interview, Guide, ImportJob, Posting):
            model._default_manager.filter(film=goes).update(film=stands)
    name = _CHOSEN_FOR[type(stands)]
    if not GuideChoice.objects.filter(**{name: stands}).exists():
        GuideChoice.objects.filter(**{name: goes}).update(**{name: stands})
