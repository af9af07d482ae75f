"""The first command on a fresh machine: what is missing is said, with the package that mends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout as far as make looks at it before there is an environment."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "touch", "echo"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "")
    return tmp_path


def python_that(checkout: Path, script: str) -> None:
    """Puts a python3 on the path that behaves as `script` says."""
    python = checkout / "bin" / "python3"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)


def make(checkout: Path, target: str) -> subprocess.CompletedProcess[str]:
    """`make target` where only the checkout's own bin is on the path."""
    environment = {"PATH": str(checkout / "bin"), "SHELL": "/bin/sh"}
    command = [shutil.which("make") or "make", target]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", ["run", "test"])
def test_without_python_it_names_the_package(checkout: Path, target: str) -> None:
    run = make(checkout, target)
    assert run.returncode != 0
    assert "apt install python3 python3-venv" in run.stdout


def test_with_an_old_python_it_says_so(checkout: Path) -> None:
    python_that(checkout, 'case "$*" in *version_info*) exit 1;; --version) echo Python 3.9.2;; esac')
    run = make(checkout, "run")
    assert run.returncode != 0
    assert "older than 3.11: Python 3.9.2" in run.stdout


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_with_a_python_that_lacks_venv_or_pip_it_names_the_package(checkout: Path, missing: str) -> None:
    """A real python3 that cannot import the module, as Debian's without python3-venv."""
    blocked = checkout / "blocked"
    blocked.mkdir()
    (blocked / f"{missing}.py").write_text("raise ImportError\n")
    python_that(checkout, f'PYTHONPATH="{blocked}" exec "{sys.executable}" "$@"')
    run = make(checkout, "run")
    assert run.returncode != 0
    assert "apt install python3-venv" in run.stdout
    assert not (checkout / ".venv").exists()


def test_with_an_environment_that_is_up_to_date_there_is_nothing_to_install(checkout: Path) -> None:
    stamps = [checkout / ".venv" / f"{name}.stamp" for name in ("made", "run", "test")]
    stamps[0].parent.mkdir()
    for stamp in stamps:
        stamp.touch()
    command = [shutil.which("make") or "make", "--dry-run", "run"]
    # Not the make above us, if one runs these tests.
    environment = {"PATH": os.environ["PATH"]}
    run = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["exec .venv/bin/python manage.py house"]
