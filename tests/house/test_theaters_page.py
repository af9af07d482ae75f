"""docs/theaters.md tells the way as it is: its pictures exist, its words stand on the pages."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "theaters.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]+)\]\((pictures/[\w-]+\.webp)\)", PAGE)
MOST_BYTES = 60_000


def words_of_the_pages() -> set[str]:
    """What buttons, links, headings and labels say: in templates between two tags, in forms between quotes."""
    templates = [ROOT / "templates" / "base.html", *(ROOT / "templates" / "screenings").rglob("*.html")]
    said = set()
    for template in templates:
        text = re.sub(r"{%.*?%}", "<>", template.read_text(encoding="utf-8"))
        said |= {" ".join(html.unescape(words).split()) for words in re.findall(r">([^<>]+)<", text)}
    for form in (ROOT / "screenings").glob("forms_*.py"):
        said |= set(re.findall(r'label="([^"]+)"', form.read_text(encoding="utf-8")))
    return said | {f"Print on {paper}" for paper in ("A4", "US letter") if "Print on {{ words }}" in said}


def test_the_words_in_bold_stand_on_the_pages() -> None:
    bold = set(re.findall(r"\*\*([^*]+)\*\*", PAGE)) - {"bold"}
    assert len(bold) > 20
    assert not bold - words_of_the_pages()


def test_every_picture_is_shown_once_and_said_in_words() -> None:
    taken = {f"pictures/{path.name}" for path in (ROOT / "docs" / "pictures").glob("theaters-*.webp")}
    assert sorted(path for _, path in PICTURES) == sorted(taken)
    assert all(len(words) > 25 for words, _ in PICTURES)


@pytest.mark.parametrize("path", [path for _, path in PICTURES])
def test_a_picture_is_light_and_can_be_seen(path: str) -> None:
    file = ROOT / "docs" / path
    assert file.stat().st_size <= MOST_BYTES
    with Image.open(file) as picture:
        assert picture.width == 585
        assert len(picture.convert("L").getcolors() or []) > 16


def test_the_words_that_the_script_presses_are_those_of_the_page() -> None:
    script = (ROOT / "tests" / "pictures.py").read_text(encoding="utf-8")
    pressed = set(re.findall(r'get_by_role\("button", name="([^"]+)"\)', script))
    assert pressed <= set(re.findall(r"\*\*([^*]+)\*\*", PAGE))
