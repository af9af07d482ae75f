"""Corrections are kept as acts; the source, excerpts and untouched turns stay as they are."""

from __future__ import annotations

import pytest

from interviews import correcting, corrections, excerpts
from interviews.correcting import StaleCorrection, history_of, pieces_of
from interviews.corrections import CannotCorrect, Pieces
from interviews.models import Source, TurnEdit
from tests.cast import EDITOR, make_person
from tests.factories import make_film
from tests.interviews.zine import NOW, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return keep(make_film())


def place(source: Source, words: str) -> int:
    return source.visible_text.index(words)


def cut(source: Source, words: str, seen: int) -> TurnEdit | None:
    def change(pieces: Pieces) -> Pieces:
        return corrections.split(source.visible_text, pieces, place(source, words))

    return correcting.correct(source, "split", change, by=make_person(EDITOR), now=NOW, seen=seen)


def step(source: Source, act: str, seen: int) -> TurnEdit:
    acts = {"undo": correcting.undo, "redo": correcting.redo}
    return acts[act](source, by=make_person(EDITOR), now=NOW, seen=seen)


def turns(source: Source) -> list[tuple[str, str, str]]:
    return [
        (turn.kind, turn.speaker, source.visible_text[turn.start : turn.start + 12])
        for turn in source.turns.order_by("position")
    ]


def test_what_was_read_is_all_of_the_source(source: Source) -> None:
    text = source.visible_text
    pieces = pieces_of(source)
    assert "".join("".join(text[p.start : p.end] for p in pieces).split()) == "".join(text.split())
    assert {piece.kind for piece in pieces} >= {"question", "answer", "label", "front"}


def test_an_act_is_kept_undone_and_done_again(source: Source) -> None:
    before = turns(source)
    cut(source, "She had walked it", seen=0)
    split = turns(source)
    assert len(split) == len(before) + 1
    step(source, "undo", seen=1)
    assert turns(source) == before
    step(source, "redo", seen=2)
    assert turns(source) == split
    assert list(TurnEdit.objects.values_list("number", "act")) == [(1, "split"), (2, "undo"), (3, "redo")]


def test_acts_are_undone_from_the_last_to_the_first_and_a_new_one_forgets_what_was_undone(
    source: Source,
) -> None:
    before = turns(source)
    cut(source, "She had walked it", seen=0)
    cut(source, "People will let", seen=1)
    step(source, "undo", seen=2)
    assert history_of(source).redoable
    cut(source, "I thought the map", seen=3)
    assert history_of(source).redoable is None
    step(source, "undo", seen=4)
    step(source, "undo", seen=5)
    assert turns(source) == before
    with pytest.raises(CannotCorrect, match="nothing to undo"):
        step(source, "undo", seen=6)


def test_the_source_and_what_was_cut_from_it_are_not_touched(source: Source) -> None:
    start = place(source, "She had walked it once")
    excerpt = excerpts.cut(source, [[start, start + 22]], speaker="Mara Lindqvist", by=None, now=NOW)
    content, text = bytes(source.content), source.visible_text
    cut(source, "had walked it once", seen=0)
    source.refresh_from_db()
    excerpt.refresh_from_db()
    assert (bytes(source.content), source.visible_text) == (content, text)
    assert excerpts.stands(excerpt, source)


def test_a_turn_whose_words_stay_is_the_same_row(source: Source) -> None:
    """What points at it (the index of the search) goes on pointing at it."""
    rows = dict(source.turns.values_list("start", "pk"))
    cut(source, "She had walked it", seen=0)
    changed = place(source, "My grandmother")
    after = dict(source.turns.values_list("start", "pk"))
    assert {start for start, pk in rows.items() if after.get(start) != pk} == {changed}
    assert list(source.turns.values_list("position", flat=True)) == list(range(len(after)))


def test_of_two_who_correct_at_once_the_second_is_told_to_look_again(source: Source) -> None:
    cut(source, "She had walked it", seen=0)
    once = turns(source)
    with pytest.raises(StaleCorrection, match="Nothing was changed"):
        cut(source, "People will let", seen=0)
    assert turns(source) == once


def test_an_act_that_changes_nothing_is_no_act(source: Source) -> None:
    person = make_person(EDITOR)
    for seen in (0, 0):
        done = correcting.correct(source, "rename", lambda pieces: pieces, by=person, now=NOW, seen=seen)
        assert done is None
    assert not TurnEdit.objects.exists()


def test_what_a_reader_of_old_left_unsaid_is_unplaced_and_can_be_placed(source: Source) -> None:
    """A source from before asides were kept."""
    Source.objects.update(asides=[])
    source.refresh_from_db()
    unplaced = [piece for piece in pieces_of(source) if piece.kind == "unplaced"]
    assert unplaced
    start = unplaced[0].start
    correcting.correct(
        source,
        "narration",
        lambda pieces: corrections.set_kind(pieces, start, "narration"),
        by=make_person(EDITOR),
        now=NOW,
        seen=0,
    )
    assert source.turns.filter(start=start, kind="narration").exists()
