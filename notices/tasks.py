"""The bell: beat rings the dispatcher, the dispatcher rings workers, workers claim for themselves.

No task carries a notice: one that is lost, late or delivered twice changes nothing. What is due is in the ledger.
"""

from __future__ import annotations

import logging

import kombu.exceptions
from celery import shared_task
from django.utils import timezone

from .dispatch import CHUNK, work_off
from .models import Notice

log = logging.getLogger(__name__)

# Workers that may send at once; each keeps up to `NOTICE_CONNECTIONS` connections to the mail server.
LANES = {"urgent": 2, "bulk": 2}
# A ring that nobody has heard by the next one is not worth hearing.
RING_EXPIRES_SECONDS = 5


@shared_task
def ring_dispatcher() -> None:
    """Ring as many workers as there is work for, on each queue. Logged and let be where the broker is away."""
    now = timezone.now()
    for queue, lanes in LANES.items():
        urgent = queue == "urgent"
        held_back = Notice.objects.with_lease_run_out(now).filter(urgent=urgent)
        due = Notice.objects.claimable(now).filter(urgent=urgent)
        count = due[: CHUNK * lanes].count() + held_back[: CHUNK * lanes].count()
        _ring(queue, min(lanes, -(-count // CHUNK)))


def _ring(queue: str, times: int) -> None:
    try:
        for _ in range(times):
            deliver.apply_async(
                kwargs={"urgent_only": queue == "urgent"}, queue=queue, expires=RING_EXPIRES_SECONDS
            )
    except kombu.exceptions.OperationalError:
        log.warning("The broker is away: nobody is rung this time.")


@shared_task
def deliver(urgent_only: bool = False) -> None:
    """Send what is due, for half a minute at most; the next ring goes on."""
    work_off(urgent_only=urgent_only)
