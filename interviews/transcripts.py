"""Reading an interview: from a visible text to who said what, and where.

The page is laid out as blocks; labels, furniture and front matter are found; the rest is placed as question, answer or
narration by the likeliest sequence of the evidence; speakers are named; narration gives up its quotations. Every
character that is no white space ends in exactly one place: a turn, a label, the front matter, the furniture, or what
could not be placed.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from interviews.blocks import Block, Page, lay_out, part_of, split_leads
from interviews.front_matter import FrontMatter, cut_glued_title, front_matter_of
from interviews.furniture import credit_end, furniture_in, shared_credits
from interviews.languages import Language, language_of
from interviews.listings_mentioned import Listing, listings_in
from interviews.people import People, people_in
from interviews.quotations import Quotation, quotations_in
from interviews.run_on_questions import run_on_questions
from interviews.sentences import tighten
from interviews.speaker_labels import Label, find_labels
from interviews.text_map import VisibleText
from interviews.turn_evidence import remark_odds, weigh
from interviews.turn_signs import Signs, signs_in, time_before
from interviews.turn_sequence import ANSWER, NARRATION, QUESTION, Layout, Unit, place_kinds
from interviews.voices import Voice, voices_of

__all__ = ["Meta", "Quotation", "Reading", "Turn", "read"]

Span = tuple[int, int]


@dataclass(frozen=True)
class Turn:
    """One speaker's uninterrupted speech, or a stretch of narration. Segments are code points of the visible text;
    captions and the like in the midst of a turn lie between its segments. `confidence` is from 0 to 1."""

    kind: str
    speaker: str | None
    segments: tuple[Span, ...]
    confidence: float

    @property
    def start(self) -> int:
        return self.segments[0][0]

    @property
    def end(self) -> int:
        return self.segments[-1][1]

    def text(self, visible: VisibleText | str) -> str:
        """The words of the turn, segments joined by an empty line."""
        text = visible if isinstance(visible, str) else visible.text
        return "\n\n".join(text[start:end] for start, end in self.segments)


@dataclass(frozen=True)
class Meta:
    """Title, byline, publication and date as printed or as the page's head says; `spans` where they are printed."""

    title: str | None
    byline: str | None
    publication: str | None
    date: str | None
    spans: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Reading:
    """What was read. The segments of the turns, `labels`, the spans of `meta`, `furniture` and `unplaced` together are
    every character of the visible text that is no white space, none twice."""

    turns: tuple[Turn, ...]
    quotations: tuple[Quotation, ...]
    labels: tuple[Span, ...]
    furniture: tuple[Span, ...]
    meta: Meta
    listings: tuple[Listing, ...]
    unplaced: tuple[Span, ...]
    language: str = "en"

    @property
    def is_interview(self) -> bool:
        """Whether somebody asks and somebody answers, at least twice over or under labels."""
        kinds = [turn.kind for turn in self.turns if turn.confidence >= 0.5]
        return kinds.count(QUESTION) >= 2 and kinds.count(ANSWER) >= 2

    def as_json(self, visible: VisibleText | str) -> dict[str, Any]:
        """The reading as plain values: turns, quotations, meta, listings, labels, furniture, unplaced; spans are
        [start, end] in code points of the visible text."""
        text = visible if isinstance(visible, str) else visible.text
        return {
            "turns": [_turn_json(turn, text) for turn in self.turns],
            "quotations": [_quotation_json(quotation, text) for quotation in self.quotations],
            "meta": {
                "title": self.meta.title,
                "byline": self.meta.byline,
                "publication": self.meta.publication,
                "date": self.meta.date,
            },
            "listings": [_listing_json(listing, text) for listing in self.listings],
            "labels": [list(span) for span in self.labels],
            "furniture": [list(span) for span in self.furniture],
            "unplaced": [list(span) for span in self.unplaced],
            "is_interview": self.is_interview,
            "language": self.language,
        }


def _turn_json(turn: Turn, text: str) -> dict[str, Any]:
    return {
        "kind": turn.kind,
        "speaker": turn.speaker,
        "text": turn.text(text),
        "start": turn.start,
        "end": turn.end,
        "segments": [list(span) for span in turn.segments],
        "confidence": turn.confidence,
    }


def _quotation_json(quotation: Quotation, text: str) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "speaker": quotation.speaker,
        "text": quotation.text(text),
        "start": quotation.start,
        "end": quotation.end,
        "segments": [list(span) for span in quotation.segments],
        "confidence": quotation.confidence,
    }
    return plain if quotation.group is None else {**plain, "group": quotation.group}


def _listing_json(listing: Listing, text: str) -> dict[str, Any]:
    plain = {
        name: getattr(listing, name) for name in ("venue", "city", "date", "address", "phone", "start", "end")
    }
    return {**plain, "text": text[listing.start : listing.end]}


# ------------------------------------------------------------------ reading


@dataclass
class _Piece:
    """A stretch of the text and what it was taken for."""

    start: int
    end: int
    role: str
    unit: Unit | None = None


def read(visible: VisibleText | str) -> Reading:
    """Who says what in a visible text. Never raises: a text that is no interview gives narration, and what could not
    be placed."""
    if isinstance(visible, str):
        visible = VisibleText(visible, "txt")
    page = lay_out(visible)
    split_leads(page)
    cut_glued_title(page)
    language = language_of([word for block in page.blocks for word in block.words[:60]])
    people = people_in(page, _probable_title(page))
    labels = find_labels(page, people)
    labelled = {label.block for label in labels}
    furniture = furniture_in(page, people, labelled)
    front = front_matter_of(page, furniture, labelled)
    voices = voices_of(page, labels, people, front)
    finding = _Finding(page, language, people, labels, voices, furniture, front)
    pieces = finding.pieces()
    units = [piece.unit for piece in pieces if piece.unit]
    _add_remark_odds(units, page, language)
    place_kinds(units, _layout(units))
    _name_units(units)
    turns = _turns(pieces, voices, people)
    return _assemble(page, pieces, turns, front, people, language)


def _probable_title(page: Page) -> str:
    headings = [block.text for block in page.blocks if block.heading == 1]
    head = [value for name, value in page.visible.head if name == "title"]
    lines = [block.text for block in page.blocks[:12] if 3 <= len(block.words) <= 30]
    return " \n ".join([*headings[:1], *head[:1], *(lines[:3] if not headings else [])])


class _Finding:
    """What was found on a page so far, and from it the page as pieces, speech still without kinds."""

    def __init__(
        self,
        page: Page,
        language: Language,
        people: People,
        labels: list[Label],
        voices: list[Voice],
        furniture: set[int],
        front: FrontMatter,
    ) -> None:
        self.page, self.language, self.voices = page, language, voices
        self.furniture, self.front = furniture, front
        self.labels = {label.block: label for label in labels}
        self.label_above: Label | None = None
        self.credits = shared_credits(page)
        self.interviewee = _interviewee(voices, people)
        apart = furniture | front.blocks
        self.signs = signs_in(page, apart) if len(labels) < 3 else Signs()
        self.tails = run_on_questions(page, self._kinds(), apart)

    def _kinds(self) -> dict[int, str]:
        return {
            index: voice.kind
            for index, label in self.labels.items()
            for voice in self.voices
            if label.key in voice.keys
        }

    def pieces(self) -> list[_Piece]:
        """The page in order, every block as one or more pieces."""
        pieces: list[_Piece] = []
        for index, block in enumerate(self.page.blocks):
            if index in self.furniture:
                pieces += self._furniture(index, block)
            elif index in self.front.blocks:
                pieces.append(_Piece(block.start, block.end, "meta"))
            else:
                pieces += self._labelled_speech(index, block)
        return pieces

    def _furniture(self, index: int, block: Block) -> list[_Piece]:
        rest = credit_end(block, self.credits)
        if not rest:
            return [_Piece(block.start, block.end, "furniture")]
        return [
            _Piece(block.start, block.start + rest, "furniture"),
            *self._speech(index, block, block.start + rest),
        ]

    def _labelled_speech(self, index: int, block: Block) -> list[_Piece]:
        label = self.labels.get(index)
        sign = self.signs.ends.get(index)
        if label and label.end > label.start:
            speech = self._speech(index, block, label.end)
            self.label_above = None if speech else label
            return [_Piece(label.start, label.end, "label"), *speech]
        sign = sign or time_before(block)
        if sign:
            start = block.start + sign
            head = tighten(self.page.text, block.start, start) or (block.start, start)
            return [_Piece(*head, "label"), *self._speech(index, block, start)]
        return self._speech(index, block, block.start)

    def _speech(self, index: int, block: Block, start: int) -> list[_Piece]:
        tail = self.tails.get(index, 0) + block.start
        cuts = [start, tail, block.end] if tail > start else [start, block.end]
        pieces = []
        for number, (begin, end) in enumerate(pairwise(cuts)):
            span = tighten(self.page.text, begin, end)
            if span:
                pieces.append(_Piece(*span, "speech", self._unit(index, block, span, is_tail=number > 0)))
        return pieces

    def _unit(self, index: int, block: Block, span: Span, *, is_tail: bool) -> Unit:
        evidence = weigh(part_of(block, self.page.text, *span), self.language, self.interviewee)
        unit = Unit(index, *span, evidence, block.style, is_tail=is_tail)
        if is_tail:
            return unit
        label, self.label_above = self.labels.get(index) or self.label_above, None
        if label:
            unit.voice = next(i for i, voice in enumerate(self.voices) if label.key in voice.keys)
            unit.said_by = self.voices[unit.voice].kind
        elif index in self.signs.ends and not self.signs.both:
            unit.said_by = QUESTION
        elif self.signs.both:
            unit.opens = index in self.signs.ends
        return unit


def _interviewee(voices: list[Voice], people: People) -> str | None:
    named = [voice.name for voice in voices if voice.kind == ANSWER and voice.name]
    return named[0] if named else people.interviewee()


def _add_remark_odds(units: list[Unit], page: Page, language: Language) -> None:
    """Brief statements among long answers may be the interviewer's, where questions bear no label."""
    lengths = sorted(len(page.blocks[unit.block].words) for unit in units if not unit.evidence.asks)
    typical = float(lengths[3 * len(lengths) // 4]) if lengths else 0.0
    for unit in units:
        if unit.said_by is None and not unit.is_tail:
            unit.evidence.question += remark_odds(page.blocks[unit.block], language, typical)


def _layout(units: list[Unit]) -> Layout:
    """Which sides bear labels throughout: three at least, the last of them in the latter half."""
    sides = set()
    for kind in (QUESTION, ANSWER):
        places = [index for index, unit in enumerate(units) if unit.said_by == kind]
        if len(places) >= 3 and places[-1] >= len(units) / 2:
            sides.add(kind)
    return Layout(frozenset(sides))


def _name_units(units: list[Unit]) -> None:
    """Units without a label inherit the voice of their side: of the turn before, else the only voice of the side."""
    last: dict[str, int] = {}
    for before, unit in pairwise([None, *units]):
        if unit.voice is not None:
            last[unit.kind] = unit.voice
        elif before is not None and before.kind == unit.kind:
            unit.voice = before.voice
        else:
            unit.voice = last.get(unit.kind)


def _turns(pieces: list[_Piece], voices: list[Voice], people: People) -> list[Turn]:
    turns: list[list[_Piece]] = []
    for piece in pieces:
        if piece.unit and turns and _goes_on(turns[-1][-1].unit, piece.unit):
            turns[-1].append(piece)
        elif piece.unit:
            turns.append([piece])
    breaks = [piece.start for piece in pieces if piece.role != "speech"]
    return [_turn(group, breaks, voices, people) for group in turns]


def _goes_on(before: Unit | None, unit: Unit) -> bool:
    """Whether a unit carries on the turn before: the same kind, and no label or sign that begins a turn."""
    return before is not None and before.kind == unit.kind and unit.said_by is None and not unit.opens


def _turn(group: list[_Piece], breaks: list[int], voices: list[Voice], people: People) -> Turn:
    units = [piece.unit for piece in group if piece.unit]
    segments = [(group[0].start, group[0].end)]
    for piece in group[1:]:
        if _broken(breaks, segments[-1][1], piece.start):
            segments.append((piece.start, piece.end))
        else:
            segments[-1] = (segments[-1][0], piece.end)
    return Turn(
        units[0].kind,
        _speaker(units[0], voices, people),
        tuple(segments),
        min(unit.confidence for unit in units),
    )


def _broken(breaks: list[int], start: int, end: int) -> bool:
    index = bisect_left(breaks, start)
    return index < len(breaks) and breaks[index] < end


def _speaker(unit: Unit, voices: list[Voice], people: People) -> str | None:
    if unit.kind == NARRATION:
        return None
    if unit.voice is not None:
        return voices[unit.voice].name
    return people.interviewee() if unit.kind == ANSWER else None


def _assemble(
    page: Page,
    pieces: list[_Piece],
    turns: list[Turn],
    front: FrontMatter,
    people: People,
    language: Language,
) -> Reading:
    def spans(role: str) -> tuple[Span, ...]:
        return tuple((piece.start, piece.end) for piece in pieces if piece.role == role)

    meta = Meta(
        front.title,
        front.byline,
        front.publication,
        front.date,
        tuple(sorted(front.spans, key=lambda s: s[1])),
    )
    narration = [segment for turn in turns if turn.kind == NARRATION for segment in turn.segments]
    asides = [(piece.start, piece.end) for piece in pieces if piece.role in ("furniture", "unplaced")]
    return Reading(
        tuple(turns),
        quotations_in(page.text, narration, people),
        spans("label"),
        spans("furniture"),
        meta,
        listings_in(page.text, sorted(narration + asides)),
        spans("unplaced"),
        language.code,
    )
