"""Correcting turns: whatever people do, the pieces are the whole text, and everything can be undone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews import corrections as c
from interviews.corrections import CannotCorrect, Piece, Pieces

TEXT = "The Tide\n\nQ: How did you find it? My grandmother drew it.\n\nShe had walked it once. Advert! A goat refused.\n\nQ: Why? Because."
KINDS = (*c.SPOKEN, *c.ASIDES)


def span(words: str) -> tuple[int, int]:
    at = TEXT.index(words)
    return at, at + len(words)


def at(words: str) -> int:
    return span(words)[0]


@pytest.fixture
def pieces() -> Pieces:
    """An answer that an advert interrupts; “The Tide” is not placed, labels are asides."""
    return c.pieces_of(
        TEXT,
        [
            ("question", "Ines", [span("How did you find it?")], 0.9),
            (
                "answer",
                "Mara",
                [span("My grandmother drew it.\n\nShe had walked it once."), span("A goat refused.")],
                0.4,
            ),
            ("question", "Ines", [span("Why?")], 0.9),
            ("answer", "Mara", [span("Because.")], 0.9),
        ],
        [[*span("Q:"), "label"], [*span("Advert!"), "furniture"], [at("Q: Why"), at("Q: Why") + 2, "label"]],
    )


def words(pieces: Pieces) -> list[tuple[str, str, str]]:
    """Each turn as (kind, speaker, its words)."""
    return [
        (turn.head.kind, turn.head.speaker, " / ".join(TEXT[a:b] for a, b in turn.segments))
        for turn in c.turns_of(pieces)
    ]


def is_whole(text: str, pieces: Pieces) -> bool:
    """Whether the pieces are every character that is no white space, in order, none twice."""
    ordered = all(a.end <= b.start for a, b in itertools.pairwise(pieces))
    covered = "".join(text[piece.start : piece.end] for piece in pieces)
    return ordered and "".join(covered.split()) == "".join(text.split())


def test_words_that_nobody_placed_are_pieces_too(pieces: Pieces) -> None:
    assert TEXT[pieces[0].start : pieces[0].end] == "The Tide"
    assert pieces[0].kind == "unplaced"
    assert is_whole(TEXT, pieces)


def test_a_turn_is_split_at_a_place_and_joined_again(pieces: Pieces) -> None:
    cut = c.split(TEXT, pieces, at("She had walked"))
    assert words(cut)[1:3] == [
        ("answer", "Mara", "My grandmother drew it."),
        ("answer", "Mara", "She had walked it once. / A goat refused."),
    ]
    assert words(c.join(cut, at("My grand"))) == words(pieces)


def test_a_turn_is_split_where_an_advert_parts_it(pieces: Pieces) -> None:
    cut = c.split(TEXT, pieces, at("A goat"))
    assert [said for _, _, said in words(cut)][1:3] == [
        "My grandmother drew it.\n\nShe had walked it once.",
        "A goat refused.",
    ]


@pytest.mark.parametrize("place", ["How did", "The Tide", "Because."])
def test_nothing_is_split_where_it_begins(place: str, pieces: Pieces) -> None:
    with pytest.raises(CannotCorrect, match="begins or ends here already"):
        c.split(TEXT, pieces, at(place))


def test_a_letter_is_not_parted_from_its_accent() -> None:
    text = "Ame\u0301lie left."
    with pytest.raises(CannotCorrect, match="middle of a letter"):
        c.split(text, c.pieces_of(text, [], []), 3)


def test_joining_takes_kind_and_speaker_of_the_first_and_leaves_what_lies_between(pieces: Pieces) -> None:
    joined = c.join(pieces, at("A goat"))
    assert words(joined)[1] == (
        "answer",
        "Mara",
        "My grandmother drew it.\n\nShe had walked it once. / A goat refused. / Why?",
    )
    assert [p.kind for p in joined if not p.is_spoken] == ["unplaced", "label", "furniture", "label"]
    with pytest.raises(CannotCorrect, match="last turn"):
        c.join(pieces, at("Because"))


def test_what_was_not_placed_is_made_a_turn_with_the_usual_speaker(pieces: Pieces) -> None:
    assert words(c.set_kind(pieces, at("The Tide"), "question"))[0] == ("question", "Ines", "The Tide")
    assert words(c.set_kind(pieces, at("The Tide"), "narration"))[0] == ("narration", "", "The Tide")


def test_a_turn_made_in_the_midst_of_another_parts_it(pieces: Pieces) -> None:
    made = c.set_kind(pieces, at("Advert!"), "question")
    assert [said for _, _, said in words(made)][1:4] == [
        "My grandmother drew it.\n\nShe had walked it once.",
        "Advert!",
        "A goat refused.",
    ]


def test_what_is_left_out_comes_back_as_it_was(pieces: Pieces) -> None:
    out = c.leave_out(pieces, at("A goat"))
    assert [said for _, _, said in words(out)] == ["How did you find it?", "Why?", "Because."]
    back = c.put_back(out, at("My grand"))
    assert words(back) == words(pieces)


def test_what_lay_in_a_turn_that_is_left_out_and_became_a_turn_stays_one(pieces: Pieces) -> None:
    out = c.set_kind(c.leave_out(pieces, at("A goat")), at("Advert!"), "narration")
    back = c.put_back(out, at("A goat"))
    assert [said for _, _, said in words(back)][1:4] == [
        "My grandmother drew it.\n\nShe had walked it once.",
        "Advert!",
        "A goat refused.",
    ]


def test_a_speaker_is_renamed_once_for_all_their_turns(pieces: Pieces) -> None:
    renamed = c.rename(pieces, "Mara", "  Mara   Lindqvist ")
    assert [speaker for _, speaker, _ in words(renamed)] == ["Ines", "Mara Lindqvist"] * 2
    with pytest.raises(CannotCorrect, match="Nobody here"):
        c.rename(pieces, "Otto", "Olu")
    assert words(c.set_speaker(pieces, at("Because"), "Otto"))[-1][1] == "Otto"


def test_what_a_person_says_is_certain(pieces: Pieces) -> None:
    assert all(
        p.confidence == 1
        for p in c.set_kind(pieces, at("A goat"), "answer")
        if p.speaker == "Mara" and p.start < 100
    )


def test_rows_come_back_as_they_were_stored(pieces: Pieces) -> None:
    out = c.leave_out(pieces, at("A goat"))
    turns = [(t.head.kind, t.head.speaker, t.segments, t.head.confidence) for t in c.turns_of(out)]
    assert c.pieces_of(TEXT, turns, c.asides_of(out)) == out


# --- whatever people do ----------------------------------------------------------------------------------

SIGNS = st.text(alphabet="ab Q?:.\n\u0301é問👩\u200d", min_size=1, max_size=60)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["split", "join", "kind", "leave_out", "put_back", "speaker", "rename", "undo"]),
        st.integers(0, 60),
        st.sampled_from([*c.SPOKEN, "Ana", "Ben", ""]),
    ),
    max_size=25,
)


@st.composite
def transcripts(draw: st.DrawFn) -> tuple[str, Pieces]:
    """A text cut anywhere, its pieces of any kind, some going on."""
    text = draw(SIGNS)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=8))})
    found = []
    for start, end in itertools.pairwise(cuts):
        kind = draw(st.sampled_from(KINDS))
        for piece in c.pieces_of(text[:end], [], [])[-1:]:
            at = max(start, piece.start)
            if text[at : piece.end].strip():
                at += len(text[at : piece.end]) - len(text[at : piece.end].lstrip())
                goes_on = kind in c.SPOKEN and any(p.is_spoken for p in found) and draw(st.booleans())
                before = next((p for p in reversed(found) if p.is_spoken), None)
                if goes_on and before:
                    found.append(Piece(at, piece.end, before.kind, before.speaker, 0.5, True))
                else:
                    found.append(Piece(at, piece.end, kind, draw(st.sampled_from(["Ana", "Ben", ""])), 0.5))
    return text, tuple(found)


def do(text: str, pieces: Pieces, act: str, place: int, word: str) -> Pieces:
    acts = {
        "split": lambda: c.split(text, pieces, place),
        "join": lambda: c.join(pieces, place),
        "kind": lambda: c.set_kind(pieces, place, word),
        "leave_out": lambda: c.leave_out(pieces, place),
        "put_back": lambda: c.put_back(pieces, place),
        "speaker": lambda: c.set_speaker(pieces, place, word),
        "rename": lambda: c.rename(pieces, "Ana", word),
    }
    return acts[act]()


@given(transcripts(), ACTS)
@settings(max_examples=400, deadline=None)
def test_after_any_acts_the_pieces_are_the_whole_text_and_all_of_it_can_be_undone(
    made: tuple[str, Pieces], acts: list[tuple[str, int, str]]
) -> None:
    text, pieces = made
    assert is_whole(text, pieces)
    first, done = pieces, []
    for act, place, word in acts:
        if act == "undo":
            if done:
                pieces = c.take_back(pieces, *done.pop())
            continue
        try:
            after = do(text, pieces, act, place, word)
        except CannotCorrect:
            continue
        done.append(c.difference(pieces, after))
        pieces = after
        assert is_whole(text, pieces)
        for turn in c.turns_of(pieces):
            assert len({(piece.kind, piece.speaker) for piece in turn.pieces}) == 1
        turns = [(t.head.kind, t.head.speaker, t.segments, t.head.confidence) for t in c.turns_of(pieces)]
        assert [(p.start, p.end, p.kind) for p in c.pieces_of(text, turns, c.asides_of(pieces))] == [
            (p.start, p.end, p.kind) for p in pieces
        ]
    while done:
        pieces = c.take_back(pieces, *done.pop())
    assert pieces == first
