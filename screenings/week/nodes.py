"""The pieces of a line: films, days, times, brackets, signs and words.

Conventions 2.6: a bare number is an hour only where a time has room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from screenings.week.day_reader import DayReader
from screenings.week.days import Calendar, Days
from screenings.week.lexer import Item, TimeMark
from screenings.week.readings import TimeAt
from screenings.week.vocabulary import Vocabulary

FOOTNOTE_SIGNS = frozenset("*\u2020\u2021#^\u00b0")
STRONG = {";", "|", "\u2022", "!", "?", "."}
_OPEN, _CLOSE = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}


@dataclass
class Node:
    """A piece of a clause: F film, D days, T time, N bracket, S separator, W word, X text, O noise."""

    kind: str
    start: int
    end: int
    item: Item | None = None
    days: Days | None = None
    time: TimeAt | None = None
    inner: list["Node"] = field(default_factory=list)
    sign: str = ""
    gap: bool = False

    def means(self, *kinds: str) -> bool:
        return self.item is not None and self.item.means(*kinds)

    @property
    def tag(self) -> str:
        sense = self.item.sense("TAG") if self.item is not None else None
        return sense.value if sense else ""


class NodeBuilder:
    """Turns the items of a line into nodes."""

    def __init__(self, vocabulary: Vocabulary, days: DayReader) -> None:
        self.vocabulary = vocabulary
        self.days = days

    def cell(self, items: Sequence[Item], calendar: Calendar) -> list[Node]:
        """The nodes of a table's cell, where a number that stands alone is an hour."""
        if (
            len(items) == 1
            and items[0].kind == "NUM"
            and self.vocabulary.clock12
            and 1 <= items[0].value <= 12
        ):
            time = TimeAt(TimeMark(items[0].value, bare=True), items[0].start, items[0].end)
            return [Node("T", time.start, time.end, time=time)]
        return self.nodes(items, calendar)

    def nodes(self, items: Sequence[Item], calendar: Calendar) -> list[Node]:
        found: list[Node] = []
        i = 0
        while i < len(items):
            node, i = self._node(items, i, calendar, found)
            node.gap = items[i - 1].gap if node.item is None and i else bool(node.item and node.item.gap)
            found.append(node)
        return found

    def _node(
        self, items: Sequence[Item], i: int, calendar: Calendar, before: list[Node]
    ) -> tuple[Node, int]:
        item = items[i]
        if item.kind == "FILM":
            return Node("F", item.start, item.end, item), i + 1
        if item.low in _OPEN:
            return self._bracket(items, i, calendar)
        if item.kind == "NUM" and self._is_time(items, i):
            time = TimeAt(TimeMark(item.value, bare=True), item.start, item.end)
            return Node("T", item.start, item.end, time=time), i + 1
        read = self.days.read(items, i, calendar) if not self._is_time_first(items, i) else None
        if read is not None:
            days, stop = read
            return Node("D", days.start, days.end, item, days=days), stop
        if item.kind == "TIME":
            time = TimeAt(item.value, item.start, item.end)
            return Node("T", item.start, item.end, item, time=time), i + 1
        if item.kind == "WORD":
            return Node("W", item.start, item.end, item), i + 1
        if item.kind == "PUNCT":
            return Node("S", item.start, item.end, item, sign=self._sign(items, i)), i + 1
        kind = "O" if item.kind in ("NOISE", "NUM", "DATE") else "X"
        return Node(kind, item.start, item.end, item), i + 1

    def _is_time_first(self, items: Sequence[Item], i: int) -> bool:
        """A time is read as a time unless a weekday stands before it (`Do 9.08 18.30`)."""
        return items[i].kind == "TIME"

    def _bracket(self, items: Sequence[Item], i: int, calendar: Calendar) -> tuple[Node, int]:
        close = next((k for k in range(i + 1, min(len(items), i + 60)) if items[k].low in _CLOSE), None)
        if close is None:
            return Node("S", items[i].start, items[i].end, items[i], sign="("), i + 1
        inner = self.nodes(items[i + 1 : close], calendar)
        return Node("N", items[i].start, items[close].end, items[i], inner=inner), close + 1

    @staticmethod
    def _sign(items: Sequence[Item], i: int) -> str:
        """A full stop, ! or ? is strong only at the end of a sentence."""
        sign = str(items[i].value)
        if sign in (".", "!", "?"):
            at_end = i + 1 >= len(items) or items[i + 1].gap or items[i + 1].low in (")", '"', "'")
            return sign if at_end else ""
        return sign

    def _is_time(self, items: Sequence[Item], i: int) -> bool:
        """Conventions 2.6: is this bare number a time (`7`, `8 10 12`, `a las 18`)?"""
        item = items[i]
        if item.notes.get("ordinal") or not self._room_before(items, i) or not self._room_after(items, i):
            return False
        if self.vocabulary.clock12:
            return 1 <= item.value <= 12
        at_before = i > 0 and items[i - 1].means("AT") and items[i - 1].low not in ("des",)
        return 0 <= item.value <= 24 and (
            at_before or self._unit_ahead(items, i) or self._between_times(items, i)
        )

    @staticmethod
    def _between_times(items: Sequence[Item], i: int) -> bool:
        """`14.30, 17, 19.30`: a bare hour in the middle of a list of times."""
        if i < 2 or i + 2 >= len(items):
            return False
        joined = all(items[k].low in (",", "/", "+", "-") or items[k].means("AND") for k in (i - 1, i + 1))
        return joined and items[i - 2].kind == "TIME" and items[i + 2].kind == "TIME"

    @staticmethod
    def _unit_ahead(items: Sequence[Item], i: int) -> bool:
        k = i + 1
        joined = False
        while k < len(items) and k - i < 8:
            item = items[k]
            if item.kind == "TIME" and (
                item.value.meridiem != "" or not item.low[-1].isdigit() or item.value.h_form
            ):
                return joined
            if item.kind == "TIME" and not joined:
                return False
            if item.low in (",", "/", "+", "-") or item.means("AND"):
                joined = True
            elif item.kind not in ("NUM", "TIME"):
                return False
            k += 1
        return False

    @staticmethod
    def _room_before(items: Sequence[Item], i: int) -> bool:
        if i == 0:
            return len(items) > 1 and items[1].low not in (".", ")", "-", ":") and items[1].kind != "TEXT"
        before = items[i - 1]
        if before.low in ("at", "@") and i > 1 and items[i - 2].kind == "DAY":
            return True
        if before.kind in ("TIME", "DAY", "FILM", "NUM", "DATE", "NOISE"):
            return before.kind != "NOISE"
        if before.kind == "PUNCT":
            return (before.value in ",/&;:-(\t\"'+@)!." and before.value != ".") or bool(
                before.value == "." and items[i].gap
            )
        return before.means(
            "AT", "AND", "ALSO", "NO", "DAILY", "NIGHTLY", "EXCEPT", "MATINEE", "SHOW", "LATE", "ONLY", "EVENING",
            "TAG", "OR", "MORNING", "NIGHT", "WEEKEND", "WEEKDAYS", "AM", "NONSHOW", "ALLSHOWS", "BEFORE",
        )  # fmt: skip

    @staticmethod
    def _room_after(items: Sequence[Item], i: int) -> bool:
        if i + 1 >= len(items) or (i > 1 and items[i - 1].low in ("at", "@") and items[i - 2].kind == "DAY"):
            return True
        after = items[i + 1]
        if after.kind in ("TIME", "NUM", "DAY"):
            return True
        if after.kind == "PUNCT":
            return after.value in ",;./&)-:!\"'+(\t|" and not (after.value == "." and after.end < after.start)
        return after.means(
            "AND", "OR", "DAILY", "NIGHTLY", "ONLY", "SHOW", "TAG", "MATINEE", "ALSO", "EXCEPT", "NO", "WEEKEND",
            "WEEKDAYS", "EVENING", "NIGHT", "MORNING", "LATE", "RANGE", "FROM", "CANCELLED", "BEFORE",
        )  # fmt: skip


def holds_time(node: Node) -> bool:
    return node.kind == "T" or (node.kind == "N" and any(n.kind == "T" for n in node.inner))


def names_days_oddly(inner: Sequence[Node]) -> bool:
    """Nothing but a day and words that mean nothing to the reader."""
    if not all(n.kind in ("D", "X", "S") for n in inner):
        return False
    words = [n for n in inner if n.kind != "S"]
    return len(words) > 1 and any(
        n.kind == "D" or (n.item is not None and n.item.kind == "DAY") for n in words
    )


def is_times_bracket(node: Node) -> bool:
    """`(4:15)`, `(1:00, 3:30)`: nothing but times in brackets."""
    if node.kind != "N" or not any(n.kind == "T" for n in node.inner):
        return False
    return all(n.kind in ("T", "S") or n.means("AND", "AT") for n in node.inner)


def is_days_bracket(node: Node) -> bool:
    """`(Wed)`, `(Tues & Thu only)`: nothing but days in brackets."""
    if node.kind != "N" or sum(n.kind == "D" for n in node.inner) != 1:
        return False
    return all(
        n.kind in ("D", "S") or n.means("ONLY", "SHOW", "AND", "AT", "LABEL", "ALSO", "NIGHT")
        for n in node.inner
    )
