"""Labels name the speakers, in whatever style they are set; what only looks like one is left in the text."""

import pytest

from interviews.transcripts import read


def dialogue(one: str, two: str) -> str:
    return (
        f"{one} Why a ferry, of all things?\n\n{two} I was on it. I had my camera with me and I sat down.\n\n"
        f"{one} Were you alone there?\n\n{two} I was never alone, I had my aunt and her soup with me.\n\n"
        f"{one} Will you go back?\n\n{two} I never left it."
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Marsh:", "Calder:"),
        ("JOAN MARSH:", "INES CALDER:"),
        ("Mr. Marsh.", "Miss Calder."),
        ("MS —", "IC —"),
        ("**Marsh:**", "**Calder:**"),
        ("**Marsh** –", "**Calder** –"),
        ("[Marsh]", "[Calder]"),
        ("[00:12:03] Marsh:", "[00:12:09] Calder:"),
        ("Marsh (00:12):\n", "Calder (00:12):\n"),
        ("MARSH\n", "CALDER\n"),
        ("Q:", "A:"),
        ("Q.", "A."),
        ("Q1:", "A1:"),
        ("P.", "R."),
        ("Frage:", "Antwort:"),
        ("问：", "答："),
        ("س:", "ج:"),
        ("INTERVIEWER:", "CALDER:"),
        ("HOST:", "GUEST:"),
    ],
)
def test_every_style_of_label_tells_the_two_sides_and_stays_out_of_the_turns(one: str, two: str) -> None:
    reading = read(dialogue(one, two))
    text = dialogue(one, two)

    assert [turn.kind for turn in reading.turns] == ["question", "answer"] * 3
    assert reading.turns[0].text(text) == "Why a ferry, of all things?"
    assert len(reading.labels) == 6


def test_full_name_surname_and_initials_are_one_speaker() -> None:
    text = (
        dialogue("Joan Marsh:", "Ines Calder:")
        .replace("Joan Marsh: W", "JM: W", 1)
        .replace("Ines Calder: I n", "Calder: I n")
    )

    assert {turn.speaker for turn in read(text).turns} == {"Joan Marsh", "Ines Calder"}


def test_a_mistyped_label_is_the_label_it_was_meant_to_be() -> None:
    text = dialogue("Marsh:", "Calder:").replace("Calder: I was n", "Cadler: I was n")

    assert [turn.speaker for turn in read(text).turns] == ["Marsh", "Calder"] * 3


def test_a_missing_label_leaves_the_question_a_question() -> None:
    text = dialogue("Marsh:", "Ines Calder:").replace("Marsh: Were", "Were")

    assert [turn.kind for turn in read(text).turns] == ["question", "answer"] * 3


@pytest.mark.parametrize(
    "line", ["One thing I know: it sinks.", "Remember: bring soup.", "At 10:30 it left."]
)
def test_a_colon_in_an_answer_is_no_label(line: str) -> None:
    text = dialogue("Marsh:", "Calder:").replace("I never left it.", f"I never left it.\n\n{line}")

    assert read(text).turns[-1].text(text).endswith(line)
    assert len(read(text).turns) == 6
