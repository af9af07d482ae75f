"""A week's draft from a file, and the columns of a theater's tables, remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from .models import ColumnMapping, Theater
from .showtimes_calendar import read_calendar
from .showtimes_file import FileWeek, write_as_week
from .showtimes_table import Table, guess_columns, read_rows


def is_calendar(data: bytes, name: str) -> bool:
    """Whether a file is an iCalendar, by its name or its first line."""
    return name.lower().endswith((".ics", ".ical")) or data.lstrip(b"\xef\xbb\xbf \r\n").startswith(
        b"BEGIN:VCALENDAR"
    )


def week_of_calendar(theater: Theater, week_starting: dt.date, data: bytes) -> FileWeek:
    """A calendar file's week as text for the draft. Raises Unreadable."""
    read = read_calendar(data, theater.tzinfo)
    week = write_as_week(
        read.showings, locale=theater.locale, zone=theater.tzinfo, week_starting=week_starting
    )
    if not read.floating:
        return week
    events = "1 event names" if read.floating == 1 else f"{read.floating} events name"
    return FileWeek(week.text, [*week.remarks, f"{events} no zone: taken as {theater}’s own clock."])


def week_of_table(
    theater: Theater, week_starting: dt.date, table: Table, columns: Mapping[str, str]
) -> FileWeek:
    """A table's week as text for the draft. Raises Unreadable."""
    showings = read_rows(table, columns, locale=theater.locale, week_starting=week_starting)
    return write_as_week(showings, locale=theater.locale, zone=theater.tzinfo, week_starting=week_starting)


def columns_for(theater: Theater, table: Table) -> dict[str, str]:
    """Field → header as it was told for such a table before, else as the headers suggest."""
    known = ColumnMapping.objects.filter(theater=theater, headers=table.key).first()
    if known and set(known.columns.values()) <= set(table.headers):
        return dict(known.columns)
    return guess_columns(table.headers)


def remember_columns(theater: Theater, table: Table, columns: Mapping[str, str]) -> None:
    """Take the next table with these headers as this one was taken."""
    ColumnMapping.objects.update_or_create(
        theater=theater, headers=table.key, defaults={"columns": dict(columns)}
    )
