"""Tables in a listing: days above and films at the left, or films above and days at the left.

Cells are parted by tabs, bars, two blanks or, as spreadsheets export them, by commas.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from screenings.week.days import Calendar, Days
from screenings.week.layout import Line, LineReader
from screenings.week.nodes import Node, NodeBuilder, holds_time
from screenings.week.source import SourceText


class CellKind(Enum):
    """What a cell of a table's head says."""

    DAY = "day"
    FILM = "film"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True)
class Table:
    """A head and rows of cells. `height`: how many lines it takes, its head among them; `calendar`: whose days it means."""

    head: Sequence[Line]
    kinds: Sequence[CellKind]
    rows: Sequence[Sequence[Line]]
    height: int
    builder: NodeBuilder
    calendar: Calendar

    @property
    def is_under_days(self) -> bool:
        """Whether days stand above; else films do."""
        return CellKind.DAY in self.kinds

    def days_of(self, cell: Line) -> Days | None:
        """The days that a cell names; None where it names none."""
        nodes = self.builder.nodes(cell.items, self.calendar)
        return next((n.days for n in nodes if n.kind == "D"), None)

    def days_above(self, at: int) -> Days | None:
        """The days above the cells that are `at` places from the left in their rows: where nothing stands above the
        titles, the head is a cell shorter."""
        column = at - 1 if self.kinds[0] is CellKind.DAY else at
        return self._days[column] if column < len(self._days) else None

    @cached_property
    def _days(self) -> list[Days | None]:
        return [
            self.days_of(cell) if kind is CellKind.DAY else None
            for cell, kind in zip(self.head, self.kinds, strict=True)
        ]


class TableFinder:
    """Finds the tables among the lines of a listing."""

    def __init__(
        self, source: SourceText, lines: Sequence[Line], line_reader: LineReader, builder: NodeBuilder
    ) -> None:
        self._source, self._lines = source, lines
        self._line_reader, self._builder = line_reader, builder

    def table_at(self, n: int, calendar: Calendar) -> Table | None:
        """The table whose head is line `n`, with days of `calendar`; None where there is none."""
        head = self._cells(self._lines[n])
        if len(head) < 2:
            return self._comma_table(n, calendar)
        kinds = [self._kind(cell, calendar) for cell in head]
        above = [
            k
            for k in (kinds if kinds[0] in (CellKind.DAY, CellKind.FILM) else kinds[1:])
            if k is not CellKind.EMPTY
        ]
        rows = self._rows(n + 1)
        if not rows or len(above) < 2 or set(above) not in ({CellKind.DAY}, {CellKind.FILM}):
            return None
        return Table(head, kinds, [row for row in rows if row], len(rows) + 1, self._builder, calendar)

    def _comma_table(self, n: int, calendar: Calendar) -> Table | None:
        """`Film,Fri,Sat,Mon-Thu` and rows of as many cells."""
        line = self._lines[n]
        if (
            not line.items
            or not line.items[0].means("LABEL", "SHOW")
            or line.items[-1].kind != "DAY"
            or line.has("TIME")
        ):
            return None
        head = self._comma_cells(line)
        kinds = [self._kind(cell, calendar) for cell in head]
        if kinds.count(CellKind.DAY) < 2 or any(kind is not CellKind.DAY for kind in kinds[1:]):
            return None
        following = (self._comma_cells(line) for line in self._lines[n + 1 :])
        rows = list(itertools.takewhile(lambda cells: len(cells) == len(head), following))
        return Table(head, kinds, rows, len(rows) + 1, self._builder, calendar)

    def _rows(self, n: int) -> list[list[Line]]:
        """The rows from line `n` on; a line that only rules them off is one without cells."""
        rows: list[list[Line]] = []
        for line in self._lines[n:]:
            written = self._source.text[line.start : line.end]
            if written.strip() and not written.strip("|-+: \t="):
                rows.append([])
                continue
            cells = self._cells(line)
            if len(cells) < 2:
                break
            rows.append(cells)
        return rows

    def _cells(self, line: Line) -> list[Line]:
        spans = [] if line.blank else _cells_of(self._source.text, line.start, line.end)
        return [self._line_reader.line(start, end) for start, end in spans] if len(spans) > 1 else []

    def _comma_cells(self, line: Line) -> list[Line]:
        spans = _cells_by_commas(self._source.text, line.start, line.end)
        return [self._line_reader.line(start, end) for start, end in spans] if len(spans) > 2 else []

    def _kind(self, cell: Line, calendar: Calendar) -> CellKind:
        if cell.blank:
            return CellKind.EMPTY
        nodes = [n for n in self._builder.nodes(cell.items, calendar) if n.kind not in ("S", "O")]
        if nodes and nodes[0].kind == "D" and all(_is_own_number(nodes[0], n) for n in nodes[1:]):
            return CellKind.DAY
        if any(n.kind == "F" for n in nodes) and not any(holds_time(n) for n in nodes):
            return CellKind.FILM
        is_title = cell.lead and not cell.has("TIME", "DAY") and self._line_reader.looks_titled(cell)
        return CellKind.FILM if is_title and not nodes[0].means("LABEL") else CellKind.OTHER


def _is_own_number(day: Node, node: Node) -> bool:
    """`Fri 6` as the head of a column: the 6 is the day of the month."""
    return (
        node.kind == "T"
        and node.time is not None
        and node.time.mark.bare
        and day.days is not None
        and [d.day for d in day.days.dates] == [node.time.mark.hour]
    )


def _cells_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a table row's cells: parted by tabs, bars or two blanks."""
    row = text[start:end]
    bars = row.strip().startswith("|") and row.count("|") > 1
    if "\t" in row:
        cuts = [m.start() for m in re.finditer("\t", row)]
    elif bars or row.count("|") > 1:
        cuts = [m.start() for m in re.finditer(r"\|", row)]
    else:
        return [(start + a, start + b) for a, b in _by_blanks(row)]
    edges = [-1, *cuts, len(row)]
    cells = [(start + a + 1, start + b) for a, b in itertools.pairwise(edges)]
    return cells[1:-1] if bars and "\t" not in row else cells


def _cells_by_commas(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a CSV row's cells; commas within double quotes part nothing."""
    cells: list[tuple[int, int]] = []
    at, quoted = start, False
    for k in range(start, end):
        if text[k] == '"':
            quoted = not quoted
        elif text[k] in ",;" and not quoted:
            cells.append((at, k))
            at = k + 1
    return [*cells, (at, end)]


def _by_blanks(row: str) -> list[tuple[int, int]]:
    """Cells of a row that is parted by two or more blanks; deep indentation is an empty first cell."""
    cells = [(0, 0)] if row.startswith("   ") else []
    last = len(row) - len(row.lstrip(" "))
    for match in re.finditer(r" {2,}", row.rstrip()):
        if match.start() > last:
            cells.append((last, match.start()))
            last = match.end()
    return [*cells, (last, len(row.rstrip()))]
