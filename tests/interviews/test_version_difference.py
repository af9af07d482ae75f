"""What a new version changed is shown piece by piece, word by word."""

from __future__ import annotations

import pytest

from interviews import guides
from interviews.guide_content import arranged_sections, content_of
from interviews.models import Guide, Prompt
from interviews.version_difference import compare_words, difference
from tests.interviews.zine import make_guide

pytestmark = pytest.mark.django_db


def frozen(guide: Guide) -> dict[str, object]:
    return content_of(guide, arranged_sections(guide))


def test_nothing_changed_nothing_said() -> None:
    guide = make_guide()
    assert difference(frozen(guide), frozen(guide)) == []


def test_what_came_what_went_and_which_words_changed() -> None:
    guide = make_guide()
    before = frozen(guide)
    Prompt.objects.filter(question__startswith="Which scene").update(
        question="Which sound is still with you?"
    )
    guide.sections.get(kind="action").delete()
    guides.add_text(guides.add_section(guide, "people"), "Mara Lindqvist, director.")
    changes = difference(before, frozen(guide))
    assert [(change.kind, change.what) for change in changes] == [
        ("added", "section"),
        ("added", "text"),
        ("changed", "prompt"),
        ("removed", "section"),
        ("removed", "action"),
    ]
    runs = [(run.kind, run.text) for run in changes[2].runs if run.kind != "same"]
    assert runs == [("removed", "scene"), ("added", "sound")]


def test_the_first_version_is_all_new() -> None:
    assert {change.kind for change in difference(None, frozen(make_guide()))} == {"added"}


def test_both_texts_can_be_read_out_of_a_comparison() -> None:
    old, new = "Nobody has to speak, 你好.", "Everybody may speak. أهلا"
    runs = list(compare_words(old, new))
    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == new
