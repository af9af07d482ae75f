"""Pages from memory on the wire: the same bytes as through ASGI, in order, whatever else the connection asks for."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from discussions.live.application import WRITE_NOW
from tests.config.test_warm_pages import House

SLOW = 0.4


class Wire:
    """A house on a port of its own: /g/… is shared, everything else takes its time."""

    def __init__(self) -> None:
        self.house = House(**{"content-type": "text/plain", "content-length": "5"})
        self.tasks = 0
        self.written: list[bool] = []
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.tasks += 1
        if scope["path"].startswith("/slow/"):
            await asyncio.sleep(SLOW)
            headers = [(b"content-length", b"4")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"slow"})
        elif scope["path"].startswith("/live/"):
            write_now = scope["extensions"][WRITE_NOW]["write"]
            self.written.append(write_now(b"5\r\nearly\r\n"))
            await send({"type": "http.response.start", "status": 200, "headers": []})
            self.written.append(write_now(b"4\r\nlive\r\n"))
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            self.written.append(write_now(b"4\r\nlate\r\n"))
        else:
            await self.house.warm(scope, receive, send)

    def ask(self, requests: bytes, until: bytes, seconds: float = 5.0) -> bytes:
        """What comes back over one connection until it ends with `until`."""
        with socket.create_connection(("127.0.0.1", self.port), seconds) as connection:
            connection.sendall(requests)
            got = b""
            while not got.endswith(until):
                more = connection.recv(2**16)
                if not more:
                    break
                got += more
        return got


@pytest.fixture
def wire(settings: Any, collected_static: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    settings.STATIC_ROOT = collected_static
    from config import warm_protocol  # with the house's application, which looks for its static files

    wire = Wire()
    monkeypatch.setattr(warm_protocol, "warm_pages", wire.house.warm)
    config = uvicorn.Config(
        wire.app,
        host="127.0.0.1",
        port=wire.port,
        http=warm_protocol.WarmProtocol,
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    for _ in range(100):  # The first answers are the application's: what is true is looked at beside them.
        wire.tasks = 0
        wire.ask(get("/g/abc/"), b"first")
        if not wire.tasks:
            break
        time.sleep(0.05)
    yield wire
    server.should_exit = True
    thread.join(10)


def get(path: str, *more: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *more, "", ""]).encode()


def split(answers: bytes) -> list[tuple[bytes, dict[bytes, bytes], bytes]]:
    """Status, headers and body of each answer, by its length."""
    found = []
    while answers:
        head, _, answers = answers.partition(b"\r\n\r\n")
        status, *lines = head.split(b"\r\n")
        headers = dict(line.split(b": ", 1) for line in lines)
        length = int(headers.get(b"content-length", b"0"))
        found.append((status, headers, answers[:length]))
        answers = answers[length:]
    return found


def test_a_page_from_memory_is_what_asgi_would_have_sent(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    [quick] = split(wire.ask(get("/g/abc/"), b"first"))
    assert wire.tasks == 0, "no task is made for it"
    monkeypatch.setattr("config.warm_protocol.warm_pages", House().warm)  # which has nothing in memory
    [through_asgi] = split(wire.ask(get("/g/abc/"), b"first"))
    assert wire.tasks == 1, through_asgi
    date = quick[1].pop(b"date"), through_asgi[1].pop(b"date")
    assert all(date)
    assert quick == through_asgi


def test_a_head_and_an_unchanged_page_have_no_body(wire: Wire) -> None:
    head = wire.ask(get("/g/abc/", method="HEAD"), b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"content-length: 5\r\n" in head
    unchanged = wire.ask(get("/g/abc/", 'If-None-Match: "a"'), b"\r\n\r\n")
    assert unchanged.startswith(b"HTTP/1.1 304 Not Modified\r\n")
    assert b"content-length" not in unchanged
    assert wire.tasks == 0


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_thousand_requests_in_a_row_are_answered_in_order_however_they_are_cut(
    wire: Wire, size: int
) -> None:
    count = 1000 if size > 7 else 30
    asked = get("/g/abc/") * count + get("/slow/last/")
    with socket.create_connection(("127.0.0.1", wire.port), 20) as connection:
        for start in range(0, len(asked), size):
            connection.sendall(asked[start : start + size])
        got = b""
        while not got.endswith(b"slow"):
            got += connection.recv(2**20)
    bodies = [body for _, _, body in split(got)]
    assert bodies == [b"first"] * count + [b"slow"]


def test_what_is_asked_behind_a_slow_page_waits_for_its_turn(wire: Wire) -> None:
    count = 800  # More than Python's stack would hold, were each answered within the one before.
    with socket.create_connection(("127.0.0.1", wire.port), 20) as connection:
        connection.sendall(get("/slow/one/") + get("/g/abc/") * count + get("/slow/two/"))
        got = b""
        while got.count(b"slow") < 2:
            got += connection.recv(2**20)
    bodies = [body for _, _, body in split(got)]
    assert bodies == [b"slow", *[b"first"] * count, b"slow"]


def test_who_asks_to_hang_up_is_hung_up_on(wire: Wire) -> None:
    with socket.create_connection(("127.0.0.1", wire.port), 5) as connection:
        connection.sendall(get("/g/abc/", "Connection: close"))
        got = b""
        while more := connection.recv(4096):
            got += more
    [(status, headers, body)] = split(got)
    assert (status, headers[b"connection"], body) == (b"HTTP/1.1 200 OK", b"close", b"first")


def test_a_request_with_a_body_is_answered_and_the_next_one_too(wire: Wire) -> None:
    asked = get("/g/abc/", "Content-Length: 3") + b"one" + get("/slow/")
    assert [body for _, _, body in split(wire.ask(asked, b"slow"))] == [b"first", b"slow"]


def test_a_reader_who_takes_nothing_holds_no_more_than_the_buffers(wire: Wire) -> None:
    with socket.create_connection(("127.0.0.1", wire.port), 5) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(0.5)
        sent = 0
        with contextlib.suppress(TimeoutError):
            while sent < 200_000:
                connection.sendall(get("/g/abc/") * 100)
                sent += 100
        assert sent < 200_000, "the server stops reading from who does not read"
    assert [body for _, _, body in split(wire.ask(get("/g/abc/"), b"first"))] == [b"first"]


def test_a_streams_bytes_are_written_as_they_are_while_it_lasts(wire: Wire) -> None:
    got = wire.ask(get("/live/phone/abc/"), b"0\r\n\r\n")
    assert got.partition(b"\r\n\r\n")[2] == b"4\r\nlive\r\n0\r\n\r\n"
    assert wire.written == [False, True, False], "not before it has begun, and not after it is over"


def test_only_streams_are_offered_it(wire: Wire) -> None:
    seen = []
    app = wire.house.warm.app

    async def look(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope.get("extensions"))
        await app(scope, receive, send)

    wire.house.warm.app = look
    wire.ask(get("/g/never-asked/"), b"first")
    assert seen == [None]
