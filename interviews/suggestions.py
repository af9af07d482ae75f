"""Suggestions: passages that would make a room talk, and two answers to the same question.

Plain statistics on this machine, no model: a passage is a complete thought of 25 to 120 words of somebody's answer;
it is good where it speaks of what the interviews have in common, where it answers a question that several of them ask,
and where it thinks instead of telling dates and names. Each says in words why it is here. Nothing is put in by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pysbd
from pysbd.languages import LANGUAGE_CODES
from rapidfuzz import fuzz

from .function_words import function_lexemes, trade_lexemes
from .heard import Heard, HeardTurn
from .lexemes import lexemes, words_of
from .selectors import Span
from .sentences import closes_sentence, ends_as_question, sentences, words
from .term_weights import TermWeights, Vector, cosine

FEWEST, MOST = 25, 120
# rapidfuzz ratio from which two passages say the same.
ALIKE = 75
# From here on two questions ask the same: the cosine of what is asked and that of what is answered, weighed.
SAME_QUESTION, SAME_ANSWER = 0.1, 0.1
_OF_QUESTION, _OF_ANSWER = 0.3, 0.7
_GOOD_LENGTH = (40, 90)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]+")
_NUMBER = re.compile(r"\d")
# A thought that begins with one of these leans on what was said before (English; other languages have their turns'
# beginnings only).
_LEANING = re.compile(
    r"[\"“‘]?(?:and|but|so|or|then|also|because|which|who|that|this|these|those|it|he|she|they|them|his|her|their|"
    r"there|yes|yeah|no|well|oh|right|exactly|absolutely|sure|thanks|thank|of course|actually|anyway|as i said|"
    r"hopefully|plus|like)\b",
    re.IGNORECASE,
)
_THINKING = re.compile(
    r"\b(?:i (?:think|believe|feel|realis\w+|realiz\w+|learn\w+|hope|wonder\w*|understood)|people|everybody|"
    r"everyone|nobody|never|always|should|means?|matter\w*|freedom|afraid|fear|truth|change\w*|"
    r"responsib\w+|important|hope|power\w*|right to|you can|you have to|we (?:all|can|have))\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|went|came|met|said|told|got|did|didn['’]t|\w{3,}ed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer in one interview."""

    heard: Heard
    asked: HeardTurn
    answered: HeardTurn
    vector: Vector = field(compare=False, repr=False)
    answer_vector: Vector = field(compare=False, repr=False)

    @property
    def words(self) -> str:
        """What is asked, without the talk before it: the last sentences that are questions."""
        return asked_in(self.heard.words_of(self.asked))

    @property
    def answer(self) -> str:
        return self.heard.words_of(self.answered)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage [start, end) of an interview's visible text, and why it is suggested, in words."""

    heard: Heard
    turn: HeardTurn
    start: int
    end: int
    why: tuple[str, ...]
    score: float

    @property
    def words(self) -> str:
        return " ".join(self.heard.text[self.start : self.end].split())


@dataclass(frozen=True, slots=True)
class Echo:
    """Two answers to the same question, in different interviews. `alike`: how near the questions are, 0 to 1."""

    one: Question
    other: Question
    alike: float

    @property
    def pair(self) -> tuple[Question, Question]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class _Passage:
    heard: Heard
    turn: HeardTurn
    start: int
    end: int
    count: int
    starts_turn: bool
    ends_turn: bool
    on_making: bool
    vector: Vector

    @property
    def words(self) -> str:
        return " ".join(self.heard.text[self.start : self.end].split())


# --- passages --------------------------------------------------------------------------------------------


def suggest(interviews: Sequence[Heard], most: int = 10) -> list[Suggestion]:
    """The `most` passages that would make a room talk, best first, spread over the interviews, nothing twice."""
    weights = _weights(interviews)
    passages = [passage for heard in interviews for passage in _passages(heard, weights)]
    asked = _asked_elsewhere(interviews, weights)
    themes = _Themes(interviews, weights)
    scored = [(_score(passage, themes, asked), passage) for passage in passages]
    return [
        Suggestion(one.heard, one.turn, one.start, one.end, _why(one, themes, asked, len(interviews)), score)
        for score, one in _spread(scored, most)
    ]


def _weights(interviews: Sequence[Heard]) -> TermWeights:
    turns = [lexemes(heard.words_of(turn), heard.language) for heard in interviews for turn in heard.turns]
    return TermWeights(turns, function_lexemes(turns, {heard.language for heard in interviews}))


def _passages(heard: Heard, weights: TermWeights) -> Iterator[_Passage]:
    """Every run of whole sentences of one answer that has 25 to 120 words."""
    on_making = False
    for turn in heard.turns:
        if turn.kind == "question":
            asked = lexemes(asked_in(heard.words_of(turn)), heard.language)
            on_making = not trade_lexemes().isdisjoint(asked)
        if turn.kind != "answer" or not turn.speaker:
            continue
        for low, high in turn.segments:
            spans = list(sentence_spans(heard.text, low, high, heard.language))
            yield from _runs(heard, turn, on_making, spans, weights)


def _runs(
    heard: Heard, turn: HeardTurn, on_making: bool, spans: Sequence[Span], weights: TermWeights
) -> Iterator[_Passage]:
    counts = [len(words(heard.text[start:end])) for start, end in spans]
    for first in range(len(spans)):
        count = 0
        for last in range(first, len(spans)):
            count += counts[last]
            if count > MOST:
                break
            start, end = spans[first][0], spans[last][1]
            if count >= FEWEST and closes_sentence(heard.text[start:end]):
                said = lexemes(heard.text[start:end], heard.language)
                edges = start == turn.segments[0][0], end == turn.segments[-1][1]
                yield _Passage(heard, turn, start, end, count, *edges, on_making, weights.vector(said))


def sentence_spans(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """The sentences of text[start:end], by pysbd where it knows the language, without white space at their edges."""
    code = language.split("-")[0]
    if code not in LANGUAGE_CODES:
        yield from sentences(text, start, end)
        return
    at = start
    for piece in _segmenter(code).segment(text[start:end]):
        found = text.find(piece.strip(), at, end) if piece.strip() else -1
        if found < 0:  # pysbd changed a character: our own splitter changes none
            yield from sentences(text, at, end)
            return
        at = found + len(piece.strip())
        yield found, at


@lru_cache(maxsize=30)
def _segmenter(code: str) -> pysbd.Segmenter:
    return pysbd.Segmenter(language=code, clean=False)


def _score(passage: _Passage, themes: _Themes, asked: dict[tuple[int, int], int]) -> float:
    """Higher is better; the parts are about 0 to 1 each."""
    return round(
        1.2 * themes.nearness(passage)
        + 0.06 * min(asked.get((passage.heard.key, passage.turn.number), 1) - 1, 3)
        + 1.2 * _thinks(passage)
        + 0.45 * _is_whole(passage)
        - 0.6 * _tells_facts(passage)
        - 1.6 * _narrates(passage)
        - 3.0 * _speaks_of_making(passage)
        - 0.4 * passage.on_making
        - 0.15 * (not _GOOD_LENGTH[0] <= passage.count <= _GOOD_LENGTH[1]),
        6,
    )


def _thinks(passage: _Passage) -> float:
    """0 to 1: how much the passage weighs things, for anyone who listens, rather than tells what happened."""
    hits = len({found.lower() for found in _THINKING.findall(passage.words)})
    return min(1.0, hits / 5)


def _is_whole(passage: _Passage) -> float:
    """1 for a thought that stands by itself: it leans on nothing before it, or begins where its answer begins."""
    leans = _LEANING.match(passage.heard.text[passage.start : passage.end]) is not None
    return (
        (not leans) * 1.0
        - 0.8 * (leans and not passage.starts_turn)
        - 0.3 * (leans and passage.starts_turn)
        + 0.2 * passage.ends_turn
    )


def _tells_facts(passage: _Passage) -> float:
    """0 to 1: names and numbers, of which small talk and chronicles are made."""
    said = passage.words
    facts = (
        1.5 * len(_NUMBER.findall(said)) + len(_NAME.findall(said)) - len(re.findall(r"\bI\b|\bI['’]", said))
    )
    return min(1.0, max(0.0, facts) / 12)


def _narrates(passage: _Passage) -> float:
    """0 to 1: the part of the words that are verbs of the past. What happened is told; what it means is talked over."""
    return min(1.0, 2 * len(_PAST.findall(passage.words)) / passage.count)


def _speaks_of_making(passage: _Passage) -> float:
    """0 to 1: the part of the words that are the film trade's."""
    said = lexemes(passage.words, passage.heard.language)
    return sum(lexeme in trade_lexemes() for lexeme in said) / max(1, len(said))


class _Themes:
    """What the interviews have in common: lexemes weighed by how many of them say it, and how much."""

    def __init__(self, interviews: Sequence[Heard], weights: TermWeights) -> None:
        self._said_in: dict[str, set[int]] = {}
        self.spelt: dict[str, dict[str, int]] = {}
        centre: dict[str, float] = {}
        for heard in interviews:
            for turn in heard.turns:
                if turn.kind == "answer":
                    self._hear(heard, turn, weights, centre)
        self._count = len(interviews)
        shared = {lexeme: weight for lexeme, weight in centre.items() if len(self._said_in[lexeme]) > 1}
        length = sum(weight * weight for weight in (shared or centre).values()) ** 0.5 or 1.0
        self.centre: Vector = {lexeme: weight / length for lexeme, weight in (shared or centre).items()}

    def _hear(self, heard: Heard, turn: HeardTurn, weights: TermWeights, centre: dict[str, float]) -> None:
        said = heard.words_of(turn)
        for lexeme, weight in weights.vector(lexemes(said, heard.language)).items():
            centre[lexeme] = centre.get(lexeme, 0.0) + weight
            self._said_in.setdefault(lexeme, set()).add(heard.key)
        for word, _, _ in words_of(said):
            for lexeme in lexemes(word, heard.language)[:1]:
                spellings = self.spelt.setdefault(lexeme, {})
                spellings[word] = spellings.get(word, 0) + 1

    def nearness(self, passage: _Passage) -> float:
        return cosine(passage.vector, self.centre)

    def of(self, passage: _Passage) -> list[tuple[str, int]]:
        """The passage's weightiest shared words, as they are spelt mostly, and in how many interviews they come up."""
        weighty = sorted(
            ((weight * self.centre.get(lexeme, 0.0), lexeme) for lexeme, weight in passage.vector.items()),
            reverse=True,
        )
        return [
            (max(self.spelt[lexeme].items(), key=lambda one: (one[1], one[0]))[0], len(self._said_in[lexeme]))
            for weight, lexeme in weighty
            if weight > 0 and len(lexeme) > 3
        ][:3]


def _why(
    passage: _Passage, themes: _Themes, asked: dict[tuple[int, int], int], interviews: int
) -> tuple[str, ...]:
    reasons = []
    times = asked.get((passage.heard.key, passage.turn.number), 1)
    if times > 1:
        reasons.append(f"answers a question asked in {times} of {interviews} interviews")
    shared = [(word, count) for word, count in themes.of(passage) if count > 1]
    if shared:
        names = ", ".join(f"“{word}”" for word, _ in shared)
        most = max(count for _, count in shared)
        reasons.append(f"speaks of {names}, which come up in up to {most} of {interviews} interviews")
    whole = passage.starts_turn and passage.ends_turn
    reasons.append(f"{'a whole answer' if whole else 'a complete thought'} of {passage.count} words")
    return tuple(reasons)


def _spread(scored: Sequence[tuple[float, _Passage]], most: int) -> list[tuple[float, _Passage]]:
    """The best, each time weighed anew against what is taken: another interview, another theme, no answer twice."""
    left = sorted(scored, key=lambda one: (-one[0], one[1].heard.key, one[1].start))
    taken: list[tuple[float, _Passage]] = []
    while left and len(taken) < most:
        best = max(left, key=lambda one: (_worth(one, taken), -one[1].start))
        taken.append((round(_worth(best, taken), 4), best[1]))
        left = [one for one in left if not _says_the_same(one[1], best[1])]
    return taken


def _worth(one: tuple[float, _Passage], taken: Sequence[tuple[float, _Passage]]) -> float:
    score, passage = one
    from_there = sum(passage.heard.key == other.heard.key for _, other in taken)
    nearest = max((cosine(passage.vector, other.vector) for _, other in taken), default=0.0)
    return score - 0.12 * from_there - 0.8 * nearest


def _says_the_same(one: _Passage, other: _Passage) -> bool:
    if one.heard.key == other.heard.key and one.turn.number == other.turn.number:
        return True
    return fuzz.token_set_ratio(one.words, other.words) >= ALIKE


# --- echoes ----------------------------------------------------------------------------------------------


def asked_in(words_asked: str) -> str:
    """The questions among the sentences of a question turn; all of it where none ends in a question mark."""
    spans = sentences(words_asked)
    asked = [words_asked[start:end] for start, end in spans if ends_as_question(words_asked[start:end])]
    return " ".join(asked) or words_asked


def _questions(interviews: Sequence[Heard], weights: TermWeights) -> list[Question]:
    questions = []
    for heard in interviews:
        for asked, answered in zip(heard.turns, heard.turns[1:], strict=False):
            if asked.kind == "question" and answered.kind == "answer":
                said = lexemes(asked_in(heard.words_of(asked)), heard.language)
                reply = lexemes(heard.words_of(answered), heard.language)
                vectors = weights.vector(said), weights.vector(reply)
                questions.append(Question(heard, asked, answered, *vectors))
    return questions


def _asked_elsewhere(interviews: Sequence[Heard], weights: TermWeights) -> dict[tuple[int, int], int]:
    """(Interview, number of the answer) → in how many interviews its question is asked, its own counted."""
    questions = _questions(interviews, weights)
    return {
        (one.heard.key, one.answered.number): len(
            {one.heard.key} | {other.heard.key for other in questions if _same(one, other)}
        )
        for one in questions
    }


def _same(one: Question, other: Question) -> bool:
    return (
        one.heard.key != other.heard.key
        and cosine(one.answer_vector, other.answer_vector) >= SAME_ANSWER
        and _alike(one, other) >= SAME_QUESTION
    )


def _alike(one: Question, other: Question) -> float:
    """0 to 1. The same question is seldom put in the same words, but its answers speak of the same."""
    asked, answered = cosine(one.vector, other.vector), cosine(one.answer_vector, other.answer_vector)
    return _OF_QUESTION * asked + _OF_ANSWER * answered


def echoes(interviews: Sequence[Heard], most: int = 6) -> list[Echo]:
    """Pairs of answers to the same question in different interviews, the nearest first, no question twice."""
    questions = _questions(interviews, _weights(interviews))
    pairs = [
        Echo(one, other, round(_alike(one, other), 3))
        for number, one in enumerate(questions)
        for other in questions[number + 1 :]
        if _same(one, other)
    ]
    return _no_question_twice(sorted(pairs, key=lambda pair: -pair.alike), most)


def _no_question_twice(pairs: Sequence[Echo], most: int) -> list[Echo]:
    used: set[tuple[int, int]] = set()
    chosen: list[Echo] = []
    for pair in pairs:
        keys = {(one.heard.key, one.asked.number) for one in (pair.one, pair.other)}
        if not keys & used and len(chosen) < most:
            used |= keys
            chosen.append(pair)
    return chosen
