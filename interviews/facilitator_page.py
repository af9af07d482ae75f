"""The facilitator's edition of a frozen guide: all that attendees read, and tips, follow-ups and the run-sheet beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .guide_content import Content, prompts_of
from .guide_text import as_html
from .models import Prompt
from .reading_page import ReadingPage, Withdrawals, reading_page

_HELPS = (
    ("if_silent", "If the room is silent"),
    ("if_heated", "If it gets heated"),
    ("follow_up", "To ask next"),
    ("tip", "Tip"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the run-sheet: minutes from the lights, how long, what is asked."""

    starts: int
    minutes: int
    moment: str
    question: str
    number: int


@dataclass(frozen=True, slots=True)
class Help:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Aid:
    """What stands beside a question for who leads; `how_near` is said where it is not easy to answer."""

    how_near: str
    helps: tuple[Help, ...]


@dataclass(frozen=True, slots=True)
class FacilitatorPage:
    """`aids` by the number of a question, `tips` by the kind of a section."""

    page: ReadingPage
    steps: tuple[Step, ...]
    minutes: int
    aids: dict[int, Aid]
    tips: dict[str, tuple[SafeString, ...]]


def facilitator_page(content: Content, withdrawals: Withdrawals) -> FacilitatorPage:
    """What who leads a discussion reads: `withdrawals` as for attendees."""
    steps = tuple(run_sheet(content))
    tips = {
        section["kind"]: tuple(_tips(section, content["guide"]["dir"])) for section in content["sections"]
    }
    tipped = frozenset(kind for kind, given in tips.items() if given)
    return FacilitatorPage(
        page=reading_page(content, withdrawals, keeping=tipped),
        steps=steps,
        minutes=sum(step.minutes for step in steps),
        aids={number: _aid(prompt) for number, prompt in _numbered(content)},
        tips=tips,
    )


def run_sheet(content: Content) -> Iterator[Step]:
    """The questions after the film in the order of the guide, each with the minute at which it begins."""
    at = 0
    for number, prompt in _numbered(content):
        if prompt["moment"] == Prompt.Moment.BEFORE:
            continue
        moment = Prompt.Moment(prompt["moment"]).label.capitalize()
        yield Step(at, prompt["minutes"], moment, prompt["question"], number)
        at += prompt["minutes"]


def _numbered(content: Content) -> Iterator[tuple[int, Content]]:
    """The prompts numbered as on the reading page."""
    return enumerate(prompts_of(content), start=1)


def _aid(prompt: Content) -> Aid:
    sensitivity = Prompt.Sensitivity(prompt.get("sensitivity", Prompt.Sensitivity.EASY))
    near = "" if sensitivity == Prompt.Sensitivity.EASY else str(sensitivity.label).capitalize()
    return Aid(near, tuple(Help(name, prompt[key]) for key, name in _HELPS if prompt.get(key)))


def _tips(section: Content, direction: str) -> Iterator[SafeString]:
    return (as_html(block["text"], direction) for block in section["blocks"] if block["kind"] == "tip")
