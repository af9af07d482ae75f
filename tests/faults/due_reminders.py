"""People who are owed a reminder now, through the real acts, in a city where it is day."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person
from notices.quiet_hours import is_quiet
from screenings.models import Rsvp, Screening
from screenings.reminders import replan
from screenings.showings import schedule
from tests.factories import make_city, make_engagement, make_theater

DAY = dt.timedelta(days=1)
SOON = dt.timedelta(minutes=10)


def city_by_day(now: dt.datetime) -> str:
    """A city where it is day now and stays so for a while: the night would hold reminders."""
    return next(
        city
        for city in ("Lyon", "Atlanta", "Melbourne")
        if not any(is_quiet(at, make_city(city).tzinfo) for at in (now, now + SOON))
    )


def owe_reminders(count: int, now: dt.datetime) -> Screening:
    """A showing 24 hours from `now` to which so many people go: the reminder of the day before is due to each."""
    theater = make_theater("The Second Lantern", city_by_day(now))
    wall = (now + DAY).astimezone(theater.tzinfo).replace(tzinfo=None, second=0, microsecond=0)
    before = now - 2 * DAY
    screening = schedule(make_engagement(theater=theater, opens_on=wall.date()), wall, now=before)
    people = Person.objects.bulk_create(Person(email=f"guest{n}@home.example") for n in range(count))
    Rsvp.objects.bulk_create(
        Rsvp(person=person, screening=screening, state=Rsvp.State.GOING, confirmed_at=before)
        for person in people
    )
    screening = Screening.objects.get(pk=screening.pk)
    replan(screening, before)
    return screening
