"""Static files gathered, hashed and compressed, again only when one of them changed (it takes seconds)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MANIFEST = "staticfiles.json"


def fingerprint() -> str:
    """Changes when a static file comes, goes or changes (by size and time), or is kept another way."""
    digest = hashlib.sha256(repr((settings.STORAGES, str(settings.STATIC_ROOT))).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_if_changed(stamp: Path) -> bool:
    """Gather static files unless `stamp` says that these were; gives whether there was something to do."""
    current = fingerprint()
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    if manifest.exists() and stamp.exists() and stamp.read_text() == current:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(current)
    return True
