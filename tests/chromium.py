"""Where this machine keeps its Chromium, and how it is started for tests."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_FOUND = "no Chromium found: install one (Debian: apt install chromium) or name it in CHROMIUM"


@functools.cache
def find_chromium() -> str | None:
    """The path of the first Chromium found: `CHROMIUM`, the usual names and places, Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    usual = (shutil.which(name) for name in (*NAMES, *PLACES))
    return next((path for path in usual if path), None) or _playwrights_own()


def launch_flags() -> list[str]:
    """Flags for a quiet Chromium; it refuses to run as root inside its sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
