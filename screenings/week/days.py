"""Days: the dates that an expression of days means, what is unclear in it, and the calendar that weekdays are read by.

A piece that may mean different days is a Problem, which is asked about only when a time hangs on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from screenings.week.doubts import SKIP, Choice, Inquiry
from screenings.week.vocabulary import WEEKDAY_COUNT


@dataclass
class Problem:
    """Why a piece of a day expression gives no dates, and which dates people may choose."""

    reason: str
    start: int
    end: int
    choices: tuple[Choice, ...] = ()


@dataclass
class Days:
    """A day expression: its dates, its span, and what was unclear in it.

    `daily` holds for every-day words; `dated` where a date (not only weekdays) was written; `ranged` for a
    range; `tags` are the tags written behind single days.
    """

    dates: tuple[date, ...]
    start: int
    end: int
    daily: bool = False
    nightly: bool = False
    dated: bool = False
    ranged: bool = False
    iso: bool = False
    only: bool = False
    tags: dict[date, frozenset[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def possible(self) -> set[date]:
        """Every date that this may mean, doubtful ones included."""
        return {*self.dates, *(d for p in self.problems for c in p.choices for d in _dates_in(c.value))}

    def settle(self, inquiry: Inquiry, until: int | None = None) -> tuple[date, ...]:
        """The dates, after asking about every problem; `until` stretches the span over the times."""
        dates = list(self.dates)
        for problem in self.problems:
            end = (
                max(problem.end, until)
                if until and not self.dates and len(self.problems) == 1
                else problem.end
            )
            answer = inquiry.ask(problem.reason, problem.start, end, problem.choices, "dates")
            if answer and answer != SKIP:
                dates.extend(_dates_in(answer))
        return tuple(dict.fromkeys(dates))


def _dates_in(answer: str) -> Iterable[date]:
    for piece in answer.split(","):
        try:
            yield date.fromisoformat(piece.strip())
        except ValueError:
            continue


def choice_of_dates(dates: Sequence[date], label: str = "") -> Choice:
    """A choice that stands for these dates; labelled by them unless `label` is given."""
    told = label or " and ".join(f"{d:%a} {d.day} {d:%b}" for d in dates)
    return Choice(told, ",".join(d.isoformat() for d in dates))


@dataclass(frozen=True)
class Calendar:
    """The dates that weekdays can mean: the play week, or the range of a heading (Conventions 1.1, 1.8)."""

    week_starting: date
    domain: tuple[date, ...]
    month_first: bool

    @classmethod
    def of_week(cls, week_starting: date, month_first: bool) -> "Calendar":
        days = tuple(week_starting + timedelta(days=n) for n in range(WEEKDAY_COUNT))
        return cls(week_starting, days, month_first)

    def limited(self, dates: Sequence[date]) -> "Calendar":
        """The same calendar within a heading's dates."""
        return Calendar(self.week_starting, tuple(dates), self.month_first)

    def position(self, weekday: int) -> int:
        """0 for the weekday that opens the play week, 6 for its last."""
        return (weekday - self.week_starting.weekday()) % WEEKDAY_COUNT

    def on(self, weekday: int) -> list[date]:
        return [d for d in self.domain if d.weekday() == weekday]

    def between(self, first: int, last: int) -> list[date]:
        """Dates from one weekday to another in play-week order."""
        low, high = self.position(first), self.position(last)
        return [d for d in self.domain if low <= self.position(d.weekday()) <= high]

    def nearest(self, day: int, month: int) -> date | None:
        """The date of a day and month in the year nearest the week (Conventions 1.8)."""
        found = []
        for year in (self.week_starting.year - 1, self.week_starting.year, self.week_starting.year + 1):
            try:
                found.append(date(year, month, day))
            except ValueError:
                continue
        return min(found, key=lambda d: abs((d - self.week_starting).days), default=None)

    def numbered(self, day: int, weekday: int) -> date | None:
        """Conventions 1.10: a day number belongs to the week's months, and must fall on the weekday."""
        months = {(d.year, d.month) for d in (*self.domain, self.week_starting)}
        for year, month in sorted(months):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found.weekday() == weekday and found >= self.week_starting:
                return found
        return None
