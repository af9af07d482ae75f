"""What the world may know of an interview: where it was published, and the words that published guides quote of it.

An excerpt is told as it was frozen in the newest version that quotes it. What its row has become since, a note that an
editor has written since, is nobody's until it is published again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from .annotations import annotations_of
from .models import Excerpt, GuideVersion, Interview, Source

Json = dict[str, Any]
_QUOTES = GuideVersion.excerpts.through.objects


def published_interviews() -> QuerySet[Interview]:
    """The interviews that a published guide quotes, each with `quotes`, how many of their excerpts are out."""
    out = Count("sources__excerpts", filter=Q(sources__excerpts__versions__isnull=False), distinct=True)
    rows = Interview.objects.annotate(quotes=out).filter(quotes__gt=0)
    return rows.select_related("film").order_by("published_on", "pk")


def annotations_out(interview: Interview, iri: str) -> Json:
    """The excerpts of an interview that are out, as a Web Annotation collection called `iri`."""
    return annotations_of(interview, excerpts_out(interview), iri)


def excerpts_out(interview: Interview) -> list[Excerpt]:
    """The interview's excerpts as published, in the order in which they stand in it; withdrawn ones say so."""
    sources = {source.sha256: source for source in interview.sources.defer("content", "source_map")}
    quoted = _QUOTES.filter(excerpt__source__interview=interview).values("excerpt")
    rows = Excerpt.objects.filter(pk__in=quoted).select_related("source")
    by_uuid = {str(row.uuid): row for row in rows}
    frozen = _frozen(by_uuid)
    told = [
        _as_published(row, frozen[key], sources.get(frozen[key]["source_sha256"]))
        for key, row in by_uuid.items()
        if key in frozen
    ]
    return sorted(told, key=lambda one: (one.source_id, one.segments))


def _frozen(wanted: Iterable[str]) -> dict[str, Json]:
    """Each of these excerpts, by its UUID, as it stands in the newest version that quotes it."""
    quoting = GuideVersion.objects.filter(
        pk__in=_QUOTES.filter(excerpt__uuid__in=wanted).values("guideversion")
    )
    found: dict[str, Json] = {}
    for content in quoting.order_by("published_at", "pk").values_list("content", flat=True).iterator():
        found.update(content["excerpts"])
    return {key: found[key] for key in wanted if key in found}


def _as_published(row: Excerpt, frozen: Json, source: Source | None) -> Excerpt:
    return Excerpt(
        uuid=row.uuid,
        source=source or row.source,
        segments=frozen["segments"],
        insertions=frozen["insertions"],
        exact=frozen["exact"],
        note=frozen.get("note", ""),
        speaker=frozen["speaker"],
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
    )
