"""The picture that a shared link shows (Open Graph, 1200 × 630): film, city and date. Made by Typst, kept by what it says."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import typst

from ..models import City, Film, Screening, Theater
from ..spoken_times import say_day, say_when
from ..typesetting import fonts, longest_word, runs_from_right
from .booking_rows import in_release
from .home_page import say_where

CARD = Path(__file__).with_suffix(".typ")
WIDTH, HEIGHT = 1200, 630
LONGEST_TITLE = 110
# About 60 kB each.
KEPT_CARDS = 200


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What a card says. `said` is the same in a sentence, for who does not see it."""

    title: str
    when: str
    where: str
    cancelled: bool = False

    @property
    def said(self) -> str:
        words = ", ".join(filter(None, [self.title, self.when, self.where]))
        return f"Cancelled: {words}" if self.cancelled else words

    @property
    def version(self) -> str:
        """Another for a card that says something else: a link to it is never an old picture."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:10]


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def card_of_screening(screening: Screening) -> ShareCard:
    """Film, date and time, theater and city. The year is said: a card is seen long after."""
    theater = screening.theater
    when = say_when(screening.local_start, theater.locale)
    return ShareCard(
        _cut(screening.film.title), when, f"{theater.name}, {theater.city.name}", screening.is_cancelled
    )


def card_of_release(film: Film, openings: Sequence[tuple[dt.date, str]], now: dt.datetime) -> ShareCard:
    """The film, the cities of its release, and when it opens; `openings` are days and cities, the first first."""
    when = ""
    if openings:
        first = openings[0][0]
        when = f"Opens {say_day(first)}" if first > now.date() else "In theaters now"
    return ShareCard(_cut(film.title), when, say_where(city for _, city in openings))


def card_of_film(film: Film, now: dt.datetime) -> ShareCard:
    """The same from the database. One query."""
    bookings = in_release(now).filter(film=film).order_by("opens_on", "id")
    return card_of_release(film, list(bookings.values_list("opens_on", "theater__city__name")), now)


def card_of_city(city: City, titles: Sequence[str], now: dt.datetime) -> ShareCard:
    """The city, its films by name, and the day."""
    today = now.astimezone(city.tzinfo).date()
    return ShareCard(_cut(city.name), say_day(today) if titles else "", say_where(titles))


def card_of_theater(theater: Theater, titles: Sequence[str], now: dt.datetime) -> ShareCard:
    where = " · ".join(filter(None, [say_where(titles), theater.city.name]))
    return ShareCard(
        _cut(theater.name), say_day(now.astimezone(theater.tzinfo).date()) if titles else "", where
    )


def titles_on(now: dt.datetime, **where: object) -> list[str]:
    """The films that are on there next, the first first. One query."""
    coming = Screening.objects.scheduled().upcoming(now).filter(**where).order_by("starts_at", "id")
    return list(dict.fromkeys(coming.values_list("engagement__film__title", flat=True)[:60]))


@lru_cache(maxsize=KEPT_CARDS)
def draw(card: ShareCard) -> bytes:
    """The card as a PNG of 1200 × 630 pixels. Every script that a font of this machine has; about 0.1 s, once."""
    facts = {**asdict(card), "longest": longest_word(card.title), "from_right": runs_from_right(card.title)}
    inputs = {"content": json.dumps(facts)}
    png = typst.compile(CARD, format="png", ppi=72, sys_inputs=inputs, font_paths=fonts())
    assert isinstance(png, bytes)
    return png
