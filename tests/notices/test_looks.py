"""The last look: what a notice's fate hangs on, read for many at once, and good for a second at most."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.delivery import Ending
from notices.looks import LOOK_IS_GOOD_FOR, look_at
from notices.models import Notice
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, STRANGER
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
MOMENT = dt.timedelta(milliseconds=500)


@pytest.fixture
def screening() -> Screening:
    """Friday, 7 pm in Atlanta."""
    return make_screening()


def reminders(screening: Screening, *addresses: str) -> list[Notice]:
    for address in addresses:
        confirm(rsvp_to(screening, address, now=MONDAY), MONDAY)
    owed = Notice.objects.filter(kind="reminder_day", subject_id=screening.pk)
    return list(owed.select_related("person", "reply_to").order_by("pk"))


def test_looking_takes_as_many_queries_for_thirty_as_for_one(screening: Screening) -> None:
    notices = reminders(screening, *(f"guest{n}@home.example" for n in range(30)))

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(look_at(notices[:count], notices[0].due_at)) == count
        return len(captured)

    queries(1)
    assert queries(1) == queries(30) <= 7


@pytest.mark.parametrize(
    ("before_the_film", "ending", "stays"),
    [(2 * LOOK_IS_GOOD_FOR, Ending.SEND, True), (MOMENT, Ending.SEND, False), (-MOMENT, Ending.HOLD, True)],
)
def test_a_film_that_begins_within_the_second_is_seen(
    screening: Screening, before_the_film: dt.timedelta, ending: Ending, stays: bool
) -> None:
    other = make_screening("2026-08-05T12:00")
    confirm(rsvp_to(other, ATTENDEE, now=MONDAY), MONDAY)
    hers, other_guests = reminders(screening, ATTENDEE, STRANGER)
    now = other.starts_at - before_the_film
    looks = look_at([hers, other_guests], now)
    assert looks[hers.pk].fate.ending is ending
    assert looks[hers.pk].good_until == (now + LOOK_IS_GOOD_FOR if stays else now)
    assert looks[other_guests.pk].fate.ending is Ending.SEND
    assert looks[other_guests.pk].good_until == now + LOOK_IS_GOOD_FOR
