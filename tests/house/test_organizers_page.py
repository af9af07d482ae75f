"""docs/organizers.md tells the way as it is: its pictures exist, its words stand on the pages."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "organizers.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]+)\]\((pictures/organizers-[\w-]+\.webp)\)", PAGE)
# The guide's part of the page; the evening's is held by its own test.
GUIDES = PAGE.partition("## Build a guide from a file")[0]
BOLD = set(re.findall(r"\*\*([^*]+)\*\*", GUIDES))
MOST_BYTES = 60_000


def words_of_the_pages() -> set[str]:
    """What buttons, links, headings and labels say in templates, and what the desk says of guides."""
    said = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for plain in (re.sub(r"{%.*?%}", "<>", text), re.sub(r"{%.*?%}", "", text)):
            said |= {" ".join(html.unescape(words).split()) for words in re.findall(r">([^<>]+)(?=<)", plain)}
    for module in (*(ROOT / "interviews").glob("desks.py"), *(ROOT / "discussions").rglob("*.py")):
        said |= set(re.findall(r'"([A-Z][^"{]+)"', module.read_text(encoding="utf-8")))
    return said


def test_the_words_in_bold_stand_on_the_pages() -> None:
    assert len(BOLD) > 8
    assert not BOLD - words_of_the_pages()


def test_every_picture_is_shown_once_and_said_in_words() -> None:
    taken = {f"pictures/{path.name}" for path in (ROOT / "docs" / "pictures").glob("organizers-*.webp")}
    assert sorted(path for _, path in PICTURES) == sorted(taken)
    assert all(len(words) > 25 for words, _ in PICTURES)


@pytest.mark.parametrize("path", [path for _, path in PICTURES])
def test_a_picture_is_light_and_can_be_seen(path: str) -> None:
    file = ROOT / "docs" / path
    assert file.stat().st_size <= MOST_BYTES
    with Image.open(file) as picture:
        assert picture.width == 585
        assert len(picture.convert("L").getcolors() or []) > 16
