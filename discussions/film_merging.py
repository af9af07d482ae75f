"""What hangs on a showing here, when it was listed twice and becomes one."""

from __future__ import annotations

from django.db import models

from screenings.models import Screening

from .models import Discussion


def move(stands: models.Model, goes: models.Model) -> None:
    """Rooms go on in the showing that stands."""
    if isinstance(stands, Screening) and isinstance(goes, Screening):
        Discussion.objects.filter(screening=goes).update(screening=stands)
