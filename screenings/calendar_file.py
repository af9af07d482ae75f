"""A showing as a calendar file (RFC 5545), the same event each time it is fetched or mailed."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse

from .models import Screening

ALARM_BEFORE = -dt.timedelta(hours=2)


def event_uid(screening: Screening) -> str:
    """The event's lasting name (RFC 5545 §3.8.4.7): a later file with it replaces the earlier one."""
    return f"{screening.code}@{urlsplit(settings.BASE_URL).hostname}"


def _alarm(title: str) -> icalendar.Alarm:
    """Two hours before the start, as our own reminder: most of the way in."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", ALARM_BEFORE)
    alarm.add("description", title)
    return alarm


def _where(screening: Screening) -> str:
    theater = screening.theater
    return ", ".join(filter(None, [theater.name, theater.address, theater.postal_code, theater.city.name]))


def _event(screening: Screening) -> icalendar.Event:
    event, address = icalendar.Event(), settings.BASE_URL + reverse("screening", args=[screening.code])
    title = f"{screening.film.title}, {screening.theater.name}"
    event.add("uid", event_uid(screening))
    event.add("sequence", screening.revision)
    event.add("dtstamp", screening.updated_at)
    event.add("dtstart", screening.local_start)
    if screening.film.running_minutes:
        event.add("dtend", screening.ends_at.astimezone(screening.local_start.tzinfo))
    event.add("status", "CANCELLED" if screening.is_cancelled else "CONFIRMED")
    event.add("summary", f"Cancelled: {title}" if screening.is_cancelled else title)
    event.add("location", _where(screening))
    event.add("description", " ".join(filter(None, [screening.cancel_reason, address])))
    event.add("url", address)
    if not screening.is_cancelled:
        event.add_component(_alarm(title))
    return event


def method_of(screening: Screening) -> str:
    """What the file asks of a calendar (RFC 5546 §1.4): to show the event, or to take it away."""
    return "CANCEL" if screening.is_cancelled else "PUBLISH"


def calendar_of(screening: Screening) -> bytes:
    """The file, UTF-8 with CRLF, of a published showing read with `for_listing()`.

    The start is on the theater's clock, with the zone's rules in the file; SEQUENCE is the revision, so a
    calendar takes a moved or cancelled showing for the same one. The end is left out where the running
    time is unknown: what is guessed to keep silent by is never shown.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Houselights//Listings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(screening))
    calendar.add_component(_event(screening))
    calendar.add_missing_timezones(
        first_date=screening.local_start.date(), last_date=screening.local_start.date()
    )
    return calendar.to_ical()
