"""Listings as theaters write them, with what they mean, for the reader of the pasted week.

A meaning is written per film as `Fri-Sun 13:30 19:00+OC; Mon 24:15`: English weekdays of the play week,
a 24-hour clock that goes on past 24:00 for the hours after midnight, tags behind a plus sign. An ISO date
may stand for a weekday.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from screenings import week_text

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Found = dict[tuple[str, datetime], frozenset[str]]


@dataclass(frozen=True)
class Listing:
    """A pasted text, where and when it is pasted, and what it means."""

    name: str
    locale: str
    zone: str
    week: str
    text: str
    means: dict[str, str]
    flags: tuple[str, ...] = ()
    may_flag: tuple[str, ...] = ()
    also_known: tuple[str, ...] = field(default=())

    @property
    def week_starting(self) -> date:
        return date.fromisoformat(self.week)

    def films(self) -> list[week_text.KnownFilm]:
        return [week_text.KnownFilm(title) for title in (*self.means, *self.also_known)]

    def read(self, **more: object) -> week_text.WeekReading:
        return week_text.read(
            self.text,
            zone=self.zone,
            locale=self.locale,
            week_starting=self.week_starting,
            films=self.films(),
            **more,
        )  # type: ignore[arg-type]

    def expected(self) -> Found:
        """The (film, start) pairs meant, with their tags."""
        return {
            (film, start): tags
            for film, meaning in self.means.items()
            for start, tags in meant(meaning, self.week_starting).items()
        }


def meant(meaning: str, week_starting: date) -> dict[datetime, frozenset[str]]:
    """Starts and tags of one film's meaning."""
    found: dict[datetime, frozenset[str]] = {}
    for part in filter(None, (p.strip() for p in meaning.split(";"))):
        days, *times = part.split()
        for day in _dates(days, week_starting):
            for told in times:
                clock, *tags = told.split("+")
                hour, minute = map(int, clock.split(":"))
                start = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
                found[start] = found.get(start, frozenset()) | frozenset(tags)
    return found


def _dates(days: str, week_starting: date) -> list[date]:
    week = [week_starting + timedelta(days=n) for n in range(7)]
    found: list[date] = []
    for piece in days.split(","):
        if re.match(r"\d{4}-", piece):
            found.append(date.fromisoformat(piece))
            continue
        first, _, last = piece.partition("-")
        names = [WEEKDAYS[d.weekday()] for d in week]
        found.extend(week[names.index(first) : names.index(last or first) + 1])
    return found


def scheduled(reading: week_text.WeekReading) -> Found:
    """The (film, start) pairs read, with their tags."""
    return {(s.film, s.starts_local): s.tags for s in reading.showings}
