"""What the listing does when somebody is erased: their seats go to those who wait, then what they said is gone."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person

from . import rsvps
from .models import CityRequest, FilmMembership, Follow, Rsvp, TheaterMembership


def erase_seats(person: Person, now: dt.datetime) -> None:
    """Showings are locked in one order, whoever else is erased at the same time."""
    theirs = Rsvp.objects.filter(person=person).select_related("screening").order_by("screening_id")
    for rsvp in theirs.filter(screening__ends_at__gt=now):
        rsvps.withdraw(rsvp, now)
    Rsvp.objects.filter(person=person).delete()
    CityRequest.objects.filter(person=person).delete()
    Follow.objects.filter(person=person).delete()


def teams(person: Person) -> list[str]:
    """The teams that keep somebody's account."""
    theaters = TheaterMembership.objects.filter(person=person).values_list("theater__name", flat=True)
    films = FilmMembership.objects.filter(person=person).values_list("film__title", flat=True)
    return [f"You work with {name}." for name in [*theaters, *films]]
