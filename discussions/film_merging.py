"""What hangs on a showing here, when it was listed twice and becomes one."""

from __future__ import annotations

from django.db import models

from notices.models import Notice
from screenings import plans
from screenings.models import Screening

from . import lights_up_mail
from .models import Discussion


def move(stands: models.Model, goes: models.Model) -> None:
    """Rooms go on in the showing that stands, and whoever was told that one talks is not told again. Where both have an open
    room, the one of the showing that goes stays with it: the phones in it go on."""
    if isinstance(stands, Screening) and isinstance(goes, Screening):
        rooms = Discussion.objects.filter(screening=goes)
        if stands.discussions.exclude(phase=Discussion.Phase.CLOSED).exists():
            rooms = rooms.filter(phase=Discussion.Phase.CLOSED)
        rooms.update(screening=stands)
        _move_news_of_the_talk(stands, goes)


def _move_news_of_the_talk(stands: Screening, goes: Screening) -> None:
    news = Notice.objects.filter(kind=lights_up_mail.CODE, subject_kind=plans.SUBJECT_KIND)
    known = news.filter(subject_id=stands.pk).values("person_id")
    moving = news.filter(subject_id=goes.pk, subject_revision=goes.revision).exclude(person_id__in=known)
    moving.update(subject_id=stands.pk, subject_revision=stands.revision)
