"""docs/running.md says what is so: every variable that is read, every command that there is, no lock with a host."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
APPS = ("common", "accounts", "notices", "screenings", "interviews", "discussions", "config")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-data.lock")


def variable_read_by(call: ast.Call) -> str | None:
    """The variable that a call reads: the text in `env.bool("DEBUG", …)` or `os.environ.get("CHROMIUM")`."""
    reads = re.fullmatch(r"env\.\w+|os\.environ\.get|os\.getenv", ast.unparse(call.func))
    first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    return first if reads and isinstance(first, str) and first.isupper() else None


def variables_read(file: Path) -> set[str]:
    """The environment's variables that a Python file names where it reads them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        name for node in ast.walk(tree) if isinstance(node, ast.Call) and (name := variable_read_by(node))
    }


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE))


def variables_of_the_house() -> set[str]:
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    return set().union(*(variables_read(file) for file in [*files, *(ROOT / "tests").glob("*.py")]))


def test_every_variable_that_is_read_is_on_the_page_and_none_else() -> None:
    settings = variables_read(ROOT / "config" / "settings.py")
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "BASE_URL"} <= settings
    assert documented() == variables_of_the_house()


def test_every_command_of_the_makefile_is_on_the_page() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    commands = set(phony.split()) - {"help"}
    assert commands == set(re.findall(r"^\| `make ([\w-]+)` \|", PAGE, re.MULTILINE))
    assert all(re.search(rf'^\t@echo "make {command} ', makefile, re.MULTILINE) for command in commands)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][\w.\-\[\],]*==\S+", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "//" not in text
    assert "index" not in re.sub(r"^[a-z0-9].*", "", text, flags=re.MULTILINE)


def test_what_is_run_is_what_is_tested() -> None:
    """Every pin of the running house stands in the tests' lock as well."""
    pins = [set(re.findall(r"^\S+==[^\s;]+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS[:2]]
    assert pins[0] <= pins[1]
