"""docs/attendees.md tells the evening as it is: its pictures exist, its words stand on the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "attendees.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]+)\]\((pictures/attendees-[\w-]+\.webp)\)", PAGE)
BOLD = set(re.findall(r"\*\*([^*]+)\*\*", PAGE))
MOST_BYTES = 60_000


def test_the_words_in_bold_stand_on_the_pages_and_in_their_scripts() -> None:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").glob("*.js")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert len(BOLD) > 6
    assert not {words for words in BOLD if words not in said}


def test_every_picture_is_shown_once_and_said_in_words() -> None:
    taken = {f"pictures/{path.name}" for path in (ROOT / "docs" / "pictures").glob("attendees-*.webp")}
    assert sorted(path for _, path in PICTURES) == sorted(taken)
    assert all(len(words) > 25 for words, _ in PICTURES)


@pytest.mark.parametrize("path", [path for _, path in PICTURES])
def test_a_picture_is_light_and_can_be_seen(path: str) -> None:
    file = ROOT / "docs" / path
    assert file.stat().st_size <= MOST_BYTES
    with Image.open(file) as picture:
        assert picture.width == 585
        assert len(picture.convert("L").getcolors() or []) > 16
