"""Static files under names that carry the hash of their bytes, in what modules import from each other too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """As whitenoise has it; `import … from "./other.js"` is rewritten to the other's hashed name, so that a module never
    runs with one of another release, and phones keep both for good."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known_url = lru_cache(maxsize=None)(super().url)

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file, looked up once: a page names a dozen, and a process serves one release."""
        # While files are collected the manifest grows: what is asked meanwhile asks by force.
        return super().url(name, force) if force else self._known_url(name)
