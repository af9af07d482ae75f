"""Where a film that is asked for is booked already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..listings.booking_rows import in_release
from ..models import City, Engagement, Film
from ..reach import box_around, is_within_reach


def engagements_near(film: Film, city: City, now: dt.datetime) -> Iterator[Engagement]:
    """Bookings of `film` that are not over, within reach of `city`, the nearest opening first: one query."""
    booked = in_release(now).filter(box_around(city, "theater__city__"), film=film)
    for engagement in booked.for_listing().order_by("opens_on", "pk"):
        if is_within_reach(city, engagement.theater.city):
            yield engagement
