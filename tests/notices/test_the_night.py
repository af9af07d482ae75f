"""The night at the theater (DESIGN §4), for every kind that there is: what waits for the morning and what does not."""

from __future__ import annotations

import datetime as dt

import pytest

from notices.delivery import Ending
from notices.looks import look_at
from notices.models import Notice
from tests.every_letter import TO_COLLEAGUES, WRITERS, write

pytestmark = pytest.mark.django_db

# The showing is on Friday 7 August 2026 at 7 pm in Atlanta.
TWO_AT_NIGHT = dt.datetime(2026, 8, 5, 6, 0, tzinfo=dt.UTC)  # Wednesday, 2 am there
EIGHT = dt.datetime(2026, 8, 5, 12, 0, tzinfo=dt.UTC)
FRIDAY_HALF_PAST_SEVEN = dt.datetime(2026, 8, 7, 11, 30, tzinfo=dt.UTC)  # 7:30 am there, 11.5 hours before
FRIDAY_EIGHT = dt.datetime(2026, 8, 7, 12, 0, tzinfo=dt.UTC)
# Mail that somebody waits for, or that is work and has no theater's clock.
AT_ANY_HOUR = TO_COLLEAGUES | {
    "sign_in",
    "rsvp_confirm",
    "follow_confirm",
    "request_confirm",
    "private_link",
}
NEWS = {"showing_changed", "showing_cancelled", "showing_reinstated", "place_offered"}


def found(code: str, at: dt.datetime) -> tuple[Ending, dt.datetime | None]:
    notice: Notice = write(code).notice
    notice.useful_until = at + dt.timedelta(days=3)
    fate = look_at([notice], at)[notice.pk].fate
    return fate.ending, fate.until


@pytest.mark.parametrize("code", sorted(WRITERS))
def test_at_two_at_night_only_what_is_waited_for_goes(code: str) -> None:
    expected = (Ending.SEND, None) if code in AT_ANY_HOUR else (Ending.HOLD, EIGHT)
    assert found(code, TWO_AT_NIGHT) == expected


@pytest.mark.parametrize("code", sorted(set(WRITERS) - AT_ANY_HOUR))
def test_within_twelve_hours_of_the_start_its_news_does_not_wait(code: str) -> None:
    expected = (Ending.SEND, None) if code in NEWS else (Ending.HOLD, FRIDAY_EIGHT)
    assert found(code, FRIDAY_HALF_PAST_SEVEN) == expected
