"""What a feed of a theater, a film or a city holds: showings to come and lately past, cancelled ones among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from ..models import City, Film, Screening, Theater

# What was on stays in people's calendars for so long, and so does the word that it was cancelled.
KEPT_FOR = dt.timedelta(days=14)
MOST_EVENTS = 1000
# The newest entries of a feed; who reads it comes back more often than this many things happen.
MOST_ENTRIES = 100

Subject = City | Film | Theater


@dataclass(frozen=True, slots=True)
class Feed:
    """A subject's feed: its name, the page that it is of, the tags of what it shows (`screenings.page_tags`)."""

    name: str
    path: str
    tags: frozenset[str]
    screenings: tuple[Screening, ...]


def _subject_of(subject: Subject) -> tuple[str, str, str, Q]:
    """Its name, its page's path, the tag of its showings, and which showings these are."""
    match subject:
        case City():
            return (
                f"Films in {subject.name}",
                reverse("city", args=[subject.slug]),
                f"city-{subject.pk}",
                Q(engagement__theater__city=subject),
            )
        case Theater():
            return (
                subject.name,
                reverse("theater", args=[subject.slug]),
                f"week-{subject.pk}",
                Q(engagement__theater=subject),
            )
        case Film():
            return (
                subject.title,
                reverse("film", args=[subject.slug]),
                f"release-{subject.pk}",
                Q(engagement__film=subject),
            )


def feed_of(subject: Subject, now: dt.datetime, *, newest: bool = False) -> Feed:
    """The feed at the instant `now`: in the order of starting, or the newest change first. One query."""
    name, path, tag, whose = _subject_of(subject)
    kept = Screening.objects.published().filter(whose, ends_at__gt=now - KEPT_FOR).for_listing()
    found = kept.order_by("-updated_at", "-id")[:MOST_ENTRIES] if newest else kept[:MOST_EVENTS]
    screenings = tuple(found)
    return Feed(name, path, _tags(tag, screenings), screenings)


def _tags(tag: str, screenings: Sequence[Screening]) -> frozenset[str]:
    films = {f"film-{screening.engagement.film_id}" for screening in screenings}
    theaters = {f"theater-{screening.engagement.theater_id}" for screening in screenings}
    return frozenset({tag} | films | theaters)
