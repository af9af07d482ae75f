"""Who may import whom: one way through the apps, and within each from models to subjects to doors."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).parents[2]
# From the ground up; whoever stands further right may know those to the left.
ORDER = ["common", "accounts", "notices", "screenings", "interviews", "discussions", "config"]
DOORS = "views|api|tasks|admin|forms|serializers|urls|management|templatetags|doors"
DOOR = re.compile(rf"(.+_)?({DOORS})(_.+)?")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "misc"}


def is_door(module: str) -> bool:
    """Whether a module, or a package it is in, is named as a door is: `views`, `views_team`, `team_doors`."""
    return any(DOOR.fullmatch(part) for part in module.split(".")[1:])


def may_open_doors(module: str) -> bool:
    """Doors know doors; `apps` says at start what there is; config puts the house together."""
    return is_door(module) or module.startswith("config") or module.endswith(".apps")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ORDER, cache_dir=None)


def test_import_linters_contracts_are_kept() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())",
    ]
    run = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_nothing_inside_imports_a_door(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{importer} imports {imported}"
        for imported in graph.modules
        if is_door(imported)
        for importer in graph.find_modules_that_directly_import(imported)
        if not may_open_doors(importer)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "door"),
    [
        ("screenings.views", True),
        ("screenings.views.public", True),
        ("screenings.views_manage", True),
        ("screenings.team_doors", True),
        ("screenings.management.commands.load_cities", True),
        ("screenings.reviews", False),
        ("screenings.showings", False),
        ("interviews.tasks_of_an_editor", True),
    ],
)
def test_a_door_is_known_by_its_name(module: str, door: bool) -> None:
    assert is_door(module) is door


def test_no_module_is_a_junk_drawer(graph: grimp.ImportGraph) -> None:
    assert [module for module in graph.modules if FORBIDDEN_NAMES & set(module.split("."))] == []


def references(model: type[Model]) -> list[tuple[str, str]]:
    """The apps at both ends of every relation that a model declares, however it was written."""
    return [
        (field.name, field.related_model._meta.app_label)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and isinstance(field.related_model, type)
    ]


def test_foreign_keys_point_the_way_that_imports_go() -> None:
    """import-linter does not see `"interviews.Guide"` in quotation marks."""
    wrong = [
        f"{model.__name__}.{name} points up at {target}"
        for model in apps.get_models()
        if (here := model._meta.app_label) in ORDER
        for name, target in references(model)
        if target in ORDER and ORDER.index(target) > ORDER.index(here)
    ]
    assert wrong == []


def test_the_relations_of_the_house_are_seen() -> None:
    """The test above is not green for want of anything to look at."""
    from screenings.models import Rsvp

    assert ("person", "accounts") in references(Rsvp)
