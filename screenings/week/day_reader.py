"""The grammar of days: weekdays, dates, ranges and lists of them, in the words of a listing.

Conventions 1.1 to 1.3 and 1.7 to 1.13. What they mean is `day_resolution`'s.
"""

from collections.abc import Sequence

from screenings.week.day_resolution import Atom, dates_meant
from screenings.week.days import Calendar, Days
from screenings.week.lexer import DateMark, Item, is_nearly_daily, nearest_day
from screenings.week.vocabulary import Vocabulary

_FILLERS = {
    "the", "on", "of", "le", "la", "les", "l", "el", "los", "las", "am", "den", "dem", "der", "des", "in", "an", "jeden",
    "jede", "chaque", "every", "each", "cada", "del", "de", "du", "von", "vom", "zum", "week", "semaine", "woche", "semana", "both", "ce", "este", "esta", "d",
    "tous", "todos", "auch", "days", "dias", "dia", "jours", "journee",
}  # fmt: skip


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
        return dates_meant(atoms, calendar), at

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
