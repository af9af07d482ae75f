"""The archive: an interview's bytes exactly as imported, their frozen visible text, and what was read of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import Person
from screenings.models import Film

from . import office_files, transcripts
from .models import Interview, Quotation, RightToQuote, Source, Turn
from .printed_dates import read_date
from .search import index_source
from .text_map import UnreadableSource, VisibleText


class CannotImport(ValueError):
    """This cannot be kept as an interview; the message says why, for people. Nothing was stored."""


class NotAnInterview(CannotImport):
    """The text can be read, but nobody is asked and nobody is quoted in it."""


def import_interview(
    data: bytes,
    *,
    film: Film,
    publication: str,
    right: str,
    right_note: str,
    retrieved_at: dt.datetime,
    title: str = "",
    url: str = "",
    published_on: dt.date | None = None,
    byline: str = "",
    filename: str = "",
    format: str | None = None,
    right_until: dt.date | None = None,
    kept_by: Person | None = None,
) -> tuple[Interview, Source, bool]:
    """Keep `data` as an interview about `film`: bytes, SHA-256, visible text with its map, turns and quotations.

    `right` is a `RightToQuote` and `right_note` its ground (from whom and when, which licence, the rationale).
    Title and byline are as printed where they are not given. Gives the interview, its source and whether they are
    new: the same bytes for the same film are kept once. All of it is stored, or nothing. Raises UnreadableSource
    for bytes that are no text, NotAnInterview, and CannotImport for facts that are missing or malformed.
    """
    visible = office_files.render(data, format, filename=filename)
    reading = _read(visible)
    interview = Interview(
        film=film,
        title=title or reading.meta.title or film.title,
        publication=publication.strip(),
        byline=byline or reading.meta.byline or "",
        published_on=published_on,
        url=url,
        language=reading.language,
        right=right,
        right_note=right_note.strip(),
        right_until=right_until,
        kept_by=kept_by,
    )
    _check_facts(interview)
    return _store(data, interview, visible, reading, filename=filename, retrieved_at=retrieved_at)


def keep_as_found(
    data: bytes,
    *,
    film: Film,
    kept_by: Person,
    retrieved_at: dt.datetime,
    url: str = "",
    filename: str = "",
    format: str | None = None,
) -> tuple[Interview, Source, bool]:
    """Keep `data` with the facts that are printed in it; `kept_by` is asked for the others afterwards.

    Until they say on what right it may be quoted, it may not be. Gives and raises what `import_interview` does; a page
    that comes from the same `url` with the same words is the one kept already, whatever its other bytes say.
    """
    visible = office_files.render(data, format, filename=filename)
    reading = _read(visible)
    interview = Interview(
        film=film,
        title=(reading.meta.title or film.title)[:300],
        publication=(reading.meta.publication or _site_of(url))[:160],
        byline=(reading.meta.byline or "")[:200],
        published_on=read_date(reading.meta.date or "", reading.language),
        url=url,
        language=reading.language,
        kept_by=kept_by,
    )
    return _store(data, interview, visible, reading, filename=filename, retrieved_at=retrieved_at)


def _site_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _read(visible: VisibleText) -> transcripts.Reading:
    if "\x00" in visible.text:
        raise UnreadableSource("This is not a text file: there are zero bytes in the midst of it.")
    reading = transcripts.read(visible)
    if not reading.is_interview and not any(quotation.speaker for quotation in reading.quotations):
        raise NotAnInterview(
            "This can be read, but it is no interview: nobody is asked and nobody is quoted in it."
        )
    return reading


def _check_facts(interview: Interview) -> None:
    if interview.right not in RightToQuote.values:
        raise CannotImport(f"Say on what right it may be quoted: {', '.join(RightToQuote.values)}.")
    if not interview.right_note:
        raise CannotImport(
            "Say what the right to quote rests on: from whom and when, which licence, or why the quotation is fair."
        )
    try:
        interview.clean_fields(exclude=["film"])
    except ValidationError as error:
        facts = (f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        raise CannotImport("; ".join(facts)) from error


@transaction.atomic
def _store(
    data: bytes,
    interview: Interview,
    visible: VisibleText,
    reading: transcripts.Reading,
    *,
    filename: str,
    retrieved_at: dt.datetime,
) -> tuple[Interview, Source, bool]:
    digest = hashlib.sha256(data).hexdigest()
    Film.objects.select_for_update().get(pk=interview.film_id)
    kept = kept_source(interview.film, digest) or _kept_page(interview, visible)
    if kept:
        return kept.interview, kept, False
    interview.save()
    return interview, _keep_source(data, interview, visible, reading, filename, retrieved_at), True


def _keep_source(
    data: bytes,
    interview: Interview,
    visible: VisibleText,
    reading: transcripts.Reading,
    filename: str,
    retrieved_at: dt.datetime,
) -> Source:
    source = Source.objects.create(
        interview=interview,
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        format=visible.format,
        encoding=visible.encoding,
        filename=PurePath(filename).name[:200],
        url=interview.url,
        visible_text=visible.text,
        source_map=_runs(visible),
        asides=asides_of(reading),
        retrieved_at=retrieved_at,
    )
    _store_reading(source, reading)
    index_source(source)
    return source


@transaction.atomic
def add_source(
    interview: Interview,
    data: bytes,
    *,
    filename: str = "",
    format: str | None = None,
    retrieved_at: dt.datetime,
) -> tuple[Source, bool]:
    """Keep another text of an interview that is kept already: its publication changed it. The old one stays.

    Gives the source and whether it is new: the same bytes, and the very same words, are one source. Raises as
    `import_interview` does.
    """
    visible = office_files.render(data, format, filename=filename)
    reading = _read(visible)
    Film.objects.select_for_update().get(pk=interview.film_id)
    digest = hashlib.sha256(data).hexdigest()
    same = interview.sources.filter(Q(sha256=digest) | Q(visible_text=visible.text)).order_by("id").first()
    return (
        (same, False)
        if same
        else (_keep_source(data, interview, visible, reading, filename, retrieved_at), True)
    )


def kept_source(film: Film, sha256: str) -> Source | None:
    """The source of these bytes that is kept for the film already."""
    sources = Source.objects.select_related("interview").filter(interview__film=film, sha256=sha256)
    return sources.order_by("id").first()


def _kept_page(interview: Interview, visible: VisibleText) -> Source | None:
    """The source with these very words from the same address: a page's bytes change from one visit to the next."""
    pages = Source.objects.select_related("interview").filter(
        interview__film=interview.film, url=interview.url
    )
    return pages.filter(visible_text=visible.text).first() if interview.url else None


def _runs(visible: VisibleText) -> list[list[int]]:
    """The map as it is stored: empty where the visible text is the source's own."""
    if visible.map == ((0, 0, len(visible.text)),):
        return []
    return [list(run) for run in visible.map]


def asides_of(reading: transcripts.Reading) -> list[list[Any]]:
    """What is in no turn, as it is stored: [start, end, kind], in order."""
    spans = [(start, end, "label") for start, end in reading.labels]
    spans += [(start, end, "furniture") for start, end in reading.furniture]
    spans += [(start, end, "front") for _, start, end in reading.meta.spans]
    spans += [(start, end, "unplaced") for start, end in reading.unplaced]
    return [list(span) for span in sorted(spans)]


def _store_reading(source: Source, reading: transcripts.Reading) -> None:
    Turn.objects.bulk_create(
        Turn(source=source, position=position, kind=turn.kind, **_spoken(turn))
        for position, turn in enumerate(reading.turns)
    )
    Quotation.objects.bulk_create(
        Quotation(source=source, position=position, **_spoken(quotation))
        for position, quotation in enumerate(reading.quotations)
    )


def _spoken(read: transcripts.Turn | transcripts.Quotation) -> dict[str, Any]:
    """What a turn and a quotation have in common, as columns."""
    return {
        "speaker": (read.speaker or "")[:120],
        "segments": [list(span) for span in read.segments],
        "start": read.start,
        "end": read.end,
        "confidence": read.confidence,
    }
