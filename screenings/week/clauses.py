"""One clause of a listing: which times belong to which days, and what the words around them ask for.

A clause is what stands between strong separators (a semicolon, a full stop, a bar, the end of a line).
Conventions 1.3 to 1.8, 2.7, 2.8, 4.1, 4.2 and the scopes of section 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from screenings.week.days import Days
from screenings.week.lexer import TimeMark
from screenings.week.nodes import FOOTNOTE_SIGNS, Node, is_days_bracket, is_times_bracket, names_days_oddly
from screenings.week.pairing import Unit, pair
from screenings.week.readings import Closing, Group, Reading, TimeAt, Vague, Window
from screenings.week.vocabulary import Vocabulary

_IN_SIGHT = 24
"""How many pieces ahead a word looks for what it speaks of."""
_MORNING_ENDS = TimeMark(12, word="noon")
_MATINEES_END = TimeMark(5, meridiem="p")


class ClauseReader:
    """Reads one clause, for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def read(
        self,
        nodes: Sequence[Node],
        *,
        after_title: bool,
        brackets_govern: bool = False,
        has_default: bool = False,
        marks: Mapping[str, str] = MappingProxyType({}),
    ) -> Reading:
        """What the clause says.

        `after_title` is true where nothing but a title stands before it; `brackets_govern` where every
        clause of the line ends with its days in brackets; `has_default` where a heading gives a time to
        all dates. `marks` are the signs that a legend explains (`* open captioned`).
        """
        run = _ClauseRun(self.vocabulary, list(nodes), after_title)
        run.brackets_govern, run.has_default, run.marks = brackets_govern, has_default, marks
        return run.run()


class _ClauseRun:
    def __init__(self, vocabulary: Vocabulary, nodes: list[Node], after_title: bool) -> None:
        self.vocabulary = vocabulary
        self.nodes = nodes
        self.after_title = after_title
        self.out = Reading()
        self.units: list[Unit] = []
        self.hints: set[str] = set()
        self.leading: set[str] = set()
        self.labels_lead = self.day_leads = self.late_is_here = False
        self.sign = ""
        self.new_list = False
        self.either = False
        self.also = False
        self.is_nested = False
        self.brackets_govern = False
        self.has_default = False
        self.marks: Mapping[str, str] = MappingProxyType({})
        self.before_time: Node | None = None
        self.has_money = any(n.kind == "O" and any(c in n.item.low for c in "$£€") for n in nodes if n.item)
        self.has_days = any(n.kind == "D" for n in nodes)
        self.has_times = any(n.kind == "T" or is_times_bracket(n) for n in nodes)
        self.is_prose = any(n.means("PROSE") for n in nodes)
        self.text_begins = next(
            (n.end for n in nodes if n.kind == "X" and n.item and len(n.item.low) > 1), None
        )

    def run(self) -> Reading:
        k = 0
        while k < len(self.nodes):
            k = self._take(k)
        self._flush()
        return self.out

    # -- one node ---------------------------------------------------------------------------------------

    def _take(self, k: int) -> int:
        node = self.nodes[k]
        if node.kind == "S":
            self._take_sign(node)
            return k + 1
        if node.kind == "N":
            self._take_bracket(k)
            return k + 1
        if node.kind == "D":
            return self._take_days(k)
        if node.kind == "T":
            self._take_loose_or_time(k)
            return k + 1
        if node.kind == "W":
            return self._take_word(k)
        if node.kind == "O" and self._is_stray_number(k):
            self.out.groups.append(Group("unclear", None, [], node.start, node.end))
        if node.kind == "X":
            self.out.text_words += 1
            if len(node.item.low) > 1:  # type: ignore[union-attr]
                self.sign = self.sign or " "
        return k + 1

    def _is_stray_number(self, k: int) -> bool:
        """A bare number between days or times and a time, neither hour nor date: it may be either."""
        item = self.nodes[k].item
        if item is None or item.kind != "NUM":
            return False
        before = next((n for n in reversed(self.nodes[max(0, k - 2) : k]) if n.kind != "S"), None)
        behind = next((n for n in self.nodes[k + 1 : k + 3] if n.kind != "S"), None)
        return before is not None and behind is not None and before.kind in ("D", "T") and behind.kind == "T"

    def _take_sign(self, node: Node) -> None:
        if node.sign in FOOTNOTE_SIGNS and self.units and self.units[-1].kind == "T" and not node.gap:
            self.units[-1].times[-1].signs += node.sign
        if node.sign in (",", ":", "-", "/", "\t", "+"):
            strength = {",": ",", ":": ":", "-": "-", "/": "/", "\t": ",", "+": "+"}[node.sign]
            self.sign = ":" if self.sign == ":" else strength

    def _take_days(self, k: int) -> int:
        node = self.nodes[k]
        days = node.days
        assert days is not None
        if self.day_leads:
            self.leading.clear()
            self.labels_lead = self.day_leads = False
        if self.late_is_here:
            self.hints.discard("late")
        unit = Unit("D", node.start, node.end, days=days, before=self.sign)
        if days.daily and node.means("NIGHTLY"):
            unit.hints.add("pm")
        if days.daily and self._is_repeated(k):
            self.units[-1].hints |= unit.hints
            self.new_list = True
            return k + 1
        self.units.append(unit)
        self.sign = ""
        self.new_list = True
        return k + 1

    def _is_repeated(self, k: int) -> bool:
        """`Fri to Thurs 6.20 & 8.40 nightly`: the every-day word behind times that have their days."""
        kinds = "".join(u.kind for u in self.units)
        if not kinds.endswith("DT") or kinds[0] == "T":
            return False
        following = next((n for n in self.nodes[k + 1 : k + _IN_SIGHT] if n.kind in ("D", "T")), None)
        return following is None or following.kind == "D"

    def _take_loose_or_time(self, k: int) -> None:
        """A time behind `from` or behind an unknown word of a list may be no showing: it is asked about."""
        before = self.nodes[k - 1] if k else None
        node = self.nodes[k]
        if self._marks_late(k):
            self.new_list = True
            self._hint("late")
            return
        if self.has_money and not self.after_title and not self.has_days:
            return
        assert node.time is not None
        if (
            before is not None
            and before.kind == "W"
            and before.means("FROM", "RANGE")
            and not before.means("AT")
        ):
            node.time.loose = True
        if (
            before is not None
            and before.kind == "X"
            and self.units
            and self.units[-1].kind == "T"
            and self.sign
        ):
            node.time.loose = True
        self._take_time(node)

    def _marks_late(self, k: int) -> bool:
        """`trasnoche sábado 0:30`: with an hour behind it the word is no time of its own (3.1, 3.2)."""
        item = self.nodes[k].item
        if item is None or not item.low.startswith("trasnoche"):
            return False
        return any(n.kind == "T" for n in self.nodes[k + 1 : k + _IN_SIGHT])

    def _take_time(self, node: Node, bracketed: bool = False) -> None:
        time = node.time
        assert time is not None
        time.bracketed = bracketed
        last = self.units[-1] if self.units else None
        if last is None or last.kind != "T" or self.new_list:
            last = Unit("T", node.start, node.end, before=self.sign)
            self.units.append(last)
        time.tags |= {t for t in self.leading if t != "-"}
        last.times.append(time)
        last.hints |= self.hints | ({"also"} if self.also else set())
        self.also = False
        last.end = node.end
        if self.either and len(last.times) > 1:
            last.times[-2].either = time.either = True
        self.either = self.new_list = False
        self.sign = ""

    # -- words ------------------------------------------------------------------------------------------

    def _take_word(self, k: int) -> int:
        node = self.nodes[k]
        if node.means("TAG"):
            self._take_tag(k, node.tag)
            return k + 1
        for kind, act in _WORD_ACTS.items():
            if node.means(kind):
                moved = act(self, k)
                if moved is not None:
                    return moved
        return k + 1

    def _take_tag(self, k: int, tag: str, bracketed: bool = False) -> None:
        last = self.units[-1] if self.units else None
        following = self._next(k)
        leads = following is not None and (following.kind in ("D", "T") or is_times_bracket(following))
        colon = self._colon_follows(k)
        if last is None and self.after_title and not self._is_about_a_show(k):
            self.out.tags |= {tag} - {"-"}
        elif last is None:
            self._lead(tag, leads or colon)
        elif last.kind == "D":
            self._tag_days(last, tag, leads and following is not None and following.kind != "D")
        elif (
            leads
            and not bracketed
            and (
                self.labels_lead
                or colon
                or (self.sign in (",", "-") and following is not None and following.kind == "D")
            )
        ):
            self._lead(tag, True)
            self.labels_lead = following is not None and following.kind == "T"
        else:
            self._tag_times(last, tag, bracketed)

    def _is_about_a_show(self, k: int) -> bool:
        """`Q&A after the 7:10 show Friday`: the tag is that showing's, not the film's."""
        following = self.nodes[k + 1 :]
        at = next((i for i, n in enumerate(following) if n.kind in ("D", "T")), None)
        return at is not None and any(n.means("BEFORE") for n in following[max(0, at - 2) : at])

    def _colon_follows(self, k: int) -> bool:
        """`Parent & Baby:`, `HoH screening:`: the tag is a label for what follows."""
        for node in self.nodes[k + 1 : k + 4]:
            if node.sign == ":":
                return True
            if node.kind not in ("X", "W") or node.means("TAG"):
                return False
        return False

    def _lead(self, tag: str, leads: bool) -> None:
        if self.labels_lead or any(u.kind == "T" for u in self.units):
            self.leading.clear()
        self.leading.add(tag)
        self.new_list = self.new_list or leads

    def _tag_days(self, unit: Unit, tag: str, times_follow: bool) -> None:
        if times_follow:
            if self.labels_lead:
                self.leading.clear()
            self.leading.add(tag)
            self.labels_lead = self.day_leads = True
        else:
            unit.tags.add(tag)

    def _tag_times(self, unit: Unit, tag: str, bracketed: bool) -> None:
        """Straight after a time: that time; after a dash: the whole list (Conventions 5)."""
        if tag == "-":
            return
        whole = self.sign == "-" and not bracketed and tag != "sold_out"
        for time in unit.times if whole else unit.times[-1:]:
            time.tags.add(tag)

    def _next(self, k: int) -> Node | None:
        for node in self.nodes[k + 1 : k + _IN_SIGHT]:
            if node.kind == "S" and node.sign in (":", "-", "", '"'):
                continue
            if node.kind == "W" and node.means("AT", "SHOW", "AND", "TAG") and not node.means("NONSHOW"):
                continue
            if node.kind == "S" and node.sign == ",":
                return None
            return node
        return None

    def _hint(self, hint: str) -> None:
        last = self.units[-1] if self.units else None
        if not self.has_times:
            return
        self.hints.add(hint)
        if hint == "late":
            self.late_is_here = last is not None and last.kind == "D"
        if last is not None and self.sign == "":
            last.hints.add(hint)

    def _on_night(self, k: int) -> None:
        self._hint("late")

    def _on_late(self, k: int) -> int | None:
        node = self.nodes[k]
        if not self.has_times and self._says_midnight(node) and (self.has_days or self.after_title):
            time = TimeAt(TimeMark(12, word="midnight"), node.start, node.end)
            self._take_time(Node("T", node.start, node.end, time=time))
            return k + 1
        self.new_list = True
        self._hint("late")
        return k + 1

    def _says_midnight(self, node: Node) -> bool:
        low = node.item.low if node.item else ""
        return low in ("midnight", "medianoche", "trasnoche", "minuit", "mitternacht")

    def _on_am(self, k: int) -> None:
        if self.sign in (",", "-", ":") or (self.units and self.units[-1].kind == "T"):
            self.new_list = True
        self._hint("am")

    def _on_matinee(self, k: int) -> None:
        previous = self.units[-1] if self.units else None
        if previous is None or previous.kind == "D" or self.sign:
            self.new_list = True
        self._hint("am")

    def _on_part_of_day(self, k: int) -> int | None:
        node = self.nodes[k]
        if self.has_times:
            self._hint("am" if node.means("MORNING") else "pm")
            return k + 1
        return self._vague(k)

    def _on_tba(self, k: int) -> int:
        return self._vague(k)

    def _vague(self, k: int) -> int:
        node = self.nodes[k]
        if node.means("MORNING", "EVENING") and not (self.units or self._days_ahead(k)):
            return k + 1
        start, end = node.start, node.end
        days = None
        if self.units and self.units[-1].kind == "D":
            unit = self.units.pop()
            start, days = unit.start, unit.days
        for following in self.nodes[k + 1 : k + _IN_SIGHT]:
            if following.means("TBA"):
                end = following.end
        self.out.vague.append(Vague(start, end, days))
        return k + 1

    def _days_ahead(self, k: int) -> bool:
        return any(n.kind == "D" for n in self.nodes[k + 1 : k + 4])

    def _on_no(self, k: int) -> int:
        """Conventions 4.1: what follows is taken away; nothing but days: no showing of the film then."""
        return self._removal(k, k + 1)

    def _removal(self, first: int, k: int) -> int:
        days: Days | None = None
        times: list[TimeAt] = []
        action = "remove"
        end = self.nodes[first].end
        while k < len(self.nodes):
            node = self.nodes[k]
            if node.kind == "D":
                if days is not None:
                    break
                days = node.days
            elif node.kind == "T" and node.time is not None:
                if days is not None and times:
                    break
                times.append(node.time)
            elif node.kind == "N" and days is None and is_days_bracket(node):
                days = next(n.days for n in node.inner if n.kind == "D")
            elif node.means("BEFORE") and not times:
                action = "remove_before"
            elif node.means("MORNING", "MATINEE") and not times:
                action, end = "remove_before", node.end
                times.append(
                    TimeAt(_MORNING_ENDS if node.means("MORNING") else _MATINEES_END, node.start, node.end)
                )
            elif node.means("EVENING", "LATE", "NIGHT") and not times:
                action, end = "unclear", node.end
            elif node.kind == "W" and node.means("ALSO", "CLOSED", "NO", "EXCEPT"):
                break
            elif node.kind == "X" and not times and days is None and k > first + 2:
                return k
            if node.kind in ("D", "T", "N") or node.means("SHOW", "MATINEE"):
                end = node.end
            k += 1
        self._remove(days, times, self.nodes[first].start, end, action)
        return k

    def _remove(
        self, days: Days | None, times: list[TimeAt], start: int, end: int, action: str = "remove"
    ) -> None:
        if days is None and self.units and self.units[-1].kind == "D":
            unit = self.units[-1]
            days = unit.days
            self.units.pop()
            start = unit.start
        elif days is None and times:
            days = next((u.days for u in reversed(self.units) if u.kind == "D"), None)
        if days is None and not times and action == "remove":
            return
        self.out.groups.append(
            Group(action if times or action == "unclear" else "close", days, times, start, end)
        )

    def _on_except(self, k: int) -> int | None:
        """Conventions 1.5: days taken out; with times of their own, they get those instead."""
        at = next(
            (
                i
                for i in range(k + 1, min(len(self.nodes), k + _IN_SIGHT))
                if self.nodes[i].kind in ("D", "T", "N")
            ),
            None,
        )
        if at is None:
            return k + 1
        following = self.nodes[at]
        if following.kind == "T":
            return self._removal(k, k + 1)
        if following.kind != "D":
            return k + 1
        if self._says_no(at + 1):
            return self._except_for_times(k, at)
        group = Group("close", following.days, [], self.nodes[k].start, following.end)
        self.out.groups.append(group)
        if self.is_nested or any(u.kind == "T" for u in self.units):
            return self._own_times(at, group)
        return at + 1

    def _says_no(self, k: int) -> bool:
        behind = [n for n in self.nodes[k : k + 3] if n.kind != "S"]
        return bool(behind) and behind[0].means("NO")

    def _except_for_times(self, k: int, at: int) -> int:
        """`daily 5, 7, except Tuesday: no 7:00`: that day loses only the times named."""
        times: list[TimeAt] = []
        last = at
        for n, node in enumerate(self.nodes[at + 1 : at + _IN_SIGHT], start=at + 1):
            if node.kind == "D":
                break
            if node.kind == "T" and node.time is not None:
                times.append(node.time)
                last = n
        self._remove(self.nodes[at].days, times, self.nodes[k].start, self.nodes[last].end)
        return last + 1

    def _own_times(self, at: int, group: Group) -> int:
        times: list[TimeAt] = []
        k = at + 1
        while k < len(self.nodes):
            node = self.nodes[k]
            if node.kind == "T" and node.time is not None:
                times.append(node.time)
            elif node.kind == "N" and not times:
                times.extend(n.time for n in node.inner if n.time is not None)
            elif node.kind == "D" or node.means("ALSO", "NO", "EXCEPT"):
                break
            k += 1
        if times:
            group.action = "instead"
            group.times, group.end = times, times[-1].end
        return k

    def _on_cancelled(self, k: int) -> int | None:
        if not self.units:
            return self._all_cancelled(k)
        kept = self._kept_by_cancelling()
        gone = self.units[kept:]
        times = [t for u in gone if u.kind == "T" for t in u.times]
        days = next((u.days for u in gone if u.kind == "D"), None)
        start = gone[0].start if kept else min(gone[0].start, self.nodes[0].start)
        del self.units[kept:]
        self.out.groups.append(Group("remove" if times else "cancel", days, times, start, self.nodes[k].end))
        return k + 1

    def _on_changed(self, k: int) -> int:
        """`Sat 7:00 moves to 8:00`: what holds in the end is asked, and nothing of the clause is scheduled."""
        if not self.has_times:
            return k + 1
        self.units.clear()
        self.out.groups.append(Group("unclear", None, [], self.nodes[0].start, self.nodes[-1].end))
        return len(self.nodes)

    def _all_cancelled(self, k: int) -> int:
        """`All shows cancelled Saturday`: nothing is shown on the days that follow (Conventions 1.6)."""
        at = next((i for i in range(k + 1, min(len(self.nodes), k + 5)) if self.nodes[i].kind == "D"), None)
        if at is None or self.has_times:
            return k + 1
        self.out.closings.append(Closing(self.nodes[at].days, False))
        return at + 1

    def _kept_by_cancelling(self) -> int:
        """How many units stand before what is cancelled: the last days and their times (Conventions 4.1)."""
        last = max((k for k, u in enumerate(self.units) if u.kind == "D"), default=0)
        return 0 if last == 1 and self.units[0].kind == "T" and len(self.units) == 2 else last

    def _on_closed(self, k: int) -> int | None:
        part = self._part_of_day_closed(k)
        if part:
            self.out.groups.append(Group("unclear", None, [], self.nodes[k].start, self.nodes[part].end))
            return part + 1
        relache = self.nodes[k].means("RELACHE")
        named = self._named_behind(k)
        if named:
            self.out.closings.append(Closing(self.nodes[named].days, relache))
            return named + 1
        if self.units and self.units[-1].kind == "D":
            self.out.closings.append(Closing(self.units.pop().days, relache))
            return k + 1
        for at in range(k + 1, min(len(self.nodes), k + 4)):
            if self.nodes[at].kind == "D":
                self.out.closings.append(Closing(self.nodes[at].days, relache))
                return at + 1
        if not self.units:
            self.out.closings.append(Closing(None, relache))
        return k + 1

    def _named_behind(self, k: int) -> int:
        """`open Saturday and dark on Sunday`: the place of the days that a little word joins to it, else 0."""
        if k == 0 or self.nodes[k - 1].kind == "D":
            return 0
        kinds = [n.kind for n in self.nodes[k + 1 : k + 3]]
        return k + 1 if kinds[:1] == ["D"] else k + 2 if kinds == ["W", "D"] else 0

    def _part_of_day_closed(self, k: int) -> int:
        """`closed at 6 pm on Sunday`, `closed Monday night`: where the doubt ends, 0 if days are closed."""
        following = self.nodes[k + 1 : k + 6]
        at = next((i for i, n in enumerate(following) if n.kind in ("D", "T", "S", "N")), None)
        if at is None or following[at].kind in ("S", "N") or (following[at].kind == "T" and at == 0):
            return 0
        words = following[at + 1 : at + 2]
        if following[at].kind == "D" and not any(n.means("EVENING", "MORNING", "NIGHT") for n in words):
            return 0
        return k + 1 + at + (following[at].kind == "D")

    def _on_opens(self, k: int) -> int | None:
        return self._window(k, opens=True)

    def _on_ends(self, k: int) -> int | None:
        return self._window(k, opens=False)

    def _on_until(self, k: int) -> int | None:
        item = self.nodes[k].item
        sense = item.sense("RANGE") if item is not None else None
        if sense is not None and sense.value == "until":
            return self._window(k, opens=False) or k + 1
        return None

    def _window(self, k: int, *, opens: bool) -> int | None:
        at = k + 1
        while (
            at < len(self.nodes)
            and at - k < 4
            and (
                self.nodes[at].kind in ("X",)
                or self.nodes[at].sign in (":", "-", ",")
                or self.nodes[at].means("LABEL", "AT", "SHOW", "FROM", "RANGE", "ENDS", "ONLY")
            )
        ):
            at += 1
        if at >= len(self.nodes) or self.nodes[at].kind != "D":
            return None
        days = self.nodes[at].days
        assert days is not None
        if days.daily or days.ranged or (opens and self._one_showing(k, at)):
            return None
        self.out.windows.append(Window(days, opens))
        return at + 1

    def _one_showing(self, k: int, at: int) -> bool:
        """`starts Friday at 6:30` is one showing; `opens Wednesday, 5:00 7:00` is a run (1.7)."""
        if self.nodes[k].means("FROM") and not self.nodes[k].means("OPENS"):
            return False
        following = self.nodes[at + 1 : at + 3]
        return bool(following) and (
            following[0].kind == "T"
            or (following[0].means("AT") and len(following) > 1 and following[1].kind == "T")
        )

    def _on_only(self, k: int) -> None:
        if self.units:
            self.units[-1].only = True

    def _on_also(self, k: int) -> None:
        if self.units and self.units[-1].kind == "T":
            self.new_list = True
        self.also = True

    def _on_plus(self, k: int) -> None:
        """`daily, plus 10:20 Fri/Sat`: goes on from the times before, unlike a plain "and"."""
        item = self.nodes[k].item
        if self.units and item is not None and item.low == "plus":
            self._on_also(k)

    def _on_or(self, k: int) -> None:
        self.either = bool(self.units) and self.units[-1].kind == "T"

    def _on_nonshow(self, k: int) -> int | None:
        """Conventions 2.8: doors, gates, the bar: the time that follows is no showing."""
        at = k + 1
        while at < len(self.nodes) and self.nodes[at].kind != "T":
            if (
                (self.nodes[at].kind == "D" and at > k + 2)
                or self.nodes[at].means("SHOW")
                or self.nodes[at].sign == ","
            ):
                return k + 1
            at += 1
        if at >= len(self.nodes):
            return k + 1
        while (
            at + 1 < len(self.nodes)
            and self.nodes[at + 1].sign == "-"
            and at + 2 < len(self.nodes)
            and self.nodes[at + 2].kind == "T"
        ):
            at += 2
        return at + 1

    def _on_before(self, k: int) -> int | None:
        at = next((i for i in range(k + 1, min(len(self.nodes), k + 4)) if self.nodes[i].kind == "T"), None)
        if at is None:
            return None
        shows_follow = any(n.means("SHOW") for n in self.nodes[at + 1 : at + 3])
        if shows_follow and not self.has_money:
            return k + 1
        return at + 1

    def _on_all_shows(self, k: int) -> None:
        self.out.all_shows = True

    # -- brackets ---------------------------------------------------------------------------------------

    def _take_bracket(self, k: int) -> None:
        node = self.nodes[k]
        inner = node.inner = self._without_running_time(node.inner)
        if is_times_bracket(node):
            self._bracket_times(k)
        elif self._takes_out_days(node):
            self._bracket_except(k)
        elif any(n.means("NO", "EXCEPT", "CANCELLED", "CLOSED", "RELACHE", "TBA") for n in inner):
            self._nested(node)
        elif is_days_bracket(node):
            self._bracket_days(node)
        elif any(n.kind == "T" for n in inner):
            self._nested(node)
        elif any(n.kind == "D" for n in inner) and any(n.tag for n in inner):
            self._bracket_tagged_day(node)
        elif names_days_oddly(inner):
            self._bracket_unknown(node)
        else:
            self._bracket_words(k)

    def _bracket_unknown(self, node: Node) -> None:
        """`7:00 (uhx Wed)`: what is said of the days is asked; the time before it is not bet on for them."""
        self.out.groups.append(Group("unclear", None, [], node.start, node.end))
        last = self.units[-1] if self.units else None
        if last is not None and last.kind == "T":
            last.times[-1].excluded = next((n.days for n in node.inner if n.kind == "D"), None)

    def _without_running_time(self, inner: list[Node]) -> list[Node]:
        """`(Espagne, 2h10, VOST)`: a running time among a film's particulars (Conventions 2.8)."""
        if any(u.kind == "T" for u in self.units) or any(n.kind == "D" for n in inner) or len(inner) < 2:
            return inner
        return [n for n in inner if n.time is None or not (n.time.mark.h_form and 1 <= n.time.mark.hour <= 4)]

    def _takes_out_days(self, node: Node) -> bool:
        """`(not Tue)`, `(except Mon)`: nothing but an exception of days."""
        words = [n for n in node.inner if n.kind not in ("D", "S")]
        return (
            sum(n.kind == "D" for n in node.inner) == 1 and len(words) == 1 and words[0].means("EXCEPT", "NO")
        )

    def _bracket_except(self, k: int) -> None:
        """In the middle of a list the exception is the time's before it; at its end the whole list's."""
        node = self.nodes[k]
        following = self._next(k)
        comma = (
            k + 1 < len(self.nodes)
            and self.nodes[k + 1].sign == ","
            and k + 2 < len(self.nodes)
            and self.nodes[k + 2].kind == "T"
        )
        last = self.units[-1] if self.units else None
        if (
            last is not None
            and last.kind == "T"
            and (
                any(t.excluded for t in last.times)
                or comma
                or (following is not None and following.kind == "T")
            )
        ):
            last.times[-1].excluded = next(n.days for n in node.inner if n.kind == "D")
        else:
            self._nested(node)

    def _bracket_times(self, k: int) -> None:
        node = self.nodes[k]
        times = [n for n in node.inner if n.kind == "T"]
        if self._is_running_time(times) or self._is_certificate(k, times):
            return
        last = self.units[-1] if self.units else None
        if (
            self.has_default
            and last is not None
            and last.kind == "D"
            and last.days is not None
            and len(last.days.dates) > 1
        ):
            self._own_time_of_last_day(last, times)
            return
        for time in times:
            self._take_time(time, bracketed=True)

    def _own_time_of_last_day(self, unit: Unit, times: list[Node]) -> None:
        """`jeudi 7 et samedi 9 (18h)` under a default time: 18h is Saturday's (Conventions 2.9)."""
        assert unit.days is not None
        own = replace(unit.days, dates=unit.days.dates[-1:], problems=[])
        unit.days.dates = unit.days.dates[:-1]
        found = [n.time for n in times if n.time is not None]
        self.out.groups.append(Group("add", own, found, unit.start, times[-1].end))

    def _is_running_time(self, times: list[Node]) -> bool:
        first = times[0].time
        assert first is not None
        return first.mark.h_form and 1 <= first.mark.hour <= 4 and not any(u.kind == "T" for u in self.units)

    def _is_certificate(self, k: int, times: list[Node]) -> bool:
        mark = times[0].time.mark if times[0].time else None
        if mark is None or not mark.bare or len(times) > 1:
            return False
        american = self.vocabulary.language == "en" and self.vocabulary.territory == "US"
        return not american or not any(
            n.kind == "T" or is_times_bracket(n) for n in self.nodes[k + 1 : k + _IN_SIGHT]
        )

    def _bracket_days(self, node: Node) -> None:
        days = next(n.days for n in node.inner if n.kind == "D")
        last = self.units[-1] if self.units else None
        if any(n.means("HOLIDAY") for n in node.inner) and any(u.kind == "D" for u in self.units):
            return
        if last is not None and last.kind == "T" and self.brackets_govern and len(self.units) == 1:
            self.units.append(Unit("D", node.start, node.end, days=days))
        elif last is not None and last.kind == "T" and last.times:
            last.times[-1].days = days
            last.end = node.end
        elif last is None or last.kind != "D":
            self.units.append(Unit("D", node.start, node.end, days=days, before=self.sign))
            self.new_list = True

    def _bracket_tagged_day(self, node: Node) -> None:
        """`2:00 7:00 (Sun OC)`: the time just before it, on that day."""
        days = next(n.days for n in node.inner if n.kind == "D")
        tags = {n.tag for n in node.inner if n.tag and n.tag != "-"}
        last = self.units[-1] if self.units else None
        if last is not None and last.kind == "T":
            again = TimeAt(last.times[-1].mark, last.times[-1].start, last.times[-1].end, set(tags), days)
            last.times.append(again)
        else:
            self.out.groups.append(Group("tag", days, [], node.start, node.end, tags))

    def _nested(self, node: Node) -> None:
        """A bracket with times or exceptions of its own is a clause about the group before it."""
        inner = _ClauseRun(self.vocabulary, node.inner, False)
        inner.is_nested = True
        reading = inner.run()
        days = next((u.days for u in reversed(self.units) if u.kind == "D"), None)
        for group in reading.groups:
            if group.days is None:
                group.days = days
            if group.only and group.action == "add" and days is not None and group.days is not days:
                group.action = "instead"
            self.out.groups.append(group)
        self.out.vague.extend(reading.vague)
        self.out.closings.extend(Closing(c.days or days, True) for c in reading.closings)
        self.out.windows.extend(reading.windows)

    def _bracket_words(self, k: int) -> None:
        for inner in self.nodes[k].inner:
            if inner.means("TAG"):
                self._take_tag(k, inner.tag, bracketed=True)
            elif inner.means("LATE", "NIGHT"):
                self._hint("late")
                if self.units:
                    self.units[-1].hints.add("late")
            elif inner.means("AM", "MATINEE", "MORNING") and self.units:
                self.units[-1].hints.add("am")
            elif inner.means("ENDS", "OPENS", "RANGE", "FROM"):
                self._nested(self.nodes[k])
                return

    # -- the end of the clause --------------------------------------------------------------------------

    def _flush(self) -> None:
        self._drop_running_times()
        times = any(u.kind == "T" for u in self.units)
        if self.out.all_shows and not times:
            self.out.tags |= self.leading
            self.leading = set()
        if not self.units:
            if not self.out.vague and not self.out.groups:
                self.out.tags |= {t for t in self.leading if t != "-"}
            return
        if not times:
            self._only_days()
            return
        self._restrict_by_only()
        if self._may_pair_both_ways():
            self.out.groups.append(Group("unclear", None, [], self.units[0].start, self.units[-1].end))
            return
        for days, units in pair(self.units):
            self._group(days, units)

    def _may_pair_both_ways(self) -> bool:
        """`6.30 Tue, Wed 9pm`: do the days in the middle share the second time, or has each its own?"""
        if "".join(u.kind for u in self.units) != "TDT":
            return False
        first, middle, last = self.units
        days = middle.days
        listed = days is not None and len(days.dates) == 2 and not days.ranged and not days.daily
        return (
            listed and middle.before == "" and last.before == "" and len(first.times) == 1 == len(last.times)
        )

    def _restrict_by_only(self) -> None:
        """`Daily 4:30, 7:00, 9:30 Fri & Sat only`: the closing days restrict the last time."""
        last = self.units[-1]
        kinds = "".join(u.kind for u in self.units)
        if last.kind == "D" and last.only and kinds.endswith("TD") and kinds.startswith("D"):
            self.units[-2].times[-1].days = last.days
            self.units.pop()

    def _drop_running_times(self) -> None:
        """`LE FILM 2h08`: hours 1 to 4 with minutes behind a French title are its running time (2.8)."""
        first = next((u for u in self.units if u.kind == "T"), None)
        if first is None or not self.after_title:
            return
        mark = first.times[0].mark
        if mark.h_form and 1 <= mark.hour <= 4 and self.units[0] is first:
            first.times.pop(0)
            if not first.times:
                self.units.remove(first)

    def _only_days(self) -> None:
        for unit in self.units:
            assert unit.days is not None
            tags = {t for t in unit.tags | self.leading if t != "-"}
            per_day = {t for found in unit.days.tags.values() for t in found}
            if tags or per_day:
                self.out.groups.append(Group("tag", unit.days, [], unit.start, unit.end, tags))
            unit.days.only |= unit.only
            self.out.loose_days.append(unit.days)

    def _group(self, days: Unit | None, units: list[Unit]) -> None:
        if not units:
            self._days_without_times(days)
            return
        times = [t for u in units for t in u.times]
        for time in times:
            if time.signs in self.marks:
                time.tags.add(self.marks[time.signs])
        hints = set().union(*(u.hints for u in units), days.hints if days else set())
        spans = [*units, *([days] if days else [])]
        tags = {t for t in (days.tags if days else set()) if t != "-"}
        group = Group(
            "add",
            days.days if days else None,
            times,
            min(u.start for u in spans),
            max(u.end for u in spans),
            tags,
            hints,
        )
        group.only = any(u.only for u in spans)
        group.noisy = self.out.text_words > 4 or self.is_prose
        if days is None and not self.after_title and self._text_before(times[0].start):
            group.noisy = True
        self.out.groups.append(group)

    def _text_before(self, start: int) -> bool:
        return self.text_begins is not None and self.text_begins <= start

    def _days_without_times(self, days: Unit | None) -> None:
        if days is None or days.days is None:
            return
        tags = {t for t in days.tags if t != "-"}
        if tags:
            self.out.groups.append(Group("tag", days.days, [], days.start, days.end, tags))
        elif days.days.ranged and days.days.dated:
            self.out.limit = days.days
        else:
            self.out.vague.append(Vague(days.start, days.end, days.days))


_WORD_ACTS = {
    "TBA": _ClauseRun._on_tba,
    "NO": _ClauseRun._on_no,
    "EXCEPT": _ClauseRun._on_except,
    "CANCELLED": _ClauseRun._on_cancelled,
    "CHANGED": _ClauseRun._on_changed,
    "CLOSED": _ClauseRun._on_closed,
    "RELACHE": _ClauseRun._on_closed,
    "NONSHOW": _ClauseRun._on_nonshow,
    "BEFORE": _ClauseRun._on_before,
    "ENDS": _ClauseRun._on_ends,
    "RANGE": _ClauseRun._on_until,
    "OPENS": _ClauseRun._on_opens,
    "FROM": _ClauseRun._on_opens,
    "LATE": _ClauseRun._on_late,
    "NIGHT": _ClauseRun._on_night,
    "MATINEE": _ClauseRun._on_matinee,
    "AM": _ClauseRun._on_am,
    "MORNING": _ClauseRun._on_part_of_day,
    "EVENING": _ClauseRun._on_part_of_day,
    "ONLY": _ClauseRun._on_only,
    "ALSO": _ClauseRun._on_also,
    "AND": _ClauseRun._on_plus,
    "OR": _ClauseRun._on_or,
    "ALLSHOWS": _ClauseRun._on_all_shows,
}
"""What a word does, in the order in which its senses are tried; the first that returns a place wins."""
