"""An engagement as a line of a limited release: where, from when to when, and its next showings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from ..models import Engagement, Screening
from ..models.listing import EngagementQuerySet
from ..spoken_times import say_day, tonight_in
from .showing_rows import COLUMNS, Listed, ShowingRow, listed_row
from .venue_facts import phone_link

# An open-ended booking without showtimes is news for this long, then history.
STILL_NEWS = dt.timedelta(days=14)
# No place on earth is further behind UTC: what is over there is over everywhere.
LAST_PLACE_ON_EARTH = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class BookingRow:
    """An engagement in words. `lead` and `dates` say when; `showings` are the next few, `more` how many follow."""

    film: str
    film_url: str
    theater: str
    theater_url: str
    city: str
    city_url: str
    country: str
    opens_on: dt.date
    lead: tuple[str, ...]
    dates: str
    over: bool
    awaits_times: bool
    listings_url: str
    phone: str
    phone_url: str
    showings: tuple[ShowingRow, ...]
    more: int


def next_showings(
    engagements: Iterable[Engagement], now: dt.datetime, *, each: int, label: str = ""
) -> tuple[dict[int, list[Listed]], dict[int, int]]:
    """The next `each` published showings of every engagement (of those with `label`, where one is given), and how many
    each has: one query.

    Gives (engagement id → showings in order, engagement id → count of all that are not over).
    """
    showings = Screening.objects.filter(engagement__in=[booking.pk for booking in engagements])
    wanted = showings.labelled(label) if label else showings
    ranked: QuerySet[Any] = (
        wanted.published()
        .upcoming(now)
        .annotate(
            rank=Window(RowNumber(), partition_by=F("engagement_id"), order_by=["starts_at", "id"]),
            back_rank=Window(RowNumber(), partition_by=F("engagement_id"), order_by=["-starts_at", "-id"]),
        )
        .filter(rank__lte=each)
        .for_listing()
        .values_list("engagement_id", "rank", "back_rank", *COLUMNS)
    )
    first: dict[int, list[Listed]] = {}
    counts: dict[int, int] = {}
    for booking, rank, back_rank, *columns in ranked:
        first.setdefault(booking, []).append(Listed._make(columns))
        counts[booking] = rank + back_rank - 1
    return first, counts


def in_release(now: dt.datetime) -> EngagementQuerySet:
    """Bookings of which something is to come: not closed yet, still news, or with a showing that is not over."""
    today = (now - LAST_PLACE_ON_EARTH).date()
    showing = Screening.objects.scheduled().upcoming(now).filter(engagement=OuterRef("pk"))
    return Engagement.objects.filter(
        Q(closes_on__gte=today)
        | Q(closes_on__isnull=True, opens_on__gte=today - STILL_NEWS)
        | Q(Exists(showing))
    )


def is_over(booking: Engagement, tonight: dt.date, *, has_showings: bool) -> bool:
    """Whether nothing of the booking is to come: it closed, or nobody gave it times after it opened."""
    if has_showings:
        return False
    if booking.closes_on:
        return booking.closes_on < tonight
    return booking.opens_on + STILL_NEWS < tonight


def say_lead(booking: Engagement, tonight: dt.date) -> tuple[str, ...]:
    """How a tour's line begins: `Now`, `Tonight`, `Opens` `Sat 5 Dec`; each part stays on one line."""
    if booking.opens_on < tonight:
        return ("Now",)
    day = "tonight" if booking.opens_on == tonight else say_day(booking.opens_on, tonight)
    return (day.capitalize(),) if booking.opens_on == booking.closes_on else ("Opens", day)


def say_dates(booking: Engagement, tonight: dt.date, *, over: bool) -> str:
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
    booking: Engagement, now: dt.datetime, showings: Sequence[Listed] = (), count: int = 0
) -> BookingRow:
    """The line of `booking`, read with `for_listing()`, and of those `showings` that are its next."""
    theater, tonight = booking.theater, tonight_in(booking.theater.tzinfo, now)
    over = is_over(booking, tonight, has_showings=bool(showings))
    return BookingRow(
        film=booking.film.title,
        film_url=reverse("film", args=[booking.film.slug]),
        theater=theater.name,
        theater_url=reverse("theater", args=[theater.slug]),
        city=theater.city.name,
        city_url=reverse("city", args=[theater.city.slug]),
        country=theater.city.country,
        opens_on=booking.opens_on,
        lead=say_lead(booking, tonight),
        dates=say_dates(booking, tonight, over=over),
        over=over,
        awaits_times=not over and not showings,
        listings_url=booking.listings_url or theater.website,
        phone=theater.phone,
        phone_url=phone_link(theater.phone),
        showings=tuple(listed_row(showing, now, tonight) for showing in showings),
        more=max(0, count - len(showings)),
    )


def booking_rows(
    engagements: Sequence[Engagement], now: dt.datetime, *, each: int = 3, label: str = ""
) -> tuple[BookingRow, ...]:
    """The lines of `engagements` in their order, each with its next showings: one query for all."""
    first, counts = next_showings(engagements, now, each=each, label=label)
    return tuple(
        booking_row(booking, now, first.get(booking.pk, ()), counts.get(booking.pk, 0))
        for booking in engagements
    )


def announced(now: dt.datetime) -> EngagementQuerySet:
    """Bookings of which something is to come and no showtime is known yet, the first to open first."""
    known = Screening.objects.published().upcoming(now).filter(engagement=OuterRef("pk"))
    return in_release(now).filter(~Exists(known)).for_listing().order_by("opens_on", "id")


def announced_rows(bookings: Iterable[Engagement], now: dt.datetime) -> tuple[BookingRow, ...]:
    """The lines of bookings that are `announced`. No query."""
    rows = (booking_row(booking, now) for booking in bookings)
    return tuple(row for row in rows if row.awaits_times)
