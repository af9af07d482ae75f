"""A visible text, the marks on it, and the map back to the source it was read from."""

from bisect import bisect_right
from dataclasses import dataclass, field


class UnreadableSource(ValueError):
    """The bytes are no text that can be read; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A structural hint on the code points [start, end): an HTML tag, a Markdown block, a voice of a cue."""

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(frozen=True)
class VisibleText:
    """What a reader of a source sees.

    `map` holds runs (visible_start, source_start, length): that many code points are the same, one to one, in the
    visible text and in the decoded source. A run of length 1 that a run of length 0 follows is one character which the
    source spells with several (an entity), up to where the latter says. Characters in no run (line breaks between blocks) stand nowhere in the source.
    `head` is what the document says of itself out of sight: ("title", …), ("author", …), ("site", …), ("date", …).
    """

    text: str
    format: str
    marks: tuple[Mark, ...] = ()
    map: tuple[tuple[int, int, int], ...] = ()
    encoding: str = "utf-8"
    head: tuple[tuple[str, str], ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run[0] for run in self.map))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the decoded source that spells the visible span [start, end); both in code points."""
        first = self._source_of(start)
        return first, max(first, self._source_after(end - 1)) if end > start else first

    def _source_of(self, position: int) -> int:
        index = bisect_right(self._starts, position) - 1
        while index >= 0 and self.map[index][2] == 0:
            index -= 1
        if index >= 0:
            visible, source, length = self.map[index]
            if position < visible + length:
                return source + position - visible
        following = self.map[index + 1 :]
        upcoming = next((run for run in following if run[2] and run[0] >= position), None)
        return upcoming[1] if upcoming else self._source_end()

    def _source_after(self, position: int) -> int:
        index = bisect_right(self._starts, position + 1) - 1
        if index >= 0 and self.map[index][2] == 0 and self.map[index][0] == position + 1:
            return self.map[index][1]
        for visible, source, length in reversed(self.map[: index + 1]):
            if visible <= position and length:
                return source + min(position - visible + 1, length)
        return 0

    def _source_end(self) -> int:
        return max((source + length for _, source, length in self.map[-2:]), default=0)


class TextBuilder:
    """Collects visible text piece by piece, with its map and marks; breaks asked for twice are made once."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[tuple[int, int, int]] = []
        self.marks: list[Mark] = []
        self.length = 0
        self._break = ""

    def ask_break(self, text: str) -> None:
        """Before the next word stands at least this much white space (a space, a line, an empty line)."""
        if len(text) > len(self._break) or (text != " " and self._break == " "):
            self._break = text

    def ask_line_break(self) -> None:
        """One more line break: two of them leave an empty line."""
        self.ask_break("\n\n" if self._break == "\n" else "\n")

    def at_line_start(self) -> bool:
        return not self.length or "\n" in self._break

    def add(self, text: str, source_start: int, source_end: int | None = None) -> None:
        """Append text spelled at source_start; source_end where the source spells it with other characters."""
        if self._break and self.length:
            self.pieces.append(self._break)
            self.length += len(self._break)
        self._break = ""
        if source_end is None:
            self._add_run(source_start, len(text))
        else:
            self.runs += [(self.length, source_start, 1), (self.length + len(text), source_end, 0)]
        self.pieces.append(text)
        self.length += len(text)

    def _add_run(self, source: int, length: int) -> None:
        if self.runs:
            visible, before, count = self.runs[-1]
            if count and visible + count == self.length and before + count == source:
                self.runs[-1] = (visible, before, count + length)
                return
        self.runs.append((self.length, source, length))

    def next_position(self) -> int:
        """Where the next added character will stand."""
        return self.length + len(self._break) if self.length else 0

    def mark(self, start: int, kind: str, value: str = "") -> None:
        if self.length > start:
            self.marks.append(Mark(start, self.length, kind, value))

    def build(self, format: str, head: tuple[tuple[str, str], ...] = ()) -> VisibleText:
        marks = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        return VisibleText("".join(self.pieces), format, tuple(marks), tuple(self.runs), head=head)
