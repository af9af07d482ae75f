"""The life of a showing: scheduled, moved, cancelled, reinstated. Each act raises the revision.

Every act re-plans the notices of those who mean to come in its own transaction, so that no message can
go out about a showing that is no longer so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from common.local_time import get_zone, night_of, to_utc

from .change_notices import QUIET_SPELL
from .follows import owe_new_city
from .labels import sort_labels
from .models import UNKNOWN_RUNNING_MINUTES, Engagement, Film, Screen, Screening, Theater
from .reminders import replan
from .requests.openings import tell_askers
from .waiting.offers import offer_places, take_offers_back


class NotPossible(ValueError):
    """The act cannot be done; the message is a sentence for the person who tried."""


@transaction.atomic
def book(
    film: Film,
    theater: Theater,
    opens_on: dt.date,
    closes_on: dt.date | None = None,
    *,
    listings_url: str = "",
    now: dt.datetime | None = None,
) -> Engagement:
    """The engagement of `film` at `theater` that opens on that day; booked anew where there is none, and then told to
    those who asked for it near there, first, and to those who follow the film."""
    engagement, is_new = Engagement.objects.get_or_create(
        film=film,
        theater=theater,
        opens_on=opens_on,
        defaults={"closes_on": closes_on, "listings_url": listings_url},
    )
    if is_new:
        tell_askers(engagement, now or timezone.now())
        owe_new_city(engagement, engagement.created_at)
    return engagement


def ending_of(starts_at: dt.datetime, theater: Theater, film: Film) -> dt.datetime:
    """When the house lights come up: start + trailers + running time (120 minutes where it is unknown)."""
    minutes = theater.trailer_minutes + (film.running_minutes or UNKNOWN_RUNNING_MINUTES)
    return starts_at + dt.timedelta(minutes=minutes)


def place(screening: Screening, wall: dt.datetime, fold: int | None) -> None:
    """Set every column that follows from the naive `wall`; nothing is stored. Raises LocalTimeError as `to_utc`."""
    theater, before = screening.engagement.theater, (screening.wall_time, screening.starts_at)
    screening.zone = theater.zone
    screening.starts_at = to_utc(wall, get_zone(theater.zone), fold)
    screening.wall_time = wall.isoformat(timespec="minutes")
    screening.fold = fold or 0
    screening.night = night_of(wall)
    screening.ends_at = ending_of(screening.starts_at, theater, screening.engagement.film)
    _note_move(screening, *before)


def _note_move(screening: Screening, wall_before: str, start_before: dt.datetime | None) -> None:
    """What the pages say of a published showing that is at another time than it was listed for; nothing once it is
    back."""
    if screening.pk is None or screening.status == Screening.Status.DRAFT:
        return
    if screening.starts_at != start_before:
        screening.moved_from = screening.moved_from or wall_before
    if screening.moved_from == screening.wall_time:
        screening.moved_from = ""


@transaction.atomic
def schedule(
    engagement: Engagement,
    wall: dt.datetime,
    *,
    now: dt.datetime,
    fold: int | None = None,
    screen: Screen | None = None,
    labels: Iterable[str] = (),
    entry: str = Screening.Entry.TICKETS,
    ticket_url: str = "",
    capacity: int | None = None,
    sold_out: bool = False,
) -> Screening:
    """A published showing at the naive time `wall` on the theater's clock.

    The same engagement, start and screen twice is one showing: the one that stands is returned, its
    labels untouched. Raises LocalTimeError where the clocks skip or repeat `wall` (say `fold` then).
    """
    screening = Screening(
        engagement=engagement,
        screen=screen,
        labels=sort_labels(labels),
        entry=entry,
        ticket_url=ticket_url,
        capacity=capacity,
        sold_out=sold_out,
        status=Screening.Status.SCHEDULED,
        confirmed_at=now,
    )
    place(screening, wall, fold)
    standing = (
        Screening.objects.scheduled()
        .filter(engagement=engagement, starts_at=screening.starts_at, screen=screen)
        .first()
    )
    if standing:
        return standing
    screening.save()
    return screening


def _lock(screening: Screening) -> Screening:
    """The row as it stands, held until the transaction ends."""
    return (
        Screening.objects.select_for_update(of=("self",))
        .select_related("engagement__film", "engagement__theater")
        .get(pk=screening.pk)
    )


def _refuse_the_past(screening: Screening, now: dt.datetime) -> None:
    if screening.starts_at <= now:
        raise NotPossible("This showing has begun already. What is past stays as it was.")


def _refuse_a_double(screening: Screening) -> None:
    """The database holds one live showing of an engagement to a start and a screen; here it is said in words."""
    live = Screening.objects.scheduled().filter(
        engagement=screening.engagement_id, starts_at=screening.starts_at, screen=screening.screen_id
    )
    if live.exclude(pk=screening.pk).exists():
        raise NotPossible("This film is on at that time already. Nothing was changed.")


def settle(screening: Screening, now: dt.datetime, *, tell_at_once: bool = False) -> Screening:
    """Store a changed showing: its revision rises, and the notices about it are planned anew.

    Those who come are told after a quiet spell in which changes gather, or at once.
    """
    screening.revision += 1
    screening.confirmed_at = now
    screening.save()
    if screening.is_cancelled:
        take_offers_back(screening)
    replan(screening, now, quiet=dt.timedelta() if tell_at_once else QUIET_SPELL)
    return screening


@transaction.atomic
def move(
    screening: Screening,
    wall: dt.datetime,
    *,
    now: dt.datetime,
    fold: int | None = None,
    tell_at_once: bool = False,
) -> Screening:
    """The showing at another time. Who goes stays going; reminders of the old time are superseded."""
    screening = _lock(screening)
    _refuse_the_past(screening, now)
    before = screening.starts_at
    place(screening, wall, fold)
    if screening.starts_at <= now:
        raise NotPossible("That time is past. The showing stays where it was.")
    if not screening.is_cancelled:
        _refuse_a_double(screening)
    return screening if screening.starts_at == before else settle(screening, now, tell_at_once=tell_at_once)


@transaction.atomic
def cancel(screening: Screening, *, reason: str, now: dt.datetime, tell_at_once: bool = False) -> Screening:
    """The showing is off, for a reason that attendees read. It stays on the pages, struck through."""
    screening = _lock(screening)
    _refuse_the_past(screening, now)
    if screening.is_cancelled:
        return screening
    screening.status = Screening.Status.CANCELLED
    screening.cancel_reason = reason
    return settle(screening, now, tell_at_once=tell_at_once)


@transaction.atomic
def reinstate(screening: Screening, *, now: dt.datetime, tell_at_once: bool = False) -> Screening:
    """A cancelled showing is on again, at its time."""
    screening = _lock(screening)
    _refuse_the_past(screening, now)
    if not screening.is_cancelled:
        return screening
    _refuse_a_double(screening)
    screening.status = Screening.Status.SCHEDULED
    screening.cancel_reason = ""
    return settle(screening, now, tell_at_once=tell_at_once)


@transaction.atomic
def relabel(
    screening: Screening,
    labels: Iterable[str],
    *,
    now: dt.datetime,
    sold_out: bool | None = None,
    tell_at_once: bool = False,
) -> Screening:
    """The showing with these labels and no others, sold out or not (as it was, where that is not said)."""
    screening = _lock(screening)
    _refuse_the_past(screening, now)
    wanted = sort_labels(labels)
    sold_out = screening.sold_out if sold_out is None else sold_out
    if (tuple(screening.labels), screening.sold_out) == (wanted, sold_out):
        return screening
    screening.labels, screening.sold_out = wanted, sold_out
    return settle(screening, now, tell_at_once=tell_at_once)


@transaction.atomic
def admit(
    screening: Screening, *, entry: str, capacity: int | None, ticket_url: str, now: dt.datetime
) -> Screening:
    """How one gets in to the showing: tickets elsewhere, a seat kept here (`capacity` of them), or just come.

    Who goes stays going. Seats that this makes free are offered to those who wait. That is no news to those who
    come, so nobody is written to about it.
    """
    screening = _lock(screening)
    _refuse_the_past(screening, now)
    if entry != Screening.Entry.RESERVED:
        capacity = None
    screening.entry, screening.capacity, screening.ticket_url = entry, capacity, ticket_url
    screening.save(update_fields=["entry", "capacity", "ticket_url", "updated_at"])
    offer_places(screening, now)
    return screening


@transaction.atomic
def time_film(film: Film, minutes: int | None, *, now: dt.datetime) -> Film:
    """The film lasts so many minutes; its coming showings end accordingly, and what follows their end is re-planned."""
    film = Film.objects.select_for_update().get(pk=film.pk)
    if film.running_minutes == minutes:
        return film
    film.running_minutes = minutes
    film.save(update_fields=["running_minutes"])
    coming = Screening.objects.select_for_update(of=("self",)).select_related("engagement__theater")
    for screening in coming.filter(engagement__film=film, starts_at__gt=now):
        screening.ends_at = ending_of(screening.starts_at, screening.engagement.theater, film)
        screening.revision += 1
        screening.save()
        replan(screening, now)
    return film
