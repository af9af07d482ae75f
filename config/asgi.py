"""The whole house as one ASGI application, for one uvicorn process.

Pages are WSGI in a pool of threads: a plain request costs a quarter of what Django's ASGI handler takes. What everybody
reads, the guides when the lights come up and the listings all week, is answered from memory before it. What is live is
answered on the loop itself: a phone that listens holds no thread and no database connection.
"""

from __future__ import annotations

import re
import resource
from collections.abc import Callable, Mapping

from a2wsgi import WSGIMiddleware
from django.db import connection

from config.warm_pages import App, Receive, Scope, Send, WarmPages
from config.wsgi import application as pages
from discussions.live.application import LiveStream
from screenings import page_tags

# Threads that answer pages at the same time; each may hold one database connection.
PAGE_THREADS = 20
GUIDES = r"/g/[a-z0-9]+/(?:v[0-9]+/)?(?:facilitator/)?"
# Pages and feeds of the listing; of questions to them only those that the pages' own links ask.
LISTINGS = (
    r"/(?:cities/)?|/(?:(?:cities|films|theaters)/[-a-z0-9]+|s/[-a-z0-9]+)/(?:calendar\.ics|feed\.atom|embed/)?"
    r"(?:\?(?:(?:day|week)=[-0-9]{10})?&?(?:label=[a-z0-9]{2,9})?)?"
)
LIVE = "/live/"


def look_at_guides() -> object:
    """The stamp of all guides' pages, from a connection that this thread does not keep."""
    from interviews.page_store import stamp_of_pages

    try:
        return stamp_of_pages()
    finally:
        connection.close()


def look_at_listings() -> Callable[[], Mapping[str, object]]:
    """What asks which tags of the listing changed, over a connection that the thread does not keep."""
    changes = page_tags.RecentChanges()

    def look() -> Mapping[str, object]:
        try:
            return changes()
        finally:
            connection.close()

    return look


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
warm_pages = WarmPages(
    WSGIMiddleware(pages, workers=PAGE_THREADS),  # type: ignore[arg-type]
    look_at_guides,
    re.compile(f"{GUIDES}|{LISTINGS}"),
    changes=look_at_listings(),
)
page_tags.tell(warm_pages.forget)
application = by_path(LiveStream(), warm_pages)
