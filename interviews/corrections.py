"""Correcting what was read: pure acts on the pieces that a source's visible text is made of.

The pieces are the whole text, in order, white space between them aside; no act ever changes that. All places are code
points of the visible text, which nothing here touches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

SPOKEN = ("question", "answer", "narration")
LEFT_OUT, UNPLACED = "left_out", "unplaced"
ASIDES = ("label", "furniture", "front", UNPLACED)
_WORDS = re.compile(r"\S(?:.*\S)?", re.S)


class CannotCorrect(ValueError):
    """This cannot be done here; the message says why, for people. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text[start:end] and what it is: one of `SPOKEN`, `ASIDES`, or left out by a person.

    `goes_on`: it carries on the turn before it, with something else in between. `was`: what was left out had been.
    """

    start: int
    end: int
    kind: str
    speaker: str = ""
    confidence: float = 1.0
    goes_on: bool = False
    was: str = ""

    @property
    def is_spoken(self) -> bool:
        return self.kind in SPOKEN

    def as_row(self) -> list[Any]:
        """As plain values, for JSON; `Piece(*row)` is the way back."""
        return list(astuple(self))


@dataclass(frozen=True)
class Spoken:
    """A turn: its pieces in order, which are of one kind and one speaker."""

    pieces: tuple[Piece, ...]

    @property
    def head(self) -> Piece:
        return self.pieces[0]

    @property
    def segments(self) -> list[list[int]]:
        return [[piece.start, piece.end] for piece in self.pieces]


Pieces = tuple[Piece, ...]


def pieces_of(
    text: str,
    turns: Iterable[tuple[str, str, Sequence[Sequence[int]], float]],
    asides: Iterable[Sequence[Any]],
) -> Pieces:
    """The pieces of a source as it is stored: `turns` are (kind, speaker, segments, confidence), `asides` are rows of
    a `Piece`, the first three values at least. Words in neither are pieces that could not be placed."""
    found = [Piece(*row) for row in asides]
    for kind, speaker, segments, confidence in turns:
        found += [
            Piece(start, end, kind, speaker, confidence, goes_on=number > 0)
            for number, (start, end) in enumerate(segments)
        ]
    whole, at = [], 0
    for piece in sorted(found, key=lambda piece: piece.start):
        whole += _unplaced(text, at, piece.start)
        whole.append(piece)
        at = max(at, piece.end)
    return tuple(whole + _unplaced(text, at, len(text)))


def _unplaced(text: str, start: int, end: int) -> list[Piece]:
    words = _WORDS.search(text, start, end)
    return [Piece(words.start(), words.end(), UNPLACED, confidence=0.0)] if words else []


def turns_of(pieces: Pieces) -> list[Spoken]:
    """The turns, in order."""
    groups = _groups(pieces)
    return [
        Spoken(tuple(pieces[index] for index in group))
        for group in sorted(groups)
        if pieces[group[0]].is_spoken
    ]


def asides_of(pieces: Pieces) -> list[list[Any]]:
    """What is in no turn, as rows to store."""
    return [piece.as_row() for piece in pieces if not piece.is_spoken]


# ------------------------------------------------------------------ turns over several pieces


def _groups(pieces: Pieces) -> list[list[int]]:
    """Which pieces belong together. One that goes on does so from the last that begins and is spoken (or left out)
    as it is; asides stand alone."""
    groups: list[list[int]] = []
    last: dict[bool, list[int]] = {}
    for index, piece in enumerate(pieces):
        side = piece.is_spoken
        if piece.goes_on and side in last:
            last[side].append(index)
            continue
        groups.append([index])
        if side or piece.kind == LEFT_OUT:
            last[side] = groups[-1]
    return groups


def _rebuild(pieces: Sequence[Piece], groups: Iterable[Sequence[int]]) -> Pieces:
    """The pieces with `goes_on` as the groups have it. A group that another one's beginning parts becomes two; pieces
    of a group with only space between become one."""
    owner = {index: number for number, group in enumerate(groups) for index in group}
    last: dict[bool, int] = {}
    built: list[Piece] = []
    before: int | None = None
    for index, piece in enumerate(pieces):
        belongs = piece.is_spoken or piece.kind == LEFT_OUT
        goes_on = belongs and last.get(piece.is_spoken) == owner[index]
        if goes_on and before == owner[index]:
            built[-1] = replace(built[-1], end=piece.end)
        else:
            built.append(replace(piece, goes_on=goes_on))
        if belongs:
            last[piece.is_spoken] = owner[index]
        before = owner[index]
    return tuple(built)


def _find(pieces: Pieces, at: int) -> int:
    for index, piece in enumerate(pieces):
        if piece.start <= at < piece.end:
            return index
    raise CannotCorrect("There are no words at this place.")


def _group_at(pieces: Pieces, at: int) -> tuple[list[list[int]], list[int]]:
    index, groups = _find(pieces, at), _groups(pieces)
    return groups, next(group for group in groups if index in group)


def _change(pieces: Pieces, at: int, change: Callable[[Piece], Piece]) -> Pieces:
    groups, group = _group_at(pieces, at)
    inside = set(group)
    changed = [change(piece) if index in inside else piece for index, piece in enumerate(pieces)]
    return _rebuild(changed, groups)


# ------------------------------------------------------------------ acts


def split(text: str, pieces: Pieces, place: int) -> Pieces:
    """What is at `place` becomes two; the second begins there. Raises CannotCorrect where one of them would be empty
    or a letter parted from its accent."""
    for index, piece in enumerate(pieces):
        if piece.goes_on and piece.start == place:
            groups, group = _group_at(pieces, place)
            cut = group.index(index)
            rest = [other for other in groups if other is not group]
            return _rebuild(pieces, [*rest, group[:cut], group[cut:]])
    index = _find(pieces, place)
    first, second = _halves(text, pieces[index], place)
    return (*pieces[:index], first, second, *pieces[index + 1 :])


def _halves(text: str, piece: Piece, place: int) -> tuple[Piece, Piece]:
    if (
        unicodedata.combining(text[place])
        or text[place - 1 : place] == "\u200d"
        or text[place] in "\u200d\ufe0f"
    ):
        raise CannotCorrect("This goes through the middle of a letter: split one place further on.")
    first = _WORDS.search(text, piece.start, place)
    second = _WORDS.search(text, place, piece.end)
    if not first or not second:
        raise CannotCorrect("There are no words on one side of this place: it begins or ends here already.")
    return (
        replace(piece, end=first.end()),
        replace(piece, start=second.start(), end=second.end(), goes_on=False),
    )


def join(pieces: Pieces, at: int) -> Pieces:
    """The turn at `at` takes in the next one, which becomes of its kind and speaker."""
    groups, group = _group_at(pieces, at)
    if not pieces[group[0]].is_spoken:
        raise CannotCorrect("Only a turn is joined with the next: say first what this is.")
    later = [other for other in groups if other[0] > group[0] and pieces[other[0]].is_spoken]
    if not later:
        raise CannotCorrect("This is the last turn: there is none to join it with.")
    following, head = min(later), pieces[group[0]]
    changed = [
        replace(piece, kind=head.kind, speaker=head.speaker, confidence=1.0)
        if index in following or index in group
        else piece
        for index, piece in enumerate(pieces)
    ]
    rest = [other for other in groups if other is not group and other is not following]
    return _rebuild(changed, [*rest, group + following])


def set_kind(pieces: Pieces, at: int, kind: str) -> Pieces:
    """What is at `at` is a turn of this kind. One without a speaker gets the one who last spoke so."""
    if kind not in SPOKEN:
        raise CannotCorrect("A turn is a question, an answer or narration.")
    speaker = "" if kind == "narration" else _usual_speaker(pieces, at, kind)

    def change(piece: Piece) -> Piece:
        said_by = "" if kind == "narration" else piece.speaker or speaker
        return replace(piece, kind=kind, speaker=said_by, confidence=1.0, was="")

    return _change(pieces, at, change)


def _usual_speaker(pieces: Pieces, at: int, kind: str) -> str:
    named = [piece for piece in pieces if piece.kind == kind and piece.speaker]
    before = [piece for piece in named if piece.end <= at]
    return (before[-1:] or named[:1] or [Piece(0, 0, kind)])[0].speaker


def leave_out(pieces: Pieces, at: int) -> Pieces:
    """What is at `at` is no part of the interview; `put_back` brings it back as it was."""
    if pieces[_find(pieces, at)].kind == LEFT_OUT:
        raise CannotCorrect("This is left out already.")
    return _change(pieces, at, lambda piece: replace(piece, kind=LEFT_OUT, was=piece.kind, confidence=1.0))


def put_back(pieces: Pieces, at: int) -> Pieces:
    """What was left out at `at` is what it was again."""
    if pieces[_find(pieces, at)].kind != LEFT_OUT:
        raise CannotCorrect("This was never left out.")
    return _change(pieces, at, lambda piece: replace(piece, kind=piece.was or UNPLACED, was=""))


def set_speaker(pieces: Pieces, at: int, speaker: str) -> Pieces:
    """The turn at `at` is said by `speaker`; `""`: by nobody who is known."""
    if not pieces[_find(pieces, at)].is_spoken:
        raise CannotCorrect("Only a turn has a speaker: say first what this is.")
    return _change(pieces, at, lambda piece: replace(piece, speaker=_name(speaker), confidence=1.0))


def rename(pieces: Pieces, old: str, new: str) -> Pieces:
    """Whoever is called `old` is called `new`, in all their turns."""
    if not _name(new):
        raise CannotCorrect("Say what they are called.")
    if not any(piece.speaker == old for piece in pieces):
        raise CannotCorrect(f"Nobody here is called {old}.")
    return tuple(replace(p, speaker=_name(new)) if p.speaker == old else p for p in pieces)


def _name(given: str) -> str:
    return " ".join(given.split())[:120]


# ------------------------------------------------------------------ what an act changed


def difference(before: Pieces, after: Pieces) -> tuple[list[Piece], list[Piece]]:
    """What an act took away and what it put there, each in order."""
    kept = set(before) & set(after)
    return [p for p in before if p not in kept], [p for p in after if p not in kept]


def take_back(pieces: Pieces, removed: Iterable[Piece], added: Iterable[Piece]) -> Pieces:
    """The pieces as they were before an act. Raises CannotCorrect where what it put there stands no more."""
    gone = set(added)
    if not gone <= set(pieces):
        raise CannotCorrect("This was changed since, and cannot be taken back.")
    rest = [piece for piece in pieces if piece not in gone]
    return tuple(sorted([*rest, *removed], key=lambda piece: piece.start))
