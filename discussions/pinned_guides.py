"""The guide that a room goes by: the version that it was opened with, which never changes."""

from __future__ import annotations

from functools import lru_cache

from interviews.models import GuideVersion

from .models import Discussion

KEPT = 64


def guide_of(room: Discussion) -> GuideVersion:
    """The room's guide with its content; read once in a process, so nothing in it may be changed."""
    return _version(room.code, room.guide_version_id)


@lru_cache(maxsize=KEPT)
def _version(code: str, pk: int) -> GuideVersion:
    # The code is random: it tells apart what a database that was made anew calls by the same number.
    return GuideVersion.objects.get(pk=pk, discussions__code=code)
