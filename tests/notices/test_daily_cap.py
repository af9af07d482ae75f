"""A theater's daily cap: what is over waits for the morning, in words; what is urgent to people never does."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from notices import daily_cap
from notices.daily_cap import fate_over_the_cap, may_wait, next_morning
from notices.delivery import Ending
from notices.dispatch import work_off
from notices.kinds import CountedFor
from notices.models import DailyTally, Notice
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from screenings.showings import cancel
from tests.discussions.test_follow_ups import offer
from tests.factories import make_engagement, make_film, make_screening, make_theater
from tests.house.world import build_world

pytestmark = pytest.mark.django_db

ATLANTA = ZoneInfo("America/New_York")
MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)  # Friday, 7 pm in Atlanta
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def two_a_day(settings: Any) -> None:
    settings.NOTICE_THEATER_DAILY_CAP = 2


def counted(starts_at: dt.datetime | None = None) -> CountedFor:
    return CountedFor("theater:1", "The Lantern", ATLANTA, starts_at)


def go(screening: Screening, people: int) -> None:
    for n in range(people):
        asked = rsvp_to(screening, f"guest{n}@home.example", now=MONDAY, wants_prompts=True)
        confirm(asked, MONDAY)


def send(at: dt.datetime) -> dict[str, int]:
    mail.outbox.clear()
    with time_machine.travel(at, tick=False):
        return work_off().by_ending


def states(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("due_at", "pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("starts_in", "waits"),
    [(None, True), (-2 * HOUR, True), (HOUR, False), (36 * HOUR, False), (37 * HOUR, True)],
)
def test_what_happens_within_36_hours_never_waits(starts_in: dt.timedelta | None, waits: bool) -> None:
    assert may_wait(counted(None if starts_in is None else MONDAY + starts_in), MONDAY) is waits


def test_it_waits_until_nine_on_the_theaters_next_day() -> None:
    late = dt.datetime(2026, 8, 4, 3, 30, tzinfo=dt.UTC)  # Monday, 11:30 pm in Atlanta
    for now in (MONDAY, late):
        assert next_morning(counted(), now).astimezone(ATLANTA) == dt.datetime(2026, 8, 4, 9, tzinfo=ATLANTA)


def test_what_is_of_no_use_by_then_ends_in_words() -> None:
    held = fate_over_the_cap(counted(), MONDAY, MONDAY + 2 * DAY, 2)
    over = fate_over_the_cap(counted(), MONDAY, MONDAY + HOUR, 2)
    assert (held.ending, held.is_retry) == (Ending.HOLD, False)
    assert over.ending is Ending.EXPIRED
    assert "has sent its 2 messages of the day" in held.reason
    assert "has sent its 2 messages of the day" in over.reason


def test_questions_over_the_cap_go_the_next_morning_and_nobody_gets_two() -> None:
    screening = make_screening()
    offer(screening)
    Notice.objects.all().delete()
    go(screening, 5)
    evening = Notice.objects.filter(kind="prompt_after").first()
    assert evening is not None
    Notice.objects.exclude(kind="prompt_after").delete()
    assert send(evening.due_at) == {"sent": 2, "hold": 3}
    waiting = Notice.objects.filter(state="due")
    assert {row.due_at.astimezone(ATLANTA).strftime("%a %H:%M") for row in waiting} == {"Sat 09:00"}
    assert {row.reason for row in waiting} == {
        "Waits for tomorrow: The Lantern has sent its 2 messages of the day."
    }
    assert send(evening.due_at + HOUR) == {}
    assert send(waiting[0].due_at) == {"sent": 2, "hold": 1}
    assert send(waiting[0].due_at + DAY) == {"sent": 1}
    assert Notice.objects.filter(state="sent").count() == 5


def test_reminders_and_a_late_cancellation_go_whatever_the_count() -> None:
    screening = make_screening()
    go(screening, 5)
    Notice.objects.filter(kind="rsvp_confirm").delete()
    assert send(START - DAY) == {"sent": 5}
    assert send(START - 2 * HOUR) == {"sent": 5}
    cancel(screening, reason="", now=START - HOUR)
    assert send(START - HOUR + HOUR / 4)["sent"] == 5
    assert states("showing_cancelled") == ["sent"] * 5


def test_what_never_waits_is_counted_all_the_same() -> None:
    go(make_screening(), 5)
    Notice.objects.filter(kind="rsvp_confirm").delete()
    send(START - DAY)
    assert DailyTally.objects.get().count == 5


def test_a_cancellation_of_next_week_waits_for_the_morning() -> None:
    screening = make_screening()
    go(screening, 3)
    Notice.objects.all().delete()
    cancel(screening, reason="", now=MONDAY)
    assert send(MONDAY + HOUR) == {"sent": 2, "hold": 1}
    assert send(MONDAY + DAY) == {"sent": 1}


def test_one_theaters_cap_is_not_anothers() -> None:
    other = make_screening(engagement=make_engagement(make_film("Other"), make_theater("The Rialto")))
    for screening in (make_screening(), other):
        go(screening, 2)
        Notice.objects.exclude(kind="showing_cancelled").delete()
        cancel(screening, reason="", now=MONDAY)
    assert send(MONDAY + HOUR) == {"sent": 4}
    assert sorted(DailyTally.objects.values_list("name", "count")) == [("The Lantern", 2), ("The Rialto", 2)]


def test_a_retry_is_the_same_message() -> None:
    screening = make_screening()
    go(screening, 2)
    Notice.objects.all().delete()
    cancel(screening, reason="", now=MONDAY)
    send(MONDAY + HOUR)
    Notice.objects.update(state="due", attempts=1, settled_at=None, due_at=MONDAY + 2 * HOUR)
    assert send(MONDAY + 2 * HOUR) == {"sent": 2}
    assert DailyTally.objects.get().count == 2


def test_without_a_cap_nothing_is_counted(settings: Any) -> None:
    settings.NOTICE_THEATER_DAILY_CAP = 0
    go(make_screening(), 5)
    assert send(START - DAY)["sent"] >= 5
    assert not DailyTally.objects.exists()


def test_counting_takes_as_many_queries_for_thirty_as_for_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count: int) -> int:
        notice = Notice(kind="reminder_day", pk=1, useful_until=START)
        members = [(notice, counted())] * count
        with CaptureQueriesContext(connection) as captured:
            daily_cap._count(members, MONDAY, 100)
        return len(captured)

    queries(1)
    assert queries(1) == queries(30)


def test_staff_are_told_which_theater_has_used_up_its_day() -> None:
    staff = build_world().client("site_staff")
    assert "messages of the day are sent" not in staff.get("/staff/ledger/").content.decode()
    today = dt.datetime.now(dt.UTC).date()
    DailyTally.objects.create(key="theater:1", name="The Lantern", day=today, count=2)
    page = staff.get("/staff/ledger/").content.decode()
    assert "<bdi>The Lantern</bdi>: the 2 messages of the day are sent." in page
