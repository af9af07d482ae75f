"""Walks a listing line by line, knowing the film, the days and the limits in force, and fills a Scheduler.

Conventions 1.4, 1.6, 1.8, 2.9, 4.5 to 4.7 and the scopes of section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from screenings.week.clauses import ClauseReader
from screenings.week.day_reader import DayReader
from screenings.week.days import Calendar, Days
from screenings.week.doubts import SKIP, Choice, Inquiry
from screenings.week.layout import Line, LineReader
from screenings.week.lexer import Item
from screenings.week.nodes import FOOTNOTE_SIGNS, Node, NodeBuilder, holds_time
from screenings.week.readings import Closing, Group, Reading, TimeAt, Vague, Window
from screenings.week.schedule import Block, Entry, Scheduler
from screenings.week.sentences import (
    clauses_of,
    days_close_brackets,
    is_aside_in_brackets,
    joined,
    leads_to_title,
    sentences_apart,
)
from screenings.week.source import SourceText
from screenings.week.tables import CellKind, Table, TableFinder
from screenings.week.titles import FilmIndex, KnownFilm, Mention
from screenings.week.vocabulary import Vocabulary

_PROSE_WORDS = 6


@dataclass
class _Section:
    """What headings put in force: a calendar limited to their dates, and the days of a single-day heading."""

    calendar: Calendar
    days: Days | None = None


@dataclass
class _Deferred:
    """Acts that wait until every showing is known."""

    removals: list[Entry] = field(default_factory=list)
    tags: list[Entry] = field(default_factory=list)
    closings: list[tuple[Closing, str | None, Days | None]] = field(default_factory=list)
    film_tags: list[tuple[str, set[str]]] = field(default_factory=list)
    vague: list[tuple[Vague, Block, Days | None, Calendar]] = field(default_factory=list)
    mentioned: list[Entry] = field(default_factory=list)


class ListingReader:
    """Reads one pasted week. Use `read` once."""

    def __init__(
        self, source: SourceText, vocabulary: Vocabulary, films: Sequence[KnownFilm], week_starting: date,
        zone: ZoneInfo, inquiry: Inquiry,
    ) -> None:  # fmt: skip
        self.source, self.vocabulary, self.inquiry = source, vocabulary, inquiry
        self.titles = [f.title for f in films]
        self.index = FilmIndex(films, vocabulary)
        self.calendar = Calendar.of_week(week_starting, vocabulary.month_first)
        self.days = DayReader(vocabulary)
        self.builder = NodeBuilder(vocabulary, self.days)
        self.clauses = ClauseReader(vocabulary)
        self.section = _Section(self.calendar)
        self.block: Block | None = None
        self.candidate: tuple[int, int] | None = None
        self.entries: list[Entry] = []
        self.blocks: list[Block] = []
        self.deferred = _Deferred()
        self.house_tags: set[str] = set()
        self.house_default: list[TimeAt] = []
        self.coming = False
        self.programme = 0
        """Number of the programme (one evening's films in order) that entries belong to; 0 for none."""
        self.section_number = 1
        self.line_number = 0
        self.pending_nodes: list[Node] = []
        self.ended: Block | None = None
        """The film whose title closed its line: times on later lines are not its (4.7)."""
        self.nowhere = Block(None, 0, 0, known=False)
        self.scheduler = Scheduler(
            source, inquiry, zone, self.calendar, clock12=vocabulary.clock12, brackets_tag=self._brackets_tag()
        )  # fmt: skip

    # -- the whole text ---------------------------------------------------------------------------------

    def read(self) -> None:
        """Reads the text into `self.scheduler`."""
        self.line_reader = LineReader(self.source, self.vocabulary, self.index)
        self.lines = self.line_reader.lines()
        self.tables = TableFinder(self.source, self.lines, self.line_reader, self.builder)
        self._learn_style()
        n = 0
        while n < len(self.lines):
            if table := self.tables.table_at(n, self.section.calendar):
                self._take_table(table)
                n += table.height
            else:
                self._line(n)
                n += 1
        self._use_defaults()
        self._schedule()

    def _brackets_tag(self) -> str:
        """Conventions 5: a time alone in brackets is a bargain where the text says so or in the US."""
        low = self.source.low
        for line in low.splitlines():
            if ("( )" in line or "parenthes" in line or "in brackets" in line or "()" in line) and len(
                line
            ) < 300:
                return (
                    "bargain"
                    if any(
                        w in line
                        for w in (
                            "bargain",
                            "discount",
                            "matinee",
                            "reduced",
                            "cheap",
                            "twilight",
                            "early bird",
                        )
                    )
                    else ""
                )
        return "bargain" if self.vocabulary.territory == "US" else ""

    def _learn_style(self) -> None:
        films = [i for line in self.lines for i in line.films]
        written = [self.source.text[i.start : i.end] for i in films]
        self.titles_in_capitals = bool(written) and sum(w.isupper() for w in written) * 2 > len(written)
        self.titles_follow = self._do_titles_follow()
        self.has_default = any(line.means("ALLSHOWS") and line.has("TIME") for line in self.lines)
        self.days.numbers_days = self._numbers_days()
        self.marks = dict(filter(None, map(self._legend_mark, self.lines)))

    def _legend_mark(self, line: Line) -> tuple[str, str] | None:
        """`* open captioned`: the sign and the tag that it stands for."""
        written = self.source.text[line.start : line.end].strip()
        sign = written[: len(written) - len(written.lstrip("".join(FOOTNOTE_SIGNS)))]
        sign = sign or next((i.low for i in line.items if i.low in FOOTNOTE_SIGNS and i.gap), "")
        tag = next((s.value for i in line.items if (s := i.sense("TAG"))), "")
        if not sign or not tag or tag == "-" or line.has("TIME", "DAY", "DATE", "FILM"):
            return None
        return sign, tag

    def _numbers_days(self) -> bool:
        """Whether bare numbers behind weekdays are dates here: one above 12, or three that all fit (1.10)."""
        pairs = [
            (a.value, b.value) for line in self.lines for a, b in zip(line.items, line.items[1:], strict=False)
            if a.kind == "DAY" and b.kind == "NUM"
        ]  # fmt: skip
        fits = [self.calendar.on(weekday)[0].day == number for weekday, number in pairs]
        above = any(fit and number > 12 for fit, (_, number) in zip(fits, pairs, strict=True))
        return above or (len(fits) >= 3 and all(fits))

    def _do_titles_follow(self) -> bool:
        """Conventions 4.7: each day-and-time line is followed by a title line."""
        kinds = []
        for line in self.lines:
            if line.has("FILM") and not line.has("TIME"):
                kinds.append("F")
            elif (
                line.has("TIME")
                and not line.has("FILM")
                and not line.lead
                and line.has("DAY", "DATE", "MONTH")
            ):
                kinds.append("T")
            elif line.has("TIME"):
                return False
            elif line.lead and not line.has("TIME") and kinds and kinds[-1] == "T":
                kinds.append("f")
        joined = "".join(kinds)
        if not joined.startswith("T") or joined.endswith("T"):
            return False
        return "TT" not in joined and joined.count("T") >= 1

    # -- a line -----------------------------------------------------------------------------------------

    def _line(self, n: int) -> None:
        line = self.lines[n]
        if line.blank:
            self.coming = self.coming and not self.lines[n - 1].has("FILM", "TEXT", "TIME")
            return
        if self._is_legend(line) or self._announces(line):
            return
        self._take_lead(line, n)
        self._take_bar_title(line)
        within = self.block.calendar if self.block is not None and not line.films else None
        nodes = self.builder.nodes(line.items, within or self.section.calendar)
        if self.titles_follow and self._hold_or_join(line, nodes):
            return
        films = [k for k, node in enumerate(nodes) if node.kind == "F"]
        if films:
            self._film_line(nodes, films)
        else:
            self._plain_line(line, nodes, n)

    def _is_legend(self, line: Line) -> bool:
        """`OmU = Original mit Untertiteln`, `Title,Date,Time,Format`: explains, lists nothing."""
        if line.has("TIME", "DAY", "DATE", "FILM"):
            return False
        return any(i.low == "=" for i in line.items) or self._legend_mark(line) is not None

    def _announces(self, line: Line) -> bool:
        """Conventions 4.6: `Coming soon: X` announces nothing."""
        first = next((i for i in line.items if i.kind != "PUNCT"), None)
        if first is not None and first.means("COMING"):
            self.coming = not line.has("FILM", "TIME", "TEXT", "DAY", "DATE")
            return True
        if self.coming and first is not None and first.low in ("now", "currently"):
            self.coming = False
        return self.coming

    def _hold_or_join(self, line: Line, nodes: list[Node]) -> bool:
        """Where titles follow their times: hold the times until the title comes."""
        times = any(n.kind == "T" for n in nodes)
        if times and not line.films:
            self.pending_nodes = [*self.pending_nodes, *nodes]
            return True
        if self.pending_nodes and (line.films or (line.lead and not times)):
            held, self.pending_nodes = self.pending_nodes, []
            if line.films:
                film = next(k for k, node in enumerate(nodes) if node.kind == "F")
                self._film_line([*held, *nodes[film:]], [len(held)])
            else:
                self._begin_unknown(*self._lead_span(line), asked=True)
                self._segment(held, after_title=False)
            return True
        return False

    # -- titles -----------------------------------------------------------------------------------------

    def _lead_span(self, line: Line) -> tuple[int, int]:
        assert line.lead is not None
        return line.items[line.lead[0]].start, line.items[line.lead[1] - 1].end

    def _take_lead(self, line: Line, n: int) -> None:
        """Decides whether words at the beginning of a line are the title of a film that is not known."""
        if line.lead is None:
            self._claim_candidate(line)
            return
        first, stop = line.lead
        start, end = self._lead_span(line)
        rest = line.items[stop:]
        times = any(i.kind == "TIME" for i in rest) or self._bare_times(rest)
        if (
            times
            and not self._is_prose(line)
            and self.line_reader.looks_titled(line)
            and not self._is_pure_aside(rest)
        ):
            mention = Mention(None, start, end)
            line.items[first:stop] = [Item("FILM", start, end, mention, gap=line.items[first].gap)]
            self.candidate = None
        elif times:
            self._claim_candidate(line)
        elif self.line_reader.looks_titled(line) and not line.films and not self._is_prose(line):
            self._keep_candidate(line, start, end, n)

    def _take_bar_title(self, line: Line) -> None:
        """`Sneak Preview | Mi 20:00`: where bars part titles from times, the first cell is a title."""
        bar = next((k for k, i in enumerate(line.items) if i.low == "|"), None)
        if not bar or line.films or not line.has("TIME"):
            return
        first = line.items[:bar]
        if any(
            i.kind in ("DAY", "DATE", "TIME", "MONTH", "FILM") or i.means("DAILY", "ALSO", "CLOSED")
            for i in first
        ):
            return
        start, end = first[0].start, first[-1].end
        line.items[:bar] = [Item("FILM", start, end, Mention(None, start, end))]

    @staticmethod
    def _bare_times(rest: Sequence[Item]) -> bool:
        seen = False
        for item in rest:
            if item.kind == "DAY" or item.means("DAILY", "NIGHTLY"):
                seen = True
            elif item.kind == "NUM" and seen and 1 <= item.value <= 12:
                return True
        return False

    @staticmethod
    def _is_pure_aside(rest: Sequence[Item]) -> bool:
        """Times that are no showings: doors, prices (Conventions 2.8)."""
        return any(i.means("NONSHOW") for i in rest[:2])

    def _is_prose(self, line: Line) -> bool:
        words = [i for i in line.items if i.kind in ("TEXT", "WORD")]
        text = [i for i in words if i.kind == "TEXT"]
        first = words[0] if words else None
        written = self.source.text[line.start : line.end]
        if first is not None and first.means("PROSE", "CREDIT"):
            return True
        assert line.lead is not None
        lead = line.items[line.lead[0] : line.lead[1]]
        if any(i.means("PROSE") for i in lead) and not written.isupper():
            return True
        small = sum(1 for i in text if self.source.text[i.start].islower())
        return len(text) > _PROSE_WORDS and small * 2 > len(text)

    def _keep_candidate(self, line: Line, start: int, end: int, n: int) -> None:
        written = self.source.text[start:end]
        marked = any(i.low in ("(", "[") for i in line.items)
        if self.titles_in_capitals and not written.isupper() and not marked:
            return
        lead = line.items[line.lead[0] : line.lead[1]] if line.lead else []
        if any(i.means("WITH", "CREDIT", "PROSE") for i in lead[:1]):
            return
        waiting = self.block is not None and not self.block.entries and not self.block.undated
        if waiting and not (
            self.titles_in_capitals and written.isupper() and not any(i.means("WITH", "CREDIT") for i in lead)
        ):
            return
        if written.rstrip().endswith(".") or self.source.text[end : end + 1] == ".":
            return
        self.candidate = self.candidate or (start, end)

    def _claim_candidate(self, line: Line) -> None:
        """Times below a title of its own line that is no known film are that film's (Conventions 4.5)."""
        if line.films:
            self.candidate = None
        elif (
            self.candidate is not None
            and (line.has("TIME") or line.means("TBA"))
            and not line.means("ALLSHOWS")
        ):
            start, end = self.candidate
            self._begin_unknown(start, end, asked=True)

    def _begin(self, mention: Mention) -> Block:
        self.candidate = None
        if mention.film is None:
            return self._begin_unknown(mention.start, mention.end, asked=True, likely=mention.likely)
        return self._open(Block(mention.film.title, mention.start, mention.end))

    def _begin_unknown(self, start: int, end: int, *, asked: bool, likely: Sequence[KnownFilm] = ()) -> Block:
        self.candidate = None
        text = self.source.raw[slice(*self.source.raw_span(start, end))]
        films = likely or self.index.nearest(text)
        choices = [Choice(f.title, f"alias:{f.title}") for f in films]
        if not likely:
            choices.append(Choice(f"New film “{text}”", f"create:{text}"))
        answer = self.inquiry.ask(
            "which_film" if likely else "unknown_film", start, end, tuple(choices), "title"
        )
        title = answer.partition(":")[2] if answer and answer != SKIP else None
        return self._open(Block(title, start, end, known=title is not None))

    def _open(self, block: Block) -> Block:
        self.block = block
        self.blocks.append(block)
        return block

    # -- lines with films -------------------------------------------------------------------------------

    def _film_line(self, nodes: list[Node], films: list[int]) -> None:
        chunks = sentences_apart(nodes) if len(films) > 1 else [nodes]
        for chunk in chunks:
            within = [k for k, n in enumerate(chunk) if n.kind == "F"]
            if within:
                self._films(chunk, within)
            else:
                self._segment(chunk, after_title=False)

    def _films(self, nodes: list[Node], films: list[int]) -> None:
        first_time = next((k for k, n in enumerate(nodes) if holds_time(n)), None)
        behind = any(holds_time(n) for n in nodes[films[-1] :])
        in_habit = self.block is None or self.block is self.ended
        if first_time is not None and first_time < films[0] and any(n.means("CHANGED") for n in nodes):
            self.inquiry.ask("not_understood", nodes[first_time].start, nodes[-1].end)
            return
        if self._takes_back(nodes, films):
            return
        follows = first_time is not None and first_time < films[0] and (not behind or in_habit)
        if follows:
            self._titles_after(nodes, films)
        else:
            self._titles_before(nodes, films)

    def _titles_after(self, nodes: list[Node], films: list[int]) -> None:
        """`2012-08-03 19:00 Take This Waltz [OC]` (Conventions 4.7)."""
        start = 0
        line_days: Days | None = None
        if not any(n.kind == "D" for n in nodes):
            self.programme = self.section_number
        for n, k in enumerate(films):
            stop = films[n + 1] if n + 1 < len(films) else len(nodes)
            tail = self._tail_end(nodes, k + 1, stop)
            block = self._begin(nodes[k].item.value)  # type: ignore[union-attr]
            block.days = line_days
            self._segment(nodes[start:k], after_title=False)
            self._segment(nodes[k + 1 : tail], after_title=True)
            line_days = block.days
            start = tail
        self.programme = 0
        if self._holds_any_time(nodes[start:]):
            self.block = None
            self._segment(nodes[start:], after_title=False)
            return
        self.ended = self.block
        if self.section.days is None:
            self.block.days = None  # type: ignore[union-attr]

    @staticmethod
    def _tail_end(nodes: Sequence[Node], k: int, stop: int) -> int:
        """Where the words about a title end and the next day or time begins."""
        while k < stop and nodes[k].kind not in ("D", "T"):
            k += 1
        return k

    def _titles_before(self, nodes: list[Node], films: list[int]) -> None:
        is_event = self._is_event(nodes, films)
        head = nodes[films[0] + 1 : films[1]] if is_event else nodes[: films[0]]
        films = films[1:] if is_event else films
        line_days: Days | None = None
        line_tags: set[str] = set()
        line_hints: set[str] = set()
        before = self.block
        if self._holds_any_time(head) and not is_event:
            self._segment(head, after_title=False)
        else:
            line_days, line_tags, line_hints = self._head(head)
        if "late" in line_hints and line_days is None and before is not None:
            line_days = before.days
        if line_days is not None:
            self.line_number += 1
            self.programme = -self.line_number
        for n, k in enumerate(films):
            stop = films[n + 1] if n + 1 < len(films) else len(nodes)
            block = self._begin(nodes[k].item.value)  # type: ignore[union-attr]
            block.tags |= line_tags
            block.hints |= line_hints
            for vague in (Vague(n.start, n.end, line_days) for n in head if n.means("TBA")):
                self.deferred.vague.append((vague, block, line_days, self.section.calendar))
            if line_days is not None and line_days.ranged and line_days.dated and line_days.dates:
                self._limit(block, line_days)
            block.days = line_days
            block.days_unclear = n > 0 and _is_dated(self.blocks[-2])
            self._segment(nodes[k + 1 : stop], after_title=True)
        self.programme = 0

    def _takes_back(self, nodes: list[Node], films: list[int]) -> bool:
        """`The 7:15 show of AMOUR on Tuesday is sold out`: the time before the title is that film's."""
        head = nodes[: films[0]]
        if len(films) > 1 or not self._holds_any_time(head) or not leads_to_title(head):
            return False
        self._begin(nodes[films[0]].item.value)  # type: ignore[union-attr]
        self._segment([*head, *nodes[films[0] + 1 :]], after_title=False)
        return True

    @staticmethod
    def _is_event(nodes: Sequence[Node], films: Sequence[int]) -> bool:
        """`HORROR NIGHT, Sat from 23:30: A 23:30, B 1:15`: a name and its day before the films' own times."""
        if len(films) < 2 or nodes[films[0]].item.value.film is not None:  # type: ignore[union-attr]
            return False
        between = nodes[films[0] + 1 : films[1]]
        return bool(between) and between[-1].sign == ":" and any(n.kind == "D" for n in between)

    def _limit(self, block: Block, days: Days) -> None:
        """`JULY 8-11: STORIES WE TELL`: the dates before a title limit what is said of the film (1.8)."""
        block.calendar = self.section.calendar.limited(days.dates)
        block.windows += [Window(days, True), Window(days, False)]

    def _holds_any_time(self, nodes: Sequence[Node]) -> bool:
        return any(holds_time(n) for n in nodes)

    def _head(self, head: Sequence[Node]) -> tuple[Days | None, set[str], set[str]]:
        """Days and tags before the first title of a line hold for its films (`Sat 3/9: A 7:00, B 9:30`)."""
        days = next((n.days for n in head if n.kind == "D"), None)
        tags = {n.tag for n in head if n.tag and n.tag != "-"}
        if days is not None and days.problems:
            days.settle(self.inquiry)
        hints = {"late"} if any(n.means("LATE") for n in head) else set()
        if any(n.means("AM") for n in head):
            hints.add("am")
        return days, tags, hints

    # -- lines without films ----------------------------------------------------------------------------

    def _plain_line(self, line: Line, nodes: list[Node], n: int) -> None:
        if self._is_heading(line, nodes):
            self._heading(nodes, n)
            return
        if is_aside_in_brackets(nodes):
            self.inquiry.ask("not_understood", nodes[0].start, nodes[0].end)
            return
        if line.means("ALLSHOWS") and self._holds_any_time(nodes):
            self._default_times(nodes)
            return
        if self.ended is not None and self.block in (None, self.ended) and self._holds_any_time(nodes):
            self._leave_ended(nodes)
        self._segment(nodes, after_title=False, own_line=True)

    def _leave_ended(self, nodes: Sequence[Node]) -> None:
        """Times behind a film whose title followed its own: an unknown title may follow these."""
        last = max(k for k, n in enumerate(nodes) if holds_time(n))
        words = [n for n in nodes[last + 1 :] if n.kind in ("X", "W")]
        self.block = None
        if any(n.kind == "X" for n in words):
            self._begin_unknown(words[0].start, words[-1].end, asked=True)

    def _is_heading(self, line: Line, nodes: Sequence[Node]) -> bool:
        if not any(n.kind == "D" for n in nodes) or self._holds_any_time(nodes):
            return False
        if any(
            n.means(
                "TAG",
                "NO",
                "EXCEPT",
                "CANCELLED",
                "CLOSED",
                "RELACHE",
                "TBA",
                "OPENS",
                "ENDS",
                "MORNING",
                "EVENING",
                "WEEKEND",
            )
            and n.tag != "-"
            for n in nodes
        ):
            return False
        if any(
            n.kind == "D" and (n.days.problems and not n.days.dates) and not n.days.dated
            for n in nodes
            if n.days
        ):
            return False
        words = sum(n.kind == "X" for n in nodes)
        ranged = any(n.days.ranged and n.days.dated for n in nodes if n.days)
        written = self.source.text[line.start : line.end].rstrip()
        return words <= 3 or (ranged and (written.endswith(":") or words <= 5))

    def _heading(self, nodes: list[Node], n: int) -> None:
        """Conventions 1.8: a heading limits what follows; a day heading gives its day."""
        days = next(node.days for node in nodes if node.kind == "D")
        assert days is not None
        if any(node.means("FROM", "RANGE") for node in nodes) and not days.ranged:
            opens = any(node.means("FROM") for node in nodes)
            self.scheduler.house_windows.append(Window(days, opens))
            return
        if self.block is not None and self.block is not self.ended and self._belongs_to_film(n):
            self._film_days(self.block, days)
            return
        dates = days.settle(self.inquiry)
        self.section_number += 1
        self.block = None
        self.candidate = None
        if days.daily:
            self.section = _Section(self.calendar)
        elif days.ranged and len(dates) > 1 and days.dated:
            self.section = _Section(self.calendar.limited(dates))
        else:
            self.section = _Section(self.calendar, days)

    def _film_days(self, block: Block, days: Days) -> None:
        if not block.known:
            return
        block.days = days
        block.undated.append((days, set()))

    def _belongs_to_film(self, n: int) -> bool:
        """Whether a line of days is the film's own: times follow before another title does."""
        block = self.block
        following = next((line for line in self.lines[n + 1 :] if not line.blank), None)
        if following is None:
            return True
        waiting = block is not None and not block.entries
        if following.films or (following.lead and following.has("TIME")):
            return waiting and self.has_default
        if following.lead and self.line_reader.looks_titled(following) and not waiting:
            return False
        return following.has("TIME", "NUM") or self.has_default

    def _default_times(self, nodes: list[Node]) -> None:
        """Conventions 2.9: `toutes les séances sont à 20h` covers every date without a time."""
        times = [n.time for n in nodes if n.kind == "T" and n.time is not None]
        if any(n.kind == "D" for n in nodes) and self.block is not None:
            self._segment(nodes, after_title=False, own_line=True)
            return
        elsewhere = any(b.undated and not b.entries for b in self.blocks if b is not self.block)
        if self.block is not None and not elsewhere and not self.block.entries:
            self.block.default = times
        else:
            self.house_default = times

    # -- segments: the clauses of one film in a line ----------------------------------------------------

    def _segment(
        self, nodes: Sequence[Node], *, after_title: bool, own_line: bool = False, in_cell: bool = False
    ) -> None:
        block = self.block or self.nowhere
        clauses = joined(clauses_of(nodes))
        govern = days_close_brackets([clause for clause, _ in clauses])
        title_open = after_title
        previous: Entry | None = None if not own_line else block.open_list
        sentence = True
        for clause, sign in clauses:
            reading = self.clauses.read(
                clause,
                after_title=title_open,
                brackets_govern=govern,
                has_default=self.has_default,
                marks=self.marks,
            )
            alone = sentence and not in_cell and (own_line or not title_open or sign in (".", "!", "?"))
            previous = self._take(reading, block, previous, title_open=title_open, own_line=alone)
            title_open = False
            sentence = sign in (".", "!", "?")
        block.open_list = None

    def _take(
        self, reading: Reading, block: Block, previous: Entry | None, *, title_open: bool, own_line: bool
    ) -> Entry | None:
        self._take_tags(reading, block, previous, title_open)
        calendar = self.section.calendar
        if reading.limit is not None:
            calendar = calendar.limited(reading.limit.settle(self.inquiry))
        block.windows.extend(reading.windows)
        excluded = self._exclusions(reading, block, previous)
        for group in sorted(reading.groups, key=lambda g: g.action == "instead"):
            previous = self._take_group(group, block, calendar, excluded, previous)
        self._take_loose_days(reading, block, title_open)
        for closing in reading.closings:
            self._take_closing(closing, block, own_line)
        for vague in reading.vague:
            self._take_vague(vague, block, calendar)
        return previous

    def _take_tags(self, reading: Reading, block: Block, previous: Entry | None, title_open: bool) -> None:
        if not reading.tags:
            return
        if reading.tags == {"sold_out"} and previous is not None and not reading.all_shows:
            previous.group.times[-1].tags.add("sold_out")
            return
        if block is self.nowhere:
            if reading.all_shows:
                self.house_tags |= reading.tags
        elif reading.all_shows:
            self.deferred.film_tags.append((block.film or "", reading.tags))
        else:
            block.tags |= reading.tags

    def _exclusions(self, reading: Reading, block: Block, previous: Entry | None) -> list[Days]:
        """Days that an `except` of the same clause takes out of its groups (Conventions 1.5)."""
        adds = [g for g in reading.groups if g.action == "add"]
        out = [g for g in reading.groups if g.action in ("close", "instead") and g.days is not None]
        if not adds and previous is not None and out and out[0].action == "close":
            previous.excluded.extend(g.days for g in out if g.days is not None)
        if adds or previous is not None:
            reading.groups = [g for g in reading.groups if g.action != "close"]
        days = [g.days for g in out if g.days is not None]
        return days

    def _take_group(
        self, group: Group, block: Block, calendar: Calendar, excluded: list[Days], previous: Entry | None
    ) -> Entry | None:
        days = group.days
        if days is None and group.action in ("add", "instead"):
            if previous is not None and previous.block is block and self._continues(group, previous):
                previous.group.times.extend(group.times)
                previous.group.hints |= group.hints
                return previous
            days = block.days or (previous.days if previous else None) or self.section.days
            if days is None and block.known and block.days_unclear:
                self.inquiry.ask("which_days", group.start, group.end)
                return previous
        elif days is None:
            days = (previous.days if previous else None) or block.days or self.section.days
        out = excluded if group.action == "add" else []
        entry = Entry(group, block, days, calendar, frozenset(), out, self.programme)
        if group.action == "add":
            self.entries.append(entry)
            block.entries.append(entry)
            if group.days is not None:
                block.days = group.days
            return entry
        if group.action == "instead":
            self.entries.append(entry)
            block.entries.append(entry)
        elif group.action == "tag":
            self.deferred.tags.append(entry)
        else:
            self.deferred.removals.append(entry)
        return previous

    def _continues(self, group: Group, previous: Entry) -> bool:
        """`11:20 (a.m.); 1:40`: a list that goes on behind a separator (Conventions 2.4)."""
        return (
            previous.group.action == "add"
            and group.hints <= previous.group.hints
            and not group.tags
            and not group.noisy
            and previous.group.days is not None
        ) or (
            previous.group.action == "add"
            and previous.group.days is None
            and not group.hints
            and not previous.group.hints
            and not group.tags
        )

    def _take_loose_days(self, reading: Reading, block: Block, title_open: bool) -> None:
        for days in reading.loose_days:
            if block is self.nowhere or reading.text_words > 3:
                continue
            tagged = [g for g in reading.groups if g.action == "tag" and g.days is days]
            block.undated.append((days, {t for g in tagged for t in g.tags}))
            if title_open and reading.text_words < 2 and not tagged:
                block.title_days = days
            if not tagged and (title_open or not block.entries):
                block.days = days

    def _take_closing(self, closing: Closing, block: Block, own_line: bool) -> None:
        house = (own_line and not closing.relache) or block is self.nowhere
        context = block.days or self.section.days
        self.deferred.closings.append(
            (closing, None if house else block.film, context if closing.days is None else None)
        )

    def _take_vague(self, vague: Vague, block: Block, calendar: Calendar) -> None:
        self.deferred.vague.append((vague, block, vague.days or block.days or self.section.days, calendar))

    # -- tables -----------------------------------------------------------------------------------------

    def _take_table(self, table: Table) -> None:
        if table.is_under_days:
            self._under_days(table)
        else:
            self._under_films(table)
        self.block = None

    def _under_days(self, table: Table) -> None:
        for row in table.rows:
            if not row[0].blank:
                self._title_cell(row[0])
            for at, cell in enumerate(row[1:], start=1):
                days = table.days_above(at)
                if self.block is not None and days is not None:
                    self._cell(self.block, days, cell)

    def _title_cell(self, cell: Line) -> None:
        nodes = self.builder.nodes(cell.items, self.section.calendar)
        films = [k for k, n in enumerate(nodes) if n.kind == "F"]
        if films:
            self._film_line(nodes, films)
        elif cell.lead:
            self._begin_unknown(*self._lead_span(cell), asked=True)
        else:
            self._begin_unknown(cell.start, cell.end, asked=True)

    def _under_films(self, table: Table) -> None:
        blocks: list[Block | None] = []
        for cell, kind in zip(table.head, table.kinds, strict=True):
            if kind is CellKind.FILM:
                self._title_cell(cell)
            blocks.append(self.block if kind is CellKind.FILM else None)
        for row in table.rows:
            days = table.days_of(row[0]) if blocks[0] is None else None
            for at, cell in enumerate(row):
                block = blocks[at] if at < len(blocks) else None
                if block is not None:
                    self._cell(block, days, cell)

    def _cell(self, block: Block, days: Days | None, cell: Line) -> None:
        if cell.blank:
            return
        self.block = block
        if days is not None:
            block.days = days
        nodes = self.builder.cell(cell.items, self.section.calendar)
        self._segment(nodes, after_title=False, in_cell=True)

    # -- the end ----------------------------------------------------------------------------------------

    def _use_defaults(self) -> None:
        for block in self.blocks:
            times = block.default or self.house_default
            if not times or not block.known:
                self._ask_hours(block)
                continue
            for days, tags in block.undated:
                if not any(e.days is days for e in block.entries):
                    group = Group("add", days, times, days.start, days.end, tags)
                    entry = Entry(group, block, days, self.section.calendar)
                    self.entries.append(entry)

    def _ask_hours(self, block: Block) -> None:
        """`SEVEN Sunday only`: days but no hour anywhere (Conventions 2.7)."""
        if not block.known or block.entries or not block.title_days or block.windows:
            return
        if any(b.film == block.film and b.entries for b in self.blocks):
            return
        if any(vague[1] is block for vague in self.deferred.vague):
            return
        days = block.title_days
        if all(d in self.calendar.domain for d in days.dates):
            self.inquiry.ask("no_time", days.start, days.end)

    def _schedule(self) -> None:
        scheduler, deferred = self.scheduler, self.deferred
        scheduler.learn_clock(self.entries)
        mentioned: list[Entry] = []
        for entry in self.entries:
            if entry.block is self.nowhere:
                scheduler.no_film(entry, self.titles)
            elif not entry.block.known:
                continue
            elif entry.group.noisy:
                mentioned.append(entry)
            elif entry.group.action == "instead":
                scheduler.instead(entry)
            else:
                scheduler.add(entry)
        for entry in mentioned:
            if not scheduler.tag_known(entry):
                self.inquiry.ask("not_understood", entry.group.start, entry.group.end)
        for vague, block, days, calendar in deferred.vague:
            if block.known or block is self.nowhere:
                scheduler.vague(vague, block, days, calendar)
        for entry in deferred.removals:
            self._take_away(entry)
        for closing, film, context in deferred.closings:
            scheduler.closing(closing, film, context)
        for entry in deferred.tags:
            scheduler.tag_days(entry)
        for film, tags in deferred.film_tags:
            scheduler.tag_films([film], tags)
        scheduler.tag_films({s.film for s in scheduler.slots.values()}, self.house_tags)

    def _take_away(self, entry: Entry) -> None:
        if not entry.block.known and entry.block is not self.nowhere:
            return
        if entry.group.action == "remove":
            self.scheduler.remove(entry)
        elif entry.group.action == "unclear":
            self.inquiry.ask("not_understood", entry.group.start, entry.group.end)
        elif entry.group.action == "remove_before":
            self.scheduler.remove_before(entry)
        elif entry.group.action == "cancel":
            self.scheduler.cancel(entry)
        elif entry.days is not None and entry.block.film is not None:
            self.scheduler.close([entry.block.film], entry.days.settle(self.inquiry))


def _is_dated(block: Block) -> bool:
    """Whether all that a film plays is on days of its own: what stands behind it may share them."""
    groups = [e.group for e in block.entries]
    return bool(groups) and all(g.days is not None and not g.days.daily for g in groups)
