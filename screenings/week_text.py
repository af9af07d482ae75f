"""Reading a pasted week of showtimes: text in, showings and doubts out. Pure; no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from zoneinfo import ZoneInfo

from screenings.week.doubts import REASONS, SKIP, Choice, Doubt, Inquiry
from screenings.week.reader import ListingReader
from screenings.week.schedule import Showing
from screenings.week.source import MAX_CHARACTERS, TooMuchText, make_plain
from screenings.week.titles import KnownFilm
from screenings.week.vocabulary import vocabulary_for

__all__ = [
    "MAX_CHARACTERS",
    "REASONS",
    "SKIP",
    "Choice",
    "Doubt",
    "KnownFilm",
    "Showing",
    "TooMuchText",
    "WeekReading",
    "read",
]

_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class WeekReading:
    """What a pasted week says: the showings that it makes certain, and the spans that it does not."""

    showings: tuple[Showing, ...]
    doubts: tuple[Doubt, ...]


def read(
    text: str,
    *,
    zone: str,
    locale: str,
    week_starting: date,
    films: Sequence[KnownFilm],
    answers: Mapping[str, str] = _NO_ANSWERS,
) -> WeekReading:
    """The showings of a pasted week and the doubts that people must settle.

    `zone` is an IANA name, `locale` BCP 47 (it decides date order, day words and the 12- or 24-hour habit),
    `week_starting` the first day of the play week; weekdays are the seven days from it. `answers` maps a
    doubt's key to the value of one of its choices (or to what its `takes` allows); answered doubts are
    scheduled accordingly and no longer returned. What a careful reader would bet the house on is scheduled,
    anything less is a doubt. Raises TooMuchText above MAX_CHARACTERS and ZoneInfoNotFoundError for an
    unknown zone.
    """
    source = make_plain(text)
    inquiry = Inquiry(source, answers)
    reader = ListingReader(source, vocabulary_for(locale), films, week_starting, ZoneInfo(zone), inquiry)
    reader.read()
    doubts = sorted(inquiry.doubts, key=lambda d: (d.start, d.end))
    return WeekReading(reader.scheduler.showings(), tuple(doubts))
