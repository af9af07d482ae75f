"""A connection whose every step ends by one deadline, however slowly the other side drips."""

from __future__ import annotations

import select
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any

import httpcore


@dataclass(frozen=True)
class Deadline:
    """An instant of the monotonic clock, in seconds."""

    at: float

    def left(self) -> float:
        """Seconds until then, more than 0. Raises httpcore.ReadTimeout where it has passed."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout()
        return seconds


class GuardedStream(httpcore.NetworkStream):
    """A connected TCP socket for httpcore, plain or with TLS; timeouts that httpcore names give way to the deadline."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection, self._deadline = connection, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._connection.settimeout(self._deadline.left())
            return self._connection.recv(max_bytes)
        except TimeoutError:
            raise httpcore.ReadTimeout() from None
        except OSError as error:
            raise httpcore.ReadError() from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._connection.settimeout(self._deadline.left())
            self._connection.sendall(buffer)
        except TimeoutError:
            raise httpcore.WriteTimeout() from None
        except OSError as error:
            raise httpcore.WriteError() from error

    def close(self) -> None:
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = ssl_context.wrap_socket(
                self._connection, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._shake_hands(secured)
        except OSError as error:
            self.close()
            raise httpcore.ConnectError() from error
        return GuardedStream(secured, self._deadline)

    def _shake_hands(self, secured: ssl.SSLSocket) -> None:
        # A blocking handshake would allow the full time anew for every byte that arrives.
        secured.setblocking(False)
        while True:
            try:
                return secured.do_handshake()
            except ssl.SSLWantReadError:
                select.select([secured], [], [], self._deadline.left())
            except ssl.SSLWantWriteError:
                select.select([], [secured], [], self._deadline.left())

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self._connection, ssl.SSLSocket):
            return self._connection
        return None
