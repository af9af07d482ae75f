"""Showings as calendar files (RFC 5545): the same event each time it is fetched, mailed or part of a feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from .models import Screening

# As our own reminders: the day before, and most of the way in.
ALARMS_BEFORE = (-dt.timedelta(days=1), -dt.timedelta(hours=2))


def event_uid(screening: Screening) -> str:
    """The event's lasting name (RFC 5545 §3.8.4.7): a later file with it replaces the earlier one."""
    return f"{screening.code}@{urlsplit(settings.BASE_URL).hostname}"


def _alarm(title: str, before: dt.timedelta) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", title)
    return alarm


def _where(screening: Screening) -> str:
    theater = screening.theater
    return ", ".join(filter(None, [theater.name, theater.address, theater.postal_code, theater.city.name]))


def _event(screening: Screening) -> icalendar.Event:
    # In a letter its words are in the reader's language; in a feed, as on every page, in English.
    event, address = icalendar.Event(), settings.BASE_URL + reverse("screening", args=[screening.code])
    title = f"{screening.film.title}, {screening.theater.name}"
    event.add("uid", event_uid(screening))
    event.add("sequence", screening.revision)
    event.add("dtstamp", screening.updated_at)
    event.add("dtstart", screening.local_start)
    if screening.film.running_minutes:
        event.add("dtend", screening.ends_at.astimezone(screening.local_start.tzinfo))
    event.add("status", "CANCELLED" if screening.is_cancelled else "CONFIRMED")
    event.add(
        "summary", gettext("Cancelled: %(title)s") % {"title": title} if screening.is_cancelled else title
    )
    event.add("location", _where(screening))
    event.add("description", " ".join(filter(None, [screening.cancel_reason, address])))
    event.add("url", address)
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
    event = _event(screening)
    if not screening.is_cancelled:
        for before in ALARMS_BEFORE:
            event.add_component(_alarm(str(event["summary"]), before))
    calendar.add_component(event)
    calendar.add_missing_timezones(
        first_date=screening.local_start.date(), last_date=screening.local_start.date()
    )
    return calendar.to_ical()


ASK_AGAIN_AFTER = dt.timedelta(hours=1)


def calendar_feed(name: str, screenings: Sequence[Screening]) -> bytes:
    """A calendar to subscribe to, UTF-8 with CRLF, of published showings read with `for_listing()`.

    It has a name and says how often to look again (RFC 7986 §5.1, §5.7; `X-WR-CALNAME` for older programs). A
    cancelled showing stays in it as `STATUS:CANCELLED` under its UID with a higher SEQUENCE: a calendar that knew it
    shows it struck through. No alarms: who follows a whole programme is not woken by all of it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Houselights//Listings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for screening in screenings:
        calendar.add_component(_event(screening))
    days = [screening.local_start.date() for screening in screenings]
    if days:
        calendar.add_missing_timezones(first_date=min(days), last_date=max(days))
    return calendar.to_ical()
