"""What somebody sent after their session had ended: kept in the browser's session until they have signed in.

Only text is kept, and not for long; a file is chosen again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

SESSION_KEY = "interrupted"
MOST_CHARACTERS = 300_000
KEPT_FOR_SECONDS = 3600


@dataclass(frozen=True)
class Interrupted:
    """A form that was sent too late: where to, and its fields in order (names may repeat)."""

    path: str
    fields: list[tuple[str, str]]


def keep(request: HttpRequest) -> bool:
    """Keep the text that `request` (a POST) sent; False where there is none, or too much of it."""
    fields = [
        (name, text)
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for text in texts
    ]
    if not fields or sum(len(name) + len(text) for name, text in fields) > MOST_CHARACTERS:
        return False
    request.session[SESSION_KEY] = {"path": request.get_full_path(), "fields": fields, "at": time.time()}
    return True


def recall(session: SessionBase) -> Interrupted | None:
    """What is kept, if it has not grown old. It stays until `forget`."""
    kept = session.get(SESSION_KEY)
    if not kept or kept["at"] < time.time() - KEPT_FOR_SECONDS:
        return None
    return Interrupted(kept["path"], [(name, text) for name, text in kept["fields"]])


def forget(session: SessionBase) -> None:
    """Keep nothing any more."""
    session.pop(SESSION_KEY, None)
