"""What tests share: a file database, the live house, a phone and a desk in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.chromium import NOT_FOUND, find_chromium, launch_flags
from tests.live_house import LiveHouse

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESK = {"viewport": {"width": 1280, "height": 800}}
MANIFEST_STORAGE = "config.static_files.HashedStaticFiles"
REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in ("", "0")

# A busy machine takes its time, and a page that says it late is no defect; what has to be fast is measured by itself.
expect.set_options(timeout=20_000)
# Playwright's synchronous face keeps an event loop in the test's thread, where Django would refuse its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Browser tests: marked as such, one file on one worker, after all others (they leave a loop running)."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))
    yield
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not find_chromium():
        not_run(NOT_FOUND)


def not_run(reason: str) -> None:
    """Leave a test out for want of something that this machine lacks; with REQUIRE_ALL=1 it fails instead."""
    if REQUIRE_ALL:
        pytest.fail(f"REQUIRE_ALL=1: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, so that the live house and workers see what a test wrote; no connection outlives a request."""
    from django.db import connection

    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files gathered, hashed and compressed as for production."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture(autouse=True)
def _guide_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is published in a test lies in no folder of the house."""
    settings.GUIDE_FILES = tmp_path_factory.getbasetemp() / "guides"


@pytest.fixture
def live_house(transactional_db: None, settings: Any, collected_static: Path) -> Iterator[LiveHouse]:
    """The real house on a free port: `live_house.url`."""
    house = LiveHouse()
    settings.STATIC_ROOT = collected_static
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    settings.BASE_URL = house.url
    settings.CSRF_TRUSTED_ORIGINS = [house.url]
    settings.ALLOWED_HOSTS = ["localhost"]
    house.open()
    yield house
    house.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": launch_flags()}


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], live_house: LiveHouse) -> Page:
    """A page on a phone (390 × 844) in the live house: `phone.goto("/")`."""
    return new_context(base_url=live_house.url, **PHONE).new_page()


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], live_house: LiveHouse) -> Page:
    """A page on a desktop (1280 × 800) in the live house."""
    return new_context(base_url=live_house.url, **DESK).new_page()
