"""What pages say to machines: schema.org as JSON-LD, in a data block that no browser runs.

The vocabulary is schema.org's: ScreeningEvent, Movie, MovieTheater, Offer (https://schema.org/ScreeningEvent).
"""

from __future__ import annotations

import json
import re
from typing import Any

from babel.numbers import get_territory_currencies
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from ..models import Film, FilmStill, Screening, Stated, Theater
from .addresses import address as path_of
from .venue_facts import ACCESS_COLUMNS

Thing = dict[str, Any]
CONTEXT = "https://schema.org"
# Labels that say something of the picture itself.
FORMATS = {"35mm": "35mm", "70mm": "70mm", "16mm": "16mm", "3d": "3D"}
# Labels → schema.org's `accessibilityFeature` (the vocabulary of W3C's accessibility discoverability group).
ACCESS_FEATURES = {"oc": "openCaptions", "cc": "closedCaptions", "ad": "audioDescription"}
# “English subtitles” in a film's languages → the language's code (BCP 47).
_SUBTITLES = re.compile(r"\b(\w+)\s+subtitles\b", re.IGNORECASE)
_CODES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "dutch": "nl",
    "portuguese": "pt",
    "swedish": "sv",
    "mandarin": "zh",
    "chinese": "zh",
    "japanese": "ja",
}
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_block(thing: Thing) -> SafeString:
    """The element that holds `thing`: its type makes it data (HTML, “data block”), which a content security policy
    does not weigh as script. Nothing in it can end the element."""
    written = json.dumps({"@context": CONTEXT, **thing}, ensure_ascii=False, separators=(",", ":"))
    safe = written.translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308


def _known(**facts: Any) -> Thing:
    """What is known of `facts`: nothing is said of what is not."""
    return {
        name.replace("at_", "@"): value for name, value in facts.items() if value not in (None, "", [], {})
    }


def absolute(name: str, key: str) -> str:
    return settings.BASE_URL + path_of(name, key)


def still_url(film: Film, still: FilmStill) -> str:
    return settings.BASE_URL + reverse("film_still", args=[film.slug, still.name])


def movie(film: Film, still: FilmStill | None = None) -> Thing:
    """A film read with its credits, as a Movie."""
    people: dict[str, list[Thing]] = {"director": [], "producer": []}
    for credit in film.credits.all():
        people.get(credit.role, []).append({"@type": "Person", "name": credit.name})
    return _known(
        at_type="Movie",
        name=film.title,
        url=absolute("film", film.slug),
        description=film.synopsis[:500],
        dateCreated=str(film.year or ""),
        duration=f"PT{film.running_minutes}M" if film.running_minutes else "",
        image=still_url(film, still) if still else "",
        sameAs=film.website,
        **people,
    )


def address(theater: Theater) -> Thing:
    city = theater.city
    return _known(
        at_type="PostalAddress",
        streetAddress=theater.address,
        addressLocality=city.name,
        addressRegion=city.region if city.country == "US" else "",
        postalCode=theater.postal_code,
        addressCountry=city.country,
    )


def movie_theater(theater: Theater) -> Thing:
    """A theater read with its city, as a MovieTheater: of its access what it states, yes or no."""
    stated = {words: Stated(getattr(theater, column)) for column, words in ACCESS_COLUMNS.items()}
    return _known(
        at_type="MovieTheater",
        name=theater.name,
        url=absolute("theater", theater.slug),
        sameAs=theater.website,
        telephone=theater.phone,
        address=address(theater),
        amenityFeature=[
            {"@type": "LocationFeatureSpecification", "name": words, "value": said == Stated.YES}
            for words, said in stated.items()
            if said != Stated.NOT_STATED
        ],
    )


def subtitle_language(screening: Screening) -> str:
    """The language of the captions or subtitles (BCP 47): what the film says of itself, else, for captions, the
    language that the theater writes in; `""` where there are none, or nobody says."""
    if not {"oc", "cc", "subtitled"} & {*screening.labels}:
        return ""
    said = _SUBTITLES.search(screening.film.languages)
    if said and "subtitled" in screening.labels:
        return _CODES.get(said[1].lower(), "")
    captioned = {"oc", "cc"} & {*screening.labels}
    return screening.theater.locale.replace("_", "-").partition("-")[0] if captioned else ""


def event_status(screening: Screening) -> str:
    """Cancelled stays cancelled, be it moved before; a showing at another time than announced is rescheduled."""
    if screening.is_cancelled:
        return f"{CONTEXT}/EventCancelled"
    return f"{CONTEXT}/{'EventRescheduled' if screening.listed_start else 'EventScheduled'}"


def offer(screening: Screening) -> Thing:
    """How one gets in: a ticket elsewhere, or for nothing. Nothing where neither is known."""
    free = screening.entry != Screening.Entry.TICKETS
    if not free and not screening.ticket_url:
        return {}
    return _known(
        at_type="Offer",
        url=screening.ticket_url or absolute("screening", screening.code),
        availability=f"{CONTEXT}/{'SoldOut' if screening.sold_out else 'InStock'}",
        price="0" if free else "",
        priceCurrency=get_territory_currencies(screening.theater.city.country)[0] if free else "",
    )


def screening_event(screening: Screening, still: FilmStill | None = None) -> Thing:
    """A published showing read with `for_listing()` and its film's credits, as a ScreeningEvent. Its end is left out
    where the running time is unknown: what is guessed is not said."""
    film, theater, before = screening.film, screening.theater, screening.listed_start
    zone = screening.local_start.tzinfo
    work = movie(film, still)
    if features := [word for code, word in ACCESS_FEATURES.items() if code in screening.labels]:
        work["accessibilityFeature"] = features
    return _known(
        at_type="ScreeningEvent",
        name=film.title,
        url=absolute("screening", screening.code),
        description=f"{film.title} at {theater.name}, {theater.city.name}.",
        startDate=screening.local_start.isoformat(),
        endDate=screening.ends_at.astimezone(zone).isoformat() if film.running_minutes else "",
        previousStartDate=before.isoformat() if before else "",
        eventStatus=event_status(screening),
        eventAttendanceMode=f"{CONTEXT}/OfflineEventAttendanceMode",
        location=movie_theater(theater),
        workPresented=work,
        subtitleLanguage=subtitle_language(screening),
        videoFormat=", ".join(words for code, words in FORMATS.items() if code in screening.labels),
        isAccessibleForFree=screening.entry != Screening.Entry.TICKETS or None,
        offers=offer(screening),
        image=[absolute("screening_card", screening.code), *([still_url(film, still)] if still else [])],
    )
