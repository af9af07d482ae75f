"""What a page says of itself in its head: its one address, its card, its feeds."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from ..models import City, Film, Screening, Theater
from .addresses import address
from .share_card import HEIGHT, WIDTH, ShareCard


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a browser or a reader finds it (`link rel=alternate`)."""

    type: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """`address` is absolute and without a question; so is `card`, which changes with what it says."""

    title: str
    address: str
    card: str
    card_says: str
    feeds: tuple[FeedLink, ...]
    card_width: int = WIDTH
    card_height: int = HEIGHT


# Route of a subject's page → the routes of its card and its feeds.
_ROUTES: dict[type, tuple[str, str, str, str]] = {
    City: ("city", "city_card", "city_calendar", "city_atom"),
    Film: ("film", "film_card", "film_calendar", "film_atom"),
    Theater: ("theater", "theater_card", "theater_calendar", "theater_atom"),
}


def head_of(subject: City | Film | Theater, card: ShareCard) -> PageHead:
    """The head of a city's, a film's or a theater's page."""
    page, picture, calendar, atom = _ROUTES[type(subject)]
    return PageHead(
        str(subject),
        settings.BASE_URL + address(page, subject.slug),
        f"{settings.BASE_URL}{address(picture, subject.slug)}?v={card.version}",
        card.said,
        (
            FeedLink("text/calendar", f"{subject}: calendar", address(calendar, subject.slug)),
            FeedLink("application/atom+xml", f"{subject}: news", address(atom, subject.slug)),
        ),
    )


def head_of_screening(screening: Screening, card: ShareCard) -> PageHead:
    """The head of a showing's page."""
    return PageHead(
        card.said,
        settings.BASE_URL + address("screening", screening.code),
        f"{settings.BASE_URL}{address('screening_card', screening.code)}?v={card.version}",
        card.said,
        (),
    )
