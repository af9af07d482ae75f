"""A ticketing system's week pushed, changed and cancelled by a script that has a token, the OpenAPI document and nothing else.

The script finds acts by what the document says they do, fills addresses by their parameters' names, and begins with
the document's own example.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from screenings.models import Screening
from tests.factories import make_film, make_theater
from tests.screenings.box_office import System

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)


class Script:
    """Knows HTTP and OpenAPI. What the house is called and where its things are, it reads."""

    def __init__(self, token: str) -> None:
        self.http = Client()
        page = self.http.get("/api/").content.decode()
        (link,) = re.findall(r'href="([^"]+)">The OpenAPI document', page)
        self.document = self.http.get(link).json()
        self.headers = {"Authorization": f"Bearer {token}"}

    def find(self, words: str) -> tuple[str, str, dict[str, Any]]:
        """The act whose summary holds these words: its method, its path, its description."""
        (found,) = [
            (method, path, act)
            for path, item in self.document["paths"].items()
            for method, act in item.items()
            if words in act.get("summary", "")
        ]
        return found

    def do(self, words: str, body: Any = None, headers: dict[str, str] | None = None, **values: str) -> Any:
        method, path, act = self.find(words)
        named = {parameter["name"] for parameter in act["parameters"] if parameter["in"] == "path"}
        known = {parameter["name"] for parameter in act["parameters"] if parameter["in"] == "header"}
        assert set(headers or {}) <= known
        address = path.format(**{name: values[name] for name in named})
        data = "" if body is None else json.dumps(body)
        answer = self.http.generic(
            method.upper(), address, data, "application/json", headers={**self.headers, **(headers or {})}
        )
        assert str(answer.status_code) in act["responses"], (answer.status_code, answer.content)
        return answer

    def example(self, words: str) -> Any:
        _, _, act = self.find(words)
        examples = act["requestBody"]["content"]["application/json"]["examples"]
        return next(iter(examples.values()))["value"]


def test_a_week_is_pushed_changed_and_cancelled_with_nothing_but_the_document() -> None:
    make_film("The Salt Road")
    make_film("Night Ferry")
    with time_machine.travel(NOW, tick=False):
        script = Script(System(make_theater()).secret)
        start = script.do("Whose token").json()["theater"]
        week = {"theater": start["theater"], **start["next_week"]}
        body = script.example("Make the showings")

        pushed = script.do("Make the showings", body, {"Idempotency-Key": '"1"'}, **week)
        assert (pushed.status_code, pushed.json()["changes"]["added"]) == (200, 2)

        stands = script.do("The showings of some nights", **week)
        rows = stands.json()["showings"]
        rows[0]["starts_at"] = rows[0]["starts_at"].replace("T19:00", "T19:30")
        etag = {"If-Match": stands["ETag"]}
        changed = script.do("Make the showings", {"showings": rows}, etag, **week)
        assert [row["outcome"] for row in changed.json()["showings"]] == ["moved", "unchanged"]
        assert script.do("Make the showings", {"showings": []}, etag, **week).status_code == 412

        off = script.do("Cancel one", {"reason": "The lamp."}, showing=rows[0]["id"], **week)
        assert off.json()["status"] == "cancelled"

        rows[1]["title"], rows[1]["film"] = "The Sald Raod", ""
        del rows[1]["film"]
        refused = script.do("Make the showings", {"showings": rows[1:]}, **week).json()
        (error,) = refused["errors"]
        place = error["pointer"].removeprefix("#/showings/").split("/")
        assert rows[1:][int(place[0])][place[1]] == "The Sald Raod"
        assert "The Salt Road" in error["suggestions"]
    assert [s.status for s in Screening.objects.order_by("starts_at")] == ["cancelled", "scheduled"]


def test_every_refusal_that_a_script_meets_is_explained_where_its_type_leads(client: Client) -> None:
    system = System(make_theater())
    problem = system.ask("PUT", system.nights(), {"showings": [{}]}).json()
    address, _, name = problem["type"].partition("#")
    page = client.get(
        address.partition("//")[2].partition("/")[1] + address.partition("//")[2].partition("/")[2]
    )
    assert f'id="{name}"' in page.content.decode()
