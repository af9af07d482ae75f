"""The page of what programs can ask: made of the OpenAPI document, ours alone, readable without a script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from playwright.sync_api import Page

import common.problems
from config.api_document import PROBLEMS
from screenings.api_words import SECTION
from screenings.box_office.showing_sets import MOST_NIGHTS
from screenings.serializers import MOST_ROWS


def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_document_is_valid_openapi_3_1() -> None:
    told = document()
    assert told["openapi"] == "3.1.0"
    validate_schema(told)


def test_every_act_of_the_document_is_on_the_page_with_its_address(client: Client) -> None:
    page = client.get("/api/")
    text = page.content.decode()
    assert not page.cookies
    for path, item in document()["paths"].items():
        for method in item:
            assert f"<strong>{method.upper()}</strong> {path}" in text, (method, path)


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing(client: Client) -> None:
    text = client.get("/api/").content.decode()
    loads = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]+)"', text)
    assert loads
    assert all(address.startswith("/") and not address.startswith("//") for address in loads)
    assert "<script" not in text
    assert "style=" not in text


def test_every_kind_of_problem_that_we_name_is_explained(client: Client) -> None:
    text = client.get("/api/").content.decode()
    for name, _ in common.problems.PLAIN.values():
        assert name in PROBLEMS
    for name in PROBLEMS:
        assert f'id="{name}"' in text


def test_nothing_is_in_the_way_of_anybody(phone: Page) -> None:
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        phone.goto("/api/")
        phone.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        found = Axe().run(phone)
        assert found.violations_count == 0, found.generate_report()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_docs_name_every_act_of_a_theaters_systems_and_the_limits_that_hold(settings: Any) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    acts = {
        f"`{method.upper()} {path}`"
        for path, item in document()["paths"].items()
        for method, act in item.items()
        if act["tags"] == [SECTION]
    }
    assert set(re.findall(r"^\| (`[^|]+`) \|", page, re.MULTILINE)) == acts
    for limit in (
        f"{rates['token_read'].partition('/')[0]} readings",
        f"{rates['token_write'].partition('/')[0]} changes a minute",
        f"{MOST_ROWS:,} showings",
        f"{MOST_NIGHTS} nights",
    ):
        assert limit in page
