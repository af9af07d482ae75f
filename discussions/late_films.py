"""A film that runs late, as its host said in the room: who sits in it is not written to before it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import F, Q

from common.any_of import AnyOf
from notices.busy import Busy
from screenings.models import Rsvp, Screening

from .conducting import MOST_LATE
from .models import Discussion

# For so long at once, as what the host said is a guess: soon after the lights go up, or the guess is mended, mail goes.
STEP = dt.timedelta(minutes=5)
# The lights have not gone up, or by a thumb that slipped before the end.
IS_DARK = Q(phase__in=(Discussion.Phase.LOBBY, Discussion.Phase.FILM)) | Q(
    phase=Discussion.Phase.LIGHTS_UP, lights_up_at__lt=F("screening__ends_at")
)


def in_a_late_film(people: Collection[int], now: dt.datetime, later: dt.datetime) -> Iterator[Busy]:
    """When `people` (ids) sit, at some instant from `now` to `later`, in a film that is over as listed, runs late and is
    in the dark; for a few minutes at once. One query where no film runs late, else two."""
    late = Discussion.objects.filter(
        IS_DARK,
        late_minutes__gt=0,
        screening__status=Screening.Status.SCHEDULED,
        screening__ends_at__gt=now - dt.timedelta(minutes=MOST_LATE),
        screening__ends_at__lte=later,
    )
    times = {
        showing: (ends_at, min(ends_at + dt.timedelta(minutes=minutes), now + STEP))
        for showing, ends_at, minutes in late.values_list(
            "screening_id", "screening__ends_at", "late_minutes"
        )
    }
    if times:
        sitting = Rsvp.objects.going().filter(AnyOf(F("person_id"), people), screening_id__in=times)
        for person, showing in sitting.values_list("person_id", "screening_id"):
            yield Busy(person, *times[showing])
