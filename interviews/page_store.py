"""The pages of published guides as bytes: rendered once in a process, which is one release, and kept in its memory.

A version never changes, so a page depends on its version and on which of its excerpts are withdrawn, and on nothing of
who asks: no session, no cookie, no language.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import brotli
from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from common.prepared_queries import prepared

from .facilitator_page import facilitator_page
from .guide_content import Content
from .models import Excerpt, GuideVersion
from .reading_page import reading_page, say_day

# What a version is printed on, by the name in the PDF's address.
PAPER_WORDS = {
    "guide-a5": "A5, to fold",
    "guide-half-letter": "half letter",
    "facilitator-a4": "all of it, A4",
    "facilitator-letter": "all of it, US letter",
    "run-sheet-a4": "run-sheet, A4",
    "run-sheet-letter": "run-sheet, US letter",
}

# A page is about 60 kB with its compressed copies: 256 of them fit in 16 MB.
KEPT_PAGES = 256

Withdrawn = frozenset[tuple[str, dt.date]]


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page in the encodings that browsers ask for, and a weak entity tag (RFC 9110) of what it says."""

    etag: str
    bodies: dict[str, bytes]


def find_version(code: str, number: int | None = None) -> GuideVersion | None:
    """The version of the guide with this code, the newest where no number is given, without its content. One query."""
    versions = GuideVersion.objects.filter(guide__code=code).defer("content").select_related("guide")
    if number is not None:
        versions = versions.filter(number=number)
    return versions.order_by("-number").first()


def page_of(version: GuideVersion, edition: str = "guide") -> StoredPage:
    """The page of a version as it may be shown now: one query where it was asked for before. `edition` is `guide`,
    what attendees read, or `facilitator`."""
    code, number = version.guide.code, version.number
    return _stored(code, number, _withdrawn_among(_quoted_by(code, number)), edition)


def withdrawn_from(content: Content) -> Withdrawn:
    """Which excerpts of this content have been withdrawn, and when: one query."""
    return _withdrawn_among(tuple(uuid.UUID(key) for key in content["excerpts"]))


def stamp_of_pages() -> tuple[object, ...]:
    """Something that differs as soon as any guide's pages may: after a publication and after a withdrawal. Two queries."""
    published = GuideVersion.objects.aggregate(Count("id"), Max("id"))
    withdrawn = Excerpt.objects.filter(withdrawn_at__isnull=False).aggregate(Count("id"), Max("withdrawn_at"))
    return (*published.values(), *withdrawn.values())


def _withdrawn_among(quoted: tuple[uuid.UUID, ...]) -> Withdrawn:
    return frozenset((str(key), day) for key, day in _withdrawn_days(quoted=quoted))


@prepared
def _withdrawn_days(*, quoted: Sequence[uuid.UUID]) -> QuerySet[Excerpt, tuple[uuid.UUID, dt.date]]:
    withdrawn = Excerpt.objects.filter(uuid__in=quoted, withdrawn_at__isnull=False)
    return withdrawn.values_list("uuid", "withdrawn_at__date")


@lru_cache(maxsize=4 * KEPT_PAGES)
def _quoted_by(code: str, number: int) -> tuple[uuid.UUID, ...]:
    content = GuideVersion.objects.values_list("content", flat=True).get(guide__code=code, number=number)
    return tuple(uuid.UUID(key) for key in content["excerpts"])


@lru_cache(maxsize=KEPT_PAGES)
def _stored(code: str, number: int, withdrawn: Withdrawn, edition: str) -> StoredPage:
    version = GuideVersion.objects.select_related("guide").get(guide__code=code, number=number)
    html = render_page(version, withdrawn, edition).encode()
    return StoredPage(
        etag=f'W/"{hashlib.sha256(html).hexdigest()[:24]}"',
        bodies={
            "br": brotli.compress(html, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(html, mtime=0),
            "identity": html,
        },
    )


def render_page(version: GuideVersion, withdrawn: Withdrawn, edition: str = "guide") -> str:
    """The HTML of a version with the excerpts in `withdrawn` taken out."""
    code = version.guide.code
    if edition == "facilitator":
        words: dict[str, object] = {"edition": facilitator_page(version.content, dict(withdrawn))}
    else:
        words = {"page": reading_page(version.content, dict(withdrawn))}
    return render_to_string(
        f"interviews/{edition}.html",
        {
            **words,
            "code": code,
            "number": version.number,
            "stamp": stamp_of(version.number, withdrawn),
            "published": say_day(version.published_at.date()),
            "newest_path": reverse("guide", args=[code]),
            "version_path": reverse("guide_version", args=[code, version.number]),
            "demo": settings.DEMO,
            "base_url": settings.BASE_URL,
            "mail_to_a_friend": _mail_to_a_friend(version),
            "papers": [
                (name, paper)
                for name, paper in PAPER_WORDS.items()
                if name.startswith("guide") == (edition == "guide")
            ],
        },
    )


def stamp_of(number: int, withdrawn: Withdrawn) -> str:
    """By which a reader's phone knows whether the copy that it keeps says the same: the version, and what was taken
    out of it since."""
    if not withdrawn:
        return str(number)
    gone = "\n".join(sorted(key for key, _ in withdrawn))
    return f"{number}-{hashlib.sha256(gone.encode()).hexdigest()[:8]}"


def _mail_to_a_friend(version: GuideVersion) -> str:
    """A mail that is written and has no address yet (RFC 6068): the reader's own program asks for it."""
    content, address = version.content, settings.BASE_URL + reverse("guide", args=[version.guide.code])
    subject = f"{content['guide']['title']} ({content['film']['title']})"
    body = (
        f"A guide to talking about {content['film']['title']}, with what the filmmakers said:\n\n{address}\n"
    )
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
