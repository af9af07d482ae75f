"""Which of the letters' languages a browser asks for (RFC 9110 §12.5.4)."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from common.letter_languages import wanted_by


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9", "de"),
        ("fr-CA", "fr"),
        ("es-419,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,de;q=0.8", "en"),
        ("sv,de;q=0.3,fr;q=0.7", "fr"),
        ("sv-SE,sv;q=0.9", "en"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("*", "en"),
        ("DE", "de"),
        ("", "en"),
        ("de;q=nonsense", "en"),
        ("den, dex;q=0.9", "en"),
        ("x" * 10_000, "en"),
    ],
)
def test_the_best_of_ours_is_taken(header: str, language: str) -> None:
    assert wanted_by(RequestFactory().get("/", headers={"Accept-Language": header})) == language


def test_who_asks_for_none_is_written_to_in_english() -> None:
    assert wanted_by(RequestFactory().get("/")) == "en"
