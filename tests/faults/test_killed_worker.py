"""`kill -9` in the middle of 200 due reminders loses none: counted at the mail server, against what was owed."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import Person
from notices.models import Notice
from notices.quiet_hours import is_quiet
from screenings.models import Rsvp, Screening
from screenings.reminders import replan
from screenings.showings import schedule
from tests.factories import make_engagement, make_theater
from tests.faults.house_under_fault import HouseUnderFault, wait_until
from tests.mail_server import MailServer

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

OWED = 200
DAY = dt.timedelta(days=1)
KILL_WHEN_ACCEPTED = (20, 60, 100, 140, 180)
Start = Callable[[], subprocess.Popen[bytes]]


def day_somewhere() -> str:
    """A city where it is day now and stays so: the night would hold reminders."""
    soon = timezone.now() + dt.timedelta(minutes=5)
    cities = ("Lyon", "Atlanta", "Melbourne")
    theaters = {city: make_theater(f"The {city} Lantern", city) for city in cities}
    return next(
        city
        for city, theater in theaters.items()
        if not any(is_quiet(at, theater.tzinfo) for at in (soon, timezone.now()))
    )


def owe_reminders() -> None:
    """200 people go to a showing 24 hours from now: their reminder of the day before is due now."""
    now = timezone.now()
    city = day_somewhere()
    theater = make_theater(f"The Second {city} Lantern", city)
    wall = (now + DAY).astimezone(theater.tzinfo).replace(tzinfo=None, second=0, microsecond=0)
    screening = schedule(make_engagement(theater=theater, opens_on=wall.date()), wall, now=now - 2 * DAY)
    people = Person.objects.bulk_create(Person(email=f"guest{n}@home.example") for n in range(OWED))
    Rsvp.objects.bulk_create(
        Rsvp(person=person, screening=screening, state=Rsvp.State.GOING, confirmed_at=now - 2 * DAY)
        for person in people
    )
    replan(Screening.objects.get(pk=screening.pk), now - 2 * DAY)


def kill_again_and_again(house: HouseUnderFault, server: MailServer, start: Start, count: int) -> None:
    """Keep `count` senders going, kill one whenever so many have been accepted, and start another."""
    senders = [start() for _ in range(count)]
    for place, threshold in enumerate(KILL_WHEN_ACCEPTED):
        assert wait_until(lambda threshold=threshold: len(server.accepted) >= threshold, 30), (
            house.log.read_text()
        )
        victim = place % count
        house.kill(senders[victim])
        senders[victim] = start()


def assert_nothing_lost_and_nothing_doubled_beyond_the_kills(
    house: HouseUnderFault, server: MailServer
) -> None:
    rows = Notice.objects.filter(kind="reminder_day")
    assert wait_until(lambda: not rows.open().exists(), 30), house.log.read_text()
    copies = server.copies()
    uncertain = rows.filter(state="uncertain").exclude(person__email__in=copies)
    assert house.kills == len(KILL_WHEN_ACCEPTED)
    assert rows.count() == OWED
    lost = OWED - len(copies) - uncertain.count()
    doubled = sum(copies.values()) - len(copies)
    assert lost == 0
    assert doubled <= house.kills
    assert max(copies.values()) <= 2
    assert set(rows.values_list("state", flat=True)) <= {"sent", "uncertain"}


def test_no_reminder_is_lost_when_celery_workers_are_killed() -> None:
    owe_reminders()
    assert Notice.objects.filter(kind="reminder_day", state="due").count() == OWED
    with MailServer() as server, HouseUnderFault(server.url) as house:
        server.pause = 0.01
        house.start_redis()
        house.start_beat()
        kill_again_and_again(house, server, house.start_worker, 2)
        assert_nothing_lost_and_nothing_doubled_beyond_the_kills(house, server)


def test_no_reminder_is_lost_when_the_plain_loop_is_killed_and_there_is_no_redis() -> None:
    owe_reminders()
    with MailServer() as server, HouseUnderFault(server.url) as house:
        server.pause = 0.01
        kill_again_and_again(house, server, house.start_plain_loop, 1)
        assert_nothing_lost_and_nothing_doubled_beyond_the_kills(house, server)
