"""What one clause of a listing says: times on days, the first and last day, showings without an hour, closed days."""

from dataclasses import dataclass, field

from screenings.week.days import Days
from screenings.week.lexer import TimeMark


@dataclass
class TimeAt:
    """A time where it stands: the mark, its tags, the days it is restricted to, whether in brackets."""

    mark: TimeMark
    start: int
    end: int
    tags: set[str] = field(default_factory=set)
    days: Days | None = None
    bracketed: bool = False
    either: bool = False
    excluded: Days | None = None
    loose: bool = False
    signs: str = ""


@dataclass
class Group:
    """Times on days, as a clause says them. `days` is None where the clause names none."""

    action: str
    days: Days | None
    times: list[TimeAt]
    start: int
    end: int
    tags: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)
    only: bool = False
    noisy: bool = False


@dataclass
class Window:
    """`opens Wednesday`, `through Sunday`: the film's first or last day."""

    days: Days
    opens: bool


@dataclass
class Vague:
    """A showing announced without an hour: `time TBA`, `Thu morning`, `at dusk` (Conventions 2.7)."""

    start: int
    end: int
    days: Days | None = None


@dataclass
class Closing:
    """No showings on these days (Conventions 1.6). `relache`: said of the film, not of the house."""

    days: Days | None
    relache: bool


@dataclass
class Reading:
    """All that one clause says."""

    groups: list[Group] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    vague: list[Vague] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    loose_days: list[Days] = field(default_factory=list)
    limit: Days | None = None
    all_shows: bool = False
    text_words: int = 0
