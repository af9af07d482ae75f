"""The processes of the house on one machine: Redis, web, worker, beat; each with how to tell that it is ready."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import kombu.exceptions
from celery import Celery

from config import redis_server
from config.environment import broker_url
from config.supervisor import Child

GRACE_SECONDS = 2
WORKER_THREADS = 8
ANSWER_SECONDS = 0.3


def embedded_redis(socket: Path, log: Path) -> Child:
    """A Redis of our own behind a unix socket, in memory only: it is the bell, the ledger is the truth.

    The socket's path must be short: systems end it at about 103 bytes.
    """
    settings = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--save": "",
        "--appendonly": "no",
        "--maxmemory-policy": "noeviction",
        "--loglevel": "warning",
        "--logfile": str(log),
        "--dir": str(socket.parent),
    }
    command = [redis_server.binary(), *(word for pair in settings.items() for word in pair)]
    return Child(
        "Redis", command, os.environ, lambda: redis_server.answers(f"unix://{socket}"), is_foundation=True
    )


def prepare(environment: Mapping[str, str]) -> Child:
    """Ends when the database, the static files and the demo world are as they should be."""
    return Child("Preparing", [sys.executable, "manage.py", "prepare"], environment)


def web(environment: Mapping[str, str], host: str, port: int) -> Child:
    command = [
        *(sys.executable, "-m", "uvicorn", "config.asgi:application"),
        *("--host", host, "--port", str(port)),
        *("--http", "config.warm_protocol:WarmProtocol", "--no-access-log", "--no-server-header"),
        *("--log-level", "warning"),
        *("--timeout-graceful-shutdown", str(GRACE_SECONDS)),
    ]
    return Child("Web", command, environment, lambda: pages_answer(port))


def pages_answer(port: int) -> bool:
    """Whether HTTP is spoken on `port` of this machine, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker(environment: Mapping[str, str], port: int) -> Child:
    """Sends what the ledger owes. Named after the web's port, so that it answers for itself on a shared Redis."""
    name = f"house-{port}@localhost"
    command = [
        *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "--app", "config", "--quiet", "worker"),
        *("--pool", "threads", "--concurrency", str(WORKER_THREADS), "--queues", "urgent,bulk"),
        *("--hostname", name, "--without-gossip", "--without-mingle", "--loglevel", "WARNING"),
    ]
    broker = environment.get("CELERY_BROKER_URL") or broker_url(environment["REDIS_URL"])
    return Child("Worker", command, environment, lambda: worker_answers(broker, name))


def worker_answers(broker: str, name: str) -> bool:
    with Celery(broker=broker, set_as_current=False) as app:
        try:
            return bool(app.control.ping(destination=[name], timeout=ANSWER_SECONDS, limit=1))
        except (kombu.exceptions.OperationalError, OSError):
            return False


def beat(environment: Mapping[str, str]) -> Child:
    """Rings every few seconds, so that the worker looks into the ledger."""
    command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", "beat", "--pidfile", ""]
    return Child("Beat", [*command, "--loglevel", "WARNING"], environment)
