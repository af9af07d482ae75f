"""What people correct, kept: every act is a row of a log that only grows, and can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import F

from accounts.models import Person

from . import corrections
from .corrections import CannotCorrect, Piece, Pieces
from .models import Source, Turn, TurnEdit
from .search import index_turns

UNDO, REDO = "undo", "redo"
# More than any interview has turns: positions are parked beyond it while they are dealt out anew.
PARKED = 1_000_000


class StaleCorrection(CannotCorrect):
    """Somebody corrected since the page was made; what was meant may stand elsewhere now."""


@dataclass(frozen=True)
class History:
    """What may be undone and redone next (None: nothing), and the number of the newest act (0: none yet)."""

    undoable: TurnEdit | None
    redoable: TurnEdit | None
    newest: int


def pieces_of(source: Source) -> Pieces:
    """The pieces of a source as they stand now. One query."""
    turns = source.turns.order_by("position").values_list("kind", "speaker", "segments", "confidence")
    return corrections.pieces_of(source.visible_text, turns, source.asides)


def history_of(source: Source) -> History:
    """The log read through once: an undoing takes the last act that stands, a redoing the last undone; a new act
    forgets what might have been redone."""
    done: list[TurnEdit] = []
    undone: list[TurnEdit] = []
    newest = 0
    for edit in source.turn_edits.order_by("number").defer("removed", "added"):
        newest = edit.number
        if edit.act == UNDO:
            undone.append(done.pop())
        elif edit.act == REDO:
            done.append(undone.pop())
        else:
            done.append(edit)
            undone.clear()
    return History(done[-1] if done else None, undone[-1] if undone else None, newest)


@transaction.atomic
def correct(
    source: Source,
    act: str,
    change: Callable[[Pieces], Pieces],
    *,
    by: Person,
    now: dt.datetime,
    seen: int,
) -> TurnEdit | None:
    """Do an act (`change` from `corrections`, `act` its name in the log) and keep it; None where it changes nothing.

    `seen` is the number of the newest act that the person knew of. Raises StaleCorrection where there is a newer one,
    and CannotCorrect where this cannot be done; nothing is changed then.
    """
    source = _locked(source)
    before = pieces_of(source)
    _refuse_stale(source, seen)
    after = change(before)
    if after == before:
        return None
    removed, added = corrections.difference(before, after)
    _store(source, after)
    return _log(source, act, removed, added, by=by, now=now, number=seen + 1)


def undo(source: Source, *, by: Person, now: dt.datetime, seen: int) -> TurnEdit:
    """Take back the last act that stands. Raises CannotCorrect where there is none."""
    return _go(source, UNDO, by=by, now=now, seen=seen)


def redo(source: Source, *, by: Person, now: dt.datetime, seen: int) -> TurnEdit:
    """Do again what was undone last. Raises CannotCorrect where there is nothing, or something was done since."""
    return _go(source, REDO, by=by, now=now, seen=seen)


@transaction.atomic
def _go(source: Source, act: str, *, by: Person, now: dt.datetime, seen: int) -> TurnEdit:
    source = _locked(source)
    _refuse_stale(source, seen)
    history = history_of(source)
    edit = history.undoable if act == UNDO else history.redoable
    if edit is None:
        raise CannotCorrect(f"There is nothing to {act}.")
    removed, added = ([Piece(*row) for row in rows] for rows in (edit.removed, edit.added))
    if act == UNDO:
        removed, added = added, removed
    _store(source, corrections.take_back(pieces_of(source), added, removed))
    return _log(source, act, removed, added, by=by, now=now, number=seen + 1, of=edit)


def _locked(source: Source) -> Source:
    return Source.objects.select_for_update().get(pk=source.pk)


def _refuse_stale(source: Source, seen: int) -> None:
    newest = source.turn_edits.order_by("-number").values_list("number", flat=True).first() or 0
    if newest != seen:
        raise StaleCorrection(
            "This was corrected since you saw it, perhaps by you in another window. Nothing was changed just now: look again."
        )


def _log(
    source: Source,
    act: str,
    removed: list[Piece],
    added: list[Piece],
    *,
    by: Person,
    now: dt.datetime,
    number: int,
    of: TurnEdit | None = None,
) -> TurnEdit:
    return TurnEdit.objects.create(
        source=source,
        number=number,
        act=act,
        removed=[piece.as_row() for piece in removed],
        added=[piece.as_row() for piece in added],
        by=by,
        at=now,
        of=of,
    )


# ------------------------------------------------------------------ the rows of the turns


def _store(source: Source, pieces: Pieces) -> None:
    """Write the turns; a row whose words stay the same stays the same row, since others point at it."""
    source.asides = corrections.asides_of(pieces)
    source.save(update_fields=["asides"])
    wanted = [_as_turn(source, number, turn) for number, turn in enumerate(corrections.turns_of(pieces))]
    gone = {str(turn.segments): turn for turn in source.turns.all()}
    same = [(before, turn) for turn in wanted if (before := gone.pop(str(turn.segments), None))]
    Turn.objects.filter(pk__in=[turn.pk for turn in gone.values()]).delete()
    _move(source, [(before.position, turn.position) for before, turn in same])
    for before, turn in same:
        turn.pk = before.pk
        if (before.kind, before.speaker, before.confidence) != (turn.kind, turn.speaker, turn.confidence):
            turn.save(update_fields=["kind", "speaker", "confidence"])
    new = Turn.objects.bulk_create(turn for turn in wanted if not turn.pk)
    index_turns(source, new)


def _move(source: Source, places: list[tuple[int, int]]) -> None:
    """Give rows their new positions, run by run, by way of where nobody stands: no two are ever at one."""
    for shift, run in groupby(places, key=lambda place: place[1] - place[0]):
        old = [before for before, _ in run]
        if shift:
            rows = source.turns.filter(position__gte=old[0], position__lte=old[-1])
            rows.update(position=F("position") + PARKED + shift)
    source.turns.filter(position__gte=PARKED // 2).update(position=F("position") - PARKED)


def _as_turn(source: Source, position: int, turn: corrections.Spoken) -> Turn:
    segments = turn.segments
    return Turn(
        source=source,
        position=position,
        kind=turn.head.kind,
        speaker=turn.head.speaker,
        segments=segments,
        start=segments[0][0],
        end=segments[-1][1],
        confidence=turn.head.confidence,
    )
