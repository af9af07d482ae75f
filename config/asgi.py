"""The whole house as one ASGI application, for one uvicorn process.

Pages are WSGI in a pool of threads: a plain request costs a quarter of what Django's ASGI handler takes.
"""

from __future__ import annotations

from a2wsgi import WSGIMiddleware

from config.wsgi import application as pages

# Threads that answer pages at the same time; each may hold one database connection.
PAGE_THREADS = 20

application = WSGIMiddleware(pages, workers=PAGE_THREADS)
