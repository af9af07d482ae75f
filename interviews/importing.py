"""Bringing an interview in: at once where it is short, by a worker where it is long or has to be fetched.

What is owed is a row (`ImportJob`); a task only rings. A job whose worker was killed is taken up again.
"""

from __future__ import annotations

import datetime as dt
import logging
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from common.guarded_http import CannotFetch, Guard, fetch
from screenings.models import Film

from .archive import CannotImport, NotAnInterview, keep_as_found
from .models import ImportJob
from .office_files import office_format
from .text_map import UnreadableSource

log = logging.getLogger(__name__)

# About 30,000 words: a second of reading.
SHORT_TEXT_BYTES = 180_000
SHORT_DOCUMENT_BYTES = 2 * 1024 * 1024
# What addresses that people give us may be connected to: the web, nothing inside.
GUARD = Guard()


def films_of(person: Person) -> models.QuerySet[Film]:
    """The films that the person may bring interviews about: they edit a guide of it, or are of its team."""
    return Film.objects.filter(
        Q(guides__memberships__person=person) | Q(memberships__person=person)
    ).distinct()


def is_short(content: bytes) -> bool:
    """Whether the bytes are read while somebody waits for the page."""
    limit = SHORT_DOCUMENT_BYTES if office_format(content) else SHORT_TEXT_BYTES
    return len(content) <= limit


def ask_for(
    film: Film, person: Person, *, now: dt.datetime, url: str = "", content: bytes = b"", filename: str = ""
) -> ImportJob:
    """Owe the reading of a page at `url`, or of `content`. The same that waits already is not owed twice."""
    waiting = ImportJob.objects.filter(
        film=film, asked_by=person, url=url, state=ImportJob.State.WAITING
    ).first()
    if url and waiting:
        return waiting
    return ImportJob.objects.create(
        film=film, asked_by=person, url=url, content=content, filename=filename[:200], created_at=now
    )


def due(now: dt.datetime) -> models.QuerySet[ImportJob]:
    """Jobs that nobody reads: those that wait, and those whose reader has been silent for longer than its lease."""
    return ImportJob.objects.filter(
        Q(state=ImportJob.State.WAITING)
        | Q(state=ImportJob.State.READING, started_at__lt=now - ImportJob.LEASE)
    )


def work_off(pk: int, *, now: dt.datetime) -> ImportJob | None:
    """Take up the job of this number and end it, kept or not kept; None where somebody else has it or it is over."""
    claimed = (
        due(now)
        .filter(pk=pk)
        .update(state=ImportJob.State.READING, started_at=now, attempts=F("attempts") + 1, message="")
    )
    if not claimed:
        return None
    job = ImportJob.objects.select_related("film", "asked_by").get(pk=pk)
    try:
        _read(job, now)
    except (CannotFetch, UnreadableSource, CannotImport) as refusal:
        _end(job, ImportJob.State.FAILED, str(refusal), now)
    return job


def _read(job: ImportJob, now: dt.datetime) -> None:
    if job.attempts > ImportJob.MAX_ATTEMPTS:
        raise CannotImport(
            "Its reading broke off three times, and we do not know why. Paste the text instead."
        )
    content, url, filename = bytes(job.content), job.url, job.filename
    if job.url:
        _say(job, "Fetching the page")
        page = fetch(job.url, guard=GUARD)
        content, url, filename = page.content, page.url, urlsplit(page.url).path
    _say(job, f"Reading {len(content) // 1000 or 1:,} kB")
    try:
        interview, _, is_new = keep_as_found(
            content, film=job.film, kept_by=job.asked_by, retrieved_at=now, url=url, filename=filename
        )
    except NotAnInterview as refusal:
        if job.url:
            raise CannotImport(
                f"{refusal} If the site wants you to sign in first, open the page there and paste the text instead."
            ) from None
        raise
    job.interview, job.is_new = interview, is_new
    _end(job, ImportJob.State.KEPT, "", now)


def _say(job: ImportJob, message: str) -> None:
    job.message = message
    job.save(update_fields=["message"])


def _end(job: ImportJob, state: str, message: str, now: dt.datetime) -> None:
    """What was handed in is in the archive now, or nowhere: the job keeps no copy."""
    job.state, job.message, job.ended_at, job.content = state, message[:300], now, b""
    job.save(update_fields=["state", "message", "ended_at", "content", "interview", "is_new"])
