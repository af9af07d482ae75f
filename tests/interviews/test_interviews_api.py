"""Interviews for programs: where they were published and what is quoted of them; never their text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from interviews import guides
from interviews.excerpts import withdraw
from interviews.models import Excerpt, Guide, Interview
from interviews.publishing import publish
from tests.factories import make_film
from tests.interviews.zine import ARABIC, NOW, keep, make_guide, quote

pytestmark = pytest.mark.django_db
SCHEMA = json.loads(Path(__file__).with_name("web_annotation.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def guide() -> Guide:
    guide = make_guide()
    keep(guide.film, ARABIC, publication="An unquoted one", url="")
    publish(guide, by=None, now=NOW)
    return guide


def quotes_of(client: Client, interview: Interview) -> list[dict[str, Any]]:
    collection = client.get(f"/api/interviews/{interview.pk}/annotations/").json()
    items: list[dict[str, Any]] = collection.get("first", {"items": []})["items"]
    return items


def test_the_list_holds_what_published_guides_quote_and_nothing_else(client: Client, guide: Guide) -> None:
    make_guide(make_film("Night Ferry"), title="A draft")
    answer = client.get("/api/interviews/")
    rows = answer.json()["results"]
    assert [row["publication"] for row in rows] == ["The Tide", "Reel & Rope"]
    assert rows[0] == {
        "id": rows[0]["id"],
        "film": "the-salt-road",
        "title": "Salt, Roads and Patience: Mara Lindqvist on “The Salt Road”",
        "publication": "The Tide",
        "byline": "Ines Okafor",
        "published_on": "2026-05-03",
        "language": "en",
        "url": "https://tide.example/salt-road",
        "quotes": 1,
        "annotations": f"http://testserver/api/interviews/{rows[0]['id']}/annotations/",
    }
    assert not answer.cookies


def test_the_list_is_narrowed_to_a_film(client: Client, guide: Guide) -> None:
    publish(make_guide(make_film("Night Ferry"), title="Another"), by=None, now=NOW)
    assert client.get("/api/interviews/").json()["count"] == 4
    assert client.get("/api/interviews/", {"film": "night-ferry"}).json()["count"] == 2
    assert client.get("/api/interviews/", {"film": "no\0where"}).json()["count"] == 0


def test_one_that_no_published_guide_quotes_is_not_there(client: Client, guide: Guide) -> None:
    unquoted = Interview.objects.get(publication="An unquoted one")
    assert client.get(f"/api/interviews/{unquoted.pk}/").status_code == 404
    assert client.get(f"/api/interviews/{unquoted.pk}/annotations/").status_code == 404
    assert client.post("/api/interviews/", {}).status_code == 405


def test_no_words_but_the_quoted_ones_stand_in_any_answer(client: Client, guide: Guide) -> None:
    answers = [client.get("/api/interviews/").content.decode()]
    for interview in Interview.objects.all():
        for path in ("", "annotations/"):
            answers.append(client.get(f"/api/interviews/{interview.pk}/{path}").content.decode())
    text = "".join(answers)
    assert "after they have seen you tired" in text
    assert "My grandmother drew it for me" not in text
    assert "the day of the landslide" not in text.lower()


def test_quotes_are_web_annotations_as_the_recommendation_has_them(client: Client, guide: Guide) -> None:
    interview = Interview.objects.get(publication="Reel & Rope")
    answer = client.get(f"/api/interviews/{interview.pk}/annotations/")
    assert answer["Content-Type"].startswith("application/ld+json")
    collection = answer.json()
    assert collection["id"].endswith(f"/api/interviews/{interview.pk}/annotations/")
    (annotation,) = collection["first"]["items"]
    jsonschema.validate({"@context": collection["@context"], **annotation}, SCHEMA)
    first, second = (target["selector"][0]["exact"] for target in annotation["target"])
    assert first == "Silence is the only dialogue that nobody has rehearsed."
    assert " ".join(second.split()) == "a pause is where a person decides whether to trust you."


def test_a_withdrawn_quote_has_no_words(client: Client, guide: Guide) -> None:
    excerpt = Excerpt.objects.get(exact__startswith="People")
    withdraw(excerpt, reason="asked for", now=NOW)
    (annotation,) = quotes_of(client, excerpt.source.interview)
    assert "seen you tired" not in json.dumps(annotation)
    assert annotation["body"]["value"] == "Withdrawn on 1 August 2026."


def test_what_an_editor_does_to_a_quote_is_nobodys_until_it_is_published(
    client: Client, guide: Guide
) -> None:
    excerpt = Excerpt.objects.get(exact__startswith="People")
    Excerpt.objects.filter(pk=excerpt.pk).update(note="A private thought.", speaker="Mara L.")
    quote(excerpt.source, "My grandmother drew it for me")
    text = json.dumps(quotes_of(client, excerpt.source.interview))
    assert "private thought" not in text
    assert "Mara Lindqvist: People" in text
    assert "grandmother" not in text
    publish(guide, by=None, now=NOW)
    assert "A private thought." in json.dumps(quotes_of(client, excerpt.source.interview))


def test_the_list_asks_as_often_for_thirty_interviews_as_for_one(
    client: Client, guide: Guide, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        with django_assert_num_queries(2):
            client.get("/api/interviews/")
        for number in range(15):
            source = keep(guide.film, ARABIC + str(number), publication=f"Paper {number}", url="")
            excerpt = quote(source, "بدأت الحكاية بخريطة رسمتها جدتي")
            guides.add_excerpt(guides.add_section(guide, "excerpts"), excerpt)
        publish(guide, by=None, now=NOW)


def test_versions_know_the_rows_of_what_they_quote(guide: Guide) -> None:
    version = guide.versions.get()
    assert {str(one.uuid) for one in version.excerpts.all()} == set(version.content["excerpts"])


def test_the_openapi_document_describes_it(client: Client) -> None:
    document = client.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    assert "/api/interviews/{id}/" in document["paths"]
    assert document["paths"]["/api/interviews/"]["get"]["parameters"][0]["name"] == "film"
