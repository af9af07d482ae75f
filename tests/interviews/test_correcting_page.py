"""The page of correcting shows every character of the source, and where each turn may be cut."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.correcting_page import doubt_in_words, items_of, paragraphs_of, speakers_in, stretches_of
from interviews.corrections import Piece, pieces_of

TEXT = "Q: Why?\n\nBecause. It was <late>.\n\nAnd dark… 👩‍🚀 Really."


def spans(*words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(word), TEXT.index(word) + len(word)) for word in words]


PIECES = pieces_of(
    TEXT,
    [
        ("question", "Ines", spans("Why?"), 0.9),
        ("answer", "Mara", spans("Because. It was <late>.\n\nAnd dark… 👩‍🚀 Really."), 0.4),
    ],
    [[0, 2, "label"]],
)


def test_a_turn_is_shown_in_paragraphs_and_may_be_cut_before_every_sentence_but_its_first() -> None:
    label, question, answer = items_of(TEXT, PIECES)
    assert [label.kind_words, question.kind_words, answer.kind_words] == ["Who speaks", "Question", "Answer"]
    shown = [[str(part.html) for part in passage.sentences] for passage in answer.passages]
    assert shown[0] == ["Because. ", "It was &lt;late&gt;."]
    cuts = [part.place for passage in answer.passages for part in passage.sentences if part.may_cut]
    assert cuts[:2] == [TEXT.index("It was"), TEXT.index("And dark")]
    assert not question.passages[0].sentences[0].may_cut


def test_doubt_is_said_in_words_where_a_look_is_worth_it() -> None:
    assert doubt_in_words(Piece(0, 1, "answer", confidence=0.9)) == ""
    assert doubt_in_words(Piece(0, 1, "answer", confidence=0.6)) == "Likely, not sure"
    assert doubt_in_words(Piece(0, 1, "answer", confidence=0.2)) == "A guess: please look"
    assert doubt_in_words(Piece(0, 1, "label", confidence=0.2)) == ""


def test_the_source_is_shown_whole_with_its_markup_as_words() -> None:
    shown = "".join(f"{stretch.space}{stretch.html}" for stretch in stretches_of(TEXT, PIECES))
    assert shown == TEXT.replace("<", "&lt;").replace(">", "&gt;")
    assert speakers_in(PIECES) == ["Ines", "Mara"]


@given(st.text(alphabet="ab. \n\r?", min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_a_turn_holds_all_its_words_are_shown_once(text: str) -> None:
    pieces = pieces_of(text, [], [])
    shown = "".join(
        str(part.html).replace("&#13;", "\r")
        for item in items_of(text, pieces)
        for passage in item.passages
        for part in passage.sentences
    )
    assert "".join(shown.split()) == "".join(text.split())
    for piece in pieces:
        assert list(paragraphs_of(text, piece.start, piece.end))[-1][1] == piece.end
