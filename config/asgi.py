"""The whole house as one ASGI application, for one uvicorn process.

Pages are WSGI in a pool of threads: a plain request costs a quarter of what Django's ASGI handler takes. Published
guides, which everybody reads at once when the lights come up, are answered from memory before it.
"""

from __future__ import annotations

import re

from a2wsgi import WSGIMiddleware
from django.db import connection

from config.warm_pages import WarmPages
from config.wsgi import application as pages

# Threads that answer pages at the same time; each may hold one database connection.
PAGE_THREADS = 20
GUIDES = re.compile(r"/g/[a-z0-9]+/(?:v[0-9]+/)?(?:facilitator/)?")


def look_at_guides() -> object:
    """The stamp of all guides' pages, from a connection that this thread does not keep."""
    from interviews.page_store import stamp_of_pages

    try:
        return stamp_of_pages()
    finally:
        connection.close()


application = WarmPages(
    WSGIMiddleware(pages, workers=PAGE_THREADS),  # type: ignore[arg-type]
    look_at_guides,
    GUIDES,
)
