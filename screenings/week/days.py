"""The grammar of days: weekdays, dates, ranges and lists of them, and the dates that they mean.

Conventions 1.1 to 1.3 and 1.7 to 1.13. A piece that may mean different days becomes a Problem, which is
asked about only when a time hangs on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from screenings.week.doubts import SKIP, Choice, Inquiry
from screenings.week.lexer import DateMark, Item, is_nearly_daily, nearest_day
from screenings.week.vocabulary import WEEKDAY_COUNT, Vocabulary

_LONGEST_RANGE = 62
_FAR_BACK, _FAR_AHEAD = 183, 183
_FILLERS = {
    "the", "on", "of", "le", "la", "les", "l", "el", "los", "las", "am", "den", "dem", "der", "des", "in", "an", "jeden",
    "jede", "chaque", "every", "each", "cada", "del", "de", "du", "von", "vom", "zum", "week", "semaine", "woche", "semana", "both", "ce", "este", "esta", "d",
    "tous", "todos", "auch", "days", "dias", "dia", "jours", "journee",
}  # fmt: skip


@dataclass
class Atom:
    """One day as written: a weekday, a date, or both; or "daily", "weekend", "weekdays", "holiday"."""

    kind: str
    start: int
    end: int
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    iso: bool = False
    joiner: str = ""
    tags: frozenset[str] = frozenset()


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


class DayReader:
    """Reads day expressions out of items, for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.numbers_days = False
        """Whether this text writes bare day numbers after weekdays (`Sat 22 & Sun 23`)."""

    def read(self, items: Sequence[Item], i: int, calendar: Calendar) -> tuple[Days, int] | None:
        """The day expression that begins at item i and the index behind it, or None."""
        atoms: list[Atom] = []
        at, joiner = i, ""
        while True:
            after_fillers = self._skip_fillers(items, at)
            read = self._atom(items, after_fillers, calendar, atoms)
            if read is None:
                break
            atom, at = read
            atom.joiner = joiner
            atoms.append(atom)
            at = self._day_tags(items, at, atoms)
            if atom.kind == "daily":
                break
            joined = self._joiner(items, at, calendar, atoms)
            if joined is None:
                break
            joiner, at = joined
        if not atoms:
            return None
        _share_months(atoms)
        _deal_out_dates(atoms, calendar)
        return self._resolve(atoms, calendar), at

    @staticmethod
    def _skip_fillers(items: Sequence[Item], at: int) -> int:
        k = at
        while (
            k < len(items)
            and k - at < 4
            and items[k].low in _FILLERS
            and items[k].kind in ("TEXT", "WORD")
            and not items[k].means("DAILY", "NIGHTLY", "WEEKEND", "WEEKDAYS", "HOLIDAY")
        ):
            k += 1
        return k

    def _joiner(
        self, items: Sequence[Item], at: int, calendar: Calendar, atoms: list[Atom]
    ) -> tuple[str, int] | None:
        kind, k = "", at
        while k < len(items) and k - at < 3:
            item = items[k]
            if (
                item.kind == "PUNCT"
                and item.value in ("-", ",", "/", "+", "&")
                and not (kind and item.value == "-")
            ):
                kind = "range" if item.value == "-" else kind or "and"
            elif item.means("RANGE") and not kind:
                kind = "range"
            elif item.means("AND"):
                kind = kind or "and"
            elif item.means("OR"):
                kind = "or"
            elif item.means("HOLIDAY") and kind == "and" and not item.sense("HOLIDAY").value:  # type: ignore[union-attr]
                pass
            else:
                break
            k += 1
        after = self._skip_fillers(items, k)
        if k < len(items) and kind == "and" and items[k].means("HOLIDAY"):
            after = k + 1
        if after >= len(items) or self._atom(items, after, calendar, atoms, kind) is None:
            return None
        if not kind and not (items[after].kind == "DAY" and atoms[-1].weekday is not None):
            return None
        if items[after].means("DAILY", "NIGHTLY", "WEEKDAYS"):
            return None
        return kind or "and", k if kind != "and" or not items[k].means("HOLIDAY") else k + 1

    def _atom(
        self, items: Sequence[Item], at: int, calendar: Calendar, before: list[Atom], joiner: str = ""
    ) -> tuple[Atom, int] | None:
        if at >= len(items):
            return None
        item = items[at]
        if item.kind == "DAY" or item.kind == "TEXT":
            weekday = self._weekday(items, at, bool(before))
            if weekday is not None:
                atom, stop = self._dated_weekday(items, at, weekday, calendar)
                dotted = (
                    item.kind == "TEXT"
                    and stop < len(items)
                    and items[stop].low == "."
                    and not items[stop].gap
                )
                return atom, stop + dotted
            return self._misspelt_daily(items, at) if item.kind == "TEXT" else None
        if (
            item.low == "thru"
            and joiner != "range"
            and before
            and at + 1 < len(items)
            and items[at + 1].kind == "TIME"
        ):
            return Atom("day", item.start, item.end, weekday=3), at + 1
        if item.means("DAILY", "NIGHTLY"):
            return Atom("daily", item.start, item.end), at + 1
        if item.means("WEEKEND", "WEEKDAYS"):
            return Atom("weekend" if item.means("WEEKEND") else "weekdays", item.start, item.end), at + 1
        holiday = item.sense("HOLIDAY")
        if holiday is not None:
            return self._holiday(items, at, holiday.value, calendar)
        return self._date(items, at, before)

    def _holiday(
        self, items: Sequence[Item], at: int, value: str, calendar: Calendar
    ) -> tuple[Atom, int] | None:
        following = self._skip_punct(items, at + 1)
        if following < len(items) and (items[following].kind in ("DAY", "DATE", "MONTH")):
            return self._atom(items, following, calendar, [])
        if not value:
            return Atom("holiday", items[at].start, items[at].end), at + 1
        if value.startswith("w"):
            return Atom("day", items[at].start, items[at].end, weekday=int(value[1:])), at + 1
        month, day = map(int, value.split("-"))
        return Atom("date", items[at].start, items[at].end, day=day, month=month), at + 1

    @staticmethod
    def _skip_punct(items: Sequence[Item], at: int) -> int:
        return at + 1 if at < len(items) and items[at].low in (",", "(") else at

    def _weekday(self, items: Sequence[Item], at: int, joined: bool) -> int | None:
        item = items[at]
        if item.kind == "DAY" and self._is_lone_letter(items, at, joined):
            return None
        if item.kind == "DAY":
            if (
                not item.weak
                or item.notes.get("dot")
                or joined
                or self._day_follows(items, at)
                or self._day_leads(items, at)
            ):
                return int(item.value)
            return None
        if not (joined or self._day_follows(items, at) or item.notes.get("dot")):
            return None
        return nearest_day(item.low, self.vocabulary.days)

    def _is_lone_letter(self, items: Sequence[Item], at: int, joined: bool) -> bool:
        """English `M`, `W`, `F` are days only in `M-Th`, `F/Sa`: `(M)` is a certificate."""
        if self.vocabulary.language != "en" or len(items[at].low) > 1 or joined:
            return False
        joins = at + 2 < len(items) and items[at + 1].low in ("-", "/") and not items[at + 1].gap
        return not (joins and items[at + 2].kind == "DAY")

    @staticmethod
    def _day_leads(items: Sequence[Item], at: int) -> bool:
        """Whether what stands before makes a short word a day: `keine Vorstellung am Mo`, or nothing else there."""
        if len(items) == 1:
            return True
        before = items[at - 1] if at else None
        at_end = at + 1 == len(items) or items[at + 1].kind == "PUNCT"
        return (
            before is not None
            and at_end
            and (
                before.low in _FILLERS
                or before.means("NO", "EXCEPT", "CLOSED", "ONLY", "ENDS", "OPENS", "RANGE", "FROM")
            )
        )

    def _day_follows(self, items: Sequence[Item], at: int) -> bool:
        """Whether what stands behind makes a short or misspelt word a day: a day, a date, a time, a tag."""
        k = at + 1
        while (
            k < len(items)
            and k - at < 3
            and (
                items[k].low in ("-", ",", "/", ".", ":", "and", "+", "(")
                or items[k].means("RANGE", "AND", "AT", "ALSO")
            )
        ):
            k += 1
        if k >= len(items):
            return False
        after = items[k]
        if after.kind == "DAY" and after.weak and not after.notes.get("dot"):
            return k - at >= 1 and (k + 1 >= len(items) or items[k + 1].kind != "TEXT")
        return (
            after.kind in ("DAY", "TIME", "DATE", "NUM", "MONTH")
            or after.means(
                "TAG", "CLOSED", "EXCEPT", "ONLY", "NO", "CANCELLED", "TBA", "RELACHE", "EVENING", "MORNING"
            )
            or (
                after.means("LABEL", "AM", "SHOW", "MATINEE")
                and self._time_at(items, k + 1)
                and items[at].gap
            )
            or (
                after.means("WITH", "LABEL")
                and k + 2 < len(items)
                and any(i.means("TAG") for i in items[k + 1 : k + 4])
            )
            or (after.kind == "TEXT" and nearest_day(after.low, self.vocabulary.days) is not None)
        )

    @staticmethod
    def _time_at(items: Sequence[Item], k: int) -> bool:
        return k < len(items) and items[k].kind == "TIME"

    def _misspelt_daily(self, items: Sequence[Item], at: int) -> tuple[Atom, int] | None:
        item = items[at]
        if at + 1 >= len(items) or not (
            items[at + 1].kind in ("TIME", "NUM")
            or items[at + 1].means("AT", "EXCEPT")
            or (at and items[at - 1].kind == "TIME")
        ):
            return None
        near = is_nearly_daily(item.low, self.vocabulary.language)
        return (Atom("daily", item.start, item.end), at + 1) if near else None

    def _dated_weekday(
        self, items: Sequence[Item], at: int, weekday: int, calendar: Calendar
    ) -> tuple[Atom, int]:
        atom = Atom("day", items[at].start, items[at].end, weekday=weekday)
        k = at + 1
        while (
            k < len(items)
            and k - at < 3
            and items[k].low in (",", ".", "the", "le", "el", "den", "der", "dem", "dia", "de", "du")
        ):
            k += 1
        dated = self._date(items, k, [])
        if dated is not None and dated[0].day is not None:
            found, stop = dated
            atom.day, atom.month, atom.year, atom.end, atom.iso = (
                found.day,
                found.month,
                found.year,
                found.end,
                found.iso,
            )
            return atom, stop
        if k < len(items) and items[k].kind == "NUM" and self._is_day_number(items, at, k, weekday, calendar):
            atom.day, atom.end = items[k].value, items[k].end
            stop = k + 1
            if stop < len(items) and items[stop].low == "." and self.vocabulary.language == "de":
                stop += 1
            return atom, stop
        return atom, at + 1

    def _is_day_number(
        self, items: Sequence[Item], at: int, k: int, weekday: int, calendar: Calendar
    ) -> bool:
        """Conventions 1.10, 2.2: is the bare number behind a weekday its day of the month or a time?"""
        item = items[k]
        number = item.value
        if not 1 <= number <= 31:
            return False
        if item.notes.get("ordinal") or number > 24:
            return True
        fits = (
            any(d.day == number for d in calendar.on(weekday))
            or calendar.numbered(number, weekday) is not None
        )
        times_follow = self._times_follow(items, k)
        if self.vocabulary.clock12:
            if number > 12:
                return True
            if k > at + 1 and not fits:
                return False
            return fits and (times_follow or self.numbers_days)
        if fits:
            return True
        return not self._unit_follows(items, k)

    @staticmethod
    def _times_follow(items: Sequence[Item], k: int) -> bool:
        for item in items[k + 1 : k + 4]:
            if item.kind == "TIME":
                return True
            if (item.kind == "PUNCT" and item.value in (",", ":", "-", "\t")) or item.means("AT"):
                continue
            return False
        return False

    @staticmethod
    def _unit_follows(items: Sequence[Item], k: int) -> bool:
        """`Fr 18, 20.30 Uhr`: a number in a list whose unit stands at its end."""
        for item in items[k + 1 : k + 4]:
            if item.low in (",", "/", "+", "-") or item.means("AND"):
                continue
            return (
                item.kind == "TIME"
                and item.value.clock24
                and k + 1 < len(items)
                and items[k + 1].kind != "TIME"
            )
        return False

    def _date(self, items: Sequence[Item], at: int, before: list[Atom]) -> tuple[Atom, int] | None:
        if at >= len(items):
            return None
        item = items[at]
        if item.kind == "DATE":
            return self._figures(item), at + 1
        if item.kind == "MONTH" or (item.kind == "DAY" and "month" in item.notes):
            return self._month_first(items, at)
        if item.kind == "NUM":
            return self._day_first(items, at, before)
        if item.kind == "TIME" and self.vocabulary.language != "en":
            return self._dotted_date(items, at)
        return None

    def _figures(self, item: Item) -> Atom:
        mark: DateMark = item.value
        month_first = self.vocabulary.month_first or mark.iso
        month, day = (mark.first, mark.second) if month_first else (mark.second, mark.first)
        return Atom("date", item.start, item.end, day=day, month=month, year=mark.year, iso=mark.iso)

    def _dotted_date(self, items: Sequence[Item], at: int) -> tuple[Atom, int] | None:
        """`Do 9.08 18.30`: figures with a full stop between a weekday and a time can be a date."""
        item = items[at]
        if "." not in item.low.rstrip(".") or not (at and items[at - 1].kind == "DAY"):
            return None
        following = items[at + 1] if at + 1 < len(items) else None
        if following is None or not (following.kind == "TIME" or following.low == ":"):
            return None
        day, month = item.value.hour, item.value.minute
        if (
            not (1 <= day <= 31 and 1 <= month <= 12)
            or item.low.endswith(("h", "r"))
            or (item.value.clock24 and day >= 13 and following.low != ":")
        ):
            return None
        return Atom("date", item.start, item.end, day=day, month=month), at + 1

    def _month_first(self, items: Sequence[Item], at: int) -> tuple[Atom, int] | None:
        if at + 1 >= len(items) or items[at + 1].kind != "NUM" or not 1 <= items[at + 1].value <= 31:
            return None
        month = items[at].notes.get("month", items[at].value)
        atom = Atom("date", items[at].start, items[at + 1].end, day=items[at + 1].value, month=month)
        return self._with_year(items, at + 2, atom)

    def _with_year(self, items: Sequence[Item], at: int, atom: Atom) -> tuple[Atom, int]:
        k = at + 1 if at < len(items) and items[at].low in (",", "de", "del") else at
        if k < len(items) and items[k].kind == "NOISE" and items[k].low.isdigit() and len(items[k].low) == 4:
            atom.year, atom.end = int(items[k].low), items[k].end
            return atom, k + 1
        return atom, at

    def _day_first(self, items: Sequence[Item], at: int, before: list[Atom]) -> tuple[Atom, int] | None:
        item = items[at]
        if not 1 <= item.value <= 31:
            return None
        k = at + 1
        if k < len(items) and items[k].low == "." and not items[k].gap:
            k += 1
        after = self._skip_fillers(items, k)
        atom = Atom("date", item.start, items[k - 1].end, day=item.value)
        month = self._month_at(items, after)
        if month is not None:
            atom.month, atom.end = month, items[after].end
            return self._with_year(items, after + 1, atom)
        if self._continues_month(item, before) or self._month_ahead(items, k):
            return atom, k
        return None

    def _month_at(self, items: Sequence[Item], at: int) -> int | None:
        if at >= len(items):
            return None
        item = items[at]
        month = (
            item.value if item.kind == "MONTH" else item.notes.get("month") if item.kind == "DAY" else None
        )
        if month is None:
            return None
        figures_follow = at + 1 < len(items) and items[at + 1].kind == "NUM" and items[at + 1].value <= 31
        return None if self.vocabulary.month_first and figures_follow else month

    def _continues_month(self, item: Item, before: list[Atom]) -> bool:
        """`June 20-26`, `Oct 26, 27 & 28`: a further day of the month just named."""
        if not before or before[-1].month is None or before[-1].day is None or before[-1].iso:
            return False
        return item.value > before[-1].day and (item.value > 12 or item.value - before[-1].day <= 7)

    def _month_ahead(self, items: Sequence[Item], k: int) -> bool:
        """`22 & Sun 23 Oct`, `15 au 21 janvier`, `3./4.8.`: the month stands at the end of the list."""
        number, end = True, min(len(items), k + 10)
        while k < end:
            item = items[k]
            if item.kind == "NUM" and 1 <= item.value <= 31:
                number = True
            elif (number and self._month_at(items, k) is not None) or (
                item.kind == "DATE" and self.vocabulary.language != "en"
            ):
                return True
            elif item.low in (",", "-", "/", ".", "+") or item.means("AND", "RANGE") or item.low in _FILLERS:
                pass
            elif item.kind == "DAY":
                number = False
            else:
                return False
            k += 1
        return False

    def _day_tags(self, items: Sequence[Item], at: int, atoms: list[Atom]) -> int:
        """`Mercredi 15 (VF) et samedi 18 (VO)`: a tag behind one day of a list is that day's."""
        k = at
        bracket = k < len(items) and items[k].low in ("(", "[")
        k += bracket
        tag = items[k].sense("TAG") if k < len(items) else None
        if tag is None:
            return at
        k += 1
        if bracket:
            if k >= len(items) or items[k].low not in (")", "]"):
                return at
            k += 1
        joins = k < len(items) and (
            items[k].means("AND") or items[k].low == "and" or (bracket and items[k].low in (",", "/", "+"))
        )
        day_next = (
            joins
            and self._skip_fillers(items, k + 1) < len(items)
            and items[self._skip_fillers(items, k + 1)].kind in ("DAY", "DATE")
        )
        if not day_next and not any(a.tags for a in atoms[:-1]):
            return at
        atoms[-1].tags = frozenset({tag.value})
        return k

    def _resolve(self, atoms: list[Atom], calendar: Calendar) -> Days:
        days = Days((), atoms[0].start, atoms[-1].end)
        dates: list[date] = []
        if any(a.joiner == "or" for a in atoms):
            return self._either(days, atoms, calendar)
        k = 0
        while k < len(atoms):
            ranged = k + 1 < len(atoms) and atoms[k + 1].joiner == "range"
            if ranged:
                found = _range(atoms[k], atoms[k + 1], calendar, days)
            else:
                found = _single(atoms[k], calendar, days)
            self._note(days, atoms[k : k + 1 + ranged], found)
            dates.extend(found)
            k += 2 if ranged else 1
        days.dates = tuple(dict.fromkeys(dates))
        return days

    @staticmethod
    def _note(days: Days, atoms: list[Atom], found: list[date]) -> None:
        days.daily |= any(a.kind == "daily" for a in atoms)
        days.dated |= any(a.day is not None for a in atoms)
        days.iso |= any(a.iso for a in atoms)
        days.ranged |= len(atoms) > 1
        for atom in atoms:
            if atom.tags:
                days.tags.update(dict.fromkeys(found, atom.tags))

    @staticmethod
    def _either(days: Days, atoms: list[Atom], calendar: Calendar) -> Days:
        choices = []
        for atom in atoms:
            found = _single(atom, calendar, Days((), atom.start, atom.end))
            if found:
                choices.append(choice_of_dates(found))
        days.problems.append(Problem("which_days", atoms[0].start, atoms[-1].end, tuple(choices)))
        return days


def _share_months(atoms: list[Atom]) -> None:
    """`Sat 22 & Sun 23 Oct`, `15-21 janvier`, `Oct 26, 27`: one month written for several numbers."""
    month: int | None = None
    year: int | None = None
    for atom in reversed(atoms):
        if atom.month is not None:
            month, year = atom.month, atom.year
        elif atom.day is not None and month is not None:
            atom.month, atom.year = month, year
    month = None
    for atom in atoms:
        if atom.month is not None:
            month = atom.month
        elif atom.day is not None and month is not None:
            atom.month = month


def _deal_out_dates(atoms: list[Atom], calendar: Calendar) -> None:
    """`Fri & Sat Oct 11 & 12`, `Fri-Sun Oct 11-13`: weekdays first, then as many dates."""
    weekdays = [a for a in atoms if a.weekday is not None]
    dates = [a for a in atoms if a.day is not None]
    first = next((k for k, a in enumerate(atoms) if a.day is not None), 0)
    if (
        len(weekdays) < 2
        or len(weekdays) != len(dates)
        or first != len(weekdays) - 1
        or any(a.weekday is not None for a in dates[1:])
    ):
        return
    found = [_written_date(a, calendar) for a in dates]
    if any(d is None or d.weekday() != w.weekday for d, w in zip(found, weekdays, strict=True)):
        return
    given = [(a.day, a.month, a.year, a.end) for a in dates]
    for atom, (day, month, year, end) in zip(weekdays, given, strict=True):
        atom.day, atom.month, atom.year, atom.end = day, month, year, max(atom.end, end)
    del atoms[len(weekdays) :]


def _single(atom: Atom, calendar: Calendar, days: Days) -> list[date]:
    if atom.kind == "daily":
        return list(calendar.domain)
    if atom.kind in ("weekend", "weekdays", "holiday"):
        days.problems.append(_vague(atom, calendar))
        return []
    if atom.day is None and atom.weekday is not None:
        found = calendar.on(atom.weekday)
        if not found:
            days.problems.append(Problem("outside_range", atom.start, atom.end))
        return found
    exact = _exact(atom, calendar, days)
    return [exact] if exact else []


def _vague(atom: Atom, calendar: Calendar) -> Problem:
    """Conventions 1.12: "weekend" may or may not hold Friday; "weekdays" likewise."""
    if atom.kind == "weekend":
        offers = [calendar.on(5) + calendar.on(6), calendar.on(4) + calendar.on(5) + calendar.on(6)]
    elif atom.kind == "weekdays":
        offers = [
            [d for d in calendar.domain if d.weekday() < 4],
            [d for d in calendar.domain if d.weekday() < 5],
        ]
    else:
        offers = [[d] for d in calendar.domain]
    return Problem("which_days", atom.start, atom.end, tuple(choice_of_dates(o) for o in offers if o))


def _exact(atom: Atom, calendar: Calendar, days: Days) -> date | None:
    """The date of an atom with a day number, or None after noting the problem (Conventions 1.1, 1.8, 1.9)."""
    found = _written_date(atom, calendar)
    on_weekday = calendar.on(atom.weekday) if atom.weekday is not None else []
    offers = tuple(choice_of_dates([d]) for d in dict.fromkeys([*on_weekday, *([found] if found else [])]))
    reason = ""
    if found is None:
        reason = "impossible_date" if atom.month is not None else "weekday_and_date"
    elif atom.weekday is not None and found.weekday() != atom.weekday:
        reason = "weekday_and_date"
    elif found < calendar.week_starting:
        reason = "date_before_week"
    if reason:
        days.problems.append(Problem(reason, atom.start, atom.end, offers))
        return None
    return found


def _written_date(atom: Atom, calendar: Calendar) -> date | None:
    if atom.month is None:
        return calendar.numbered(atom.day or 0, atom.weekday or 0)
    if atom.year is None:
        return calendar.nearest(atom.day or 0, atom.month) if 1 <= atom.month <= 12 else None
    try:
        return date(atom.year, atom.month, atom.day or 0)
    except ValueError:
        return None


def _range(first: Atom, last: Atom, calendar: Calendar, days: Days) -> list[date]:
    """Conventions 1.2: the dates from one end to the other."""
    if first.day is None and last.day is None and first.weekday is not None and last.weekday is not None:
        return _weekday_range(first, last, calendar, days)
    before = len(days.problems)
    low = _end_date(first, calendar, days)
    high = _end_date(last, calendar, days, after=low)
    if (
        low is None
        and high is not None
        and len(days.problems) == before + 1
        and days.problems[-1].reason == "date_before_week"
    ):
        low = calendar.week_starting
    if low is None or high is None:
        for problem in days.problems[before:]:
            problem.start, problem.end = first.start, last.end
        return []
    if high < low or (high - low).days > _LONGEST_RANGE:
        days.problems.append(Problem("which_days", first.start, last.end))
        return []
    return [low + timedelta(days=n) for n in range((high - low).days + 1)]


def _end_date(atom: Atom, calendar: Calendar, days: Days, after: date | None = None) -> date | None:
    if atom.day is not None:
        return _exact(atom, calendar, days)
    if atom.weekday is None:
        return None
    if after is not None:
        return after + timedelta(days=(atom.weekday - after.weekday()) % WEEKDAY_COUNT)
    on = calendar.on(atom.weekday)
    return on[0] if on else None


def _weekday_range(first: Atom, last: Atom, calendar: Calendar, days: Days) -> list[date]:
    low, high = first.weekday or 0, last.weekday or 0
    if calendar.position(low) <= calendar.position(high):
        found = calendar.between(low, high)
        if not found:
            days.problems.append(Problem("outside_range", first.start, last.end))
        return found
    if (low, high) == (0, 4):
        return [d for d in calendar.domain if d.weekday() < 5]
    wrapped = [
        d
        for d in calendar.domain
        if calendar.position(d.weekday()) >= calendar.position(low)
        or calendar.position(d.weekday()) <= calendar.position(high)
    ]
    start = next(iter(calendar.on(low)), calendar.week_starting)
    onward = [start + timedelta(days=n) for n in range((high - low) % WEEKDAY_COUNT + 1)]
    choices = (choice_of_dates(wrapped), choice_of_dates(onward))
    days.problems.append(Problem("range_over_edge", first.start, last.end, choices))
    return []
