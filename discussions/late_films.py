"""A film that runs late, as its host said in the room: who sits in it is not written to before it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import F

from common.any_of import AnyOf
from notices.busy import Busy
from screenings.models import Rsvp

from .conducting import MOST_LATE
from .models import Discussion

DARK = (Discussion.Phase.LOBBY, Discussion.Phase.FILM)


def in_a_late_film(people: Collection[int], now: dt.datetime, later: dt.datetime) -> Iterator[Busy]:
    """When `people` (ids) sit, at some instant from `now` to `later`, in a film that is over as listed and runs late, and
    whose lights are not up: one query where no film does, else two."""
    late = Discussion.objects.filter(
        late_minutes__gt=0,
        phase__in=DARK,
        screening__ends_at__gt=now - dt.timedelta(minutes=MOST_LATE),
        screening__ends_at__lte=later,
    )
    times = {
        showing: (ends_at, ends_at + dt.timedelta(minutes=minutes))
        for showing, ends_at, minutes in late.values_list(
            "screening_id", "screening__ends_at", "late_minutes"
        )
    }
    if times:
        sitting = Rsvp.objects.going().filter(AnyOf(F("person_id"), people), screening_id__in=times)
        for person, showing in sitting.values_list("person_id", "screening_id"):
            yield Busy(person, *times[showing])
