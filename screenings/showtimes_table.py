"""Showtimes in a table, CSV or XLSX: which column is what, and what each row says. Pure."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import tablib
from tablib.exceptions import TablibException

from common.slugs import fold

from .showtimes_file import ERRORS_SHOWN, MOST_BYTES, MOST_ROWS, FileShowing, Unreadable
from .spoken_times import uses_24_hours
from .week.vocabulary import vocabulary_for

MOST_COLUMNS = 40
MOST_UNPACKED_BYTES = 30_000_000

# What a column can hold. Film and either `starts` or `date` and `time` are needed.
FIELDS: Mapping[str, str] = {
    "film": "Film",
    "date": "Date",
    "time": "Time",
    "starts": "Date and time in one",
    "labels": "Labels",
}
# Headers by which a column is guessed, folded; the likelier first.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "film": ("film", "film title", "title", "movie", "feature", "programme", "program", "event", "titre", "titel", "filmtitel", "titulo", "pelicula", "name"),
    "date": ("date", "show date", "day", "performance date", "jour", "datum", "tag", "fecha", "dia"),
    "time": ("time", "times", "showtime", "showtimes", "show time", "start", "start time", "starts", "heure", "heures", "horaire", "uhrzeit", "zeit", "beginn", "hora", "horas", "horario"),
    "starts": ("starts at", "start at", "datetime", "date time", "date and time", "start date time", "begins at", "dtstart", "debut", "beginnt"),
    "labels": ("labels", "label", "format", "formats", "version", "notes", "note", "tags", "attributes", "access", "remarques", "hinweis", "bemerkung", "notas", "etiquetas", "fassung"),
}  # fmt: skip

Cell = str | dt.datetime | dt.date | dt.time


@dataclass(frozen=True)
class Table:
    """Headers and rows; a row is as long as the headers. The first row is row 2 of the sheet."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def key(self) -> str:
        """What a table's mapping is remembered by: its headers, in whatever order they stand."""
        return "|".join(sorted(fold(header) for header in self.headers))[:500]


# -- reading the file -------------------------------------------------------------------------------------


def read_table(data: bytes, name: str) -> Table:
    """The table of a CSV file (any of the usual separators and encodings) or of an XLSX file's first sheet.

    Raises Unreadable with a sentence for a file that is neither, or too large.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("This file is larger than 2 MB: more than any week. Nothing was kept of it.")
    dataset = (
        _read_workbook(data) if data.startswith(b"PK") or name.lower().endswith(".xlsx") else _read_csv(data)
    )
    headers = tuple(_plain(header) for header in dataset.headers or ())
    if not any(headers):
        raise Unreadable("The first row must name the columns: film, date, time.")
    if len(headers) > MOST_COLUMNS:
        raise Unreadable(f"This table has {len(headers)} columns; {MOST_COLUMNS} are the most we read.")
    rows = tuple(tuple(map(_cell, row)) for row in dataset)
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            f"This table has {len(rows)} rows; {MOST_ROWS} are the most we read. Cut it to one week."
        )
    return Table(headers, rows)


def _read_workbook(data: bytes) -> tablib.Dataset:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise Unreadable(
                    "This workbook unpacks to more than any week needs. Save the week by itself."
                )
        return tablib.Dataset().load(io.BytesIO(data), format="xlsx")
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise Unreadable("This is no workbook that we can read. Save it as .xlsx or .csv again.") from error


def _read_csv(data: bytes) -> tablib.Dataset:
    text = _decode(data)
    if "\0" in text:
        raise Unreadable("This is no table of text. Save it as .csv or .xlsx.")
    try:
        separator = (
            csv.Sniffer().sniff(text[:4000].splitlines()[0] if text.strip() else "", ",;\t|").delimiter
        )
    except csv.Error:
        separator = ","
    try:
        return tablib.Dataset().load(io.StringIO(text), format="csv", delimiter=separator)
    except (TablibException, csv.Error) as error:
        raise Unreadable(
            "The rows of this file are not all as long as its first. Save it as .csv again."
        ) from error


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _plain(value: object) -> str:
    return " ".join(str(value if value is not None else "").split())


def _cell(value: object) -> Cell:
    return value if isinstance(value, dt.date | dt.time) else _plain(value)


# -- which column is what ---------------------------------------------------------------------------------


def guess_columns(headers: Sequence[str]) -> dict[str, str]:
    """Field → header, for the fields that a header names; a header serves once."""
    folded = {fold(header): header for header in reversed(headers) if header}
    guessed = {}
    for name, words in _HEADERS.items():
        found = next((word for word in words if word in folded), None)
        if found:
            guessed[name] = folded.pop(found)
    return guessed


def is_complete(columns: Mapping[str, str]) -> bool:
    """Whether the columns say film, day and time."""
    return "film" in columns and ("starts" in columns or ("date" in columns and "time" in columns))


# -- what the rows say ------------------------------------------------------------------------------------


def read_rows(
    table: Table, columns: Mapping[str, str], *, locale: str, week_starting: dt.date
) -> list[FileShowing]:
    """What every row says; a cell may hold several times. Raises Unreadable naming rows and columns.

    Figures as dates are read in the locale's order unless a date of the column can only be read in the other.
    A time without am or pm is certain only where the column or the locale counts to 24; else it is passed on
    as it is written.
    """
    reader = _RowReader(table, columns, locale, week_starting)
    showings = [showing for number in range(len(table.rows)) for showing in reader.read(number)]
    if reader.errors:
        more = len(reader.errors) - ERRORS_SHOWN
        tail = [f"And {more} more."] if more > 0 else []
        raise Unreadable(*reader.errors[:ERRORS_SHOWN], *tail)
    return showings


_FIGURES = re.compile(r"(\d{1,4})[./-](\d{1,2})(?:[./-](\d{2,4})?)?")
_CLOCK = re.compile(
    r"(\d{1,2})(?:\s?[:.h]\s?(\d{2})?)?(?::\d{2})?\s?(?:(a|p)\.?\s?m\.?|uhr|h)?", re.IGNORECASE
)


class _RowReader:
    def __init__(self, table: Table, columns: Mapping[str, str], locale: str, week_starting: dt.date) -> None:
        self.table, self.columns = table, columns
        self.places = {name: table.headers.index(header) for name, header in columns.items()}
        self.vocabulary = vocabulary_for(locale)
        self.week = [week_starting + dt.timedelta(days=n) for n in range(7)]
        self.month_first = self._order()
        self.to_24 = uses_24_hours(locale) or self._counts_to_24()
        self.errors: list[str] = []

    def _column(self, name: str) -> Iterable[Cell]:
        place = self.places.get(name)
        return [] if place is None else [row[place] for row in self.table.rows]

    def _order(self) -> bool:
        cells = [str(cell) for name in ("date", "starts") for cell in self._column(name)]
        figures = [m.groups() for cell in cells if (m := _FIGURES.match(cell)) and len(m.group(1)) < 4]
        if any(int(first) > 12 for first, *_ in figures):
            return False
        return self.vocabulary.month_first or any(int(second) > 12 for _, second, _ in figures)

    def _counts_to_24(self) -> bool:
        """A 13 or a leading zero in the column: its times are of the day, not of a half."""
        cells = [
            str(cell) for name in ("time", "starts") for cell in self._column(name) if isinstance(cell, str)
        ]
        return any(
            re.search(r"(?<![\d./-])(0\d|1[3-9]|2[0-3])\s?[:.h]\s?\d{2}(?!\d|\s?[ap]\.?m)", c) for c in cells
        )

    def read(self, number: int) -> list[FileShowing]:
        row = self.table.rows[number]
        if not any(row):
            return []
        where = f"Row {number + 2}"
        title, words = (str(self._at(row, name)).strip() for name in ("film", "labels"))
        day, time = self._day(row, where), self._time(row)
        if not title:
            self._wrong(where, "film", "", "there is no film")
        if not time:
            self._wrong(where, self._time_field, "", "there is no time")
        if not (title and day and time):
            return []
        return list(self._showings(title[:200], day, time, words[:200], where))

    def _at(self, row: Sequence[Cell], name: str) -> Cell:
        return row[self.places[name]] if name in self.places else ""

    @property
    def _time_field(self) -> str:
        return "time" if "time" in self.columns else "starts"

    def _wrong(self, where: str, name: str, cell: str, what: str) -> None:
        said = f" “{cell[:60]}”:" if cell else ""
        self.errors.append(f"{where}, column “{self.columns[name]}”:{said} {what}.")

    def _day(self, row: Sequence[Cell], where: str) -> dt.date | None:
        name = "date" if "date" in self.columns else "starts"
        cell = self._at(row, name)
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        day = self._say_day(str(cell))
        if day is None:
            self._wrong(where, name, str(cell), "this is not a date" if cell else "there is no date")
        return day

    def _say_day(self, text: str) -> dt.date | None:
        """ISO, figures in the column's order, a month in words, or a weekday of this week."""
        figures = _FIGURES.search(text)
        try:
            if figures and len(figures.group(1)) == 4:
                return dt.date(*(int(figures.group(n)) for n in (1, 2, 3)))
            if figures:
                first, second = int(figures.group(1)), int(figures.group(2))
                month, day = (first, second) if self.month_first else (second, first)
                return self._in_year(month, day, figures.group(3))
            return self._day_in_words(text)
        except (ValueError, TypeError):
            return None

    def _in_year(self, month: int, day: int, year: str | None) -> dt.date:
        if year:
            return dt.date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        years = [self.week[0].year + n for n in (-1, 0, 1)]
        return min((dt.date(y, month, day) for y in years), key=lambda date: abs(date - self.week[0]))

    def _day_in_words(self, text: str) -> dt.date | None:
        words = fold(text).split()
        month = next((self.vocabulary.months[w] for w in words if w in self.vocabulary.months), None)
        numbers = [w for w in words if w.isdigit()]
        day = next((w for w in numbers if len(w) <= 2), None)
        day = day or next(
            (m.group(1) for w in words if (m := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|er)", w))), None
        )
        if month and day:
            return self._in_year(month, int(day), next((w for w in numbers if len(w) == 4), None))
        weekday = next((self.vocabulary.days[w][0] for w in words if w in self.vocabulary.days), None)
        return next((day for day in self.week if day.weekday() == weekday), None) if not numbers else None

    def _time(self, row: Sequence[Cell]) -> str | dt.time | None:
        cell = self._at(row, self._time_field)
        if isinstance(cell, dt.datetime):
            return cell.time().replace(second=0, microsecond=0, tzinfo=None)
        if isinstance(cell, dt.time):
            return cell.replace(second=0, microsecond=0, tzinfo=None)
        text = str(cell)
        if self._time_field == "starts":
            text = re.sub(r"^.*?\d[./-]\d{1,2}(?:[./-]\d{2,4})?[T,\s]*", "", text)
        return text or None

    def _showings(
        self, title: str, day: dt.date, time: str | dt.time, words: str, where: str
    ) -> Iterable[FileShowing]:
        if isinstance(time, dt.time):
            yield FileShowing(title, day, time, "", words, where)
            return
        for part in filter(None, (piece.strip() for piece in re.split(r"[,;/]|(?<![hH])\s(?=\d)", time))):
            if not re.search(r"\d", part) and not self.vocabulary.phrases.get(fold(part)):
                self._wrong(where, self._time_field, part, "this is not a time")
                continue
            yield FileShowing(title, day, self._certain(part), part, words, where)

    def _certain(self, text: str) -> dt.time | None:
        """The time that `text` can only mean; None where the reader must say or ask."""
        match = _CLOCK.fullmatch(text)
        if match is None:
            return None
        hour, minute, half = int(match.group(1)), int(match.group(2) or 0), (match.group(3) or "").lower()
        if half and not 1 <= hour <= 12:
            return None
        if not half and not (self.to_24 and match.group(2)) and hour < 13:
            return None
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        return dt.time(hour, minute) if hour < 24 and minute < 60 else None
