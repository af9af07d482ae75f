"""From the rows that a system sends to showings that are wanted, or to what is wrong with each. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from common.local_time import get_zone, is_repeated, is_skipped, night_of
from common.problems import Fault, pointer

from ..labels import LABELS, sort_labels
from ..week_difference import Wanted

# Farther ahead is a year mistyped.
FARTHEST_AHEAD = dt.timedelta(days=730)
# How showings are named that no system of the theater's knows by an id: by our code.
OURS = "hl:"


@dataclass(frozen=True)
class FilmAnswer:
    """What a row's film means: a film's id, or a fault's code and sentence, and titles that come near."""

    film: int | str | None
    code: str = ""
    detail: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """What rows are read against: the theater's zone, the nights that the set is of (both included), and now."""

    zone: ZoneInfo
    first: dt.date
    last: dt.date
    now: dt.datetime
    find_film: Callable[[str, str], FilmAnswer]


@dataclass
class ReadRows:
    """The showings that are wanted, each with its place in the set; those said to be cancelled; all faults."""

    wanted: list[tuple[int, Wanted]] = field(default_factory=list)
    cancelled: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Wrong(ValueError):
    def __init__(self, name: str, code: str, detail: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.name, self.code, self.suggestions = name, code, tuple(suggestions)


def read_rows(rows: Sequence[Mapping[str, Any]], frame: Frame) -> ReadRows:
    """Read a set's rows: dictionaries of the right types, as `serializers.ShowingRow` leaves them."""
    read = ReadRows()
    for index, row in enumerate(rows):
        faults = list(_read_row(read, index, row, frame))
        read.faults += [
            Fault(
                pointer("showings", index, *wrong.name.split("/")), wrong.code, str(wrong), wrong.suggestions
            )
            for wrong in faults
        ]
    read.faults += [*_ids_said_twice(rows), *_showings_said_twice(read.wanted)]
    return read


def _read_row(read: ReadRows, index: int, row: Mapping[str, Any], frame: Frame) -> Iterable[_Wrong]:
    wrongs: list[_Wrong] = []

    def attempt(read_field: Callable[[], Any]) -> Any:
        try:
            return read_field()
        except _Wrong as wrong:
            wrongs.append(wrong)
            return None

    attempt(lambda: check_zone(row.get("zone", ""), frame.zone))
    at = attempt(lambda: read_start(row["starts_at"], frame.zone))
    labels = attempt(lambda: read_labels(row.get("labels", ())))
    film = attempt(lambda: _read_film(row, frame))
    if at is not None:
        attempt(lambda: _check_date(at, frame))
    if wrongs:
        return wrongs
    if row.get("status") == "cancelled":
        read.cancelled[row["id"]] = row.get("cancel_reason", "")
        return ()
    showing = Wanted(
        film,
        at.replace(fold=0),
        at.fold,
        labels,
        row.get("sold_out", False),
        row.get("screen"),
        row.get("ticket_url"),
        row["id"],
    )
    read.wanted.append((index, showing))
    return ()


def check_zone(name: str, theater: ZoneInfo) -> None:
    """A row may say in which zone its hour is; it must be the theater's."""
    if not name:
        return
    try:
        zone = get_zone(name)
    except ValidationError as error:
        raise _Wrong("zone", "zone-unknown", error.messages[0]) from error
    if zone.key != theater.key:
        raise _Wrong("zone", "zone-differs", f"This theater’s clocks are {theater.key}. Send its own hours.")


def read_start(text: str, zone: ZoneInfo) -> dt.datetime:
    """The naive wall time on the theater's clock, with its fold, of an ISO 8601 date and time.

    Without an offset it is the hour on the theater's wall; with one it is that instant. Raises _Wrong for an hour
    that the clocks skip, and for one that happens twice where no offset says which.
    """
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _Wrong("starts_at", "invalid", "Write a date and a time: 2026-08-07T19:00.") from error
    if at.second or at.microsecond:
        raise _Wrong("starts_at", "invalid", "Showings start on a minute.")
    wall = at.replace(tzinfo=None)
    if at.tzinfo is None or (is_skipped(wall, zone) and at.utcoffset() in _offsets(wall, zone)):
        return _on_the_wall(wall, zone)
    try:
        there = at.astimezone(zone)
    except OverflowError as error:
        raise _Wrong("starts_at", "invalid", "This is no date that a showing has.") from error
    return there.replace(tzinfo=None)


def _on_the_wall(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    if not 1900 < wall.year < 9999:
        raise _Wrong("starts_at", "invalid", "This is no date that a showing has.")
    if is_skipped(wall, zone):
        raise _Wrong(
            "starts_at",
            "time-skipped",
            f"{wall:%H:%M} on {wall:%-d %B} does not exist: the clocks go forward.",
        )
    if is_repeated(wall, zone):
        both = [wall.replace(tzinfo=zone, fold=fold).isoformat(timespec="minutes") for fold in (0, 1)]
        raise _Wrong(
            "starts_at",
            "time-repeated",
            f"{wall:%H:%M} on {wall:%-d %B} happens twice: the clocks go back. Say which by its offset.",
            both,
        )
    return wall


def _offsets(wall: dt.datetime, zone: ZoneInfo) -> set[dt.timedelta | None]:
    return {wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}


def read_labels(codes: Sequence[str]) -> tuple[str, ...]:
    """The labels in their order. Raises _Wrong for one that we do not know, with those that come near."""
    for index, code in enumerate(codes):
        if code.lower() not in LABELS:
            near = get_close_matches(code.lower(), LABELS, 3)
            raise _Wrong(f"labels/{index}", "label-unknown", f"We know no label “{code}”.", near)
    return sort_labels(codes)


def _read_film(row: Mapping[str, Any], frame: Frame) -> int | str:
    slug, title = row.get("film", ""), row.get("title", "")
    if not slug and not title:
        raise _Wrong("film", "required", "Name the film: our name for it as `film`, or its `title`.")
    answer = frame.find_film(slug, title)
    if answer.film is None:
        raise _Wrong("film" if slug else "title", answer.code, answer.detail, answer.suggestions)
    return answer.film


def _check_date(at: dt.datetime, frame: Frame) -> None:
    night = night_of(at)
    if not frame.first <= night <= frame.last:
        raise _Wrong(
            "starts_at",
            "outside-nights",
            f"This is a showing of the night of {night}, outside {frame.first} to {frame.last}. "
            "What starts before 5 am is of the night before.",
        )
    if night - frame.now.date() > FARTHEST_AHEAD:
        raise _Wrong("starts_at", "too-far", "This is more than two years away. Check the year.")


def _ids_said_twice(rows: Sequence[Mapping[str, Any]]) -> Iterable[Fault]:
    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        if row["id"] in first:
            detail = f"Row {first[row['id']]} has this id too. One id is one showing."
            yield Fault(pointer("showings", index, "id"), "id-twice", detail)
        first.setdefault(row["id"], index)


def _showings_said_twice(wanted: Iterable[tuple[int, Wanted]]) -> Iterable[Fault]:
    """One film twice at one time: two showings only where each names its screen."""
    together: dict[Any, list[tuple[int, Wanted]]] = defaultdict(list)
    for index, showing in wanted:
        together[showing.place].append((index, showing))
    for rows in together.values():
        screens = [showing.screen for _, showing in rows]
        for position, (index, _) in enumerate(rows[1:], 1):
            if not all(screens) or screens[position] in screens[:position]:
                detail = f"Row {rows[0][0]} is the same film at the same time. Two screens are told apart by `screen`."
                yield Fault(pointer("showings", index), "showing-twice", detail)
