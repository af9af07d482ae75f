"""Addresses of pages. Django looks for one in every route it has: those that lists repeat are remembered."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse

KEPT = 8192


@lru_cache(maxsize=KEPT)
def address(name: str, key: str) -> str:
    """The path of the page of route `name` (`film`) that `key` names (a slug, a code)."""
    return reverse(name, args=[key])
