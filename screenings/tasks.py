"""What the listing has to do in the background."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .waiting import offers


@shared_task
def offer_places() -> None:
    """Offer on to the next in line what ran out, or became free by itself. It may run twice, or late."""
    offers.go_on(timezone.now())
