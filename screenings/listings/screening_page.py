"""One showing in full: when, where, how one gets in, and what else there is of the film here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common.prepared_queries import prepared_rows

from ..models import Screening
from ..spoken_times import say_day, say_night, say_zone
from .film_facts import FilmFacts, film_facts
from .showing_rows import COLUMNS, KEPT_ROWS, Listed, ShowingRow, listed_row, showing_row
from .venue_facts import VenueFacts, say_confirmed, venue_facts

OTHERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ScreeningPage:
    """`phase` is `coming`, `running`, `over` or `cancelled`; a cancelled showing stays so when its time is past."""

    row: ShowingRow
    phase: str
    near: str
    date: str
    clock: str
    film_facts: FilmFacts
    venue: VenueFacts
    entry: str
    ticket_url: str
    confirmed: str
    others: tuple[ShowingRow, ...]
    tags: frozenset[str]


def phase_of(screening: Screening, now: dt.datetime) -> str:
    """Where the showing stands at the instant `now`."""
    if screening.is_cancelled:
        return "cancelled"
    if now >= screening.ends_at:
        return "over"
    return "running" if now >= screening.starts_at else "coming"


def say_entry(screening: Screening) -> str:
    """How one gets in, in a sentence."""
    if screening.entry == Screening.Entry.RESERVED:
        return "Free, with a reserved seat."
    if screening.entry == Screening.Entry.OPEN:
        return "No ticket needed. Just come."
    return "Tickets are sold by the theater."


@prepared_rows(Listed._make, kept=KEPT_ROWS)
def _others(*, besides: int, film: int, theater: int, now: dt.datetime) -> QuerySet[Any, Any]:
    here = Screening.objects.published().upcoming(now).exclude(pk=besides)
    same = here.filter(engagement__film=film, engagement__theater=theater)
    return same.for_listing().values_list(*COLUMNS)[:OTHERS_SHOWN]


def other_showings(screening: Screening, now: dt.datetime, today: dt.date) -> tuple[ShowingRow, ...]:
    """The next showings of the same film at the same theater: one query."""
    run = screening.engagement
    others = _others(besides=screening.pk, film=run.film_id, theater=run.theater_id, now=now)
    return tuple(listed_row(other, now, today) for other in others)


def screening_tags(screening: Screening) -> frozenset[str]:
    """What the page shows (see `screenings.page_tags`)."""
    film, theater = screening.engagement.film_id, screening.engagement.theater_id
    return frozenset(
        {
            *(f"showing-{screening.pk}", f"seats-{screening.pk}", f"run-{film}-{theater}"),
            *(f"film-{film}", f"theater-{theater}"),
        }
    )


def screening_page(screening: Screening, now: dt.datetime) -> ScreeningPage:
    """The page of a published showing, read with `for_listing()` and its film's credits: one query."""
    wall, theater = screening.local_start, screening.theater
    here = now.astimezone(theater.tzinfo)
    today = here.date()
    return ScreeningPage(
        row=showing_row(screening, now, today),
        phase=phase_of(screening, now),
        near=say_night(screening.night, here, wall.time()),
        date=say_day(wall.date(), today),
        clock=say_zone(screening.zone),
        film_facts=film_facts(screening.film),
        venue=venue_facts(theater),
        entry=say_entry(screening),
        ticket_url=screening.ticket_url,
        confirmed=say_confirmed(theater, screening.confirmed_at, here),
        tags=screening_tags(screening),
        others=other_showings(screening, now, today),
    )
