"""Where nobody says lights up: a phone in the dark may say that the film has ended."""

from __future__ import annotations

import datetime as dt

from .changes import changing
from .models import Discussion, Participant
from .rooms import film_over_at, phase_at
from .sent_words import NotHere

# One phone alone lights up nobody's seat but its own.
PHONES_THAT_LIGHT_UP = 2


def say_film_has_ended(participant: Participant, now: dt.datetime) -> None:
    """Count the phone that says so. Two of them, or the only one there is, bring up the lights for the room. Nobody who
    is not in it is told: that is a host's to do.

    Nothing, where the lights are up already. Raises NotHere before the time at which it is offered
    (`rooms.film_over_at`).
    """
    with changing(participant.discussion) as room:
        if phase_at(room, now) != Discussion.Phase.FILM:
            return
        over_at = film_over_at(room)
        if over_at is None or now < over_at:
            raise NotHere("The film is not over yet, as far as we know.")
        Participant.objects.filter(pk=participant.pk).update(film_ended_at=now)
        said = room.participants.filter(film_ended_at__isnull=False).count()
        if said >= min(PHONES_THAT_LIGHT_UP, room.participants.count()):
            room.phase, room.step = Discussion.Phase.LIGHTS_UP, 0
            room.lights_up_at = room.step_began_at = now
