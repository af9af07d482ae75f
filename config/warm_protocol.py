"""HTTP/1.1 as uvicorn speaks it, but that a page that lies in memory is on the wire before a task is made for it, and
that an event for every phone in a room costs one call for each.

`uvicorn config.asgi:application --http config.warm_protocol:WarmProtocol`. Without that option everything is answered
all the same, at about half the speed: most of what such an answer costs is ASGI's own.
"""

from __future__ import annotations

from collections.abc import Callable

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from config.asgi import LIVE, warm_pages
from discussions.live.application import WRITE_NOW


class WarmProtocol(HttpToolsProtocol):
    """A connection. What is out of the ordinary is left to uvicorn: a reader who is slow to take what was sent, who
    hangs up after this answer, who waits to be told to go on (RFC 9110 §10.1.1), or who asked for more already."""

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        is_plain = (
            app is self.app
            and cycle.keep_alive
            and not (self.config.access_log or self.pipeline)
            and not (self.flow.write_paused or cycle.waiting_for_100_continue)
        )
        answer = warm_pages.at_once(cycle.scope) if is_plain else None  # type: ignore[arg-type]
        if answer is None:
            if cycle.scope["path"].startswith(LIVE):
                cycle.scope["extensions"] = {WRITE_NOW: {"write": _write_now(cycle)}}
            super()._start_asgi_task(cycle, app)
            return
        said = b"".join(b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        head = b"".join((STATUS_LINE[answer.start["status"]], said, answer.fields, b"\r\n"))
        self.transport.writelines((head, answer.body["body"]))
        cycle.response_started = cycle.response_complete = True
        cycle.on_response()


def _write_now(cycle: RequestResponseCycle) -> Callable[[bytes], bool]:
    """What writes a chunk of an answer (RFC 9112 §7.1), framed as it is, to the connection; gives whether that was done.
    It is not before the answer has begun, after it is over, and while its reader takes nothing."""

    def write_now(chunk: bytes) -> bool:
        is_open = cycle.chunked_encoding and not (cycle.response_complete or cycle.disconnected)
        if not is_open or cycle.flow.write_paused:
            return False
        cycle.transport.write(chunk)
        return True

    return write_now
