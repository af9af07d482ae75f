"""Where and when a text says that something can be seen: venues, cities, dates, addresses, telephone numbers."""

import re
from dataclasses import dataclass

from interviews.languages import MONTHS, WEEKDAYS
from interviews.sentences import sentences

_DAYS = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAYS = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_SHOWN = re.compile(
    r"\b(?:opens|opening|screens|screening|plays|playing|shows|showing|premieres|on view|in (?:theaters|theatres|cinemas)|"
    r"(?:limited|theatrical) release|is out|available|exhibition|tickets|at the|runs|se estrena|en cines|estreno|en salles|au cinéma|im kino|läuft|上映|公開|يعرض)\b",
    re.I,
)
_DATE = re.compile(
    rf"\b(?:(?:through|until|from|beginning|starting|through)\s+)?(?:(?:{_WEEKDAYS}),?\s+)?(?:(?:{_DAYS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|"
    rf"\d{{1,2}}\.?\s+(?:de\s+)?(?:{_DAYS})(?:\s+(?:de\s+)?\d{{4}})?)\b|\b(?:today|tonight|tomorrow|now)\b|\b(?:this|next)\s+(?:{_WEEKDAYS}|week|weekend|month)\b",
    re.I,
)
_CAPITALS = r"[^\W\d_a-z][\w'’&.-]*"
_VENUE = re.compile(
    rf"(?:{_CAPITALS}\s+){{1,4}}(?:Cinema|Cinemas|Theater|Theatre|Theaters|Film Center|Film Forum|Filmhouse|Arthouse|Museum|Gallery|House|Hall|Playhouse|Library|Kino|Institute|Center|Centre|Square|Cinematheque|Cineteca)\b"
    rf"|\b(?:Cinema|Cine|Cines|Teatro|Kino|Cinéma|Film Forum|IFC Center|Lincoln Center)(?:\s+{_CAPITALS}){{0,3}}"
)
_CITY = re.compile(
    rf"\b(?:in|à|en)\s+((?:{_CAPITALS})(?:\s{_CAPITALS})?)(?=\s+(?:on|at|from|through|this|and|starting)\b|[,.;)]|\s*$)|\b({_CAPITALS}(?:\s{_CAPITALS})?)['’]s\s+(?={_CAPITALS})"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}\s+(?:{_CAPITALS}\s+){{1,5}}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Square|Place|Pl|Highway|Hwy|Court)\b\.?"
)
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\+\d{1,3}(?:[ .-]?\d{2,4}){3,4}\b"
)


@dataclass(frozen=True)
class Listing:
    """A sentence that says where or when something can be seen; what it does not say is None."""

    venue: str | None
    city: str | None
    date: str | None
    address: str | None
    phone: str | None
    start: int
    end: int


def listings_in(text: str, spans: list[tuple[int, int]]) -> tuple[Listing, ...]:
    """The mentions of showings in the given spans of a text, one a sentence; an address that follows joins its venue."""
    found: list[Listing] = []
    for start, end in spans:
        for sentence in _with_contact(text, sentences(text, start, end)):
            listing = _listing(text, *sentence)
            if listing:
                found.append(listing)
    return tuple(found)


def _with_contact(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        is_contact = end - start < 60 and (
            _PHONE.search(text, start, end) or _ADDRESS.search(text, start, end)
        )
        if joined and is_contact and start - joined[-1][1] < 3:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _listing(text: str, start: int, end: int) -> Listing | None:
    sentence = text[start:end]
    if end - start > 500 or not _SHOWN.search(sentence):
        return None
    date, venue, city = _DATE.search(sentence), _VENUE.search(sentence), _CITY.search(sentence)
    address, phone = _ADDRESS.search(sentence), _PHONE.search(sentence)
    if not (date and (venue or city or _is_release(sentence))) and not (venue and (address or phone)):
        return None
    town = (city.group(1) or city.group(2)) if city else None
    place = venue.group() if venue else None
    if place and town and place.startswith(town):
        place = re.sub(r"^['’]s\s+", "", place[len(town) :]).strip()
    return Listing(place, town, _value(date), _value(address), _value(phone), start, end)


def _is_release(sentence: str) -> bool:
    return bool(
        re.search(
            r"\b(?:release|released|is out|in (?:theaters|theatres|cinemas)|opens|se estrena|en salles|im kino)\b",
            sentence,
            re.I,
        )
    )


def _value(found: re.Match[str] | None) -> str | None:
    return found.group() if found else None
