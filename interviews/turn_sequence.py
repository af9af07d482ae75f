"""Which paragraphs are questions, which answers, which narration: the likeliest sequence (Viterbi) of the evidence.

Every paragraph is a unit. A label decides its unit; where a side of the interview always bears labels, a unit without
one does not begin a turn of that side. What is set alike (bold, a heading, a class) is alike: how often each setting
asks is learned from the text itself. How long answers run is learned in a first pass.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from interviews.turn_evidence import Evidence

QUESTION, ANSWER, NARRATION = "question", "answer", "narration"
KINDS = (QUESTION, ANSWER, NARRATION)
_NEVER = -1e6
_TOLD_BY_STYLE = 4.0


@dataclass(slots=True)
class Unit:
    """A paragraph, or the part of one, that one side says. `said_by` is the kind its label decides, if it has one."""

    block: int
    start: int
    end: int
    evidence: Evidence
    style: str = ""
    said_by: str | None = None
    voice: int | None = None
    opens: bool | None = None
    is_tail: bool = False
    kind: str = NARRATION
    confidence: float = 0.0


@dataclass(slots=True)
class Layout:
    """How an interview is set: which sides bear labels throughout, and how often an answer's paragraph is followed by
    another of the same answer."""

    labelled: frozenset[str] = frozenset()
    styles: dict[str, float] = field(default_factory=dict)
    italics: float = 0.0
    goes_on: float = 0.25
    asks_on: float = 0.1


def place_kinds(units: list[Unit], layout: Layout) -> None:
    """Set the kind and the confidence of each unit."""
    units = _without_asides(units)
    if not units:
        return
    layout.styles = _style_odds(units)
    slanted = sum("i" in unit.style.split() for unit in units)
    layout.italics = 1.2 if slanted < 0.25 * len(units) else 0.0
    for _ in range(2):
        _decode(units, layout)
        _learn_lengths(units, layout)
    _decode(units, layout)
    questions = [unit for unit in units if unit.kind == QUESTION]
    asking = sum(unit.evidence.asks or unit.is_tail for unit in questions)
    clear = sum(unit.evidence.question > 0.0 for unit in questions)
    if asking < 2 and clear < 4 and all(unit.said_by is None for unit in units):
        _tell_all(units)


def _without_asides(units: list[Unit]) -> list[Unit]:
    """A stage direction on a line of its own is told, and what is said goes on after it as if it were not there."""
    spoken = []
    for unit in units:
        if unit.evidence.is_aside and unit.said_by is None:
            unit.kind, unit.confidence = NARRATION, 0.9
        else:
            spoken.append(unit)
    return spoken


def _tell_all(units: list[Unit]) -> None:
    """One question makes no interview: the whole of it is told."""
    for unit in units:
        unit.kind, unit.confidence = NARRATION, 0.6


def _style_odds(units: list[Unit]) -> dict[str, float]:
    """How much each setting speaks for a question, by how often what is set so asks."""
    asking, total = _asking_styles(units)
    if len(total) < 2:
        return {}
    question_styles = {style for style in total if total[style] >= 3 and asking[style] >= 0.6 * total[style]}
    others = [style for style in total if style not in question_styles]
    if question_styles and sum(asking[s] for s in others) <= 0.34 * sum(total[s] for s in others):
        return {style: _TOLD_BY_STYLE if style in question_styles else -_TOLD_BY_STYLE for style in total}
    everywhere = _odds(sum(asking.values()), sum(total.values()))
    odds = {}
    for style in total:
        certainty = min(1.0, total[style] / 3)
        odds[style] = 1.6 * certainty * (_odds(asking[style], total[style]) - everywhere)
    return odds


def _asking_styles(units: list[Unit]) -> tuple[dict[str, int], dict[str, int]]:
    """(how many units of each setting ask, how many there are), from the first that asks to the end."""
    asking: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    first = next((index for index, unit in enumerate(units) if unit.evidence.asks), len(units))
    for unit in units[first:]:
        if unit.said_by is None:
            total[unit.style] += 1
            asking[unit.style] += unit.evidence.asks
    return asking, total


def _odds(yes: int, of: int) -> float:
    return math.log((yes + 0.3) / (of - yes + 0.3))


def _learn_lengths(units: list[Unit], layout: Layout) -> None:
    pairs = [(one.kind, two.kind) for one, two in pairwise(units)]
    answers = [two for one, two in pairs if one == ANSWER and two in (QUESTION, ANSWER)]
    questions = [two for one, two in pairs if one == QUESTION and two in (QUESTION, ANSWER)]
    layout.goes_on = (answers.count(ANSWER) + 0.6) / (len(answers) + 2)
    layout.asks_on = (questions.count(QUESTION) + 0.3) / (len(questions) + 3)


def _decode(units: list[Unit], layout: Layout) -> None:
    steps = _steps(layout)
    best = {kind: score + _emission(units[0], kind, layout) for kind, score in _first(layout).items()}
    back: list[dict[str, str]] = []
    for unit in units[1:]:
        came: dict[str, str] = {}
        following: dict[str, float] = {}
        for kind in KINDS:
            came[kind] = max(
                KINDS, key=lambda before: best[before] + _step(steps, before, kind, unit, layout)
            )
            step = _step(steps, came[kind], kind, unit, layout)
            following[kind] = best[came[kind]] + step + _emission(unit, kind, layout)
        best = following
        back.append(came)
    best[QUESTION] -= 2.0
    kind = max(KINDS, key=lambda last: best[last])
    for index in range(len(units) - 1, -1, -1):
        units[index].kind = kind
        units[index].confidence = _confidence(units[index], layout)
        if index:
            kind = back[index - 1][kind]


def _first(layout: Layout) -> dict[str, float]:
    scores = {NARRATION: 0.0, QUESTION: -1.0, ANSWER: -4.0}
    return {kind: score - (6.0 if kind in layout.labelled else 0.0) for kind, score in scores.items()}


def _steps(layout: Layout) -> dict[tuple[str, str], float]:
    goes_on, asks_on = math.log(layout.goes_on), math.log(layout.asks_on)
    return {
        (NARRATION, NARRATION): 0.0,
        (NARRATION, QUESTION): -0.7,
        (NARRATION, ANSWER): -3.5,
        (QUESTION, ANSWER): math.log(1 - layout.asks_on),
        (QUESTION, QUESTION): asks_on,
        (QUESTION, NARRATION): -5.0,
        (ANSWER, QUESTION): math.log(1 - layout.goes_on),
        (ANSWER, ANSWER): goes_on,
        (ANSWER, NARRATION): -2.5,
    }


def _step(steps: dict[tuple[str, str], float], before: str, kind: str, unit: Unit, layout: Layout) -> float:
    if unit.said_by is not None:
        return 0.0
    step = steps[before, kind]
    if unit.opens is not None and NARRATION not in (before, kind):
        step -= 4.0 if unit.opens == (before == kind) else 0.0
    if kind in layout.labelled and kind != before and not unit.is_tail:
        step -= 6.0
    if kind == before and kind in layout.labelled and len(layout.labelled) == 2:
        return max(step, -0.2)
    if layout.labelled == {QUESTION} and kind == before != NARRATION:
        return step - 3.0 if kind == QUESTION else max(step, -0.2)
    return step


def _emission(unit: Unit, kind: str, layout: Layout) -> float:
    if unit.said_by is not None:
        return 0.0 if kind == unit.said_by else _NEVER
    if unit.is_tail:
        return 0.0 if kind == QUESTION else -8.0
    if kind == QUESTION:
        return unit.evidence.question + layout.styles.get(unit.style, 0.0)
    if kind == NARRATION:
        return unit.evidence.narration + (layout.italics if "i" in unit.style.split() else 0.0)
    return 0.0


def _unlabelled_cost(kind: str, unit: Unit, layout: Layout) -> float:
    return 6.0 if kind in layout.labelled and kind != unit.kind else 0.0


def _confidence(unit: Unit, layout: Layout) -> float:
    if unit.said_by is not None:
        return 0.98
    scores = {kind: _emission(unit, kind, layout) - _unlabelled_cost(kind, unit, layout) for kind in KINDS}
    margin = scores[unit.kind] - max(score for kind, score in scores.items() if kind != unit.kind)
    return round(1 / (1 + math.exp(-0.6 * (margin + 1.5))), 2)
