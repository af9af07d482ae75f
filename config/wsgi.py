"""Django as WSGI, static files before it: what lies collected under STATIC_ROOT never wakes Django."""

from __future__ import annotations

import os
from wsgiref.headers import Headers

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from config.environment import env

# `name.<12 hex digits of its hash>.ext`, as Django's manifest storage writes it: it never changes.
HASHED_NAME = r"\.[0-9a-f]{12}\.\w+$"


def create_application() -> WhiteNoise:
    """The pages and static files as one WSGI application.

    Raises ImproperlyConfigured where the environment holds a wrong value: better no house than another one.
    """
    pages = get_wsgi_application()
    env.insist()
    return WhiteNoise(
        pages,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        immutable_file_test=HASHED_NAME,
        allow_all_origins=False,
        add_headers_function=forbid_sniffing,
    )


def forbid_sniffing(headers: Headers, path: str, url: str) -> None:
    """What Django's SecurityMiddleware says on pages, said on static files, which never reach it."""
    headers["X-Content-Type-Options"] = "nosniff"


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = create_application()
