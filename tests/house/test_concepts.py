"""docs/concepts.md names every noun of the house, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

PAGE = (Path(__file__).parents[2] / "docs" / "concepts.md").read_text(encoding="utf-8")
HOUSE = ("accounts", "notices", "screenings", "interviews", "discussions")


def nouns() -> set[str]:
    """The models of the house; the rows of their histories are no nouns of their own."""
    models = (model for app in HOUSE for model in apps.get_app_config(app).get_models())
    return {model.__name__ for model in models if not hasattr(model, "history_object")}


def test_every_noun_of_the_house_is_explained_once() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert sorted(explained) == sorted(nouns())
