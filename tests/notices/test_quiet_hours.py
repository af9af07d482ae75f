"""The night at the theater: 22:00 to 08:00, and when a message goes that would fall into it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.quiet_hours import before_the_night, evening_or_morning, is_quiet, quiet_until

ATLANTA, LYON = ZoneInfo("America/New_York"), ZoneInfo("Europe/Paris")
ZONES = st.sampled_from(
    [ATLANTA, LYON, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Africa/Cairo")]
)
INSTANTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2028, 1, 1)).map(
    lambda at: at.replace(tzinfo=dt.UTC)
)
HOUR = dt.timedelta(hours=1)


def at(text: str, zone: ZoneInfo = ATLANTA) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("wall", "quiet"),
    [("21:59", False), ("22:00", True), ("23:30", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_the_night_is_from_ten_to_eight(wall: str, quiet: bool) -> None:
    assert is_quiet(at(f"2026-08-07T{wall}"), ATLANTA) is quiet


def test_the_night_is_the_theaters_not_the_machines() -> None:
    eight_in_lyon = at("2026-08-07T20:00", LYON)
    assert quiet_until(eight_in_lyon, LYON) is None
    assert quiet_until(at("2026-08-07T23:00", ATLANTA), LYON) == at("2026-08-08T08:00", LYON)


def test_the_night_ends_at_eight_on_the_same_or_the_next_day() -> None:
    assert quiet_until(at("2026-08-07T22:30"), ATLANTA) == at("2026-08-08T08:00")
    assert quiet_until(at("2026-08-08T03:00"), ATLANTA) == at("2026-08-08T08:00")


def test_news_of_a_showing_within_twelve_hours_does_not_wait() -> None:
    night = at("2026-08-07T23:00")
    assert quiet_until(night, ATLANTA, news_of_start=at("2026-08-08T11:00")) is None
    assert quiet_until(night, ATLANTA, news_of_start=at("2026-08-08T11:01")) == at("2026-08-08T08:00")


def test_a_reminder_that_would_fall_into_the_night_goes_at_half_past_nine() -> None:
    noon = at("2026-08-06T12:00")
    assert before_the_night(at("2026-08-07T22:15"), ATLANTA, noon) == at("2026-08-07T21:30")
    assert before_the_night(at("2026-08-08T07:00"), ATLANTA, noon) == at("2026-08-07T21:30")
    assert before_the_night(at("2026-08-07T17:00"), ATLANTA, noon) == at("2026-08-07T17:00")


def test_where_half_past_nine_is_past_it_goes_when_the_night_ends() -> None:
    assert before_the_night(at("2026-08-08T07:00"), ATLANTA, at("2026-08-07T21:45")) == at("2026-08-08T08:00")


def test_an_evening_is_written_about_on_it_or_at_nine_the_next_morning() -> None:
    assert evening_or_morning(at("2026-08-07T21:59"), ATLANTA) == at("2026-08-07T21:59")
    assert evening_or_morning(at("2026-08-07T22:00"), ATLANTA) == at("2026-08-08T09:00")
    assert evening_or_morning(at("2026-08-08T01:30"), ATLANTA) == at("2026-08-08T09:00")


def test_the_clocks_going_back_lengthen_the_night() -> None:
    before = at("2026-10-31T22:30")
    assert quiet_until(before, ATLANTA) - before == 10.5 * HOUR  # type: ignore[operator]


@given(INSTANTS, ZONES)
def test_what_is_moved_out_of_the_night_is_never_in_it(instant: dt.datetime, zone: ZoneInfo) -> None:
    long_ago = instant - dt.timedelta(days=3)
    assert not is_quiet(before_the_night(instant, zone, long_ago), zone)
    assert not is_quiet(before_the_night(instant, zone, instant), zone)
    assert not is_quiet(evening_or_morning(instant, zone), zone)
    if until := quiet_until(instant, zone):
        assert instant < until <= instant + 11 * HOUR
        assert not is_quiet(until, zone)
    assert before_the_night(instant, zone, long_ago) <= instant
