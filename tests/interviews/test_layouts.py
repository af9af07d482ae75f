"""The reader finds who said what in every layout that interviews are set in."""

from statistics import mean

import pytest

from interviews.transcripts import read
from interviews.visible_text import render
from tests.interviews.agreement import Agreement, agreement
from tests.interviews.marked_interviews import LAYOUTS, MarkedInterview, load, load_all

INTERVIEWS = load_all()


def agreement_of(interview: MarkedInterview) -> Agreement:
    visible = render(interview.source.encode(), interview.format)
    return agreement(interview, visible, read(visible))


@pytest.mark.parametrize("interview", INTERVIEWS, ids=lambda interview: interview.name)
def test_each_layout_gives_its_turns_and_speakers(interview: MarkedInterview) -> None:
    found = agreement_of(interview)

    assert found.turns >= 0.85
    assert found.exact >= 0.8
    assert found.coverage >= 0.98
    assert found.quotations >= 0.8


def test_over_all_layouts_next_to_nothing_is_wrong_and_nothing_of_the_page_comes_in() -> None:
    found = [agreement_of(interview) for interview in INTERVIEWS]

    assert mean(one.turns for one in found) >= 0.98
    assert mean(one.coverage for one in found) >= 0.995
    assert mean(one.leak for one in found) <= 0.03


def test_the_layouts_are_many_and_long_enough() -> None:
    spoken = [interview for interview in INTERVIEWS if not interview.quotations]

    assert len(INTERVIEWS) >= 36
    assert all(len(interview.turns) >= 8 for interview in spoken)
    assert {interview.format for interview in INTERVIEWS} == {"txt", "html", "md", "vtt", "srt"}


def test_swapping_the_labels_of_an_interview_swaps_its_speakers() -> None:
    interview = load(LAYOUTS / "full_name_then_surname.txt")
    swapped = interview.source.replace("Marsh", "@").replace("Calder", "Marsh").replace("@", "Calder")
    before, after = read(interview.source), read(swapped)

    kinds = [turn.kind for turn in before.turns]
    assert [turn.kind for turn in after.turns] == kinds
    assert {turn.speaker for turn in after.turns if turn.kind == "answer"} == {"Ines Marsh"}


def test_agreement_is_far_from_whole_where_a_reading_is_wrong() -> None:
    interview = load(LAYOUTS / "full_name_then_surname.txt")
    visible = render(interview.source.encode(), "txt")
    blind = read(interview.source.replace("Joan Marsh:", "Ann Calder:").replace("Marsh:", "Ward :"))

    assert agreement(interview, visible, blind).turns < 0.6
