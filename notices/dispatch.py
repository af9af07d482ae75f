"""The way of a notice out of the house: claimed, looked at again, written, handed to the mail server, settled.

Celery rings `work_off` and a plain loop can ring it as well: whoever runs it claims for itself, so that a bell
that is lost costs nothing but the time to the next one.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from . import ledger
from .doubts import doubts_of_this_process
from .post import open_post
from .rounds import Clock, Round, Tally, lease_for

CHUNK = 200


def work_off(
    *,
    urgent_only: bool = False,
    for_at_most: dt.timedelta = dt.timedelta(seconds=30),
    clock: Clock = timezone.now,
) -> Tally:
    """Send what is due, chunk by chunk, until nothing is or the time is up.

    Urgent rows come first in every chunk.
    """
    tally, stop_at = Tally(), clock() + for_at_most
    doubts = doubts_of_this_process(settings.NOTICE_IN_DOUBT)
    with open_post() as post:
        while clock() < stop_at:
            claim = ledger.claim(clock(), limit=CHUNK, lease_for=lease_for(), urgent_only=urgent_only)
            if not claim.notices:
                break
            Round(claim, post, doubts, clock, tally).deliver()
    return tally
