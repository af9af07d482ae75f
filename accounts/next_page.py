"""The page to go on to after signing in or showing that it is you: `?next=`, if it is one of ours."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest) -> str:
    """The address asked for as `next`, if it leads to this host; else nothing."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if allowed else ""


def with_next(path: str, next_url: str) -> str:
    """`path` with `next_url` as its `next`, or as it is."""
    return f"{path}?{urlencode({'next': next_url}, safe='/')}" if next_url else path
