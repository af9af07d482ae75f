"""A small web site on loopback that answers as it is told, and a canary that counts the bytes which reach it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from common.guarded_http import Guard

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """`pages` maps a path to an answer (status, headers, body) or to a function that gives one. `asked` are the
    requests that came: path and headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def guard(self) -> Guard:
        """A guard that vouches for this site and for nothing else inside."""
        return Guard(exempt=frozenset({("127.0.0.1", self.port)}))

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Have the site answer so under `path`; gives the whole address. Underscores in headers are dashes."""
        data = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.pages[path] = (status, named, data)
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                answer = site.pages.get(self.path, (404, {}, b"nothing here"))
                status, headers, body = answer() if callable(answer) else answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    return  # the guest has gone: what some of these tests want

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextmanager
def open_site() -> Iterator[Site]:
    site = Site()
    try:
        yield site
    finally:
        site.close()


class Canary:
    """Listens on loopback, IPv4 and IPv6, on one port; `connections` and `received` say what came in."""

    def __init__(self) -> None:
        self.connections, self.received = 0, 0
        first = socket.create_server(("127.0.0.1", 0))
        self.port: int = first.getsockname()[1]
        self._listeners = [first]
        if socket.has_dualstack_ipv6():
            self._listeners.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listener in self._listeners:
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            connection.settimeout(0.3)
            with suppress(OSError):
                self.received += len(connection.recv(4096))
            connection.close()

    def close(self) -> None:
        for listener in self._listeners:
            listener.close()


@contextmanager
def open_canary() -> Iterator[Canary]:
    canary = Canary()
    try:
        yield canary
    finally:
        canary.close()


def dripping(seconds: float) -> Iterator[tuple[int, threading.Event]]:
    """A server that sends its answer one byte at a time, for as long as the test wants it."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        try:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            ends = time.monotonic() + seconds
            while time.monotonic() < ends and not stop.wait(0.05):
                connection.sendall(b"a")
        except OSError:
            pass
        finally:
            connection.close()

    threading.Thread(target=drip, daemon=True).start()
    yield listener.getsockname()[1], stop
    stop.set()
    listener.close()
