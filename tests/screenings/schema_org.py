"""What schema.org says of ScreeningEvent and of what it holds: which properties a type has, and what each may be.

Written down from the types' pages (https://schema.org/ScreeningEvent and those of the types below), own properties
and inherited ones, as far as our pages use them; a property that is not here is a mistake until it is looked up.
What search engines ask for besides (developers.google.com/search/docs/appearance/structured-data/event) is `REQUIRED`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit


def text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def boolean(value: Any) -> bool:
    return isinstance(value, bool)


def url(value: Any) -> bool:
    return (
        isinstance(value, str)
        and urlsplit(value).scheme in ("http", "https")
        and bool(urlsplit(value).netloc)
    )


def moment(value: Any) -> bool:
    """DateTime (ISO 8601) with an offset, so that it is one instant."""
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def date(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) is not None


def duration(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"PT(?=\d)(\d+H)?(\d+M)?", value) is not None


def language(value: Any) -> bool:
    """A Language or text; ours is a BCP 47 tag."""
    return isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", value) is not None


def country(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value) is not None


def currency(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value) is not None


def one_of(*members: str) -> Any:
    return lambda value: value in [f"https://schema.org/{member}" for member in members]


def a(*types: str) -> Any:
    return lambda value: isinstance(value, dict) and value.get("@type") in types


EVENT_STATUS = one_of(
    "EventScheduled", "EventCancelled", "EventRescheduled", "EventPostponed", "EventMovedOnline"
)
THING = {"name": text, "url": url, "description": text, "image": url, "sameAs": url}
TYPES: dict[str, dict[str, Any]] = {
    "ScreeningEvent": {
        **THING,
        "subtitleLanguage": language,
        "videoFormat": text,
        "workPresented": a("Movie"),
        "startDate": moment,
        "endDate": moment,
        "previousStartDate": moment,
        "eventStatus": EVENT_STATUS,
        "eventAttendanceMode": one_of(
            "OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"
        ),
        "location": a("Place", "MovieTheater"),
        "offers": a("Offer"),
        "isAccessibleForFree": boolean,
    },
    "Movie": {
        **THING,
        "director": a("Person"),
        "producer": a("Person"),
        "duration": duration,
        "dateCreated": date,
        "accessibilityFeature": text,
    },
    "MovieTheater": {
        **THING,
        "address": a("PostalAddress"),
        "telephone": text,
        "amenityFeature": a("LocationFeatureSpecification"),
    },
    "PostalAddress": {
        "streetAddress": text,
        "addressLocality": text,
        "addressRegion": text,
        "postalCode": text,
        "addressCountry": country,
    },
    "LocationFeatureSpecification": {"name": text, "value": boolean},
    "Offer": {
        **THING,
        "availability": one_of("InStock", "SoldOut"),
        "price": text,
        "priceCurrency": currency,
    },
    "Person": THING,
}
REQUIRED = {
    "ScreeningEvent": ("name", "startDate", "location", "workPresented", "eventStatus", "url"),
    "MovieTheater": ("name", "address"),
    "PostalAddress": ("addressLocality", "addressCountry"),
    "Movie": ("name",),
    "Offer": ("url", "availability"),
    "Person": ("name",),
}


def problems_of(thing: dict[str, Any]) -> list[str]:
    """What is wrong with an event as its page says it; nothing, where it is right."""
    found = list(_problems({name: value for name, value in thing.items() if name != "@context"}, "event"))
    if thing.get("eventStatus", "").endswith("EventRescheduled") and "previousStartDate" not in thing:
        found.append("event: rescheduled from when?")
    return found


def _problems(thing: dict[str, Any], where: str) -> Iterator[str]:
    kind = thing.get("@type", "")
    if kind not in TYPES:
        yield f"{where}: {kind!r} is no type that stands here"
        return
    for name in REQUIRED.get(kind, ()):
        if name not in thing:
            yield f"{where}: {name} is missing"
    for name, value in thing.items():
        if name == "@type":
            continue
        if name not in TYPES[kind]:
            yield f"{where}: {kind} has no property {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if not TYPES[kind][name](each):
                yield f"{where}.{name}: {each!r}"
            elif isinstance(each, dict):
                yield from _problems(each, f"{where}.{name}")
