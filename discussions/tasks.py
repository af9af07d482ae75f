"""The bell for rooms: what nobody in them does by hand."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .cities import make_batches
from .conducting import close_forgotten
from .crowding import mark_odd
from .models import Discussion


@shared_task
def look_after_rooms() -> None:
    """Close the rooms that nobody closed, mark what looks odd in those whose lights are up; what other cities may read
    of those that have settled is made ready."""
    now = timezone.now()
    close_forgotten(now)
    make_batches(now)
    for room in Discussion.objects.filter(phase=Discussion.Phase.LIGHTS_UP):
        mark_odd(room)
