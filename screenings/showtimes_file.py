"""A week that comes as a file: what its rows or events say, written out as the theater would have pasted it.

The draft's text is the one way in, so that whatever is doubtful in a file is asked like anything that is pasted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from common.local_time import NIGHT_ENDS_AT, is_skipped, night_of
from common.slugs import fold

from . import week_text
from .spoken_times import say_day
from .week_lines import locale_of, say_nights

MOST_BYTES = 2_000_000
MOST_ROWS = 3000
ERRORS_SHOWN = 12
_LATE = {"en": "Late show", "fr": "Séance de nuit", "de": "Spätvorstellung", "es": "Sesión golfa"}


class Unreadable(ValueError):
    """A file that was not taken; `sentences` say why, row and column by name. Nothing of it was kept."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class FileShowing:
    """What a row says: a title, a calendar date, the time where it is certain, else as it is written.

    `words` are its labels as written; `where` names the row (`Row 5`) for people.
    """

    title: str
    date: dt.date
    time: dt.time | None
    written: str
    words: str
    where: str

    @property
    def night(self) -> dt.date:
        return night_of(dt.datetime.combine(self.date, self.time)) if self.time else self.date


@dataclass(frozen=True)
class FileWeek:
    """A file's week as text for the draft, and what to say of it."""

    text: str
    remarks: list[str] = field(default_factory=list)


def write_as_week(
    showings: Sequence[FileShowing], *, locale: str, zone: ZoneInfo, week_starting: dt.date
) -> FileWeek:
    """The showings of the seven nights from `week_starting` as text that `week_text.read` reads back.

    Raises Unreadable where no showing is of this week, or where a row would be read otherwise than it says.
    """
    last = week_starting + dt.timedelta(days=6)
    ours = [s for s in showings if week_starting <= s.night <= last]
    if not ours:
        raise Unreadable(_not_this_week(showings, week_starting))
    text = _write(ours, locale)
    _check(ours, text, locale, zone, week_starting)
    others = len(showings) - len(ours)
    remarks = [
        f"{others} of other weeks {'is' if others == 1 else 'are'} left out: bring the file to their week too."
    ]
    return FileWeek(text, remarks if others else [])


def _not_this_week(showings: Sequence[FileShowing], week_starting: dt.date) -> str:
    if not showings:
        return "There is no showing in this file."
    first = min(showing.night for showing in showings)
    return (
        f"No showing in this file is of the week of {say_day(week_starting)}. The first is of {say_day(first)}: "
        "open that week and bring the file there."
    )


def _write(showings: Iterable[FileShowing], locale: str) -> str:
    films: dict[str, list[FileShowing]] = {}
    for showing in sorted(showings, key=lambda s: (s.night, s.date, s.time or dt.time(12), s.written)):
        films.setdefault(fold(showing.title), []).append(showing)
    blocks = ["\n".join([found[0].title, *_lines(found, locale)]) for found in films.values()]
    return "\n\n".join(sorted(blocks, key=str.casefold)) + "\n"


def _lines(showings: Iterable[FileShowing], locale: str) -> list[str]:
    """One line a night; showings after midnight on lines of their own."""
    nights: dict[tuple[dt.date, bool], list[FileShowing]] = {}
    for showing in showings:
        late = showing.time is not None and showing.time < NIGHT_ENDS_AT
        nights.setdefault((showing.night, late), []).append(showing)
    return [_line(night, late, found, locale) for (night, late), found in sorted(nights.items())]


def _line(night: dt.date, late: bool, showings: Iterable[FileShowing], locale: str) -> str:
    words = locale_of(locale)
    day = say_nights([night], words, "-", ", ", "abbreviated")
    times = ", ".join(_say(showing, words.language) for showing in showings)
    return f"{_LATE[words.language]} {day}: {times}" if late else f"{day}: {times}"


def _say(showing: FileShowing, language: str) -> str:
    time = clock(showing.time, language) if showing.time else showing.written
    return f"{time} ({showing.words})" if showing.words else time


def clock(at: dt.time, language: str) -> str:
    """A time that a listing in this language can only mean as it is."""
    if language == "en":
        return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}"
    return {"fr": f"{at.hour}h{at:%M}", "de": f"{at.hour}.{at:%M} Uhr"}.get(language, f"{at.hour}:{at:%M}")


def _check(
    showings: Iterable[FileShowing], text: str, locale: str, zone: ZoneInfo, week_starting: dt.date
) -> None:
    """Read the text back; every time that the file is certain of must be there. Raises Unreadable naming the rows."""
    rows = [s for s in showings if s.time and not is_skipped(dt.datetime.combine(s.date, s.time), zone)]
    titles = {fold(s.title): s.title for s in rows}
    films = [week_text.KnownFilm(title) for title in titles.values()]
    reading = week_text.read(text, zone=zone.key, locale=locale, week_starting=week_starting, films=films)
    read = {(fold(s.film), s.starts_local) for s in reading.showings}
    lost = [s for s in rows if s.time and (fold(s.title), dt.datetime.combine(s.date, s.time)) not in read]
    if lost:
        raise Unreadable(
            *(
                f"{s.where}: “{s.title}” on {say_day(s.date)} would not be read as it is meant. "
                "Leave it out of the file and add it by hand."
                for s in lost[:ERRORS_SHOWN]
            )
        )
