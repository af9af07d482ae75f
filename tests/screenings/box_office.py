"""A theater's ticketing system, as tests play it: it has a token, sends JSON and reads problems."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from screenings.box_office.tokens import make_theater_token
from screenings.models import Theater

BOTH = ("read", "publish")


class System:
    """One system of a theater, with a token of its own."""

    def __init__(self, theater: Theater, *scopes: str, name: str = "Box office") -> None:
        self.theater = theater
        self.token, self.secret = make_theater_token(theater, name, scopes or BOTH, by=None)
        self.client = Client()

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        data = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        return self.client.generic(method, address, data, content_type="application/json", headers=sent)

    def nights(self, first: str = "2026-08-07", last: str = "2026-08-13") -> str:
        return f"/api/theaters/{self.theater.slug}/nights/{first}/{last}/showings/"

    def put(self, *rows: Any, nights: tuple[str, str] = ("2026-08-07", "2026-08-13"), **more: Any) -> Any:
        headers = {name: more.pop(name) for name in ("Idempotency_Key", "If_Match") if name in more}
        return self.ask("PUT", self.nights(*nights), {"showings": list(rows), **more}, **headers)

    def stand(self) -> list[dict[str, Any]]:
        return self.ask("GET", self.nights()).json()["showings"]


def row(name: str, starts_at: str, title: str = "The Salt Road", **facts: Any) -> dict[str, Any]:
    return {"id": name, "title": title, "starts_at": f"2026-08-{starts_at}", **facts}


def faults(answer: Any) -> list[tuple[str, str]]:
    """Where a problem points, and at what."""
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
