"""The bell for rooms: what nobody in them does by hand."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .conducting import close_forgotten
from .crowding import mark_odd
from .models import Discussion


@shared_task
def look_after_rooms() -> None:
    """Close the rooms that nobody closed, mark what looks odd in those whose lights are up."""
    close_forgotten(timezone.now())
    for room in Discussion.objects.filter(phase=Discussion.Phase.LIGHTS_UP):
        mark_odd(room)
