"""A draft under several hands: nothing is written over silently; order holds; copies credit and cannot pose."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from interviews import draft_edits, guides
from interviews.draft_edits import TakenOut, WrittenMeanwhile
from interviews.excerpts import withdraw
from interviews.guide_copies import copy_guide, outline
from interviews.models import Block, Excerpt, Guide, Prompt
from interviews.publishing import publish
from tests.cast import ORGANIZER, make_person
from tests.factories import make_film
from tests.interviews.zine import NOW, make_guide

pytestmark = pytest.mark.django_db


def order(guide: Guide) -> list[tuple[str, list[str]]]:
    """Each section's kind with the first word of what it holds."""
    return [
        (
            section.kind,
            [str(block.text or block.prompt or block.excerpt).split()[0] for block in section.blocks.all()],
        )
        for section in guide.sections.all()
    ]


@pytest.fixture
def guide() -> Guide:
    guide = guides.start_guide(make_film(), "What we carry", None)
    welcome, after = guides.add_section(guide, "welcome"), guides.add_section(guide, "after")
    for word in ("one", "two", "three"):
        guides.add_text(welcome, word)
    guides.add_prompt(after, "Which scene is still with you?")
    return guide


def block(text: str) -> Block:
    return Block.objects.select_related("section__guide", "prompt").get(text=text)


def test_who_writes_second_is_told_and_nothing_of_the_first_is_lost(guide: Guide) -> None:
    mine, theirs = block("one"), block("one")
    draft_edits.edit_block(theirs, 1, {"text": "theirs"})
    with pytest.raises(WrittenMeanwhile) as told:
        draft_edits.edit_block(mine, 1, {"text": "mine"})
    assert isinstance(told.value.row, Block)
    assert (told.value.row.text, told.value.row.revision) == ("theirs", 2)
    draft_edits.edit_block(mine, 2, {"text": "mine"})
    assert block("mine").revision == 3


def test_a_prompt_and_a_title_are_under_the_same_rule(guide: Guide) -> None:
    prompt = Block.objects.select_related("prompt", "section__guide").get(kind="prompt")
    draft_edits.edit_block(prompt, 1, {"question": "Which sound?", "minutes": 7})
    with pytest.raises(WrittenMeanwhile):
        draft_edits.edit_block(prompt, 1, {"question": "Which face?"})
    assert Prompt.objects.get().question == "Which sound?"
    draft_edits.edit_guide(guide, 1, title="A new title")
    with pytest.raises(WrittenMeanwhile):
        draft_edits.edit_guide(guide, 1, title="Another")
    assert Guide.objects.get().title == "A new title"


def test_writing_into_what_was_taken_out_is_told_apart(guide: Guide) -> None:
    gone = block("one")
    draft_edits.remove_block(block("one"))
    with pytest.raises(TakenOut):
        draft_edits.edit_block(gone, 1, {"text": "mine"})


def test_blocks_move_by_one_and_over_the_edge_of_a_section(guide: Guide) -> None:
    draft_edits.move_by_one(block("one"), up=True)
    draft_edits.move_by_one(block("one"), up=False)
    assert order(guide)[0] == ("welcome", ["two", "one", "three"])
    draft_edits.move_by_one(block("one"), up=False)
    draft_edits.move_by_one(block("one"), up=False)
    assert order(guide) == [("welcome", ["two", "three"]), ("after", ["one", "Which"])]
    draft_edits.move_by_one(block("one"), up=True)
    assert order(guide) == [("welcome", ["two", "three", "one"]), ("after", ["Which"])]


def test_a_prompt_taken_out_of_the_draft_is_gone_with_its_block(guide: Guide) -> None:
    draft_edits.remove_block(Block.objects.get(kind="prompt"))
    assert not Prompt.objects.exists()


def test_a_section_that_holds_something_stays(guide: Guide) -> None:
    section = guide.sections.get(kind="after")
    assert not draft_edits.remove_section(section)
    draft_edits.remove_block(section.blocks.get())
    assert draft_edits.remove_section(section)


def test_a_copy_holds_everything_credits_its_origin_and_asks_questions_of_its_own() -> None:
    origin = make_guide()
    version = publish(origin, by=None, now=NOW)
    copy = copy_guide(version, "Ours", make_person(ORGANIZER))
    assert order(copy) == order(origin)
    content = publish(copy, by=None, now=NOW).content
    assert content["guide"]["adapted_from"] == {"title": "What we carry", "code": origin.code, "version": 1}
    assert content["excerpts"] == version.content["excerpts"]
    assert not set(copy.prompts.values_list("uuid")) & set(origin.prompts.values_list("uuid"))


def test_a_copy_leaves_out_what_was_withdrawn() -> None:
    version = publish(make_guide(), by=None, now=NOW)
    withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
    copy = copy_guide(version, "Ours", make_person(ORGANIZER))
    assert Block.objects.filter(section__guide=copy, kind="excerpt").count() == 1
    assert copy.prompts.filter(excerpt=None).count() == 2


def test_a_copy_cannot_say_that_it_is_the_films_own() -> None:
    copy = copy_guide(publish(make_guide(), by=None, now=NOW), "Ours", make_person(ORGANIZER))
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_edits.edit_guide(copy, 1, is_films_own=True)


def test_an_outline_has_something_to_say_at_every_moment() -> None:
    guide = guides.start_guide(make_film(), "What we carry", None)
    outline(guide)
    assert set(guide.prompts.values_list("moment", flat=True)) == {
        "opening",
        "deepening",
        "closing",
        "action",
    }


def test_an_outline_has_the_sections_that_good_guides_have_in_their_order() -> None:
    guide = guides.start_guide(make_film(), "What we carry", None)
    outline(guide)
    kinds = [section.kind for section in guide.sections.all()]
    assert kinds == [kind for kind in guides.SECTION_ORDER if kind in kinds]
    assert set(guides.SECTION_ORDER) - set(kinds) == {"glance", "about_film", "credits"}
