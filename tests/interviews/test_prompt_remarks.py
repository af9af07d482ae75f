"""What the builder notices about a prompt, and that it leaves good ones alone."""

from __future__ import annotations

import pytest

from interviews.prompt_remarks import Asked, remark_on, remark_on_all, seconds_aloud

GOOD = [
    ("en", "Which scene is still with you?"),
    ("en", "Which scene is still with you, and why?"),
    ("en", "Whom have you let look at you when you were tired?"),
    ("en", "Mara says “Were they glad?” What do you hear in it?"),
    ("en", "Can you describe the first thing you saw when the lights came up?"),
    ("en", "Was the ending a door or a wall?"),
    ("en", "What would you have carried; what left behind?"),
    ("en", "When the gate opened, what did you think would happen?"),
    ("en", "Turn to your neighbour and say what you carry for somebody."),
    ("fr", "Qu’est-ce que vous portez pour quelqu’un ?"),
    ("de", "Welche Szene geht Ihnen nach?"),
    ("es", "¿A quién le debe usted un camino?"),
    ("it", "Che cosa porti per qualcuno?"),
    ("ar", "أي مشهد ما زال معك؟"),
    ("zh", "哪个场景还留在你心里？"),
    ("fi", "Mikä kohtaus jäi mieleesi?"),
]
REMARKED = [
    ("en", "What did you see? What did you hear?", "two_questions"),
    ("en", "What did he lose, and what did he gain?", "two_questions"),
    ("ar", "ماذا رأيت؟ وماذا سمعت؟", "two_questions"),
    ("zh", "你看到了什么？你听到了什么？", "two_questions"),
    ("en", "Did you like the film?", "yes_or_no"),
    ("en", "So, is silence a kind of dialogue?", "yes_or_no"),
    ("en", "When the gate opened, were you afraid?", "yes_or_no"),
    ("fr", "Avez-vous aimé le film ?", "yes_or_no"),
    ("fr", "Est-ce que le silence parle ?", "yes_or_no"),
    ("de", "Hat Ihnen der Film gefallen?", "yes_or_no"),
    ("es", "¿Le gustó la película?", "yes_or_no"),
    ("zh", "你喜欢这部电影吗？", "yes_or_no"),
    ("ar", "هل أعجبك الفيلم؟", "yes_or_no"),
    ("en", "Don’t you think the road should be kept?", "names_its_answer"),
    ("en", "The families were right, weren't they?", "names_its_answer"),
    ("en", "How cruel was the state to the families?", "names_its_answer"),
    ("fr", "Le silence parle, n’est-ce pas ?", "names_its_answer"),
    ("de", "Das war doch ungerecht, oder?", "names_its_answer"),
]


@pytest.mark.parametrize(("language", "question"), GOOD)
def test_a_good_question_is_left_alone(language: str, question: str) -> None:
    assert remark_on(question, language) == []


@pytest.mark.parametrize(("language", "question", "rule"), REMARKED)
def test_what_makes_a_room_silent_is_noticed(language: str, question: str, rule: str) -> None:
    assert [remark.rule for remark in remark_on(question, language)] == [rule]


def test_a_rule_of_one_language_is_not_asked_of_another() -> None:
    assert remark_on("Did you like the film?", "fi") == []


def test_fifteen_seconds_aloud_are_enough() -> None:
    leading_up = "After the landslide the whole village walks down together " * 4
    assert seconds_aloud("one two three four five") == pytest.approx(2.0)
    assert seconds_aloud("哪个场景") == pytest.approx(1.0)
    (remark,) = remark_on(f"{leading_up} what did you hear?")
    assert remark.rule == "too_long"
    assert "about 16 seconds" in remark.says


SCENE = Asked("Which scene is still with you?", "opening", 5)
CLOSING = Asked("What do you take home?", "closing", 5)
ACTION = Asked("What is one thing you could do this week?", "action", 5)


def rules(*prompts: Asked, language: str = "en", minutes: int = 30) -> list[str]:
    return [remark.rule for remark in remark_on_all(prompts, language, minutes=minutes)]


def test_a_scene_something_to_do_and_time_for_both_need_no_remark() -> None:
    assert rules(SCENE, CLOSING, ACTION) == []


def test_a_guide_without_questions_is_told_how_to_begin() -> None:
    assert rules() == ["no_prompts"]


def test_an_evening_that_begins_with_opinions_is_noticed() -> None:
    opinion = Asked("What is your view of border policy?", "opening", 5)
    assert rules(opinion, ACTION) == ["no_scene"]
    assert rules(Asked("أي مشهد ما زال معك؟", "opening", 5), ACTION, language="ar") == []


def test_an_evening_without_time_for_action_is_noticed() -> None:
    assert rules(SCENE, CLOSING) == ["no_action"]


def test_sixty_prompts_do_not_fit_and_the_minutes_are_named() -> None:
    remarks = remark_on_all([SCENE] * 60 + [ACTION])
    assert [remark.rule for remark in remarks] == ["more_than_minutes"]
    assert "61 questions after the film want 305 minutes" in remarks[0].says


def test_before_the_film_one_card_is_enough() -> None:
    before = Asked("What have you heard of it?", "before", 2)
    assert rules(before, SCENE, ACTION) == []
    assert rules(before, before, SCENE, ACTION) == ["one_before"]


def test_what_is_asked_before_the_film_takes_no_time_from_after_it() -> None:
    assert rules(SCENE, ACTION, Asked("What have you heard of it?", "before", 30)) == []
