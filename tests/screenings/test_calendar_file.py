"""The calendar file of a showing: one event for life, that a calendar can follow through moves and cancelling."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.test import Client

from screenings.models import Screening
from screenings.showings import cancel, move
from tests.factories import make_engagement, make_film, make_screening

NOW = dt.datetime(2026, 8, 1, 16, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def event_of(client: Client, screening: Screening) -> icalendar.Event:
    response = client.get(f"/s/{screening.code}/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(response.content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    (event,) = calendar.walk("VEVENT")
    return event


def test_it_says_when_where_and_what(client: Client) -> None:
    event = event_of(client, make_screening("2026-08-07T19:00"))
    assert event.start.isoformat() == "2026-08-07T19:00:00-04:00"
    assert event.end - event.start == dt.timedelta(minutes=10 + 91)
    assert event["SUMMARY"] == "The Salt Road, The Lantern"
    assert event["LOCATION"] == "The Lantern, 12 Ponce Street, Atlanta"
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"].startswith("http")


def test_a_moved_and_a_cancelled_showing_stay_the_same_event(client: Client) -> None:
    screening = make_screening("2026-08-07T19:00")
    first = event_of(client, screening)
    moved = event_of(client, move(screening, dt.datetime(2026, 8, 7, 19, 30), now=NOW))
    off = event_of(client, cancel(screening, reason="The projector’s lamp has gone out.", now=NOW))
    assert first["UID"] == moved["UID"] == off["UID"]
    assert first["SEQUENCE"] < moved["SEQUENCE"] < off["SEQUENCE"]
    assert moved.start.hour == 19
    assert moved.start.minute == 30
    assert off["STATUS"] == "CANCELLED"
    assert off["SUMMARY"].startswith("Cancelled: ")
    assert "lamp has gone out" in off["DESCRIPTION"]


def test_an_unknown_running_time_is_not_made_up(client: Client) -> None:
    engagement = make_engagement(film=make_film(running_minutes=None))
    assert "DTEND" not in event_of(client, make_screening(engagement=engagement))
