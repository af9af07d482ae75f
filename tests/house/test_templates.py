"""Pages: every template compiles, and none sends a browser to somebody else's host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from django.template.utils import get_app_template_dirs

ROOT = Path(__file__).parents[2]
TEMPLATE_DIRS = [ROOT / "templates", *(Path(path) for path in get_app_template_dirs("templates"))]
OURS = [path for path in TEMPLATE_DIRS if path.is_relative_to(ROOT) and ".venv" not in path.parts]
TEMPLATES = sorted(
    (str(file.relative_to(folder)), file) for folder in OURS for file in folder.rglob("*") if file.is_file()
)
STATIC = sorted(
    file for file in (ROOT / "static").rglob("*") if file.suffix in {".css", ".js", ".svg", ".webmanifest"}
)
# What a browser fetches by itself: a plain link to somewhere else is a reader's choice.
FETCHED = re.compile(
    r"""(?:\b(?:src|srcset|poster|action|formaction|data|hx-get|hx-post)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//"""
    r"""|(?:fetch|import|EventSource|importScripts)\(\s*["'`](?:https?:)?//)""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", [name for name, _ in TEMPLATES])
def test_every_template_compiles(name: str) -> None:
    engines["django"].get_template(name)


@pytest.mark.parametrize("file", [*(file for _, file in TEMPLATES), *STATIC], ids=lambda file: file.name)
def test_nothing_is_fetched_from_another_host(file: Path) -> None:
    assert FETCHED.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "<img alt='' src=//pixel.example>",
        '<link rel="stylesheet" href="https://fonts.example/css">',
        "body { background: url(https://img.example/a.png) }",
        '@import "//fonts.example/css";',
        "fetch('https://api.example/')",
    ],
)
def test_a_host_in_any_dress_is_seen(page: str) -> None:
    assert FETCHED.search(page)


def test_a_link_that_a_reader_may_follow_is_no_fetch() -> None:
    assert not FETCHED.search(
        '<a href="https://www.geonames.org/">GeoNames</a> <img src="{% static "a.svg" %}">'
    )


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
