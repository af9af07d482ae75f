"""A film that runs late, as its host said: nothing rings before it is over, whatever the listing says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.late_films import in_a_late_film
from discussions.models import Discussion
from notices.delivery import Ending
from notices.looks import look_at
from notices.models import Notice
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, STRANGER
from tests.factories import make_screening

from .rooms import MINUTE, do, make_planned_room

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 8, 7, 16, 0, tzinfo=dt.UTC)


@pytest.fixture
def screening() -> Screening:
    """Friday 7 August 2026, 7 pm in Atlanta; over at 8:41 pm as listed."""
    return make_screening()


@pytest.fixture
def room(screening: Screening) -> Discussion:
    """Its host has said that the film runs twenty minutes late."""
    room = make_planned_room(screening)
    do(room, "late", minutes=20, now=screening.starts_at)
    return room


def reminder(screening: Screening, who: str = ATTENDEE) -> Notice:
    """Somebody comes tonight, and is owed a reminder of another showing tomorrow evening."""
    tomorrow = make_screening("2026-08-08T20:45", engagement=screening.engagement)
    confirm(rsvp_to(screening, who, now=NOON), NOON)
    confirm(rsvp_to(tomorrow, who, now=NOON), NOON)
    rows = Notice.objects.filter(kind="reminder_day", subject_id=tomorrow.pk, person__email=who)
    return rows.select_related("person", "reply_to").get()


def found(notice: Notice, at: dt.datetime) -> tuple[Ending, dt.datetime | None]:
    fate = look_at([notice], at)[notice.pk].fate
    return fate.ending, fate.until


def test_nothing_is_sent_before_a_late_film_is_over(screening: Screening, room: Discussion) -> None:
    notice = reminder(screening)
    over = screening.ends_at + 20 * MINUTE
    assert found(notice, screening.ends_at - MINUTE) == (Ending.HOLD, screening.ends_at)
    assert found(notice, over - MINUTE) == (Ending.HOLD, over)
    assert found(notice, over) == (Ending.SEND, None)


def test_what_the_host_said_is_a_guess_so_mail_is_held_for_five_minutes_at_once(
    screening: Screening, room: Discussion
) -> None:
    """Nothing ends as too late because of it, and soon after the lights go up what was held goes."""
    notice = reminder(screening)
    do(room, "late", minutes=120, now=screening.ends_at)
    assert found(notice, screening.ends_at) == (Ending.HOLD, screening.ends_at + 5 * MINUTE)
    notice.useful_until = screening.ends_at + 30 * MINUTE
    assert found(notice, screening.ends_at)[0] is Ending.HOLD


def test_a_thumb_that_slips_before_the_end_ends_no_film(screening: Screening, room: Discussion) -> None:
    notice = reminder(screening)
    do(room, "lights_up", now=screening.ends_at - 10 * MINUTE)
    assert found(notice, screening.ends_at + MINUTE)[0] is Ending.HOLD


def test_nobody_sits_in_a_cancelled_film(screening: Screening, room: Discussion) -> None:
    notice = reminder(screening)
    Screening.objects.filter(pk=screening.pk).update(status=Screening.Status.CANCELLED)
    assert found(notice, screening.ends_at + MINUTE) == (Ending.SEND, None)


@pytest.mark.parametrize("act", ["lights_up", "close"])
def test_once_the_lights_are_up_or_the_room_is_closed_it_is_over(
    screening: Screening, room: Discussion, act: str
) -> None:
    notice = reminder(screening)
    do(room, act, now=screening.ends_at + MINUTE)
    assert found(notice, screening.ends_at + 5 * MINUTE) == (Ending.SEND, None)


def test_who_does_not_sit_in_it_is_written_to(screening: Screening, room: Discussion) -> None:
    tomorrow = make_screening("2026-08-08T20:45", engagement=screening.engagement)
    confirm(rsvp_to(tomorrow, STRANGER, now=NOON), NOON)
    rows = Notice.objects.filter(kind="reminder_day", subject_id=tomorrow.pk)
    notice = rows.select_related("person", "reply_to").get()
    assert found(notice, screening.ends_at + 5 * MINUTE) == (Ending.SEND, None)


def test_a_look_on_an_evening_without_late_films_costs_one_query_more(screening: Screening) -> None:
    people = [reminder(screening).person_id or 0]
    with CaptureQueriesContext(connection) as captured:
        assert list(in_a_late_film(people, screening.ends_at, screening.ends_at)) == []
    assert len(captured) == 1
