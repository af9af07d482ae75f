"""The report of an evening: how many came, what was asked, what they said, what to do next.

Nothing in it names a participant: no pseudonym, no address. In a room of fewer than FEWEST phones there are counts
alone, for whoever was there would know who wrote what. What was meant for the organizer alone is counted, never quoted.
`compose` is pure; `facts_of` reads the room.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from interviews.guide_content import Content, prompts_of

from .erasing import counts_of
from .filmmaker import approved_of
from .folding import Fold, fold_words
from .models import Discussion, FilmmakerAnswer, Poll, Question, Response
from .namelessness import nameless
from .polls import Kind, tally
from .questions import votes_of

# Below this, who was there would know who wrote what.
FEWEST = 5
State = Question.State
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: how many phones wanted it asked, how many others stand under it, what became of it."""

    text: str
    votes: int
    alike: int
    state: str
    answer: str = ""
    answered_by: str = ""

    @property
    def became(self) -> str:
        """What became of it, in words."""
        return str(State(self.state).label)


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll: how many phones answered; its choices with how many each, none where they are withheld."""

    question: str
    kind: str
    phones: int
    options: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Prompted:
    """A prompt with what was answered to it: how many in all, of which so many for the organizer alone."""

    uuid: str
    question: str
    count: int
    unshared: int = 0
    texts: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[Fold, ...]:
        return fold_words(self.texts)


@dataclass(frozen=True, slots=True)
class NextAct:
    """Something to do, from the guide."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`withheld` says in a sentence why there are no words; `""` where there are."""

    title: str
    film: str
    place: str
    day: dt.date | None
    people: int
    counts: Mapping[str, int]
    asked: tuple[Asked, ...]
    polls: tuple[Polled, ...]
    prompts: tuple[Prompted, ...]
    actions: tuple[NextAct, ...]
    withheld: str = ""

    @property
    def answers(self) -> int:
        return sum(one.count for one in self.prompts)

    @property
    def words(self) -> tuple[Polled, ...]:
        """The words of the close."""
        return tuple(one for one in self.polls if one.kind == Kind.WORD)

    @property
    def choices(self) -> tuple[Polled, ...]:
        return tuple(one for one in self.polls if one.kind != Kind.WORD)


TOO_FEW = (
    f"Fewer than {FEWEST} phones were in the room: whoever was there would know who wrote what. "
    "So there are counts, and no words."
)
STAYS = "People were told that words stay in the room. So what leaves it has counts, and no words."
ERASED = "What phones wrote was erased on its day. The counts stay."


def compose(report: Report, *, leaving: bool, may_leave: bool) -> Report:
    """The report as it may be read: with its words; with counts alone where fewer than FEWEST phones were there, or
    where it is `leaving` the room (a file to hand on) and words may not."""
    if report.withheld:
        return without_words(report, report.withheld)
    if report.people < FEWEST:
        return without_words(report, TOO_FEW, with_choices=False)
    return without_words(report, STAYS) if leaving and not may_leave else report


def without_words(report: Report, why: str, *, with_choices: bool = True) -> Report:
    """Counts alone; also how polls were answered is left out where a handful could be told apart by it."""
    polls = (
        one if with_choices and one.kind != Kind.WORD else replace(one, options=()) for one in report.polls
    )
    prompts = tuple(replace(one, texts=()) for one in report.prompts)
    return replace(report, asked=(), polls=tuple(polls), prompts=prompts, withheld=why)


def as_json(report: Report) -> dict[str, Any]:
    """`{"schema": 1, …}`: the report's own fields; of each prompt `said`, folded: `[{"text", "count", "others"}]`."""
    plain = asdict(report)
    plain["day"] = report.day.isoformat() if report.day else None
    plain["polls"] = [
        {**asdict(one), "options": [{"text": text, "phones": phones} for text, phones in one.options]}
        for one in report.polls
    ]
    plain["prompts"] = [
        {"uuid": one.uuid, "question": one.question, "count": one.count, "unshared": one.unshared}
        | {"said": [_fold_json(each) for each in one.said]}
        for one in report.prompts
    ]
    return {"schema": SCHEMA, **plain}


def _fold_json(fold: Fold) -> dict[str, Any]:
    others = [{"text": one.text, "count": one.count} for one in fold.others]
    return {"text": fold.first.text, "count": fold.count, "others": others}


HEADER = ("part", "about", "text", "count", "state", "answer")
Row = tuple[str, str, str, int, str, str]


def as_rows(report: Report) -> list[Row]:
    """The report as one table (HEADER); a cell that a spreadsheet would take for a formula begins with an apostrophe
    (OWASP, CSV injection)."""
    rows: list[Row] = [("people", "", "", report.people, "", "")]
    rows += [("count", name, "", number, "", "") for name, number in report.counts.items()]
    rows += [("question", "", one.text, one.votes, one.became, one.answer) for one in report.asked]
    for poll in report.polls:
        part = "word" if poll.kind == Kind.WORD else "poll"
        rows.append((part, poll.question, "", poll.phones, "", ""))
        rows += [(part, poll.question, text, phones, "", "") for text, phones in poll.options]
    for prompt in report.prompts:
        rows.append(("prompt", prompt.question, "", prompt.count, "", ""))
        wordings = (each for fold in prompt.said for each in (fold.first, *fold.others))
        rows += [("answer", prompt.question, each.text, each.count, "", "") for each in wordings]
    rows += [("next", "", one.text, 0, "", one.url) for one in report.actions]
    return [(*map(_plain, row[:3]), row[3], row[4], _plain(row[5])) for row in rows]  # type: ignore[misc]


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


# --- from the room -------------------------------------------------------------------------------------------
def report_of(room: Discussion, *, leaving: bool, may_leave: bool) -> Report:
    """The report of a room, to be read in it or (`leaving`) taken away."""
    whole = _from_counts(room) if room.erased_at else _from_words(room)
    return compose(whole, leaving=leaving, may_leave=may_leave)


def _about(room: Discussion, counts: Mapping[str, Any]) -> dict[str, Any]:
    showing, content = room.screening, room.guide_version.content
    return {
        "title": room.title,
        "film": content["film"]["title"],
        "place": f"{showing.theater}, {showing.theater.city.name}" if showing else "",
        "day": showing.night if showing else (room.lights_up_at or room.opened_at).date(),
        "people": counts["people"],
        "counts": {name: counts[name] for name in ("questions", "answered", "sent_on", "votes")},
        "actions": tuple(actions_of(content)),
    }


def actions_of(content: Content) -> list[NextAct]:
    """What the guide says can be done: its actions, and its prompts that lead to acting."""
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    acts = [NextAct(block["text"], block["url"]) for block in blocks if block["kind"] == "action"]
    return acts + [NextAct(block["question"]) for block in blocks if block.get("moment") == "action"]


def _from_counts(room: Discussion) -> Report:
    kept = room.counts
    polls = (
        Polled(one["question"], one["kind"], one["phones"], tuple((text, n) for text, n in one["options"]))
        for one in kept["polls"]
    )
    prompts = (
        Prompted(prompt["uuid"], prompt["question"], count)
        for prompt in prompts_of(room.guide_version.content)
        if (count := kept["answers"].get(prompt["uuid"], 0))
    )
    whole = Report(asked=(), polls=tuple(polls), prompts=tuple(prompts), **_about(room, kept))
    few = whole.people < FEWEST
    return without_words(whole, ERASED, with_choices=not few)


def _from_words(room: Discussion) -> Report:
    clear = nameless(room.participants.values_list("pseudonym", flat=True))
    return Report(
        asked=tuple(replace(one, text=clear(one.text)) for one in asked_in(room)),
        polls=tuple(
            _polled(poll, clear) for poll in room.polls.filter(opened_at__isnull=False).order_by("id")
        ),
        prompts=_prompted(room, clear),
        **_about(room, counts_of(room)),
    )


def asked_in(room: Discussion) -> list[Asked]:
    """The room's questions as they ended: answered first, then by how many wanted them asked. Three queries."""
    votes, answers, rows = votes_of(room), approved_of(room), list(room.questions.order_by("id"))
    below = Counter(row.grouped_under_id for row in rows)
    seen = (row for row in rows if row.published_at and not row.hidden_at and not row.grouped_under_id)
    asked = [
        Asked(row.text, votes.get(row.pk, 0), below[row.pk], row.state, *_answer(answers.get(row.pk)))
        for row in seen
    ]
    return sorted(asked, key=lambda one: (one.state != State.ANSWERED, -one.votes))


def _answer(wording: FilmmakerAnswer | None) -> tuple[str, str]:
    if wording is None:
        return "", ""
    return wording.text, wording.link.name if wording.link else ""


def _polled(poll: Poll, clear: Any) -> Polled:
    answers = list(poll.answers.filter(hidden_at=None).order_by("id").values_list("choices", flat=True))
    results = tally(poll.kind, poll.options, answers)
    options = tuple((clear(row.text), row.phones) for row in results.rows)
    return Polled(poll.question, poll.kind, results.phones, options)


def _prompted(room: Discussion, clear: Any) -> tuple[Prompted, ...]:
    """The guide's prompts that were answered, in its order. One query."""
    sent = list(room.responses.order_by("id"))
    found = []
    for prompt in prompts_of(room.guide_version.content):
        mine = [one for one in sent if str(one.prompt_uuid) == prompt["uuid"]]
        shown = [one for one in mine if one.published_at and not one.hidden_at]
        shared = tuple(clear(one.text) for one in shown if one.audience == Response.Audience.ROOM)
        unshared = sum(one.audience == Response.Audience.ORGANIZER for one in mine)
        if mine:
            found.append(Prompted(prompt["uuid"], prompt["question"], len(mine), unshared, shared))
    return tuple(found)
