"""The tokens keep their word: every pair of text and ground is AA in both lights, and pages stay light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TEXT, GRAPHIC = 4.5, 3.0
# (foreground, ground, least contrast): WCAG 2.2, 1.4.3 and 1.4.11.
PAIRS = [
    *((text, ground, TEXT) for text in ("ink", "ink-soft", "accent", "wrong") for ground in ("paper", "paper-deep")),
    ("on-accent", "accent", TEXT),
    ("paper", "ink", TEXT),
    ("on-ceiling", "ceiling", TEXT),
    ("lamp", "ceiling", TEXT),
    ("on-lamp", "lamp", TEXT),
    ("edge", "paper", GRAPHIC),
]  # fmt: skip


def colours_of(selector: str) -> dict[str, str]:
    """Token → `#rrggbb`, of the first block of `selector` in tokens.css."""
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", (CSS / "tokens.css").read_text(), re.S)
    assert block, selector
    short = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block.group(1)))
    return {
        name: "#" + "".join(c * 2 for c in value[1:]) if len(value) == 4 else value
        for name, value in short.items()
    }


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LIGHTS = {"lobby": ":root", "dark by preference": "dark) {\n  :root", "dark house": ":root.dark-house"}


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_can_be_read(light: str, text: str, ground: str, least: float) -> None:
    colours = colours_of(LIGHTS[light])
    assert contrast(colours[text], colours[ground]) >= least


def test_both_ways_into_the_dark_house_have_the_same_colours() -> None:
    assert colours_of(LIGHTS["dark by preference"]) == colours_of(LIGHTS["dark house"])
    assert colours_of(":root.dark-house")["paper"] == "#000000"


def test_style_sheets_use_tokens_and_fetch_nothing() -> None:
    for sheet in CSS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/|@media print.*", "", sheet.read_text(), flags=re.S)
        assert not re.search(r"@import|url\(", text), sheet.name
        if sheet.name != "tokens.css":
            assert not re.search(r":[^;]*#[0-9a-f]{3,8}\b", text), f"{sheet.name} has a colour of its own"
