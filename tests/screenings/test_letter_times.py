"""Times as letters say them: in the language of the reader, on the theater's clock. Pages never change with it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from screenings import letter_times, spoken_times

FRIDAY = dt.datetime(2026, 8, 7, 19, 0)
NNBSP, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "american", "european"),
    [
        ("en", "Fri 7 Aug, 7:00 pm", "Fri 7 Aug, 19:00"),
        ("de", f"Fr.{NBSP}7.{NBSP}Aug., 7:00{NBSP}PM", f"Fr.{NBSP}7.{NBSP}Aug., 19:00"),
        ("fr", f"ven.{NBSP}7{NBSP}août, 7:00{NBSP}PM", f"ven.{NBSP}7{NBSP}août, 19:00"),
        ("es", f"vie{NBSP}7{NBSP}ago, 7:00{NBSP}p.{NNBSP}m.", f"vie{NBSP}7{NBSP}ago, 19:00"),
    ],
)
def test_a_day_and_a_time_together(language: str, american: str, european: str) -> None:
    with translation.override(language):
        assert letter_times.say_when(FRIDAY, "en-US") == american
        assert letter_times.say_when(FRIDAY, "de-DE") == european


def test_the_year_is_said_where_it_could_be_another() -> None:
    with translation.override("fr"):
        assert letter_times.say_day(FRIDAY.date(), dt.date(2026, 1, 1)) == f"ven.{NBSP}7{NBSP}août{NBSP}2026"
        assert letter_times.say_day(FRIDAY.date(), dt.date(2026, 8, 1)) == f"ven.{NBSP}7{NBSP}août"


def test_noon_and_midnight_are_nobodys_riddle() -> None:
    assert letter_times.say_time(dt.time(12, 0)) == "12 noon"
    with translation.override("de"):
        assert letter_times.say_time(dt.time(12, 0)) == "12:00"
        assert letter_times.say_time(dt.time(0, 0)) == "00:00"
        assert letter_times.say_time(dt.time(12, 30)) == f"12:30{NBSP}PM"


def test_near_nights_have_names() -> None:
    here = FRIDAY.replace(hour=12, tzinfo=ZoneInfo("America/New_York"))
    with translation.override("es"):
        assert letter_times.say_night(FRIDAY.date(), here) == "Esta noche"
        assert letter_times.say_night(FRIDAY.date() + dt.timedelta(days=1), here) == "Mañana"
        assert letter_times.say_night(FRIDAY.date() + dt.timedelta(days=2), here) == ""


def test_whose_clock_it_is_in_words_one_language_after_another() -> None:
    assert letter_times.say_zone("America/New_York") == "Eastern Time"
    with translation.override("es"):
        assert letter_times.say_zone("America/New_York") == "hora oriental"
    assert letter_times.say_zone("America/New_York") == spoken_times.say_zone("America/New_York")


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_what_pages_say_is_english_whatever_language_is_active(language: str) -> None:
    here = FRIDAY.replace(tzinfo=ZoneInfo("America/New_York"))
    with translation.override(language):
        assert spoken_times.say_when(FRIDAY) == "Fri 7 Aug, 7:00 pm"
        assert spoken_times.say_night(FRIDAY.date(), here) == "Tonight"
        assert spoken_times.say_zone("Europe/Berlin") == "Central European Time"
