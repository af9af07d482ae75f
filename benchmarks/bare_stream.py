"""The yardstick of `credits_roll.py`: a bare ASGI stream, the same bytes to all, nothing between (served by uvicorn)."""

from __future__ import annotations

import asyncio

_waiting: set[asyncio.Future[bytes]] = set()
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/event-stream")],
}


async def application(scope, receive, send):  # type: ignore[no-untyped-def]
    """GET /live/… is a stream; POST /push sends its body to every stream."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        message = await receive()
        for future in list(_waiting):
            future.set_result(message["body"])
        _waiting.clear()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await send(_START)
    await send({"type": "http.response.body", "body": b"event: state\ndata: {}\n\n", "more_body": True})
    while True:
        future = asyncio.get_running_loop().create_future()
        _waiting.add(future)
        body = await future
        await send({"type": "http.response.body", "body": body, "more_body": True})
