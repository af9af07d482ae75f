"""docs/organizers.md tells the evening as it is: its pictures exist, its words stand on the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from discussions.crowding import A_CROWD, BEYOND_PER_SECOND, FULL_HOUSE, PERCENT_OF_SEATS, TOO_FAST
from tests.house.test_organizers_page import PAGE, words_of_the_pages

ROOT = Path(__file__).parents[2]
EVENING = PAGE.partition("## Lead the evening")[2]
PICTURES = re.findall(r"!\[([^\]]+)\]\((pictures/evening-[\w-]+\.webp)\)", EVENING)
MOST_BYTES = 60_000
# Words in italics are what buttons and links say; a path leads from one to the next.
SAID = {
    word
    for words in re.findall(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)", EVENING)
    for word in words.split(" → ")
}


def test_what_the_page_calls_by_name_stands_on_the_pages() -> None:
    templates = " ".join(
        " ".join(file.read_text(encoding="utf-8").split())
        for file in (ROOT / "templates" / "discussions").rglob("*.html")
    )
    said = words_of_the_pages()
    names = {" ".join(word.split()) for word in SAID}
    assert len(names) > 10
    assert not {
        name for name in names if name not in said and name not in templates and f"{name}:" not in templates
    }


def test_every_picture_of_the_evening_is_shown_once_and_said_in_words() -> None:
    taken = {f"pictures/{path.name}" for path in (ROOT / "docs" / "pictures").glob("evening-*.webp")}
    assert sorted(path for _, path in PICTURES) == sorted(taken)
    assert all(len(words) > 15 for words, _ in PICTURES)


@pytest.mark.parametrize("path", [path for _, path in PICTURES])
def test_a_picture_of_the_evening_is_light_and_can_be_seen(path: str) -> None:
    file = ROOT / "docs" / path
    assert file.stat().st_size <= MOST_BYTES
    with Image.open(file) as picture:
        assert len(picture.convert("L").getcolors() or []) > 16


def test_the_limits_that_the_page_admits_are_those_of_the_code() -> None:
    words = " ".join(EVENING.split())
    assert PERCENT_OF_SEATS == 110
    assert f"a tenth over its seats; {FULL_HOUSE} where nobody knows them" in words
    assert BEYOND_PER_SECOND == 1
    assert A_CROWD == 5
    assert TOO_FAST.seconds == 3
    assert "Five phones and more that vote for the same question within three seconds of joining" in words
