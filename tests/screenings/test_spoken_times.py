"""Times read as people say them, on the clock that is customary where the theater is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from common.local_time import NIGHT_ENDS_AT
from screenings.spoken_times import (
    nights_now,
    say_day,
    say_night,
    say_time,
    say_when,
    say_zone,
    tonight_in,
    uses_24_hours,
)

FRIDAY = dt.date(2012, 8, 3)


@pytest.mark.parametrize(
    ("clock", "american", "french"),
    [
        ("19:00", "7:00 pm", "19:00"),
        ("09:05", "9:05 am", "09:05"),
        ("12:00", "12 noon", "12:00"),
        ("12:30", "12:30 pm", "12:30"),
        ("00:00", "12 midnight", "00:00"),
        ("00:15", "12:15 am", "00:15"),
    ],
)
def test_a_time_on_the_customary_clock(clock: str, american: str, french: str) -> None:
    at = dt.time.fromisoformat(clock)
    assert say_time(at, "en-US") == american
    assert say_time(at, "fr-FR") == french


def test_the_clock_follows_the_locale() -> None:
    assert {name for name in ("en-US", "en-AU", "en-GB", "en-IE", "de-DE", "fr_CA", "xx-nowhere", "") if uses_24_hours(name)} == {
        "en-GB", "en-IE", "de-DE", "fr_CA",
    }  # fmt: skip


def test_a_day_and_a_time_together() -> None:
    assert say_when(dt.datetime(2012, 8, 3, 19), "en-US") == "Fri 3 Aug, 7:00 pm"


def test_the_year_is_said_where_it_could_be_another() -> None:
    assert say_day(FRIDAY, today=FRIDAY + dt.timedelta(days=20)) == "Fri 3 Aug"
    assert say_day(dt.date(2013, 1, 2), today=dt.date(2012, 12, 30)) == "Wed 2 Jan"
    assert say_day(FRIDAY, today=dt.date(2026, 8, 1)) == "Fri 3 Aug 2012"


def test_near_nights_have_names() -> None:
    afternoon, day = dt.datetime(2012, 8, 3, 15, 0), dt.timedelta(days=1)
    assert say_night(FRIDAY, afternoon) == "Tonight"
    assert say_night(FRIDAY, afternoon, dt.time(0, 15)) == "Tonight", "a late show is tonight's"
    assert say_night(FRIDAY, afternoon, dt.time(11, 0)) == "Today"
    assert say_night(FRIDAY + day, afternoon) == "Tomorrow"
    assert say_night(FRIDAY + 2 * day, afternoon) == say_night(FRIDAY - day, afternoon) == ""


def test_past_midnight_it_is_still_tonight_and_already_today() -> None:
    small_hours, day = dt.datetime(2012, 8, 4, 1, 0), dt.timedelta(days=1)
    assert nights_now(small_hours) == (FRIDAY, FRIDAY + day)
    assert say_night(FRIDAY, small_hours, dt.time(0, 15)) == "Tonight"
    assert say_night(FRIDAY + day, small_hours) == "Today"
    assert say_night(FRIDAY + 2 * day, small_hours) == "Tomorrow"


def test_whose_clock_it_is_in_words() -> None:
    assert say_zone("America/New_York") == "Eastern Time"
    assert say_zone("Europe/Dublin") == "Ireland Time"


def test_tonight_lasts_until_the_last_late_show() -> None:
    atlanta = ZoneInfo("America/New_York")
    assert tonight_in(atlanta, dt.datetime(2012, 8, 4, 1, 30, tzinfo=atlanta)) == FRIDAY
    morning = dt.datetime.combine(dt.date(2012, 8, 4), NIGHT_ENDS_AT, tzinfo=atlanta)
    assert tonight_in(atlanta, morning) == dt.date(2012, 8, 4)
