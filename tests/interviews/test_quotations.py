"""The words of others inside narration, and who said them."""

import pytest

from interviews.quotations import Quotation
from interviews.transcripts import read

OPENING = "Ines Calder has filmed ferries for ten years. The director Ines Calder lives on Sula with her editor, Tom Roe.\n\n"


def quotations_of(sentence: str) -> tuple[Quotation, ...]:
    return read(OPENING + sentence).quotations


@pytest.mark.parametrize(
    ("sentence", "words", "speaker"),
    [
        (
            "“The sea was in the kitchen by then,” said Calder.",
            "The sea was in the kitchen by then,",
            "Ines Calder",
        ),
        (
            "“The sea was in the kitchen by then,” Calder said.",
            "The sea was in the kitchen by then,",
            "Ines Calder",
        ),
        ("Calder says: “The sea was in the kitchen.”", "The sea was in the kitchen.", "Ines Calder"),
        ("Roe agrees. “We cut it in a week,” he says.", "We cut it in a week,", "Tom Roe"),
        ("‘The sea was in the kitchen,’ says Tom Roe.", "The sea was in the kitchen,", "Tom Roe"),
        ("« Le bac ne part plus », dit Calder.", "Le bac ne part plus", "Ines Calder"),
        ("“They were the wrong ferries,” reads one letter.", "They were the wrong ferries,", None),
    ],
)
def test_a_quotation_has_the_speaker_that_its_sentence_names(
    sentence: str, words: str, speaker: str | None
) -> None:
    [quotation] = quotations_of(sentence)

    assert quotation.text(OPENING + sentence) == words
    assert quotation.speaker == speaker


def test_a_quotation_broken_by_its_speaker_is_two_of_one_group() -> None:
    first, second = quotations_of("“I waited,” says Calder, “and then I waited for the other one.”")

    assert first.speaker == second.speaker == "Ines Calder"
    assert first.group is not None
    assert first.group == second.group


@pytest.mark.parametrize(
    "sentence",
    [
        "Her film “The Last Ferry” is out now.",
        "On the island she is known as “the camera,” and nothing else.",
        "It is what she calls a “short” film of three hours.",
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_quotations(sentence: str) -> None:
    assert quotations_of(sentence) == ()


def test_what_an_interviewee_quotes_is_part_of_the_answer() -> None:
    text = "Marsh: Who spoke?\n\nCalder: My aunt said: “Put the camera down and eat.”\n\nMarsh: And?\n\nCalder: I ate."

    assert read(text).quotations == ()
