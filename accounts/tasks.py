"""What accounts have to do in the background."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import retention


@shared_task
def keep_retention() -> None:
    """Forget what has been kept long enough. It may run twice, and late: what is due then goes then."""
    retention.keep(timezone.now())
