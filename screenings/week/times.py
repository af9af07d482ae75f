"""The grammar of times: a list of times as written becomes minutes of the business day.

Conventions 2.1 to 2.5 and 3.1 to 3.3. Minutes count from midnight at the start of the business day, so that
00:15 after an evening is 24 × 60 + 15.
"""

from collections.abc import Sequence

from common.local_time import NIGHT_ENDS_AT
from screenings.week.lexer import TimeMark

HALF_DAY, DAY = 12 * 60, 24 * 60
EVENING = 18 * 60
NIGHT_ENDS = NIGHT_ENDS_AT.hour * 60 + NIGHT_ENDS_AT.minute
"""Minutes after midnight before which a showing belongs to the night before."""

Resolved = tuple[int | None, str]
"""(minutes, "") or (None, reason code)."""


def is_24_hour(marks: Sequence[TimeMark]) -> bool:
    """Whether a list is written on a 24-hour clock (Conventions 2.1)."""
    return any(
        m.valid and not m.word and not m.meridiem and (m.hour >= 13 or (m.clock24 and not m.bare))
        for m in marks
    )


def resolve(
    marks: Sequence[TimeMark], *, clock24: bool, hints: frozenset[str] = frozenset()
) -> list[Resolved]:
    """Minutes of the business day for each time of one list, or the reason why there are none.

    `clock24` reads figures without am/pm as a 24-hour clock. `hints` hold what the words around say:
    "am" (kids', brunch), "pm" (nightly, evening) and "late" (late show, nights).
    """
    if clock24 and not any(m.meridiem for m in marks):
        return _on_24_hours(marks, hints)
    return _on_12_hours(marks, hints)


def _on_24_hours(marks: Sequence[TimeMark], hints: frozenset[str]) -> list[Resolved]:
    found: list[Resolved] = []
    latest: int | None = None
    for mark in marks:
        value, reason = _place_24(mark, latest, hints)
        found.append((value, reason))
        if value is not None:
            latest = value
    return found


def _place_24(mark: TimeMark, latest: int | None, hints: frozenset[str]) -> Resolved:
    if not mark.valid:
        return None, "impossible_time"
    if mark.word:
        return (HALF_DAY if mark.word == "noon" else DAY), ""
    minutes = mark.hour * 60 + mark.minute
    if minutes >= NIGHT_ENDS:
        return minutes, ""
    return _after_midnight(minutes, latest, hints)


def _after_midnight(minutes: int, latest: int | None, hints: frozenset[str]) -> Resolved:
    """Conventions 3.2, 3.3: after an evening, or marked late, it is that night; alone nobody knows."""
    if (latest is not None and latest >= EVENING) or "late" in hints:
        return DAY + minutes, ""
    return None, "which_night"


def _on_12_hours(marks: Sequence[TimeMark], hints: frozenset[str]) -> list[Resolved]:
    found: list[Resolved | None] = [_fixed(mark) for mark in marks]
    _place_marked(marks, found, hints)
    _govern_backwards(marks, found)
    latest: int | None = None
    for n, _mark in enumerate(marks):
        if found[n] is None:
            found[n] = _place_12(marks, n, latest, hints)
        value = found[n][0]  # type: ignore[index]
        latest = value if value is not None else latest
    return [f for f in found if f is not None]


def _fixed(mark: TimeMark) -> Resolved | None:
    """The value of a time that says itself which half of the day it is in."""
    if not mark.valid or (not mark.meridiem and not mark.word and mark.hour > 24):
        return None, "impossible_time"
    if mark.word:
        return (HALF_DAY if mark.word == "noon" else DAY), ""
    if mark.hour >= 13 and mark.hour <= 24:
        return mark.hour * 60 + mark.minute, ""
    if mark.meridiem == "p":
        return mark.hour % 12 * 60 + mark.minute + HALF_DAY, ""
    if mark.meridiem == "a" and mark.hour % 12 * 60 >= NIGHT_ENDS:
        return mark.hour * 60 + mark.minute, ""
    return None


def _place_marked(marks: Sequence[TimeMark], found: list[Resolved | None], hints: frozenset[str]) -> None:
    """12 to 4 am: after midnight where the list was in the evening before (Conventions 3.2, 3.3)."""
    for n, mark in enumerate(marks):
        if found[n] is None and mark.meridiem == "a":
            before = n > 0 and not _is_morning(marks[n - 1]) and not _is_afternoon(marks[n - 1])
            before = before and not any(_is_afternoon(m) for m in marks[n + 1 : n + 2])
            minutes = mark.hour % 12 * 60 + mark.minute
            found[n] = _after_midnight(minutes, EVENING if before else None, hints)


def _is_morning(mark: TimeMark) -> bool:
    """Whether a time cannot be in the evening; a bare figure before an after-midnight time is in it."""
    if mark.word:
        return mark.word == "noon"
    return (mark.meridiem == "a" and mark.hour % 12 >= 5) or (mark.meridiem == "p" and mark.hour % 12 < 6)


def _is_afternoon(mark: TimeMark) -> bool:
    """Whether a time without am or pm is one of the afternoon: no night follows it at once (3.2)."""
    return not mark.word and not mark.meridiem and 2 <= mark.hour <= 5


def _govern_backwards(marks: Sequence[TimeMark], found: list[Resolved | None]) -> None:
    """Conventions 2.4: a closing am or pm governs the times before it, each at its latest."""
    following: int | None = None
    for n in range(len(marks) - 1, -1, -1):
        mark = marks[n]
        if found[n] is not None:
            following = found[n][0] if mark.meridiem or mark.word else None  # type: ignore[index]
            continue
        if following is None:
            following = None
            continue
        values = [v for v in _values(mark) if v < following]
        if values:
            found[n] = max(values), ""
            following = max(values)
        else:
            following = None


def _values(mark: TimeMark) -> tuple[int, ...]:
    base = mark.hour % 12 * 60 + mark.minute
    if base < 60 * 3:
        return base + HALF_DAY, base + DAY
    return (base, base + HALF_DAY) if base >= 7 * 60 else (base + HALF_DAY,)


def _place_12(marks: Sequence[TimeMark], n: int, latest: int | None, hints: frozenset[str]) -> Resolved:
    """Conventions 2.2, 2.3, 2.5 for a time without am or pm."""
    mark = marks[n]
    base = mark.hour % 12 * 60 + mark.minute
    if mark.hour in (10, 11):
        return _ten_or_eleven(marks, n, base, latest, hints)
    if mark.hour == 12:
        return _twelve(base, latest, hints)
    if mark.hour == 0:
        return _after_midnight(base, latest, hints)
    if "am" in hints and mark.hour == 9 and latest is None:
        return None, "am_or_pm"
    if base < 3 * 60 and latest is not None and latest >= 23 * 60:
        return DAY + base, ""
    if latest is not None and latest > base + HALF_DAY and latest >= DAY and base < NIGHT_ENDS:
        return DAY + base, ""
    return base + HALF_DAY, ""


def _ten_or_eleven(
    marks: Sequence[TimeMark], n: int, base: int, latest: int | None, hints: frozenset[str]
) -> Resolved:
    if latest is not None:
        return (base + HALF_DAY if latest >= HALF_DAY or latest >= base else base), ""
    if hints & {"late", "pm"} and "am" not in hints:
        return base + HALF_DAY, ""
    if "am" in hints and not hints & {"late"}:
        return base, ""
    return (base, "") if _goes_on_later(marks, n) else (None, "am_or_pm")


def _goes_on_later(marks: Sequence[TimeMark], n: int) -> bool:
    """Whether later times of the list show that it begins in the morning (Conventions 2.2)."""
    return any(
        m.valid
        and (m.hour in (12, *range(1, 10)) or m.word == "noon" or m.meridiem == "p" or m.hour > 12)
        and m.word != "midnight"
        for m in marks[n + 1 :]
    )


def _twelve(base: int, latest: int | None, hints: frozenset[str]) -> Resolved:
    if latest is not None and latest >= EVENING:
        return DAY + base, ""
    if latest is None and "late" in hints:
        return DAY + base, ""
    return HALF_DAY + base, ""
