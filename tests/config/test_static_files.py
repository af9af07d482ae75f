"""Static files under names that carry the hash of their bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.static_files import HashedStaticFiles


def test_the_address_of_a_file_is_looked_up_once(
    collected_static: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]
    storage = HashedStaticFiles(location=str(collected_static), base_url="/static/")
    address = storage.url("css/base.css")
    assert re.fullmatch(r"/static/css/base\.[0-9a-f]{12}\.css", address)
    monkeypatch.setattr(storage, "stored_name", lambda name: pytest.fail(f"{name} is looked up again"))
    assert storage.url("css/base.css") == address
