"""Published guides as JSON: open to all, drafts and withdrawn words in none of it."""

from __future__ import annotations

import pytest
from django.test import Client

from interviews import guides
from interviews.excerpts import withdraw
from interviews.models import Excerpt
from interviews.publishing import publish
from tests.factories import make_film
from tests.interviews.zine import NOW, make_guide

pytestmark = pytest.mark.django_db


def test_the_list_holds_each_published_guide_once_and_no_draft(client: Client) -> None:
    guide = make_guide()
    guides.start_guide(make_film("Night Ferry"), "A secret draft", None)
    publish(guide, by=None, now=NOW)
    guides.add_text(guides.add_section(guide, "resources"), "A book.")
    publish(guide, by=None, now=NOW, changelog="A book.")
    answer = client.get("/api/guides/")
    (row,) = answer.json()["results"]
    assert (row["code"], row["version"], row["changelog"]) == (guide.code, 2, "A book.")
    assert "secret" not in answer.content.decode()
    assert not answer.cookies


def test_a_withdrawn_quote_has_no_words_there_either(client: Client) -> None:
    guide = make_guide()
    publish(guide, by=None, now=NOW)
    address = f"/api/guides/{guide.code}/"
    assert "after they have seen you tired" in client.get(address).content.decode()
    excerpt = Excerpt.objects.get(exact__startswith="People")
    withdraw(excerpt, reason="asked for", now=NOW)
    text = client.get(address).content.decode()
    assert "seen you tired" not in text
    frozen = client.get(address).json()["content"]["excerpts"][str(excerpt.uuid)]
    assert frozen["withdrawn_on"] == "2026-08-01"
    assert set(frozen) == {"speaker", "publication", "published_on", "lang", "dir", "withdrawn_on"}


def test_a_draft_is_not_there_and_nothing_can_be_written(client: Client) -> None:
    guide = make_guide()
    assert client.get(f"/api/guides/{guide.code}/").status_code == 404
    assert client.post("/api/guides/", {}).status_code == 405


def test_the_list_asks_as_often_for_thirty_guides_as_for_one(
    client: Client, django_assert_num_queries: object
) -> None:
    for number in range(3):
        publish(make_guide(make_film(f"Film {number}"), title=f"Guide {number}"), by=None, now=NOW)
        with django_assert_num_queries(2):  # type: ignore[operator]
            client.get("/api/guides/")


def test_the_openapi_document_describes_it(client: Client) -> None:
    text = client.get("/api/schema/").content.decode()
    assert "/api/guides/{code}/" in text
