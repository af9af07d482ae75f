"""The house as it is served: the real ASGI application on a port of its own, over the test's database."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn

PATIENCE_SECONDS = 10


class LiveHouse:
    """Served from a thread of the test; `close` and `open` take the network away and give it back.

    (Playwright's offline switch does not reach service workers; a closed port does.)
    """

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def open(self) -> None:
        """Listen on the port; answers when this returns."""
        config = uvicorn.Config(
            "config.asgi:application",
            host="127.0.0.1",
            port=self.port,
            http="config.warm_protocol:WarmProtocol",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="live-house", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the live house did not open; its log says why")
            time.sleep(0.01)

    def close(self) -> None:
        """Stop listening and hang up."""
        self._server.should_exit = True
        self._thread.join(PATIENCE_SECONDS)
