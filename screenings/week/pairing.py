"""Which days the times of a clause belong to, by the order in which they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from screenings.week.days import Days
from screenings.week.readings import TimeAt

_IN_SIGHT = 24
"""How many lists of times may share one expression of days."""


@dataclass
class Unit:
    """Days or a list of times within a clause, with the separator before it."""

    kind: str
    start: int
    end: int
    days: Days | None = None
    times: list[TimeAt] = field(default_factory=list)
    before: str = ""
    tags: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)
    only: bool = False


def pair(units: list[Unit]) -> list[tuple[Unit | None, list[Unit]]]:
    """Each list of times with its days (dynamic programming over the order in which they stand).

    `D T D T` and `T D T D` pair neighbours; in `T, D T` the first times stand for every day
    (Conventions 1.4); `D T T` shares the days.
    """
    count = len(units)
    costs: list[float] = [0.0] + [1e9] * count
    choice: list[int] = [0] * (count + 1)
    for i in range(count):
        for width, cost in _steps(units, i):
            if costs[i] + cost < costs[i + width]:
                costs[i + width] = costs[i] + cost
                choice[i + width] = width
    spans: list[tuple[int, int]] = []
    end = count
    while end > 0:
        spans.append((end - choice[end], end))
        end -= choice[end]
    return [_paired(units, *span) for span in reversed(spans)]


def _steps(units: list[Unit], i: int) -> Iterator[tuple[int, float]]:
    first = units[i]
    second = units[i + 1] if i + 1 < len(units) else None
    if first.kind == "T":
        yield 1, 3.0 if i == 0 else 4.0
        if second is not None and second.kind == "D":
            yield 2, 0.5 + _gap(second.before, trailing=True)
        return
    yield 1, 2.0 if first.tags else 5.0
    width = 1
    while i + width < min(len(units), i + _IN_SIGHT) and units[i + width].kind == "T":
        width += 1
        yield width, _gap(units[i + 1].before) + 0.25 * (width - 2)


def _gap(sign: str, *, trailing: bool = False) -> float:
    if sign == ":":
        return 3.0 if trailing else 0.0
    return {"": 0.0, " ": 0.2, ",": 1.0, "-": 0.5, "/": 1.5, "+": 0.5}.get(sign, 0.0)


def _paired(units: list[Unit], start: int, end: int) -> tuple[Unit | None, list[Unit]]:
    chosen = units[start:end]
    days = next((u for u in chosen if u.kind == "D"), None)
    return days, [u for u in chosen if u.kind == "T"]
