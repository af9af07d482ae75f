"""The way of a notice out of the house: claimed, looked at again, written, handed to the mail server, settled.

Celery rings `work_off` and a plain loop can ring it as well: whoever runs it claims for itself, so that a bell
that is lost costs nothing but the time to the next one.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid

from django.conf import settings
from django.utils import timezone

from . import ledger
from .doubts import doubts_of_this_process
from .ledger import Claim
from .post import open_post
from .rounds import Clock, Round, Tally, lease_for

# Rows for which another worker is rung.
CHUNK = 200
# Rows that are claimed at once: at first, and then what goes out in about a second.
FIRST, FEWEST, MOST = 100, 25, 400
# The last rows are shared out between so many workers, in portions of no fewer than so many: nobody sits idle while another
# has hundreds before it. (Guided self-scheduling: Polychronopoulos and Kuck, 1987.)
SHARERS, FEWEST_SHARED = 2, 100


def work_off(
    *,
    urgent_only: bool = False,
    for_at_most: dt.timedelta = dt.timedelta(seconds=30),
    clock: Clock = timezone.now,
) -> Tally:
    """Send what is due, round by round, until nothing is or the time is up.

    Urgent rows come first in every claim.
    """
    tally = Tally()
    doubts = doubts_of_this_process(settings.NOTICE_IN_DOUBT)
    supply = DueNotices(clock, clock() + for_at_most, urgent_only=urgent_only)
    with open_post() as post:
        while supply.has_more:
            claim = supply.claim()
            if claim.notices:
                Round(claim, supply, post, doubts, clock, tally).deliver()
    return tally


class DueNotices:
    """What is due, claimed in portions that go out in about a second: a worker that a slow mail server holds up leaves
    the rest to the others."""

    def __init__(self, clock: Clock, stop_at: dt.datetime, *, urgent_only: bool) -> None:
        self._clock, self._stop_at, self._urgent_only = clock, stop_at, urgent_only
        self._is_used_up = False
        self._portion, self._claimed_at = 0, time.monotonic()

    @property
    def has_more(self) -> bool:
        return not self._is_used_up and self._clock() < self._stop_at

    def claim(self, lease: uuid.UUID | None = None) -> Claim:
        claim = ledger.claim(
            self._clock(),
            limit=self._share(self._next_portion()),
            lease_for=lease_for(),
            urgent_only=self._urgent_only,
            lease=lease,
        )
        self._is_used_up = not claim.notices
        return claim

    def _share(self, portion: int) -> int:
        """The portion, or one's share of what is left."""
        if portion <= FEWEST_SHARED:
            return portion
        left = ledger.count_due(self._clock(), portion * SHARERS, urgent_only=self._urgent_only)
        self._portion = min(portion, max(FEWEST_SHARED, -(-left // SHARERS)))
        return self._portion

    def _next_portion(self) -> int:
        """As many as went out in a second of late; the first time `FIRST`."""
        now = time.monotonic()
        if self._portion:
            a_second = int(self._portion / max(now - self._claimed_at, 0.001))
            self._portion = min(max(a_second, FEWEST), MOST)
        else:
            self._portion = FIRST
        self._claimed_at = now
        return self._portion
