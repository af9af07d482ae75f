"""A room: opened for a showing (or for none), from a published guide, under a code that a thumb can type."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import Person
from interviews.models import GuideVersion
from screenings.models import Screening

from .models import Discussion

# Where nobody says lights up, phones may, so long after trailers and film are over.
GRACE_AFTER_FILM = dt.timedelta(minutes=10)
# What phones sent is erased after this, counts stay.
KEPT = dt.timedelta(days=30)


class CannotOpen(ValueError):
    """No room can be opened for this showing; the message is a sentence for the person who tried."""


@transaction.atomic
def open_room(
    guide_version: GuideVersion,
    *,
    title: str,
    screening: Screening | None,
    host: Person | None,
    now: dt.datetime,
) -> Discussion:
    """An open room, pinned to `guide_version`; the one that stands where the showing has one open already.

    Raises CannotOpen for a showing that is cancelled or no longer listed.
    """
    if screening and (standing := _standing_room(screening)):
        return standing
    return Discussion.objects.create(
        guide_version=guide_version,
        title=title,
        screening=screening,
        host=host,
        opened_at=now,
        erase_on=(now + KEPT).date(),
    )


def _standing_room(screening: Screening) -> Discussion | None:
    """The showing's open room, if any; nobody else opens one until the transaction ends."""
    held = Screening.objects.select_for_update().get(pk=screening.pk)
    if held.status != Screening.Status.SCHEDULED:
        raise CannotOpen("This showing is not on. A room can be opened without one.")
    return held.discussions.exclude(phase=Discussion.Phase.CLOSED).first()


def phase_at(room: Discussion, now: dt.datetime) -> Discussion.Phase:
    """Where the room stands at `now`: a lobby whose film has begun is silent until somebody says lights up."""
    phase = Discussion.Phase(room.phase)
    if phase != Discussion.Phase.LOBBY or room.screening is None:
        return phase
    return Discussion.Phase.FILM if room.screening.starts_at <= now else phase


def film_over_at(room: Discussion) -> dt.datetime | None:
    """From when on a phone in the dark is offered to say that the film has ended: trailers, running time, what the host
    said it runs late, and ten minutes. None where there is no film here, or nobody knows how long it is."""
    showing = room.screening
    if showing is None or not showing.film.running_minutes:
        return None
    return showing.ends_at + dt.timedelta(minutes=room.late_minutes) + GRACE_AFTER_FILM


def changes_at(room: Discussion, now: dt.datetime) -> dt.datetime | None:
    """When phones will see something else though nobody has changed the room: the film begins, or is long over."""
    if room.phase not in (Discussion.Phase.LOBBY, Discussion.Phase.FILM) or room.screening is None:
        return None
    coming = [room.screening.starts_at, film_over_at(room)]
    return min((at for at in coming if at and at > now), default=None)
