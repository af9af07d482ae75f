"""Questions that ask the same are put beside each other; those that only sound alike are not."""

from __future__ import annotations

import pytest

from discussions.likeness import alike


def groups(*texts: str) -> list[list[int]]:
    return alike(dict(enumerate(texts)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How did you find the road?", "how did you find the road"),
        ("How did you find the road in the first place?", "Where did you find the road?"),
        ("Were the families paid?", "Did the families get paid for this?"),
        ("What happened to Tomas after the landslide?", "What happened to Tomas?"),
        ("¿Dónde está el camino ahora?", "Donde esta el camino ahora"),
        ("导演是怎么找到这条路的？", "导演怎么找到这条路的"),
        ("كيف بدأت الحكاية؟", "كيف بدأت هذه الحكاية؟"),
    ],
)
def test_the_same_question_in_other_words(one: str, other: str) -> None:
    assert groups(one, other) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who paid for the film?", "Who built the road?"),
        ("Why did she stay?", "Why did he leave?"),
        ("How long did it take?", "How did you find the road?"),
        ("What happened to Tomas?", "What happened to the goat?"),
        ("Why?", "How?"),
        ("为什么要拍这部电影？", "导演是怎么找到这条路的？"),
    ],
)
def test_other_questions_that_sound_alike(one: str, other: str) -> None:
    assert groups(one, other) == []


def test_the_one_that_came_first_leads_and_others_stay_alone() -> None:
    assert groups(
        "Who paid for it, and how much?",
        "How did you find the road?",
        "How did you ever find the road?",
        "Where is Tomas today?",
        "how did you find this road",
    ) == [[1, 2, 4]]


def test_a_storm_of_four_hundred_is_sorted_at_once() -> None:
    storm = {n: f"How did you find the road{'?' * (n % 3)}" for n in range(390)}
    storm |= {
        390 + n: text for n, text in enumerate(["Who is Tomas?", "Why salt?", "Where is the goat now?"])
    }
    (group,) = alike(storm)
    assert group == list(range(390))
