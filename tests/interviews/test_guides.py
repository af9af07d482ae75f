"""A draft is arranged in the order that a guide is read."""

import pytest
from django.db import IntegrityError, transaction

from interviews import guides
from interviews.models import Block, GuideSection
from tests.factories import make_film
from tests.interviews.zine import keep, make_guide, quote

pytestmark = pytest.mark.django_db


def test_sections_stand_in_the_order_of_reading_however_they_are_added() -> None:
    guide = guides.start_guide(make_film(), "What we carry", None)
    for kind in ("credits", "after", "welcome", "content_note"):
        guides.add_section(guide, kind)
    assert [section.kind for section in guide.sections.all()] == [
        "welcome",
        "content_note",
        "after",
        "credits",
    ]


def test_a_kind_of_section_is_there_once() -> None:
    guide = guides.start_guide(make_film(), "What we carry", None)
    section = guides.add_section(guide, "welcome")
    assert guides.add_section(guide, "welcome", "Come in") == section
    assert guide.sections.get().heading == "Come in"
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideSection.objects.create(guide=guide, kind="welcome")


def test_a_section_of_no_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="overture"):
        guides.add_section(guides.start_guide(make_film(), "What we carry", None), "overture")


def test_blocks_follow_each_other_as_they_are_added() -> None:
    film = make_film()
    section = guides.add_section(guides.start_guide(film, "What we carry", None), "filmmaker")
    guides.add_text(section, "On the road.")
    guides.add_excerpt(section, quote(keep(film), "My grandmother drew it for me"))
    guides.add_prompt(section, "Who drew your map?")
    guides.add_action(section, "Walk.", "https://roads.example/")
    assert [block.kind for block in section.blocks.all()] == ["text", "excerpt", "prompt", "action"]


def test_a_guide_has_a_code_that_can_be_read_aloud() -> None:
    first, second = (make_guide(make_film(title), title=title).code for title in ("One", "Two"))
    assert first != second
    assert len(first) == 8


def test_the_database_refuses_a_block_that_does_not_hold_what_it_says() -> None:
    section = guides.add_section(guides.start_guide(make_film(), "What we carry", None), "welcome")
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(section=section, kind="prompt", text="no prompt")
