"""The whole house as one ASGI application, for one uvicorn process.

Pages are WSGI in a pool of threads: a plain request costs a quarter of what Django's ASGI handler takes. Published
guides, which everybody reads at once when the lights come up, are answered from memory before it. What is live is
answered on the loop itself: a phone that listens holds no thread and no database connection.
"""

from __future__ import annotations

import re
import resource

from a2wsgi import WSGIMiddleware
from django.db import connection

from config.warm_pages import App, Receive, Scope, Send, WarmPages
from config.wsgi import application as pages
from discussions.live.application import LiveStream

# Threads that answer pages at the same time; each may hold one database connection.
PAGE_THREADS = 20
GUIDES = re.compile(r"/g/[a-z0-9]+/(?:v[0-9]+/)?(?:facilitator/)?")
LIVE = "/live/"


def look_at_guides() -> object:
    """The stamp of all guides' pages, from a connection that this thread does not keep."""
    from interviews.page_store import stamp_of_pages

    try:
        return stamp_of_pages()
    finally:
        connection.close()


def allow_many_phones() -> None:
    """Each stream is an open file: take as many as the system lets us have (RLIMIT_NOFILE)."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def by_path(live: App, rest: App) -> App:
    """`live` for addresses under /live/, the rest for everything else."""

    async def house(scope: Scope, receive: Receive, send: Send) -> None:
        is_live = scope["type"] == "http" and scope["path"].startswith(LIVE)
        await (live if is_live else rest)(scope, receive, send)

    return house


allow_many_phones()
application = by_path(
    LiveStream(),
    WarmPages(
        WSGIMiddleware(pages, workers=PAGE_THREADS),  # type: ignore[arg-type]
        look_at_guides,
        GUIDES,
    ),
)
