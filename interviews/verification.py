"""Checking every quote against its receipt: sources that are what they were, excerpts that stand in them, and frozen
versions that say what their sources say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .excerpts import exact_of, stands
from .models import Excerpt, GuideVersion, Source
from .selectors import context_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be, in words."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


def differences() -> Iterator[Difference]:
    """Everything that differs: bytes from their hash, excerpts from their sources, published quotes from theirs. Each
    source is read once; withdrawn excerpts are checked too."""
    for source in Source.objects.select_related("interview").order_by("pk").iterator(chunk_size=20):
        yield from _in_source(source)
    for version in GuideVersion.objects.select_related("guide").order_by("pk").iterator(chunk_size=20):
        yield from _in_version(version)


def _in_source(source: Source) -> Iterator[Difference]:
    if hashlib.sha256(bytes(source.content)).hexdigest() != source.sha256:
        yield Difference(f"Source {source.pk}, {source}", "its bytes are not those that were imported")
    for excerpt in source.excerpts.all():
        if not stands(excerpt, source):
            yield Difference(_name(excerpt), "it does not stand in its source as it is quoted")


def _name(excerpt: Excerpt) -> str:
    return f"Excerpt {excerpt.uuid} (“{' '.join(excerpt.exact.split())[:60]}”)"


def _in_version(version: GuideVersion) -> Iterator[Difference]:
    for key, frozen in version.content["excerpts"].items():
        sources = Source.objects.filter(sha256=frozen["source_sha256"], interview__film=version.guide.film_id)
        if not any(_says(text, frozen) for text in sources.values_list("visible_text", flat=True)):
            yield Difference(
                f"{version}, excerpt {key}", "what was published does not stand in its archived source"
            )


def _says(text: str, frozen: dict[str, Any]) -> bool:
    segments = frozen["segments"]
    around = context_of(text, segments[0][0], segments[-1][1])
    said = exact_of(text, segments, frozen.get("insertions", []))
    return said == frozen["exact"] and around == (frozen["prefix"], frozen["suffix"])
