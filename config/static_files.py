"""Static files under names that carry the hash of their bytes, in what modules import from each other too."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """As whitenoise has it; `import … from "./other.js"` is rewritten to the other's hashed name, so that a module never
    runs with one of another release, and phones keep both for good."""

    support_js_module_import_aggregation = True
