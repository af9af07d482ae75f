"""docs/concepts.md names every noun of the house, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from notices.kinds import all_kinds

PAGE = (Path(__file__).parents[2] / "docs" / "concepts.md").read_text(encoding="utf-8")
HOUSE = ("accounts", "notices", "screenings", "interviews", "discussions")


def nouns() -> set[str]:
    """The models of the house; the rows of their histories are no nouns of their own."""
    models = (model for app in HOUSE for model in apps.get_app_config(app).get_models())
    return {model.__name__ for model in models if not hasattr(model, "history_object")}


def test_every_noun_of_the_house_is_explained_once() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert sorted(explained) == sorted(nouns())


def test_every_message_stands_with_its_list_and_whether_the_night_holds_it() -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.count("|") == 6
    ]
    said = {row[0]: (row[3], row[4]) for row in rows if row[0] not in ("message", "---")}
    is_so = {
        kind.name: ("yes" if kind.zone else "no", kind.mail_list.code if kind.mail_list else "")
        for kind in all_kinds()
    }
    assert said == is_so
