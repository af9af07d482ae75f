"""A film opens within reach of those who asked for it: they are told first.

Owed in the transaction that books the film, due after a quiet spell in which a slip can be taken back, and once for
each request, whatever else is booked near it after. Whoever tells others of an opening (followers of a theater or of
a film) lets `ASKERS_FIRST` pass, counted from the booking: who asked has heard of it by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from notices import ledger
from notices.ledger import Owed, Subject

from ..models import CityRequest, Engagement
from ..reach import box_around, is_within_reach

FILM_OPENS, SUBJECT_KIND = "film_opens", "city_request"
QUIET_SPELL = dt.timedelta(minutes=10)
ASKERS_FIRST = dt.timedelta(hours=1)
# News of an opening is worth reading for a week after it, while the film still plays.
NEWS_FOR = dt.timedelta(days=7)


def within_reach_of(engagement: Engagement) -> list[CityRequest]:
    """Confirmed requests for the film within reach of its theater: one query."""
    here = engagement.theater.city
    asked = CityRequest.objects.filter(
        box_around(here, "city__"), film=engagement.film_id, confirmed_at__isnull=False, person__isnull=False
    )
    return [
        one for one in asked.select_related("city").order_by("created_at") if is_within_reach(here, one.city)
    ]


def tell_askers(engagement: Engagement, now: dt.datetime) -> None:
    """Owe those who asked for the film near this booking the news of it, in the transaction that books it."""
    if useful_until(engagement, now) > now:
        ledger.plan_all(owe_to(within_reach_of(engagement), engagement, now, due_at=now + QUIET_SPELL), now)


def useful_until(engagement: Engagement, now: dt.datetime) -> dt.datetime:
    """Until when the news is worth sending: a week after the opening (or after today, where it has opened), or the end
    of the run."""
    zone = engagement.theater.tzinfo
    last = max(engagement.opens_on, now.astimezone(zone).date()) + NEWS_FOR
    if engagement.closes_on is not None:
        last = min(last, engagement.closes_on)
    return dt.datetime.combine(last, dt.time(20, 0), zone).astimezone(dt.UTC)


def owe_to(
    asked: Iterable[CityRequest], engagement: Engagement, now: dt.datetime, *, due_at: dt.datetime
) -> Iterator[Owed]:
    """The news of a booking for each of these requests, where it is worth sending then. Each is told once."""
    until = useful_until(engagement, now)
    if until <= due_at:
        return
    for one in asked:
        assert one.person_id is not None
        yield Owed(
            person_id=one.person_id,
            kind=FILM_OPENS,
            subject=Subject(SUBJECT_KIND, one.pk),
            due_at=due_at,
            useful_until=until,
            facts={"engagement": engagement.pk},
        )
