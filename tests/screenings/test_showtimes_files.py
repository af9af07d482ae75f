"""A week that comes as a table or a calendar: read right, doubts kept visible, refused whole and in words."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from zoneinfo import ZoneInfo

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from screenings import week_text
from screenings.models import ColumnMapping, Theater, TheaterMembership, WeekDraft
from screenings.showtimes_calendar import read_calendar
from screenings.showtimes_file import FileShowing, Unreadable, write_as_week
from screenings.showtimes_table import guess_columns, is_complete, read_rows, read_table
from tests.cast import MANAGER, make_person
from tests.factories import make_engagement, make_film, make_theater

FRIDAY = dt.date(2026, 8, 7)
ATLANTA = ZoneInfo("America/New_York")
HEADERS = ("Film", "Date", "Time", "Labels")
ROWS = [
    ("The Salt Road", "2026-08-07", "7:00 pm", "open captions"),
    ("The Salt Road", "2026-08-08", "16:15", ""),
    ("Night Ferry", "2026-08-09", "12:15 am", ""),
    ("Night Ferry", "2026-08-13", "19:00", "Q&A; 35mm"),
]
MEANT = {
    ("The Salt Road", "2026-08-07T19:00", ("OC",)),
    ("The Salt Road", "2026-08-08T16:15", ()),
    ("Night Ferry", "2026-08-09T00:15", ()),
    ("Night Ferry", "2026-08-13T19:00", ("35mm", "qa")),
}


def csv_of(rows: list[tuple[str, ...]], headers: tuple[str, ...] = HEADERS, separator: str = ",") -> bytes:
    return str(tablib.Dataset(*rows, headers=headers).export("csv", delimiter=separator)).encode()


def showings_in(data: bytes, name: str = "week.csv", locale: str = "en-US") -> list[FileShowing]:
    table = read_table(data, name)
    columns = guess_columns(table.headers)
    assert is_complete(columns)
    return read_rows(table, columns, locale=locale, week_starting=FRIDAY)


def text_of(data: bytes, name: str = "week.csv", locale: str = "en-US") -> str:
    showings = showings_in(data, name, locale)
    return write_as_week(showings, locale=locale, zone=ATLANTA, week_starting=FRIDAY).text


def meaning(text: str, locale: str = "en-US") -> set[tuple[str, str, tuple[str, ...]]]:
    films = [week_text.KnownFilm("The Salt Road"), week_text.KnownFilm("Night Ferry")]
    reading = week_text.read(text, zone=ATLANTA.key, locale=locale, week_starting=FRIDAY, films=films)
    assert reading.doubts == ()
    return {
        (s.film, s.starts_local.isoformat(timespec="minutes"), tuple(sorted(s.tags)))
        for s in reading.showings
    }


def refusal(data: bytes, name: str = "week.csv", locale: str = "en-US") -> str:
    with pytest.raises(Unreadable) as refused:
        text_of(data, name, locale)
    return str(refused.value)


def test_each_row_is_a_showing_with_its_labels() -> None:
    assert meaning(text_of(csv_of(ROWS))) == MEANT


@pytest.mark.parametrize("seed", range(6))
def test_columns_and_rows_may_stand_in_any_order(seed: int) -> None:
    order = random.Random(seed).sample(range(4), 4)
    rows = random.Random(seed).sample(ROWS, 4)
    shuffled = csv_of([tuple(row[n] for n in order) for row in rows], tuple(HEADERS[n] for n in order))
    assert meaning(text_of(shuffled)) == MEANT


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_separators_and_encodings_of_offices_are_read(separator: str, encoding: str) -> None:
    assert meaning(text_of(csv_of(ROWS, separator=separator).decode().encode(encoding))) == MEANT


def test_a_workbook_is_read_with_its_real_dates_and_times() -> None:
    data = tablib.Dataset(
        ["The Salt Road", dt.date(2026, 8, 7), dt.time(19, 0), "OC"],
        ["Night Ferry", dt.datetime(2026, 8, 8), dt.time(0, 15), None],
        [None, None, None, None],
        headers=HEADERS,
    ).export("xlsx")
    assert meaning(text_of(data, "week.xlsx")) == {
        ("The Salt Road", "2026-08-07T19:00", ("OC",)),
        ("Night Ferry", "2026-08-08T00:15", ()),
    }


def test_day_and_time_may_stand_in_one_column() -> None:
    data = csv_of([("The Salt Road", "2026-08-07 19:00")], ("Title", "Starts at"))
    assert meaning(text_of(data)) == {("The Salt Road", "2026-08-07T19:00", ())}


def test_a_cell_may_hold_several_times() -> None:
    data = csv_of([("The Salt Road", "Fri 7 Aug", "1:30 pm, 4:15 pm / 7:00 pm")], HEADERS[:3])
    assert {start for _, start, _ in meaning(text_of(data))} == {
        "2026-08-07T13:30", "2026-08-07T16:15", "2026-08-07T19:00",
    }  # fmt: skip


def test_a_time_without_am_or_pm_is_passed_on_as_written_and_asked_about() -> None:
    text = text_of(csv_of([("The Salt Road", "Sat", "10:30")], HEADERS[:3]))
    reading = week_text.read(
        text,
        zone=ATLANTA.key,
        locale="en-US",
        week_starting=FRIDAY,
        films=[week_text.KnownFilm("The Salt Road")],
    )
    assert ([d.reason for d in reading.doubts], reading.showings) == (["am_or_pm"], ())


def test_a_column_that_counts_to_24_is_certain() -> None:
    data = csv_of([("The Salt Road", "Sat", "10:30"), ("The Salt Road", "Sat", "19:00")], HEADERS[:3])
    assert {start for _, start, _ in meaning(text_of(data))} == {"2026-08-08T10:30", "2026-08-08T19:00"}


@pytest.mark.parametrize(
    ("locale", "dates", "night"),
    [
        ("en-US", ["8/7/2026"], "2026-08-07"),
        ("en-GB", ["7/8/2026"], "2026-08-07"),
        ("en-US", ["13/8/2026", "7/8/2026"], "2026-08-07"),
        ("de-DE", ["7.8."], "2026-08-07"),
        ("fr-FR", ["ven 7 août"], "2026-08-07"),
        ("es-ES", ["viernes"], "2026-08-07"),
    ],
)
def test_dates_are_read_in_the_order_of_the_locale_or_of_their_column(
    locale: str, dates: list[str], night: str
) -> None:
    data = csv_of([("The Salt Road", date, "19:00") for date in dates], HEADERS[:3])
    assert night in {showing.night.isoformat() for showing in showings_in(data, locale=locale)}


def test_an_error_names_its_row_and_column_and_all_errors_are_told_at_once() -> None:
    said = refusal(
        csv_of(
            [
                ("The Salt Road", "31/31/2026", "7:00 pm"),
                ("", "2026-08-07", "7:00 pm"),
                ("Night Ferry", "2026-08-07", "later"),
                ("Night Ferry", "2026-08-07", ""),
            ],
            HEADERS[:3],
        )
    )
    assert "Row 2, column “Date”: “31/31/2026”: this is not a date." in said
    assert "Row 3, column “Film”: there is no film." in said
    assert "Row 4, column “Time”: “later”: this is not a time." in said
    assert "Row 5, column “Time”: there is no time." in said


def test_rows_of_other_weeks_are_said_and_left_out() -> None:
    rows = [*ROWS, ("Night Ferry", "2026-08-14", "7:00 pm", "")]
    week = write_as_week(showings_in(csv_of(rows)), locale="en-US", zone=ATLANTA, week_starting=FRIDAY)
    assert meaning(week.text) == MEANT
    assert week.remarks == ["1 of other weeks is left out: bring the file to their week too."]
    assert "No showing in this file is of the week of Fri 7 Aug. The first is of Fri 14 Aug" in refusal(
        csv_of(rows[-1:])
    )


def test_a_row_that_would_be_read_otherwise_is_refused_by_name() -> None:
    data = csv_of([("The Salt Road", "2026-08-07", "7:00 pm", "no 7:00 pm Fri")])
    assert "Row 2: “The Salt Road” on Fri 7 Aug would not be read as it is meant." in refusal(data)


def test_what_is_no_table_is_refused_in_words() -> None:
    assert "larger than 2 MB" in refusal(b"Film,Date,Time\n" * 700_000)
    assert "no workbook" in refusal(b"PK\x03\x04 nonsense", "week.xlsx")
    assert "must name the columns" in refusal(b"")
    assert "no table of text" in refusal(b"\x00\x01\x02,\x00")
    assert "no showing in this file" in refusal(csv_of([]))
    assert "The most we read" not in refusal(csv_of([("a", "b", "c", "d")] * 3001))
    assert "3001 rows" in refusal(csv_of([("a", "b", "c", "d")] * 3001))


def test_a_workbook_cannot_explode() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"\0" * 40_000_000)
    assert len(packed.getvalue()) < 100_000
    assert "unpacks to more than any week needs" in refusal(packed.getvalue(), "week.xlsx")


# -- calendars ---------------------------------------------------------------------------------------------


def event(*lines: str, summary: str = "The Salt Road") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{hash(lines)}", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", *events, "END:VCALENDAR", ""]
    ).encode()


def starts(*events: str) -> list[str]:
    return [f"{s.date} {s.time:%H:%M}" for s in read_calendar(calendar(*events), ATLANTA).showings]


def calendar_refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_calendar(data, ATLANTA)
    return str(refused.value)


def test_events_are_showings_on_the_theaters_clock_whatever_zone_they_name() -> None:
    assert starts(
        event("DTSTART:20260807T230000Z"),
        event("DTSTART;TZID=America/Chicago:20260807T200000"),
        event("DTSTART:20260807T213000"),
        event("DTSTART:20260808T213000", "STATUS:CANCELLED"),
    ) == ["2026-08-07 19:00", "2026-08-07 21:00", "2026-08-07 21:30"]


def test_events_without_a_zone_are_counted_so_that_it_can_be_said() -> None:
    read = read_calendar(
        calendar(event("DTSTART:20260807T213000"), event("DTSTART:20260807T230000Z")), ATLANTA
    )
    assert read.floating == 1


def test_what_a_calendar_cannot_say_for_sure_is_refused_in_words() -> None:
    weekly = event("DTSTART:20260807T230000Z", "RRULE:FREQ=WEEKLY;COUNT=4")
    assert "“The Salt Road” repeats by a rule." in calendar_refusal(calendar(weekly))
    all_day = event("DTSTART;VALUE=DATE:20260807")
    assert "“The Salt Road” on 2026-08-07 lasts all day" in calendar_refusal(calendar(all_day))
    nowhere = event("DTSTART;TZID=Mars/Olympus:20260807T200000")
    assert "names the zone “Mars/Olympus”, which nobody knows" in calendar_refusal(calendar(nowhere))
    assert "no name (SUMMARY)" in calendar_refusal(calendar(event("DTSTART:20260807T213000", summary="")))
    assert "no start" in calendar_refusal(calendar(event()))
    assert "no calendar file" in calendar_refusal(b"BEGIN:VCALENDAR\r\nnonsense")


# -- the page ----------------------------------------------------------------------------------------------


@pytest.fixture
def theater(db: None) -> Theater:
    theater = make_theater()
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="staff")
    make_engagement(make_film(), theater, FRIDAY)
    return theater


@pytest.fixture
def staff(theater: Theater, client: Client) -> Client:
    client.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def address(theater: Theater) -> str:
    return f"/manage/theaters/{theater.slug}/week/{FRIDAY}/"


def bring(client: Client, theater: Theater, data: bytes, name: str = "week.csv", **more: str):  # type: ignore[no-untyped-def]
    return client.post(
        f"{address(theater)}file/", {"file": SimpleUploadedFile(name, data), **more}, follow=True
    )


def test_a_file_becomes_the_draft_and_unknown_films_are_asked_about(theater: Theater, staff: Client) -> None:
    page = bring(staff, theater, csv_of(ROWS)).content.decode()
    assert "The file is read; nothing is live yet." in page
    assert "1 thing to settle" in page
    assert "“Night Ferry” is not one of your films." in page
    assert WeekDraft.objects.get().text.startswith("Night Ferry\n")


def test_a_refused_file_leaves_the_draft_as_it_was(theater: Theater, staff: Client) -> None:
    WeekDraft.objects.create(theater=theater, week_starting=FRIDAY, text="The Salt Road\nFri 7:00")
    page = bring(staff, theater, csv_of([*ROWS, ("Night Ferry", "never", "7:00 pm", "")]))
    assert page.status_code == 422
    assert "Row 6, column “Date”: “never”: this is not a date." in page.content.decode()
    assert WeekDraft.objects.get().text == "The Salt Road\nFri 7:00"


def test_ten_megabytes_are_refused_in_words(theater: Theater, staff: Client) -> None:
    page = bring(staff, theater, b"x" * 10_000_000)
    assert (page.status_code, "larger than 2 MB" in page.content.decode()) == (422, True)


def test_a_calendar_without_zones_says_so(theater: Theater, staff: Client) -> None:
    page = bring(staff, theater, calendar(event("DTSTART:20260807T213000")), "week.ics").content.decode()
    assert "1 event names no zone: taken as The Lantern’s own clock." in page
    assert "Fri: 9:30 pm" in WeekDraft.objects.get().text


def test_columns_nobody_can_guess_are_asked_for_once_and_remembered(theater: Theater, staff: Client) -> None:
    odd = ("Was", "Wann", "Um", "Sonst")
    asked = bring(staff, theater, csv_of(ROWS, odd))
    assert "Which column is what?" in asked.content.decode()
    form = asked.context["form"]
    answer = {"table": form["table"].value(), "film": "Was", "date": "Wann", "labels": "Sonst"}
    unclear = staff.post(f"{address(theater)}file/", answer)
    assert "Say where the day and the time stand" in unclear.content.decode()
    staff.post(f"{address(theater)}file/", {**answer, "time": "Um"})
    assert meaning(WeekDraft.objects.get().text) == MEANT
    assert ColumnMapping.objects.get().columns["time"] == "Um"
    shuffled = csv_of([row[::-1] for row in ROWS[:1]], odd[::-1])
    assert "The file is read" in bring(staff, theater, shuffled).content.decode()
    assert "Which column is what?" in bring(staff, theater, shuffled, choose="on").content.decode()


def test_a_table_that_is_none_of_ours_is_refused(theater: Theater, staff: Client) -> None:
    for table in ("nonsense", "{}", '{"headers": ["a"], "rows": [[["os", "x"]]]}'):
        page = staff.post(f"{address(theater)}file/", {"table": table, "film": "a"})
        assert page.status_code == 422
    assert not WeekDraft.objects.exists()
