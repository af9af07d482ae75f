"""Counters: one round trip to a Redis, gone when their time is over, each its own."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import cache

from accounts.limits import counted
from config.processes import embedded_redis
from config.supervisor import Supervisor

pytestmark = pytest.mark.fault


@pytest.fixture
def valkey(settings: Any, tmp_path: Path) -> Iterator[redis.Redis]:
    """A real server of this test's own, which is the cache."""
    with tempfile.TemporaryDirectory(prefix="hl-") as folder, Supervisor().on_duty() as supervisor:
        supervisor.start(embedded_redis(Path(folder) / "redis.sock", tmp_path / "log"))
        url = f"unix://{folder}/redis.sock"
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
        }
        with redis.Redis.from_url(url) as client:
            yield client


def test_each_key_is_counted_by_itself_and_ends_by_itself(valkey: redis.Redis) -> None:
    assert counted(cache, [("one", 60), ("two", 1)]) == [1, 1]
    assert counted(cache, [("one", 60)]) == [2]
    assert counted(cache, [("two", 1), ("one", 60)]) == [2, 3]
    assert all(0 < valkey.ttl(key) <= 60 for key in valkey.scan_iter())
    time.sleep(1.1)
    assert counted(cache, [("two", 1), ("one", 60)]) == [1, 4]


def test_a_counter_that_lost_its_end_is_given_one(valkey: redis.Redis) -> None:
    counted(cache, [("one", 60)])
    [key] = valkey.scan_iter()
    valkey.persist(key)
    assert counted(cache, [("one", 60)]) == [2]
    assert 0 < valkey.ttl(key) <= 60


def test_counting_several_is_one_round_trip(valkey: redis.Redis) -> None:
    counted(cache, [("one", 60)])
    before = valkey.info("stats")["total_reads_processed"]
    counted(cache, [("one", 60), ("two", 60), ("three", 60)])
    # One is this question's own.
    assert valkey.info("stats")["total_reads_processed"] - before <= 2


def test_without_a_redis_this_process_counts(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "of-a-test"}
    }
    assert [counted(cache, [("one", 60)]) for _ in range(3)] == [[1], [2], [3]]


def test_a_redis_that_is_away_is_said_so(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    with pytest.raises(redis.RedisError):
        counted(cache, [("one", 60)])
