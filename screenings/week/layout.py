"""The lines of a listing: their items, their titles, and whether titles follow their times.

Conventions 1.8, 4.5 to 4.7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screenings.week.lexer import Item, Lexer, nearest_day
from screenings.week.source import SourceText
from screenings.week.titles import FilmIndex, Mention, TitleFinder
from screenings.week.vocabulary import Vocabulary

_LONGEST_TITLE = 14
_HARD_STOPS = (
    "TAG", "DAILY", "NIGHTLY", "OPENS", "ENDS", "TBA", "EXCEPT", "CLOSED", "COMING", "ALLSHOWS", "NONSHOW",
    "CANCELLED", "ONLY", "RELACHE", "WEEKEND", "WEEKDAYS", "LATE", "MATINEE",
)  # fmt: skip
_SOFT = (
    "LABEL",
    "AND",
    "AT",
    "WITH",
    "SHOW",
    "OR",
    "NO",
    "RANGE",
    "FROM",
    "BEFORE",
    "CREDIT",
    "AM",
    "NIGHT",
    "HOLIDAY",
    "DOUBLE",
    "MORNING",
    "EVENING",
    "ALSO",
    "PROSE",
)
_LINKS = {"with", "w", "by", "avec", "mit", "con", "de", "von", "par", "por", "presents"}


@dataclass
class Line:
    """One line of the plain text. `lead` is the item range of a title-like beginning that is no known film."""

    start: int
    end: int
    items: list[Item]
    lead: tuple[int, int] | None = None
    blank: bool = False

    @property
    def films(self) -> list[Item]:
        return [i for i in self.items if i.kind == "FILM"]

    def has(self, *kinds: str) -> bool:
        return any(i.kind in kinds for i in self.items)

    def means(self, *kinds: str) -> bool:
        return any(i.means(*kinds) for i in self.items)


class LineReader:
    """Makes Lines out of the plain text."""

    def __init__(self, source: SourceText, vocabulary: Vocabulary, index: FilmIndex) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.index = index
        self.lexer = Lexer(source, vocabulary)
        self.finder = TitleFinder(source, index)

    def lines(self) -> list[Line]:
        return [self.line(start, end) for start, end in line_spans(self.source.text)]

    def line(self, start: int, end: int) -> Line:
        mentions = self.finder.mentions(start, end)
        items = self.lexer.items(start, end, mentions)
        line = Line(start, end, items, blank=not self.source.text[start:end].strip())
        if not line.blank:
            self._read_lead(line)
            self._read_later_titles(line)
            self._leave_sequels(line)
        return line

    def looks_titled(self, line: Line) -> bool:
        """Whether the lead of a line (it has one) is written as titles are."""
        assert line.lead is not None
        first, stop = line.lead
        items = line.items[first:stop]
        written = self.source.text[items[0].start : items[-1].end]
        if sum(c.isalpha() for c in written) < 2:
            return False
        before = line.items[first - 1].low if first else ""
        if written.isupper() or before == '"':
            return True
        if not written.lstrip("\"'")[:1].isupper() and not written[:1].isdigit():
            return False
        if self.vocabulary.language != "en":
            return True
        telling = [i for i in items if i.kind == "TEXT" and len(i.low) > 3]
        return all(self.source.text[i.start].isupper() for i in telling)

    def _leave_sequels(self, line: Line) -> None:
        """`MALEFICENT 2 (PG)`: a number that the known title does not have makes it another film."""
        for n in range(len(line.items) - 2, -1, -1):
            film, number = line.items[n], line.items[n + 1]
            if number.low == "!" and not number.gap and n + 2 < len(line.items):
                number = line.items[n + 2]
            if film.kind != "FILM" or number.kind != "NUM" or not 2 <= number.value <= 9 or not number.gap:
                continue
            stop = line.items.index(number, n) + 1
            if self._is_numbered(line.items, stop):
                known = (film.value.film,) if film.value.film is not None else film.value.likely
                mention = Mention(None, film.start, number.end, known)
                line.items[n:stop] = [Item("FILM", film.start, number.end, mention, gap=film.gap)]

    @staticmethod
    def _is_numbered(items: Sequence[Item], n: int) -> bool:
        """Whether what stands behind a number shows that it is no hour: a bracket, or days with times."""
        if n >= len(items):
            return False
        if items[n].low in ("(", "["):
            close = next((k for k in range(n, min(len(items), n + 12)) if items[k].low in (")", "]")), n)
            return not any(i.kind in ("DAY", "TIME") for i in items[n:close])
        if items[n].low == ":":
            return True
        n += items[n].low == "-"
        kinds = [i.kind for i in items[n : n + 6] if i.kind in ("DAY", "TIME", "NUM")]
        return kinds[:1] == ["DAY"] and "TIME" in kinds[1:] and "NUM" not in kinds

    # -- titles that are not whole titles of known films -------------------------------------------------

    def _read_lead(self, line: Line) -> None:
        lead = self._run_at(line.items, self._content_start(line.items))
        if lead is None:
            return
        self._name_or_keep(line, *lead)

    def _name_or_keep(self, line: Line, first: int, stop: int) -> None:
        rest = line.items[stop:]
        if any(i.kind == "FILM" for i in rest) and not self._is_titles_own_time(rest):
            return
        for begin, end in self._cuts(line.items, first, stop):
            start_at, end_at = line.items[begin].start, line.items[end - 1].end
            found = self.index.match(self.source.text[start_at:end_at])
            if found:
                mention = Mention(found[0] if len(found) == 1 else None, start_at, end_at, found)
                line.items[begin:end] = [Item("FILM", start_at, end_at, mention, gap=line.items[begin].gap)]
                return
        line.lead = (first, stop)

    @staticmethod
    def _is_titles_own_time(rest: Sequence[Item]) -> bool:
        """Whether a time follows before the first film, and films have their times behind them."""
        kinds = [i.kind for i in rest if i.kind in ("FILM", "TIME")]
        return kinds[0] == "TIME" and kinds[-1] == "TIME"

    def _cuts(self, items: Sequence[Item], first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Where a title may stand in the run: all of it, before a colon, dash or comma, or behind a colon."""
        yield first, stop
        for k in range(stop - 1, first, -1):
            if items[k].low in (":", "-", ","):
                yield first, k
        for k in range(first + 1, stop - 1):
            if items[k].low == ":":
                yield k + 1, stop

    @staticmethod
    def _content_start(items: Sequence[Item]) -> int:
        k = 0
        while k < len(items) and items[k].kind == "PUNCT" and items[k].low not in ("(", "["):
            k += 1
        if (
            k + 1 < len(items)
            and items[k].kind == "NUM"
            and items[k + 1].low in (".", ")")
            and not items[k + 1].gap
        ):
            k += 2
        return k

    def _run_at(self, items: Sequence[Item], k: int) -> tuple[int, int] | None:
        """The item range of words that could be a title, or None when there is no telling word."""
        if k >= len(items):
            return None
        stop, telling = k, False
        shielded = self._is_shielded(items, k)
        while stop < len(items) and stop - k < 2 * _LONGEST_TITLE:
            item = items[stop]
            if item.kind == "TEXT":
                if (stop == k or items[stop - 1].kind == "PUNCT") and nearest_day(
                    item.low, self.vocabulary.days
                ) is not None:
                    break
                telling = telling or len(item.low) > 1
            elif not (shielded and stop - k < shielded) and self._ends_run(items, stop, k):
                break
            stop += 1
        while stop > k and items[stop - 1].kind == "PUNCT" and items[stop - 1].low not in ("!", "?"):
            stop -= 1
        while (
            stop > k
            and items[stop - 1].kind == "WORD"
            and (
                items[stop - 1].means("AT", "AND", "FROM", "RANGE", "BEFORE") or items[stop - 1].low in _LINKS
            )
        ):
            stop -= 1
        return (k, stop) if telling and stop > k else None

    def _is_shielded(self, items: Sequence[Item], k: int) -> int:
        """`SATURDAY NIGHT FEVER`, `12 YEARS A SLAVE`: how many items from k belong to a title in capitals."""
        item = items[k]
        if item.kind in ("NUM", "NOISE") and item.low[:1].isdigit():
            return self._figure_title(items, k)
        if item.kind == "TEXT" or (item.kind == "WORD" and not item.means(*_HARD_STOPS)):
            return 0
        if (item.kind == "DAY" and item.weak) or item.kind not in (
            "DAY",
            "NUM",
            "TIME",
            "NOISE",
            "MONTH",
            "WORD",
        ):
            return 0
        if item.kind == "NUM" and k + 1 < len(items) and items[k + 1].kind == "NUM":
            return 0
        n = k + 1
        text_words = 0
        while (
            n < len(items)
            and (items[n].kind == "TEXT" or items[n].means(*_SOFT, "CLOSED", "TAG") or items[n].low == "'")
            and n - k < 6
        ):
            text_words += items[n].kind == "TEXT" and len(items[n].low) > 1
            n += 1
        written = self.source.text[item.start : items[n - 1].end]
        in_capitals = written.isupper() and sum(c.isalpha() for c in written) > 6
        titled = item.kind == "TIME" and item.value.word and written.istitle()
        if not text_words or not (in_capitals or titled):
            return 0
        return n - k

    def _figure_title(self, items: Sequence[Item], k: int) -> int:
        """`25th Hour Retrospective`, `2 Days in New York`: figures that begin a title, and its words."""
        n = k + 1
        while n < len(items) and n - k < 5 and (items[n].kind == "TEXT" or items[n].means("LABEL", "AND")):
            if items[n].kind == "TEXT":
                return n - k + 1
            n += 1
        return 0

    def _ends_run(self, items: Sequence[Item], n: int, first: int) -> bool:
        item = items[n]
        if item.kind in ("TIME", "DATE", "FILM", "NOISE"):
            return True
        if item.kind == "NUM":
            return not (n + 1 < len(items) and items[n + 1].kind == "TEXT" and items[n + 1].low != "'")
        if item.kind in ("DAY", "MONTH"):
            return not (
                item.kind == "DAY" and item.weak and n + 1 < len(items) and items[n + 1].kind == "TEXT"
            )
        if item.kind == "WORD":
            return item.means(*_HARD_STOPS) and not (
                n > first
                and items[n].means("NONSHOW", "CLOSED")
                and n + 1 < len(items)
                and items[n + 1].kind == "TEXT"
            )
        if item.low == ":":
            return not (n + 1 < len(items) and items[n + 1].kind == "TEXT")
        if item.low == "-":
            return item.gap
        if item.low in (".", "!", "?"):
            return n + 1 >= len(items) or items[n + 1].gap
        return item.low in ("(", "[", "\t", ";", "|", '"', "\u2022", "=", ")", "]", "*", "/")

    def _read_later_titles(self, line: Line) -> None:
        """`CHEF 7:00; ROVER 9:20`, `19:00 Rover`: titles behind times of the same line."""
        n = 1
        guard = 0
        while n < len(line.items) and guard < 200:
            guard += 1
            if self._may_begin_title(line.items, n):
                run = self._run_at(line.items, n)
                if run is not None and self._is_written_as_title(line, *run):
                    self._name_later(line, *run)
            n += 1

    @staticmethod
    def _may_begin_title(items: Sequence[Item], n: int) -> bool:
        before = items[n - 1]
        if items[n].kind not in ("TEXT", "WORD"):
            return False
        if items[n].kind == "WORD" and not items[n].means("LABEL"):
            return False
        if before.kind in ("TIME", "DATE"):
            return True
        behind = items[n - 2] if n > 1 else None
        marks = (",", ";", ".", ":", "-", '"', "\t", "|", "\u2022", "/", ")")
        if before.kind == "PUNCT" and before.low in marks and behind is not None:
            return (
                behind.kind in ("TIME", "DAY", "DATE")
                or behind.low in (":", "-", ",", ";", "\t", "p")
                or behind.means("TAG", "DAILY", "ONLY")
                or before.low in ('"', "|", "\t")
            )
        return False

    def _is_written_as_title(self, line: Line, first: int, stop: int) -> bool:
        words = [i for i in line.items[first:stop] if i.kind == "TEXT" and len(i.low) > 3]
        written = [self.source.text[i.start] for i in words]
        return bool(words) and all(c.isupper() for c in written)

    def _name_later(self, line: Line, first: int, stop: int) -> None:
        start_at, end_at = line.items[first].start, line.items[stop - 1].end
        found = self.index.match(self.source.text[start_at:end_at])
        if found:
            mention = Mention(found[0] if len(found) == 1 else None, start_at, end_at, found)
        elif self._schedule_around(line.items, first, stop):
            mention = Mention(None, start_at, end_at)
        else:
            return
        line.items[first:stop] = [Item("FILM", start_at, end_at, mention, gap=True)]

    def _schedule_around(self, items: Sequence[Item], first: int, stop: int) -> bool:
        """An unknown title in the middle of a line: quoted or in capitals, or a new list of times follows."""
        written = self.source.text[items[first].start : items[stop - 1].end]
        following = items[stop] if stop < len(items) else None
        before = items[first - 1]
        quoted = before.low == '"' and following is not None and following.low == '"'
        if before.low == '"' and not quoted:
            return False
        if quoted:
            return True
        at_end = stop >= len(items) and not any(i.kind == "FILM" for i in items)
        if at_end and before.kind == "TIME" and written.isupper() and len(written) > 6 and stop - first > 1:
            return not self.source.text[items[0].start : items[-1].end].isupper() or any(
                i.kind == "DAY" for i in items[:first]
            )
        if before.low == ":" and first > 1 and items[first - 2].kind == "TIME" and stop >= len(items):
            return not any(i.kind == "FILM" for i in items)
        capital = (written.isupper() and len(written) > 3) or sum(
            i.kind == "TEXT" for i in items[first:stop]
        ) > 1
        return capital and following is not None and following.kind in ("TIME", "DAY", "DATE", "NUM")


def line_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of every line of the plain text, without its line break."""
    spans = []
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        spans.append((at, end))
        at = end + 1
    return spans
