"""The dates that days as written mean: weekdays, dates, ranges and lists of them, by a calendar.

Conventions 1.1, 1.2, 1.8, 1.9 and 1.12.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from screenings.week.days import Calendar, Days, Problem, choice_of_dates
from screenings.week.vocabulary import WEEKDAY_COUNT

_LONGEST_RANGE = 62


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


def dates_meant(atoms: list[Atom], calendar: Calendar) -> Days:
    """What the atoms of one expression mean together; a month or a date written for several is shared out first."""
    _share_months(atoms)
    _deal_out_dates(atoms, calendar)
    return _resolved(atoms, calendar)


def _resolved(atoms: list[Atom], calendar: Calendar) -> Days:
    days = Days((), atoms[0].start, atoms[-1].end)
    dates: list[date] = []
    if any(a.joiner == "or" for a in atoms):
        return _either(days, atoms, calendar)
    k = 0
    while k < len(atoms):
        ranged = k + 1 < len(atoms) and atoms[k + 1].joiner == "range"
        if ranged:
            found = _range(atoms[k], atoms[k + 1], calendar, days)
        else:
            found = _single(atoms[k], calendar, days)
        _note(days, atoms[k : k + 1 + ranged], found)
        dates.extend(found)
        k += 2 if ranged else 1
    days.dates = tuple(dict.fromkeys(dates))
    return days


def _note(days: Days, atoms: list[Atom], found: list[date]) -> None:
    days.daily |= any(a.kind == "daily" for a in atoms)
    days.dated |= any(a.day is not None for a in atoms)
    days.iso |= any(a.iso for a in atoms)
    days.ranged |= len(atoms) > 1
    for atom in atoms:
        if atom.tags:
            days.tags.update(dict.fromkeys(found, atom.tags))


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
