"""A proxy on the way that keeps events back: it hands on an answer only when it has all of it, as some do that scan
what they let through. A stream has no end, so nothing of it ever comes."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Iterator


class _Door(socketserver.StreamRequestHandler):
    """One request a connection, handed to the house behind; the answer whole, or nothing."""

    server: BufferingProxy

    def handle(self) -> None:
        head = b"".join(iter(self.rfile.readline, b"\r\n"))
        if not head:
            return
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        body = self.rfile.read(int(length[1])) if length else b""
        head = re.sub(rb"(?im)^connection:.*\r\n", b"", head) + b"Connection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.server.behind)) as house:
            self.server.held.add(house)
            house.sendall(head + body)
            with contextlib.suppress(OSError):
                answer = b"".join(iter(lambda: house.recv(65536), b""))
                self.wfile.write(answer)
            self.server.held.discard(house)


class BufferingProxy(socketserver.ThreadingTCPServer):
    """Before the house that answers on the port `behind`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, behind: int) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.behind = behind
        self.held: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


@contextlib.contextmanager
def buffering_proxy(behind: int) -> Iterator[BufferingProxy]:
    with BufferingProxy(behind) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            for house in list(proxy.held):
                with contextlib.suppress(OSError):
                    house.shutdown(socket.SHUT_RDWR)
            thread.join(5)
