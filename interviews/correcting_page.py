"""The page of correcting: the source as it stands beside what was read in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .corrections import LEFT_OUT, UNPLACED, Piece, Pieces, turns_of
from .directions import direction_of
from .sentences import sentences
from .source_page import verbatim
from .utf16_offsets import Utf16Places

KIND_WORDS = {
    "question": "Question",
    "answer": "Answer",
    "narration": "Narration",
    "label": "Who speaks",
    "furniture": "Not the interview",
    "front": "Title, byline, date",
    UNPLACED: "Could not be placed",
    LEFT_OUT: "Left out",
}
LIKELY, DOUBTFUL = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """`place`: its first code point; the turn can be cut before it."""

    place: int
    html: SafeString
    may_cut: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch without anything in between. `from16`: where its text begins, in UTF-16 code units."""

    from16: int
    sentences: tuple[Sentence, ...]
    dir: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the page's right side: a turn, or something that is none."""

    at: int
    kind: str
    speaker: str
    doubt: str
    passages: tuple[Passage, ...]
    is_turn: bool

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the source, with the space before it. `at`: its first code point; `item`: whose words they are."""

    at: int
    kind: str
    item: int
    space: SafeString
    html: SafeString


def items_of(text: str, pieces: Pieces) -> list[Item]:
    """Turns and what is none, in the order of the source."""
    places = Utf16Places(text)
    groups = [turn.pieces for turn in turns_of(pieces)]
    groups += [(piece,) for piece in pieces if not piece.is_spoken]
    return [_item(text, group, places) for group in sorted(groups, key=lambda group: group[0].start)]


def _item(text: str, group: tuple[Piece, ...], places: Utf16Places) -> Item:
    head = group[0]
    passages = tuple(_passage(text, piece, places, piece is head) for piece in group)
    return Item(head.start, head.kind, head.speaker, doubt_in_words(head), passages, head.is_spoken)


def doubt_in_words(piece: Piece) -> str:
    """How sure the reader was of a turn, where that is worth a look; `""` else."""
    if not piece.is_spoken or piece.confidence >= LIKELY:
        return ""
    return "Likely, not sure" if piece.confidence >= DOUBTFUL else "A guess: please look"


def _passage(text: str, piece: Piece, places: Utf16Places, is_first: bool) -> Passage:
    starts = [start for start, _ in sentences(text, piece.start, piece.end)] or [piece.start]
    starts[0] = piece.start
    ends = [*starts[1:], piece.end]
    parts = tuple(
        Sentence(start, verbatim(text[start:end]), not (is_first and start == piece.start))
        for start, end in zip(starts, ends, strict=True)
    )
    return Passage(places(piece.start), parts, direction_of(text[piece.start : piece.end]))


def stretches_of(text: str, pieces: Pieces) -> Iterator[Stretch]:
    """The whole source, piece by piece, not a character changed."""
    heads = {piece: turn.head.start for turn in turns_of(pieces) for piece in turn.pieces}
    at = 0
    for piece in pieces:
        space, words = verbatim(text[at : piece.start]), verbatim(text[piece.start : piece.end])
        yield Stretch(piece.start, piece.kind, heads.get(piece, piece.start), space, words)
        at = piece.end


def speakers_in(pieces: Pieces) -> list[str]:
    """Who speaks, each once, in order of appearance."""
    return list(dict.fromkeys(piece.speaker for piece in pieces if piece.is_spoken and piece.speaker))
