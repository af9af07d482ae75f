"""Wrong settings are found by `manage.py check`, with a way to mend them, and nothing is served on them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import checks
from config.environment import Environment, database_url_problem

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "k9Zr4TqWm2xVb7Lp1Ns8Yc5Hd3Gf6JaQeRuTiOpAsDfGhJkLzX",
    "BASE_URL": "https://guide.example",
    "ALLOWED_HOSTS": "guide.example",
    "DATABASE_URL": "postgres://house:lights@127.0.0.1:1/houselights",
    "REDIS_URL": "redis://127.0.0.1:1",
    "EMAIL_URL": "smtps://house:lights@mail.example:587",
}


def check(tmp_path: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in an environment of nothing but these."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *options],
        cwd=ROOT,
        env={**bare, "STATE_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_set_is_right(tmp_path: Path) -> None:
    assert check(tmp_path, "--fail-level", "WARNING").returncode == 0


def test_a_production_house_is_clean(tmp_path: Path) -> None:
    run = check(tmp_path, "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert run.returncode == 0, run.stderr


def test_every_wrong_variable_is_named_at_once_with_a_hint_and_no_traceback(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": "mysql://house@127.0.0.1/lights",
        "REDIS_URL": "http://127.0.0.1",
        "EMAIL_URL": "pigeon://roof",
        "EMAIL_TIMEOUT": "soon",
        "DEBUG": "perhaps",
        "LOG_LEVEL": "LOUD",
    }
    run = check(tmp_path, **wrong)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert run.stderr.count("houselights.E001") == len(wrong)
    assert all(name in run.stderr for name in wrong)
    assert "HINT" in run.stderr


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"SECRET_KEY": ""}, "houselights.E004"),
        ({"ALLOWED_HOSTS": "guide.example,*"}, "houselights.W005"),
        ({"DEMO": "1"}, "houselights.E006"),
        ({"EMAIL_URL": ""}, "houselights.W007"),
        ({"REDIS_URL": ""}, "houselights.W008"),
        ({"BASE_URL": "guide.example"}, "houselights.E002"),
        ({"BASE_URL": "https://other.example"}, "houselights.E003"),
    ],
)
def test_a_production_house_with_one_thing_wrong_is_told(
    tmp_path: Path, change: dict[str, str], expected: str
) -> None:
    run = check(tmp_path, "--deploy", "--fail-level", "WARNING", **{**PRODUCTION, **change})
    assert run.returncode == 1
    assert expected in run.stderr


@pytest.mark.parametrize(
    "base_url",
    ["http://localhost:8000", "https://guide.example", "http://[::1]:8000", "http://192.168.7.4:81"],
)
def test_a_scheme_and_a_host_is_an_origin(settings, base_url: str) -> None:
    settings.BASE_URL = base_url
    settings.ALLOWED_HOSTS = ["localhost", "guide.example", "[::1]", "192.168.7.4"]
    assert checks.base_url_is_an_origin() == []


@pytest.mark.parametrize(
    "base_url", ["guide.example", "ftp://guide.example", "https://guide.example/app", "https://"]
)
def test_anything_else_is_none(settings, base_url: str) -> None:
    settings.BASE_URL = base_url
    settings.ALLOWED_HOSTS = ["guide.example"]
    assert [message.id for message in checks.base_url_is_an_origin()] == ["houselights.E002"]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("sqlite:////tmp/house.sqlite3", ""),
        ("postgres://house:lights@db:5432/house", ""),
        ("postgresql:///house", ""),
        ("oracle://db/house", "is no database's URL"),
        ("house", "is no database's URL"),
        ("postgres://db", "names no database"),
        ("postgres://db:port/house", "cannot be read"),
    ],
)
def test_a_database_url(url: str, problem: str) -> None:
    found = database_url_problem(url)
    assert found.startswith(problem) if problem else not found


class TestReading:
    def test_empty_is_as_good_as_unset(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SEATS", " ")
        assert Environment().int("SEATS", default=40) == 40

    def test_a_dollar_in_a_secret_is_a_dollar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET", "$ecret")
        assert Environment().str("SECRET", default="") == "$ecret"

    def test_a_wrong_value_is_noted_and_the_default_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SEATS", "many")
        environment = Environment()
        assert environment.int("SEATS", default=40) == 40
        with pytest.raises(ImproperlyConfigured, match="SEATS is not a whole number"):
            environment.insist()

    def test_a_wrong_database_is_none_at_all_and_not_another_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "mysql://db/house")
        config = Environment().db_url("DATABASE_URL", default="sqlite:///x")
        assert config == {"ENGINE": "django.db.backends.dummy"}


def test_no_page_is_served_on_a_wrong_setting(tmp_path: Path) -> None:
    environment = {**os.environ, "STATE_DIR": str(tmp_path), "EMAIL_TIMEOUT": "soon"}
    command = [sys.executable, "-W", "ignore", "-c", "import config.asgi"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert run.stderr.strip().endswith("ImproperlyConfigured: EMAIL_TIMEOUT is not a whole number")
