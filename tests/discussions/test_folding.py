"""Many who say the same are read as one with a number; nobody's words get lost in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.folding import fold_words
from discussions.namelessness import SOMEONE, nameless


def test_four_hundred_answers_of_which_390_are_alike_are_eleven_lines() -> None:
    same = ["The road home", "the road home!", "THE ROAD HOME", "The road, home."] * 97 + [
        "The road home"
    ] * 2
    others = [f"{word} stayed with me" for word in ("Salt", "Bread", "Winter", "Mother", "Light")]
    others += ["Silence", "A door", "Forgiveness takes longer", "Who owns water", "Nothing at all"]
    folds = fold_words([*same, *others])
    assert folds[0].first.text == "The road home"
    assert folds[0].count == 390
    assert sum(fold.count for fold in folds) == 400
    assert len(folds) == 11


def test_what_is_much_alike_stands_together_and_every_wording_can_be_read() -> None:
    (fold,) = fold_words(["The salt road at night", "the salt road at nights", "The salt road at night"])
    assert (fold.count, fold.first.count) == (3, 2)
    assert [one.text for one in fold.others] == ["the salt road at nights"]


@settings(max_examples=60)
@given(st.lists(st.text("abc éש!", min_size=1, max_size=12), max_size=30))
def test_nothing_said_is_lost_or_counted_twice(texts: list[str]) -> None:
    folds = fold_words(texts)
    assert sum(fold.count for fold in folds) == len(texts)
    assert {one.text for fold in folds for one in (fold.first, *fold.others)} <= set(texts)


def test_names_addresses_and_numbers_leave_the_words() -> None:
    clear = nameless(["Amber Heron", "Road", "Al"])
    assert clear("as amber  heron said") == f"as {SOMEONE} said"
    assert clear("write to ana.b@home.example, please") == f"write to {SOMEONE}, please"
    assert clear("call +1 (404) 555-0123 now") == f"call {SOMEONE} now"
    assert clear("the road to Albany in 1998, Al") == "the road to Albany in 1998, Al"
    assert clear("I agree with Road!") == f"I agree with {SOMEONE}!"
