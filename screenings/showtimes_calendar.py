"""Showtimes in a calendar file (iCalendar, RFC 5545): one event is one showing. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from .showtimes_file import ERRORS_SHOWN, MOST_BYTES, MOST_ROWS, FileShowing, Unreadable

REPEATING = ("rrule", "rdate", "exrule")


@dataclass(frozen=True)
class CalendarShowings:
    """What the events say, and how many of them name no zone (RFC 5545's floating time)."""

    showings: list[FileShowing]
    floating: int


def read_calendar(data: bytes, zone: ZoneInfo) -> CalendarShowings:
    """The events as showings on the clock of `zone`; floating times are taken as that clock's.

    Cancelled events are left out. Raises Unreadable for a file that is no calendar, and for events that repeat
    by a rule, last all day or name a zone that nobody knows.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("This file is larger than 2 MB: more than any week. Nothing was kept of it.")
    try:
        calendars = icalendar.Calendar.from_ical(data.decode("utf-8-sig"), multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        raise Unreadable("This is no calendar file that we can read. Export it as .ics again.") from error
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) > MOST_ROWS:
        raise Unreadable(f"This calendar has {len(events)} events; {MOST_ROWS} are the most we read.")
    on = [event for event in events if str(event.get("status", "")).upper() != "CANCELLED"]
    wrong = list(filter(None, map(_what_is_wrong, on)))
    if wrong:
        raise Unreadable(*wrong[:ERRORS_SHOWN])
    floating = sum(event.decoded("dtstart").tzinfo is None for event in on)
    return CalendarShowings([_showing(event, zone) for event in on], floating)


def _title(event: Any) -> str:
    return " ".join(str(event.get("summary", "")).split())[:200]


def _what_is_wrong(event: Any) -> str:
    """Why an event is no showing, in a sentence; `""` for one that is."""
    title = _title(event) or "An event without a name"
    if not _title(event):
        return "An event has no name (SUMMARY): which film is it?"
    if "dtstart" not in event:
        return f"“{title}” has no start."
    if any(name in event for name in REPEATING):
        return f"“{title}” repeats by a rule. Export its showings one by one, or paste the week as text."
    start = event.decoded("dtstart")
    if not isinstance(start, dt.datetime):
        return f"“{title}” on {start} lasts all day: it has no time."
    named = event["dtstart"].params.get("TZID")
    if named and start.tzinfo is None:
        return f"“{title}” names the zone “{named}”, which nobody knows."
    return ""


def _showing(event: Any, zone: ZoneInfo) -> FileShowing:
    start = event.decoded("dtstart")
    here = start if start.tzinfo is None else start.astimezone(zone)
    time = here.time().replace(second=0, microsecond=0, tzinfo=None)
    return FileShowing(
        _title(event), here.date(), time, "", _categories(event), f"The event of {here:%Y-%m-%d %H:%M}"
    )


def _categories(event: Any) -> str:
    found = event.get("categories")
    listed = found if isinstance(found, list) else [found] if found else []
    return ", ".join(str(word) for one in listed for word in getattr(one, "cats", [one]))[:200]
