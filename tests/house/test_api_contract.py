"""Schemathesis asks every documented act what its document allows, and what it does not: bounded, over the wire.

`positive_data_acceptance` is left out: a set that the document allows may name a film that there is not, and 422 says so.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from accounts.token_throttles import TokenThrottle
from interviews.guide_tokens import make_token_for
from interviews.models import GuideMembership
from interviews.publishing import publish
from tests.cast import EDITOR, make_person
from tests.factories import make_film, make_theater
from tests.interviews.zine import NOW, make_guide
from tests.live_house import LiveHouse
from tests.screenings.box_office import System

EXAMPLES = 10
ALWAYS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
OPERATIONS = sorted(
    (method, path)
    for path, item in SchemaGenerator().get_schema(request=None, public=True)["paths"].items()
    for method in item
)
pytestmark = pytest.mark.django_db(transaction=True)


class Contract:
    """The document with addresses of things that are there, and tokens that open them."""

    def __init__(self, url: str) -> None:
        film, editor = make_film(), make_person(EDITOR)
        system, guide = System(make_theater()), make_guide(film)
        GuideMembership.objects.get_or_create(guide=guide, person=editor, defaults={"role": "owner"})
        publish(guide, by=None, now=NOW)
        self.tokens = {"theater_token": system.secret, "guides_token": make_token_for(editor, "Script")[1]}
        there = {
            "theater": [system.theater.slug],
            "first": ["2035-08-07"],
            "last": ["2035-08-13"],
            "day": ["2035-08-07"],
            "showing": ["A-1"],
            "code": [guide.code],
        }
        document = copy.deepcopy(SchemaGenerator().get_schema(request=None, public=True))
        for item in document["paths"].values():
            for operation in item.values():
                for parameter in operation.get("parameters", []):
                    if parameter["in"] == "path" and parameter["name"] in there:
                        parameter["schema"] = {"type": "string", "enum": there[parameter["name"]]}
        system.put(
            {"id": "A-1", "title": film.title, "starts_at": "2035-08-07T19:00"},
            nights=("2035-08-07", "2035-08-13"),
        )
        self.schema, self.url = schemathesis.openapi.from_dict(document), url

    def operation(self, method: str, path: str) -> Any:
        return self.schema[path][method.upper()]

    def headers(self, operation: Any) -> dict[str, str]:
        for named in operation.definition.raw.get("security", []):
            for name in named:
                if name in self.tokens:
                    return {"Authorization": f"Bearer {self.tokens[name]}"}
        return {}

    def ask(self, method: str, path: str, mode: GenerationMode, wanted: list[Any]) -> None:
        """Some requests to one act, checked one by one; raises for what is not as documented."""
        operation = self.operation(method, path)
        headers = self.headers(operation)

        @seed(10)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def once(case: Any) -> None:
            case.validate_response(case.call(base_url=self.url, headers=headers), checks=wanted)

        once()


@pytest.fixture
def contract(live_house: LiveHouse, monkeypatch: pytest.MonkeyPatch) -> Contract:
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token_read": "9999/s", "token_write": "9999/s"})
    return Contract(live_house.url)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not"])
def test_what_is_documented_is_so(contract: Contract, mode: GenerationMode) -> None:
    wanted = [*ALWAYS, checks.negative_data_rejection] if mode is GenerationMode.NEGATIVE else ALWAYS
    wrong = []
    for method, path in OPERATIONS:
        try:
            contract.ask(method, path, mode, wanted)
        except (Exception, BaseExceptionGroup) as error:
            wrong.append(f"{method.upper()} {path}: {told(error)}")
    assert not wrong, "\n\n".join(wrong)


def told(error: BaseException) -> str:
    """What Schemathesis found, each finding on a line of its own."""
    inner = getattr(error, "exceptions", [error])
    return "\n".join(str(one) for one in inner)[:1500]


def test_the_whole_api_is_asked() -> None:
    paths = {path for _, path in OPERATIONS}
    assert len(OPERATIONS) >= 20
    assert {"/api/guides/", "/api/theaters/{theater}/nights/{first}/{last}/showings/"} <= paths
