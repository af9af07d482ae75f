"""Who may open a room: anyone signed in, for a library or a living room; at a theater's showing, its people."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from accounts.models import Person
from interviews.models import Guide
from screenings.models import Screening, TheaterMembership
from screenings.permits import HOSTS

from .models import Discussion


def showings_to_host(person: Person, now: dt.datetime) -> QuerySet[Screening]:
    """Showings ahead at theaters that made the person a manager or invited them as organizer."""
    theaters = TheaterMembership.objects.filter(person=person, role__in=HOSTS).values("theater")
    return Screening.objects.scheduled().upcoming(now).for_listing().filter(engagement__theater__in=theaters)


def published_guides() -> QuerySet[Guide]:
    """Guides that a room can be opened from."""
    return Guide.objects.filter(versions__isnull=False).distinct().select_related("film")


def rooms_of(person: Person) -> QuerySet[Discussion]:
    """The rooms that the person hosts, the newest first."""
    return (
        Discussion.objects.filter(host=person).select_related("guide_version__guide").order_by("-opened_at")
    )
