"""Excerpts as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): JSON-LD that other readers understand."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from .models import Excerpt, Interview, Source
from .selectors import text_position_selector, text_quote_selector

CONTEXT_IRI = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT_IRI}"'

Json = dict[str, Any]

_MEDIA_TYPES = {
    Source.Format.TXT: "text/plain",
    Source.Format.HTML: "text/html",
    Source.Format.MD: "text/markdown",
    Source.Format.VTT: "text/vtt",
    Source.Format.SRT: "application/x-subrip",
    Source.Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Source.Format.PDF: "application/pdf",
}


def annotation_of(excerpt: Excerpt) -> Json:
    """The excerpt as one Web Annotation.

    Each segment is a target: a SpecificResource with a TextQuoteSelector and a TextPositionSelector that select the
    same words (Model §4.2.4, §4.2.5) and the state of the source when it was retrieved (§4.3.1). The body is the quote
    as it is shown, with its speaker, and the editor's note where there is one. A withdrawn excerpt holds no words.
    """
    return {"@context": CONTEXT_IRI, **_annotation(excerpt)}


def _annotation(excerpt: Excerpt) -> Json:
    source = excerpt.source
    annotation: Json = {
        "id": excerpt.uuid.urn,
        "type": "Annotation",
        "motivation": "highlighting",
        "created": _instant(excerpt.created_at),
    }
    if excerpt.withdrawn_at:
        withdrawn = f"Withdrawn on {excerpt.withdrawn_at:%-d %B %Y}."
        note = {"type": "TextualBody", "value": withdrawn, "format": "text/plain", "language": "en"}
        return {**annotation, "motivation": "commenting", "body": note, "target": source_iri(source)}
    targets = [_target(source, start, end) for start, end in excerpt.segments]
    return {**annotation, "body": _bodies(excerpt), "target": targets[0] if len(targets) == 1 else targets}


def _bodies(excerpt: Excerpt) -> list[Json]:
    language = excerpt.source.interview.language
    shown = f"{excerpt.speaker}: {excerpt.exact}"
    bodies = [_text(shown, "describing", language)]
    return [*bodies, _text(excerpt.note, "commenting", "")] if excerpt.note else bodies


def _text(value: str, purpose: str, language: str) -> Json:
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
    return {**body, "language": language} if language else body


def _target(source: Source, start: int, end: int) -> Json:
    return {
        "type": "SpecificResource",
        "source": {
            "id": source_iri(source),
            "type": "Text",
            "format": _MEDIA_TYPES[Source.Format(source.format)],
            "language": source.interview.language,
        },
        "state": {"type": "TimeState", "sourceDate": _instant(source.retrieved_at)},
        "selector": [
            text_quote_selector(source.visible_text, start, end),
            text_position_selector(start, end),
        ],
    }


def source_iri(source: Source) -> str:
    """Where the source was published; else a name of its very bytes (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(source.sha256)).rstrip(b"=").decode()
    return source.url or source.interview.url or f"ni:///sha-256;{digest}"


def annotations_of(interview: Interview, excerpts: Iterable[Excerpt], iri: str) -> Json:
    """Every excerpt of an interview as an AnnotationCollection called `iri`, with its one page (Model §5)."""
    items = [_annotation(excerpt) for excerpt in excerpts]
    collection: Json = {
        "@context": CONTEXT_IRI,
        "id": iri,
        "type": "AnnotationCollection",
        "label": f"Quotes from {interview}",
        "total": len(items),
    }
    if items:
        page = {"id": f"{iri}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
        collection["first"] = page
    return collection


def _instant(moment: Any) -> str:
    """xsd:dateTime in UTC, without fractions of a second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
