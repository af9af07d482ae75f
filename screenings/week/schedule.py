"""From what was read to dated showings: clocks, nights, removals, tags, and the hours that clocks skip or repeat."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from screenings.week.days import Calendar, Days
from screenings.week.doubts import SKIP, Choice, Inquiry
from screenings.week.readings import Closing, Group, TimeAt, Vague, Window
from screenings.week.source import SourceText
from screenings.week.times import DAY, EVENING, HALF_DAY, NIGHT_ENDS, is_24_hour, resolve


@dataclass(frozen=True)
class Showing:
    """One showing of the week.

    `starts_local` is the theater's wall clock (naive), `night` the business date that it belongs to: a
    showing before 5:00 files under the evening before. `fold_ambiguous` is true for an hour that happens
    twice while nobody has said which; `fold` is 1 for the second (PEP 495). `span` holds code points of
    the raw text.
    """

    film: str
    starts_local: datetime
    night: date
    tags: frozenset[str]
    fold_ambiguous: bool
    span: tuple[int, int]
    note: str = ""
    fold: int = 0


@dataclass
class Block:
    """A film as mentioned: its tags and what was read under the mention.

    `film` is the title, None while no film is known (nothing under it is scheduled).
    """

    film: str | None
    start: int
    end: int
    known: bool = True
    tags: set[str] = field(default_factory=set)
    entries: list["Entry"] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    undated: list[tuple[Days, set[str]]] = field(default_factory=list)
    calendar: Calendar | None = None
    default: list[TimeAt] = field(default_factory=list)
    days: Days | None = None
    hints: set[str] = field(default_factory=set)
    open_list: "Entry | None" = None
    days_unclear: bool = False
    title_days: Days | None = None


@dataclass
class Entry:
    """A group of a clause with the context that it was read in."""

    group: Group
    block: Block
    days: Days | None
    calendar: Calendar
    line_tags: frozenset[str] = frozenset()
    excluded: list[Days] = field(default_factory=list)
    programme: int = 0


@dataclass
class _Slot:
    film: str
    starts: datetime
    night: date
    tags: set[str]
    span: tuple[int, int]
    fold_ambiguous: bool = False
    fold: int = 0
    singly: bool = False


class Scheduler:
    """Places entries in the theater's zone and collects the showings."""

    def __init__(
        self,
        source: SourceText,
        inquiry: Inquiry,
        zone: ZoneInfo,
        calendar: Calendar,
        *,
        clock12: bool,
        brackets_tag: str,
    ) -> None:
        self.source = source
        self.inquiry = inquiry
        self.zone = zone
        self.calendar = calendar
        self.clock12 = clock12
        self.brackets_tag = brackets_tag
        self.text_is_24 = False
        self.latest: dict[int, int] = {}
        self.slots: dict[tuple[str, datetime], _Slot] = {}
        self.by_night: dict[tuple[str, date], list[_Slot]] = {}
        self.programmes: dict[int, list[Entry]] = {}
        self.house_windows: list[Window] = []

    # -- additions --------------------------------------------------------------------------------------

    def learn_clock(self, entries: Iterable[Entry]) -> None:
        """Conventions 2.1: any time from 13:00 on shows that the text is written on 24 hours."""
        marked = plain = 0
        for entry in entries:
            marks = [t.mark for t in entry.group.times]
            plain += any(m.hour >= 13 and m.valid and not m.meridiem for m in marks)
            marked += any(m.meridiem for m in marks)
            if entry.programme:
                self.programmes.setdefault(entry.programme, []).append(entry)
        self.text_is_24 = plain > marked

    def add(self, entry: Entry) -> None:
        """Schedules the times of an entry that are beyond doubt and asks about the others."""
        group = entry.group
        placed = self._placed(entry)
        self.latest[id(entry.block)] = max((m for m, _ in placed if m is not None), default=0)
        sole = len(group.times) == 1
        until = group.times[-1].end if group.times else group.end
        dates = self._dates(entry, until)
        clear = entry.days is None or not entry.days.problems
        for at, (minutes, reason) in zip(group.times, placed, strict=True):
            if at.either:
                continue
            if at.loose and self.inquiry.ask("not_understood", at.start, at.end, _LOOSE) != "keep":
                continue
            if minutes is None and clear:
                minutes = self._ask_time(entry, at, reason, sole)
            if minutes is not None:
                self._put_on_dates(entry, at, minutes, dates)
        if clear:
            self._ask_either(entry, dates)
        if group.only and group.action == "add":
            self._only(entry, dates)

    def _placed(self, entry: Entry) -> list[tuple[int | None, str]]:
        marks = [t.mark for t in entry.group.times]
        hints = frozenset(entry.group.hints | entry.block.hints)
        if "also" in hints and self.latest.get(id(entry.block), 0) >= EVENING:
            hints |= {"pm"}
        if self.clock12:
            clock24 = is_24_hour(marks) or (self.text_is_24 and not any(m.meridiem for m in marks))
            found = resolve(marks, clock24=clock24, hints=hints)
            if clock24 and not is_24_hour(marks):
                found = [
                    f if m.valid and (m.word or m.hour >= 10 or m.clock24) else self._unsure(f)
                    for f, m in zip(found, marks, strict=True)
                ]
        else:
            found = resolve(marks, clock24=True, hints=hints)
            if "pm" in hints and "also" not in hints and all(m.hour < 12 and not m.meridiem for m in marks):
                found = [(v + HALF_DAY if v is not None and v < HALF_DAY else v, r) for v, r in found]
        return self._by_programme(entry, found)

    @staticmethod
    def _unsure(found: tuple[int | None, str]) -> tuple[int | None, str]:
        return (None, found[1] or "am_or_pm")

    def _by_programme(
        self, entry: Entry, found: list[tuple[int | None, str]]
    ) -> list[tuple[int | None, str]]:
        """A lone time in an evening of several films is placed by the films around it (2.3, 2.5)."""
        entries = self.programmes.get(entry.programme, [])
        if len(entries) < 2 or not any(reason in ("am_or_pm", "which_night") for _, reason in found):
            return found
        marks = [t.mark for e in entries for t in e.group.times]
        hints = frozenset().union(*(e.group.hints for e in entries))
        whole = resolve(
            marks, clock24=not self.clock12 or is_24_hour(marks), hints=frozenset(hints & {"late"})
        )
        values = [v for v, _ in whole]
        if any(v is None for v in values) or any(b <= a for a, b in itertools.pairwise(values)):  # type: ignore[operator]
            return found
        first = sum(len(e.group.times) for e in entries[: entries.index(entry)])
        return whole[first : first + len(found)]

    def _dates(self, entry: Entry, until: int) -> list[date]:
        if entry.days is None:
            dates: Sequence[date] = entry.calendar.domain
        else:
            dates = entry.days.settle(self.inquiry, until)
        out = {d for days in entry.excluded for d in (*days.possible(), *days.settle(self.inquiry))}
        return self.within(entry.block, [d for d in dates if d not in out])

    def within(self, block: Block, dates: Sequence[date]) -> list[date]:
        """The dates inside the film's opening and closing days (Conventions 1.7)."""
        kept = list(dates)
        for window in (*self.house_windows, *block.windows):
            edge = window.days.settle(self.inquiry)
            if edge:
                kept = [d for d in kept if (d >= edge[0] if window.opens else d <= edge[-1])]
        return kept

    def _put_on_dates(self, entry: Entry, at: TimeAt, minutes: int, dates: Sequence[date]) -> None:
        if at.days is not None:
            dates = self.within(entry.block, at.days.settle(self.inquiry, at.end))
        if at.excluded is not None:
            out = {*at.excluded.settle(self.inquiry, at.end), *at.excluded.possible()}
            dates = [d for d in dates if d not in out]
        tags = set(at.tags) | entry.group.tags | _sure(entry.block.tags) | entry.line_tags
        if at.bracketed and self.brackets_tag:
            tags.add(self.brackets_tag)
        for night in dates:
            per_day = entry.days.tags.get(night, frozenset()) if entry.days is not None else frozenset()
            self._put(entry.block.film or "", night, minutes, tags | per_day, at, entry)

    def _put(self, film: str, night: date, minutes: int, tags: set[str], at: TimeAt, entry: Entry) -> None:
        starts = datetime.combine(night, time()) + timedelta(minutes=minutes)
        clock = self._clock(starts)
        fold, unsure = 0, False
        if clock == "gap":
            answer = self.inquiry.ask("clocks_skip", at.start, at.end, self._gap_choices(starts))
            if answer in (None, SKIP):
                return
            starts = datetime.fromisoformat(answer or "")
        elif clock == "fold":
            answer = self.inquiry.ask("clocks_repeat", at.start, at.end, _FOLDS)
            if answer == SKIP:
                return
            fold, unsure = int(answer == "second"), answer is None
        slot = self.slots.get((film, starts))
        if slot is None:
            slot = _Slot(film, starts, night, set(), self.source.raw_span(at.start, at.end))
            self.slots[film, starts] = slot
            self.by_night.setdefault((film, night), []).append(slot)
        slot.tags |= tags
        slot.fold_ambiguous, slot.fold = unsure, fold
        slot.singly |= entry.days is not None and not entry.days.daily and not entry.days.ranged

    def _clock(self, starts: datetime) -> str:
        """ "gap" where the clocks skip this hour, "fold" where it happens twice, else "" (PEP 495)."""
        first, second = starts.replace(tzinfo=self.zone), starts.replace(tzinfo=self.zone, fold=1)
        if first.utcoffset() == second.utcoffset():
            return ""
        back = first.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None)
        return "gap" if back != starts else "fold"

    @staticmethod
    def _gap_choices(starts: datetime) -> tuple[Choice, ...]:
        hour = timedelta(hours=1)
        return tuple(
            Choice(f"{t:%H:%M}", t.isoformat(timespec="minutes")) for t in (starts - hour, starts + hour)
        )

    # -- questions --------------------------------------------------------------------------------------

    def _ask_time(self, entry: Entry, at: TimeAt, reason: str, sole: bool) -> int | None:
        mark = at.mark
        if reason == "which_night" and entry.days is not None and entry.days.iso:
            return mark.hour % 12 * 60 + mark.minute if mark.meridiem else mark.hour * 60 + mark.minute
        start, end = at.start, at.end
        days = at.days or entry.group.days
        if sole and days is not None and reason in ("am_or_pm", "which_night"):
            start, end = min(start, days.start), max(end, days.end)
        minutes = mark.hour % 12 * 60 + mark.minute
        answer = self.inquiry.ask(
            reason, start, end, _TIME_CHOICES.get(reason, ()), "times" if reason == "impossible_time" else ""
        )
        if answer in (None, SKIP):
            return None
        if answer == "after":
            return DAY + minutes
        return (
            minutes + HALF_DAY
            if answer == "pm"
            else minutes
            if answer in ("am", "before")
            else first_minutes(answer or "")
        )

    def _ask_either(self, entry: Entry, dates: Sequence[date]) -> None:
        """`5:10 or 5:25` (Conventions 2.7)."""
        either = [t for t in entry.group.times if t.either]
        if not either:
            return
        choices = []
        for at in either:
            minutes = resolve([at.mark], clock24=not self.clock12, hints=frozenset(entry.group.hints))[0][0]
            if minutes is not None:
                choices.append((f"{minutes // 60 % 24:02d}:{minutes % 60:02d}", minutes))
        offered = tuple(Choice(told, told) for told, _ in choices)
        answer = self.inquiry.ask("either_time", either[0].start, either[-1].end, offered, "times")
        minutes = dict(choices).get(answer or "")
        if minutes is not None:
            self._put_on_dates(entry, either[0], minutes, dates)

    def vague(self, vague: Vague, block: Block, days: Days | None, calendar: Calendar) -> None:
        """A showing without an hour: asked for, and scheduled when its times are given."""
        answer = self.inquiry.ask("no_time", vague.start, vague.end, (), "times")
        if answer in (None, SKIP) or block.film is None:
            return
        group = Group("add", days, [], vague.start, vague.end)
        entry = Entry(group, block, days, calendar)
        at = TimeAt(mark=None, start=vague.start, end=vague.end)  # type: ignore[arg-type]
        for told in (answer or "").split(","):
            minutes = first_minutes(told)
            if minutes is not None:
                self._put_on_dates(entry, at, minutes, self._dates(entry, vague.end))

    def no_film(self, entry: Entry, films: Sequence[str]) -> None:
        """Times that stand under no film (Conventions 4.5)."""
        group = entry.group
        bad = [t for t in group.times if not t.mark.valid]
        for at in bad:
            self.inquiry.ask("impossible_time", at.start, at.end)
        if bad or not group.times:
            return
        choices = tuple(Choice(title, f"alias:{title}") for title in films)
        answer = self.inquiry.ask("no_film", group.start, group.end, choices)
        if answer and answer != SKIP:
            entry.block = Block(answer.partition(":")[2], group.start, group.end)
            self.add(entry)

    # -- taking away ------------------------------------------------------------------------------------

    def remove(self, entry: Entry) -> None:
        """Conventions 4.1: every time on every day named must be there to be taken away."""
        group, film = entry.group, entry.block.film or ""
        dates = entry.days.settle(self.inquiry) if entry.days is not None else tuple(entry.calendar.domain)
        found: list[_Slot] = []
        missing = False
        for at in group.times:
            hits = [slot for night in dates for slot in self._fitting(film, night, at)]
            missing |= not hits or (
                entry.days is not None
                and not entry.days.daily
                and not entry.days.ranged
                and len({s.night for s in hits}) < len(dates)
            )
            found.extend(hits)
        if missing and self.inquiry.ask("removes_nothing", group.start, group.end) is None:
            return
        for slot in found:
            self._drop(slot)

    def _fitting(self, film: str, night: date, at: TimeAt) -> list[_Slot]:
        mark = at.mark
        minutes = {mark.hour * 60 + mark.minute}
        if mark.meridiem:
            minutes = {mark.hour % 12 * 60 + mark.minute + (HALF_DAY if mark.meridiem == "p" else 0)}
        elif mark.word:
            minutes = {HALF_DAY if mark.word == "noon" else 0}
        elif mark.hour <= 12 and self.clock12:
            minutes = {mark.hour % 12 * 60 + mark.minute, mark.hour % 12 * 60 + mark.minute + HALF_DAY}
        slots = self.by_night.get((film, night), [])
        fitting = [s for s in slots if s.starts.hour * 60 + s.starts.minute in {m % DAY for m in minutes}]
        if not fitting and not mark.meridiem and not mark.word and mark.hour < 12:
            later = mark.hour * 60 + mark.minute + HALF_DAY
            fitting = [s for s in slots if s.starts.hour * 60 + s.starts.minute == later]
        return fitting

    def remove_before(self, entry: Entry) -> None:
        """`No shows before 5 pm Tuesday`."""
        minutes = resolve([entry.group.times[0].mark], clock24=not self.clock12)[0][0]
        if minutes is None or entry.days is None:
            self.inquiry.ask("not_understood", entry.group.start, entry.group.end)
            return
        for night in entry.days.settle(self.inquiry):
            opening = datetime.combine(night, time()) + timedelta(minutes=minutes)
            for slot in list(self.by_night.get((entry.block.film or "", night), ())):
                if slot.starts < opening:
                    self._drop(slot)

    def _drop(self, slot: _Slot) -> None:
        if self.slots.pop((slot.film, slot.starts), None) is not None:
            self.by_night[slot.film, slot.night].remove(slot)

    def close(self, films: Iterable[str], dates: Iterable[date]) -> None:
        """No showings of these films on these dates (Conventions 1.5, 1.6)."""
        for film in films:
            for night in dates:
                for slot in list(self.by_night.get((film, night), ())):
                    self._drop(slot)

    def cancel(self, entry: Entry) -> None:
        """`la séance de lundi est annulée`: flagged where that day has none (Conventions 4.1)."""
        film = entry.block.film or ""
        dates = entry.days.settle(self.inquiry) if entry.days is not None else ()
        if any(self.by_night.get((film, night)) for night in dates):
            self.close([film], dates)
        elif entry.days is not None and not entry.days.problems:
            self.inquiry.ask("removes_nothing", entry.group.start, entry.group.end)

    def closing(self, closing: Closing, film: str | None, context: Days | None) -> None:
        """Closes one film, or the house where `film` is None."""
        days = closing.days or context
        if days is None:
            return
        films = [film] if film is not None else list({s.film for s in self.slots.values()})
        self.close(films, days.settle(self.inquiry))

    def instead(self, entry: Entry) -> None:
        """`except Sun 2 & 7`: Sunday's own times in place of the others (Conventions 1.5)."""
        dates = self._dates(entry, entry.group.end)
        self.close([entry.block.film or ""], dates)
        usual, group = self._usual(entry), entry.group
        if usual is None or group.only:
            self.add(entry)
            return
        choices = (Choice("The only times", "only"), Choice("These are off", "off"))
        answer = self.inquiry.ask("only_or_off", group.start, group.end, choices)
        if answer == "only":
            self.add(entry)
        elif answer == "off":
            gone = {(t.mark.hour % 12, t.mark.minute) for t in group.times}
            kept = [t for t in usual.group.times if (t.mark.hour % 12, t.mark.minute) not in gone]
            self.add(replace(entry, group=replace(group, times=kept, hints=set(usual.group.hints))))

    def _usual(self, entry: Entry) -> Entry | None:
        """The film's times just before, when all of an exception's times are among them."""
        before = entry.block.entries[: entry.block.entries.index(entry)]
        if not before:
            return None
        usual = {(t.mark.hour % 12, t.mark.minute) for t in before[-1].group.times}
        mine = {(t.mark.hour % 12, t.mark.minute) for t in entry.group.times}
        return before[-1] if mine < usual else None

    def _only(self, entry: Entry, dates: Sequence[date]) -> None:
        """`Wed 7:00 only` where Wednesday had more: the others are off, if 7:00 was one of them."""
        if entry.days is None or entry.days.daily or entry.days.ranged:
            return
        mine = {
            id(slot)
            for night in dates
            for at in entry.group.times
            for slot in self._fitting(entry.block.film or "", night, at)
        }
        others = [
            s
            for night in dates
            for s in self.by_night.get((entry.block.film or "", night), [])
            if id(s) not in mine and not s.singly
        ]
        if not others:
            return
        group = entry.group
        choices = (Choice("Only this time", "only"), Choice("This time as well", "also"))
        answer = self.inquiry.ask("only_or_also", group.start, group.end, choices)
        if answer != "also":
            for slot in others:
                self._drop(slot)

    # -- tags -------------------------------------------------------------------------------------------

    def tag_days(self, entry: Entry) -> None:
        """`Di OmeU`: all that day's shows of the film (Conventions 5)."""
        if entry.days is None:
            return
        for night in entry.days.settle(self.inquiry):
            tags = entry.group.tags | entry.days.tags.get(night, frozenset())
            for slot in self.by_night.get((entry.block.film or "", night), []):
                slot.tags |= tags

    def tag_known(self, entry: Entry) -> bool:
        """Tags existing showings that a sentence mentions; False if one of its times is not listed."""
        dates = entry.days.settle(self.inquiry) if entry.days is not None else self.calendar.domain
        film = entry.block.film or ""
        for at in entry.group.times:
            hits = [slot for night in dates for slot in self._fitting(film, night, at)]
            if not hits:
                return False
            for slot in hits:
                slot.tags |= at.tags | entry.group.tags
        return True

    def tag_films(self, films: Iterable[str], tags: Iterable[str]) -> None:
        """Tags all showings of these films."""
        wanted = set(films)
        for slot in self.slots.values():
            if slot.film in wanted:
                slot.tags |= set(tags)

    def showings(self) -> tuple[Showing, ...]:
        """What was scheduled, by start and film."""
        slots = sorted(self.slots.values(), key=lambda s: (s.starts, s.film))
        return tuple(
            Showing(s.film, s.starts, self._night(s), frozenset(s.tags), s.fold_ambiguous, s.span, "", s.fold)
            for s in slots
        )

    @staticmethod
    def _night(slot: _Slot) -> date:
        return (slot.starts - timedelta(minutes=NIGHT_ENDS)).date()


_LOOSE = (Choice("It is a showing", "keep"),)
_FOLDS = (Choice("The first time, before the clocks go back", "first"), Choice("The second time", "second"))
_TIME_CHOICES = {
    "am_or_pm": (Choice("Morning", "am"), Choice("Night", "pm")),
    "which_night": (Choice("Early that morning", "before"), Choice("Late that night", "after")),
}


def _sure(tags: set[str]) -> set[str]:
    """A title's tags; `(VF/VO)` names two versions and says of no showing which."""
    versions = {"dubbed", "subtitled"}
    return tags - versions if versions <= tags else tags


def first_minutes(told: str) -> int | None:
    """Minutes of the day of an answered "HH:MM"; None when it is no time."""
    try:
        given = time.fromisoformat(told.strip().zfill(5))
    except ValueError:
        return None
    minutes = given.hour * 60 + given.minute
    return minutes + DAY if minutes < NIGHT_ENDS else minutes
