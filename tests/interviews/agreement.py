"""How far a reading agrees with the gold of a marked-up interview: the same measures as the corpus's scorer, taken on
offsets, since here both sides have them."""

from bisect import bisect_left
from dataclasses import dataclass

from interviews.sentences import words
from interviews.text_map import VisibleText
from interviews.transcripts import Reading
from tests.interviews.marked_interviews import MarkedInterview

Span = tuple[int, int]


@dataclass(frozen=True)
class Agreement:
    """Shares from 0 to 1. `turns`: F1 over turns right in start, kind and speaker; `exact`: their ends right too;
    `coverage`: gold speech found in turns; `leak`: the page's furniture found in turns; `quotations`: F1 over quoted
    words with the right speaker (1 where there are none)."""

    turns: float
    exact: float
    coverage: float
    leak: float
    quotations: float


def agreement(interview: MarkedInterview, visible: VisibleText, reading: Reading) -> Agreement:
    """The agreement of a reading with an interview's gold."""
    letters = [index for index, character in enumerate(visible.text) if character.isalnum()]
    places = _Places([visible.to_source(index, index + 1)[0] for index in letters], letters)
    gold = _merged([_gold_turn(turn, places) for turn in interview.turns])
    found = _merged([_found_turn(turn, places) for turn in reading.turns])
    taken = {index for turn in found for index in turn["letters"]}
    spoken = {index for turn in gold for index in turn["letters"]}
    furniture = {i for span in interview.boilerplate for i in places.in_source(span["start"], span["end"])}
    return Agreement(
        _f1(gold, found, exact=False),
        _f1(gold, found, exact=True),
        len(spoken & taken) / len(spoken),
        len(furniture & taken) / len(furniture) if furniture else 0.0,
        _quotations(interview, visible, reading),
    )


class _Places:
    """The letters of a text, counted through, by their places in the source and in the visible text."""

    def __init__(self, source: list[int], visible: list[int]) -> None:
        self._source, self._visible = source, visible

    def in_source(self, start: int, end: int) -> range:
        return range(bisect_left(self._source, start), bisect_left(self._source, end))

    def in_visible(self, start: int, end: int) -> range:
        return range(bisect_left(self._visible, start), bisect_left(self._visible, end))


def _gold_turn(turn: dict, places: _Places) -> dict:
    letters = [index for start, end in turn["segments"] for index in places.in_source(start, end)]
    return {"kind": turn["kind"], "names": [turn["speaker"], *turn["speaker_alt"]], "letters": letters}


def _found_turn(turn: object, places: _Places) -> dict:
    letters = [index for start, end in turn.segments for index in places.in_visible(start, end)]
    return {"kind": turn.kind, "names": [turn.speaker], "letters": letters}


def _merged(turns: list[dict]) -> list[dict]:
    merged: list[dict] = []
    for turn in turns:
        if merged and turn["kind"] == merged[-1]["kind"] == "narration":
            merged[-1]["letters"] += turn["letters"]
        elif turn["letters"]:
            merged.append({**turn, "letters": list(turn["letters"])})
    return merged


def _f1(gold: list[dict], found: list[dict], *, exact: bool) -> float:
    starts = {turn["letters"][0]: turn for turn in found}
    right = sum(_is_right(turn, starts.get(turn["letters"][0]), exact) for turn in gold)
    return 2 * right / (len(gold) + len(found))


def _is_right(gold: dict, found: dict | None, exact: bool) -> bool:
    if found is None or found["kind"] != gold["kind"]:
        return False
    if exact and found["letters"][-1] != gold["letters"][-1]:
        return False
    return gold["kind"] == "narration" or any(
        _plain(name) == _plain(found["names"][0]) for name in gold["names"]
    )


def _plain(name: str | None) -> str:
    plain = " ".join(words(name or ""))
    return "" if plain in ("interviewer", "question", "host", "moderator") else plain


def _quotations(interview: MarkedInterview, visible: VisibleText, reading: Reading) -> float:
    if not interview.quotations:
        return 1.0
    wanted = _utterances(
        [
            (q.get("group"), q["speaker"], interview.source[q["start"] : q["end"]])
            for q in interview.quotations
        ]
    )
    found = _utterances([(q.group, q.speaker, q.text(visible.text)) for q in reading.quotations])
    right = sum(any(_same_words(one, other) for other in found) for one in wanted)
    return 2 * right / (len(wanted) + len(found))


def _utterances(quotations: list[tuple[int | None, str | None, str]]) -> list[tuple[str, set[str]]]:
    grouped: dict[object, tuple[str, set[str]]] = {}
    for number, (group, speaker, text) in enumerate(quotations):
        key = ("group", group) if group is not None else ("alone", number)
        _, said = grouped.setdefault(key, (_plain(speaker), set()))
        said.update(words(text.replace("&rsquo;", "’")))
    return list(grouped.values())


def _same_words(one: tuple[str, set[str]], other: tuple[str, set[str]]) -> bool:
    return one[0] == other[0] and len(one[1] & other[1]) >= 0.7 * len(one[1] | other[1])
