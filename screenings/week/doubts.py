"""What the reader will not guess: doubts, their choices, and the answers that people give."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from screenings.week.source import SourceText

SKIP = "skip"
"""The answer that leaves the doubtful piece out of the week."""


@dataclass(frozen=True)
class Choice:
    """One way to settle a doubt: `label` is read by people, `value` is the answer that chooses it."""

    label: str
    value: str


@dataclass(frozen=True)
class Doubt:
    """A span of the raw text that was not scheduled as it stands, and how it can be settled.

    `start` and `end` are code points of the raw text and never run over a line break. `reason` is one of
    REASONS and never changes its meaning. `key` stays the same when the same text is read again.
    `takes` says what else may be answered than a choice's value: nothing (""), "dates" (ISO dates joined
    by commas), "times" (HH:MM joined by commas) or "title" ("alias:<known title>" or "create:<title>").
    """

    start: int
    end: int
    text: str
    reason: str
    message: str
    choices: tuple[Choice, ...]
    key: str
    takes: str = ""


REASONS: Mapping[str, str] = {
    "am_or_pm": "“{text}” could be morning or night.",
    "which_night": "“{text}” could be the night before or the night after.",
    "impossible_time": "“{text}” is not a time.",
    "either_time": "“{text}” names more than one time.",
    "no_time": "“{text}” has no hour.",
    "weekday_and_date": "“{text}”: the weekday and the date do not agree.",
    "impossible_date": "“{text}” is not a date.",
    "date_before_week": "“{text}” is before this week.",
    "outside_range": "“{text}” is outside the dates given above it.",
    "which_days": "“{text}” could mean different days.",
    "range_over_edge": "“{text}” runs over the edge of the play week.",
    "clocks_skip": "This hour does not exist: the clocks go forward over “{text}”.",
    "clocks_repeat": "“{text}” happens twice: the clocks go back.",
    "unknown_film": "“{text}” is not one of your films.",
    "which_film": "“{text}” could be more than one of your films.",
    "no_film": "“{text}” stands under no film.",
    "removes_nothing": "“{text}” takes away a showing that is not listed.",
    "only_or_off": "“{text}”: are these the day's only times, or the ones that are off?",
    "only_or_also": "“{text}”: is the day's other showing off?",
    "not_understood": "“{text}” was not understood.",
}
"""Stable reason codes and the sentence that people read."""


@dataclass
class Inquiry:
    """Collects doubts while a text is read, and knows the answers already given."""

    source: SourceText
    answers: Mapping[str, str]
    doubts: list[Doubt] = field(default_factory=list)
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    _asked: dict[tuple[str, int, int], str | None] = field(default_factory=dict)

    def ask(
        self, reason: str, start: int, end: int, choices: tuple[Choice, ...] = (), takes: str = ""
    ) -> str | None:
        """The answer given for this plain span, or None after noting the doubt.

        Asking the same question of the same span again changes nothing.
        """
        start, end = self._within_line(start, end)
        asked = (reason, start, end)
        if asked not in self._asked:
            self._asked[asked] = self._put(reason, start, end, choices, takes)
        return self._asked[asked]

    def _put(self, reason: str, start: int, end: int, choices: tuple[Choice, ...], takes: str) -> str | None:
        raw_start, raw_end = self.source.raw_span(start, end)
        text = self.source.raw[raw_start:raw_end]
        key = self._key(reason, text, start)
        choices = (*choices, Choice("Leave it out", SKIP))
        answer = self.answers.get(key)
        if answer is not None and (takes or answer in {choice.value for choice in choices}):
            return answer
        message = REASONS[reason].format(text=" ".join(text.split()))
        self.doubts.append(Doubt(raw_start, raw_end, text, reason, message, choices, key, takes))
        return None

    def _within_line(self, start: int, end: int) -> tuple[int, int]:
        cut = self.source.text.find("\n", start, end)
        return (start, end) if cut < 0 else (start, cut)

    def _key(self, reason: str, text: str, start: int) -> str:
        text_around = self.source.text
        line_start = max(text_around.rfind("\n", max(0, start - 200), start) + 1, start - 200, 0)
        line_end = text_around.find("\n", start, start + 200)
        line = text_around[line_start : line_end if line_end >= 0 else start + 200]
        about = f"{text}\n{' '.join(line.split())}"
        self._seen[reason, about] += 1
        told = f"{reason}\n{about}\n{self._seen[reason, about]}"
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
