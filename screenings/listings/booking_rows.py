"""An engagement as a line of a limited release: where, from when to when, and its next showings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.local_time import get_zone
from common.prepared_queries import prepared_rows

from ..models import Engagement, Screening
from ..models.listing import EngagementQuerySet
from ..spoken_times import say_day, tonight_in
from .addresses import address
from .filters import count_labels
from .showing_rows import BOOKED_COLUMNS, KEPT_ROWS, Listed, ShowingRow, listed_row, read_own_columns
from .venue_facts import phone_link

# An open-ended booking without showtimes is news for this long, then history.
STILL_NEWS = dt.timedelta(days=14)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
# No place on earth is further behind UTC: what is over there is over everywhere.
LAST_PLACE_ON_EARTH = dt.timedelta(hours=12)


class Booked(NamedTuple):
    """The columns of an engagement that a list shows, in the order of `BOOKED`: first those that its showings list."""

    film_id: int
    film: str
    film_slug: str
    theater_id: int
    theater: str
    theater_slug: str
    locale: str
    id: int
    opens_on: dt.date
    closes_on: dt.date | None
    listings_url: str
    website: str
    phone: str
    zone: str
    city: str
    city_slug: str
    country: str


BOOKED = (
    *BOOKED_COLUMNS,
    *("id", "opens_on", "closes_on", "listings_url", "theater__website", "theater__phone", "theater__zone"),
    *("theater__city__name", "theater__city__slug", "theater__city__country"),
)


@dataclass(frozen=True, slots=True, eq=False)
class BookingRow:
    """An engagement in words. `lead` and `dates` say when; `showings` are the next few, `more` how many follow;
    `next_start` (UTC) is when the first of them starts that is not cancelled, `NEVER` where none does.

    Made of the same words it is the same row, while it is kept, as a `ShowingRow` is.
    """

    film: str
    film_url: str
    theater: str
    theater_url: str
    city: str
    city_url: str
    country: str
    opens_on: dt.date
    next_start: dt.datetime
    lead: tuple[str, ...]
    dates: str
    over: bool
    awaits_times: bool
    listings_url: str
    phone: str
    phone_url: str
    showings: tuple[ShowingRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A film's showings to come: of each booking (by id) the next few, their own columns, and how many there are; how
    many have each label, whichever is asked for."""

    next: dict[int, list[tuple[Any, ...]]]
    counts: dict[int, int]
    labels: dict[str, int]


@prepared_rows(tuple, kept=KEPT_ROWS)
def _to_come(*, film: int, now: dt.datetime) -> QuerySet[Any, Any]:
    coming = Screening.objects.published().upcoming(now).filter(engagement__film=film)
    return coming.order_by("starts_at", "id").values_list("engagement_id", "id", "labels")


def read_coming(film: int, now: dt.datetime, *, each: int, label: str = "") -> Coming:
    """The film's published showings that are not over, the next `each` of every booking (of those with `label`, where
    one is given): two queries, one that counts them all, one that reads those few."""
    rows = _to_come(film=film, now=now)
    ids: dict[int, list[int]] = {}
    for booking, showing, labels in rows:
        if not label or label in labels:
            ids.setdefault(booking, []).append(showing)
    counts = {booking: len(showings) for booking, showings in ids.items()}
    first = {booking: showings[:each] for booking, showings in ids.items()}
    known = {row[0]: row for row in read_own_columns(ids=list(chain.from_iterable(first.values())))}
    found = {
        booking: [known[showing] for showing in showings if showing in known]
        for booking, showings in first.items()
    }
    return Coming(found, counts, count_labels((labels, 1) for _, _, labels in rows if labels))


def in_release(now: dt.datetime) -> EngagementQuerySet:
    """Bookings of which something is to come: not closed yet, still news, or with a showing that is not over."""
    return in_release_on(now=now, **days_of_release(now))


def days_of_release(now: dt.datetime) -> dict[str, dt.date]:
    """The days that `in_release_on` asks for at the instant `now`."""
    today = (now - LAST_PLACE_ON_EARTH).date()
    return {"today": today, "news_since": today - STILL_NEWS}


def in_release_on(*, now: dt.datetime, today: dt.date, news_since: dt.date) -> EngagementQuerySet:
    """As `in_release`, for a query that is prepared."""
    showing = Screening.objects.scheduled().upcoming(now).filter(engagement=OuterRef("pk"))
    return Engagement.objects.filter(
        Q(closes_on__gte=today) | Q(closes_on__isnull=True, opens_on__gte=news_since) | Q(Exists(showing))
    )


def is_over(booking: Booked, tonight: dt.date, *, has_showings: bool) -> bool:
    """Whether nothing of the booking is to come: it closed, or nobody gave it times after it opened."""
    if has_showings:
        return False
    if booking.closes_on:
        return booking.closes_on < tonight
    return booking.opens_on + STILL_NEWS < tonight


def say_lead(booking: Booked, tonight: dt.date) -> tuple[str, ...]:
    """How a tour's line begins: `Now`, `Tonight`, `Opens` `Sat 5 Dec`; each part stays on one line."""
    if booking.opens_on < tonight:
        return ("Now",)
    day = "tonight" if booking.opens_on == tonight else say_day(booking.opens_on, tonight)
    return (day.capitalize(),) if booking.opens_on == booking.closes_on else ("Opens", day)


def say_dates(booking: Booked, tonight: dt.date, *, over: bool) -> str:
    """What else is known of the days: `Until Thu 20 Aug`, `One night only`, `Fri 3 Aug 2012 to Thu 16 Aug 2012`."""
    opens, closes = booking.opens_on, booking.closes_on
    if opens == closes:
        return say_day(opens, tonight) if over else "One night only"
    if over:
        return " to ".join(say_day(day, tonight) for day in (opens, closes) if day)
    if closes == tonight:
        return "Last night"
    return f"Until {say_day(closes, tonight)}" if closes else ""


def booking_row(
    booking: Booked, now: dt.datetime, showings: Iterable[tuple[Any, ...]] = (), count: int = 0
) -> BookingRow:
    """The line of `booking` and of those `showings` (their own columns) that are its next, of `count`."""
    tonight, shared = tonight_in(get_zone(booking.zone), now), booking[: len(BOOKED_COLUMNS)]
    rows = tuple(listed_row(Listed._make((*own, *shared)), now, tonight) for own in showings)
    return _row(booking, tonight, rows, max(0, count - len(rows)))


@lru_cache(maxsize=KEPT_ROWS)
def _row(booking: Booked, tonight: dt.date, showings: tuple[ShowingRow, ...], more: int) -> BookingRow:
    over = is_over(booking, tonight, has_showings=bool(showings))
    return BookingRow(
        film=booking.film,
        film_url=address("film", booking.film_slug),
        theater=booking.theater,
        theater_url=address("theater", booking.theater_slug),
        city=booking.city,
        city_url=address("city", booking.city_slug),
        country=booking.country,
        opens_on=booking.opens_on,
        next_start=next((row.wall.astimezone(dt.UTC) for row in showings if not row.cancelled), NEVER),
        lead=say_lead(booking, tonight),
        dates=say_dates(booking, tonight, over=over),
        over=over,
        awaits_times=not over and not showings,
        listings_url=booking.listings_url or booking.website,
        phone=booking.phone,
        phone_url=phone_link(booking.phone),
        showings=showings,
        more=more,
    )


@prepared_rows(Booked._make, kept=KEPT_ROWS)
def read_bookings(*, film: int) -> QuerySet[Any, Any]:
    """All bookings of a film, the first to open first: one query."""
    return Engagement.objects.filter(film=film).order_by("opens_on", "id").values_list(*BOOKED)


def booking_rows(bookings: Iterable[Booked], coming: Coming, now: dt.datetime) -> tuple[BookingRow, ...]:
    """The lines of a film's bookings in their order, each with its next showings. No query."""
    return tuple(
        booking_row(booking, now, coming.next.get(booking.id, ()), coming.counts.get(booking.id, 0))
        for booking in bookings
    )


@prepared_rows(Booked._make, kept=KEPT_ROWS)
def _announced(
    where: str, *, place: int, now: dt.datetime, today: dt.date, news_since: dt.date
) -> QuerySet[Any, Any]:
    known = Screening.objects.published().upcoming(now).filter(engagement=OuterRef("pk"))
    booked = in_release_on(now=now, today=today, news_since=news_since).filter(**{where: place})
    return booked.filter(~Exists(known)).order_by("opens_on", "id").values_list(*BOOKED)


def read_announced(where: str, place: int, now: dt.datetime) -> list[Booked]:
    """Bookings of which something is to come and no showtime is known yet, the first to open first, of those of which
    the column `where` says that they are at `place`: one query."""
    return _announced(where, place=place, now=now, **days_of_release(now))


def announced_rows(bookings: Iterable[Booked], now: dt.datetime) -> tuple[BookingRow, ...]:
    """The lines of bookings that are announced. No query."""
    rows = (booking_row(booking, now) for booking in bookings)
    return tuple(row for row in rows if row.awaits_times)
