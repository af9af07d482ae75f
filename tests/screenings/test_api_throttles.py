"""How much a token may ask for, with the shared cache and without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from accounts.token_throttles import TokenThrottle
from tests.factories import make_theater
from tests.screenings.box_office import System

pytestmark = pytest.mark.django_db
NOWHERE = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token_read": "3/min", "token_write": "2/min"})


@pytest.mark.parametrize("away", [False, True])
def test_beyond_it_a_token_is_told_when_to_come_back_also_while_the_cache_is_away(
    few: None, settings: Any, away: bool
) -> None:
    if away:
        settings.CACHES = NOWHERE
    system, other = System(make_theater()), System(make_theater("The Rialto", "Chicago"))
    assert [system.ask("GET", "/api/token/").status_code for _ in range(3)] == [200] * 3
    answer = system.ask("GET", "/api/token/")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert system.put().status_code == 200
    assert other.ask("GET", "/api/token/").status_code == 200
