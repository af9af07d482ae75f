"""The page of correcting: the source as it stands beside what was read in it."""

from __future__ import annotations

import re
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
_EMPTY_LINE = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+\s*")
LIKELY, DOUBTFUL = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """`place`: its first code point; the turn can be cut before it."""

    place: int
    html: SafeString
    may_cut: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. `from16`: where its text begins, in UTF-16 code units. `is_parted`: something that is not the turn's
    stands before it."""

    from16: int
    sentences: tuple[Sentence, ...]
    dir: str
    is_parted: bool


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
    passages = tuple(
        _passage(text, span, places, head.start, is_parted=span[0] == piece.start and piece is not head)
        for piece in group
        for span in paragraphs_of(text, piece.start, piece.end)
    )
    return Item(head.start, head.kind, head.speaker, doubt_in_words(head), passages, head.is_spoken)


def doubt_in_words(piece: Piece) -> str:
    """How sure the reader was of a turn, where that is worth a look; `""` else."""
    if not piece.is_spoken or piece.confidence >= LIKELY:
        return ""
    return "Likely, not sure" if piece.confidence >= DOUBTFUL else "A guess: please look"


def paragraphs_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans that empty lines part; the first begins at `start` and the last ends at `end`."""
    at = start
    for gap in _EMPTY_LINE.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


def _passage(text: str, span: tuple[int, int], places: Utf16Places, head: int, *, is_parted: bool) -> Passage:
    starts = [span[0], *(start for start, _ in sentences(text, *span)[1:])]
    parts = tuple(
        Sentence(start, verbatim(text[start:end]), start != head)
        for start, end in zip(starts, [*starts[1:], span[1]], strict=True)
    )
    return Passage(places(span[0]), parts, direction_of(text[slice(*span)]), is_parted)


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
