"""What every template may know about the house itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """Gives templates `demo` (is this the demo world?) and `base_url` (absolute, without a slash at the end)."""
    return {"demo": settings.DEMO, "base_url": settings.BASE_URL}
