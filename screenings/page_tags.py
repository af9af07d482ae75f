"""What public pages show, by tag: which pages a change makes old, and no others.

A page carries the tags of all that it shows (`Surrogate-Key`); whoever keeps pages (`config.warm_pages`, or a proxy
that knows the header) drops those that carry a tag that changed. Tags are written down once the transaction that made
the change has been committed: before, a page made anew could still show the old.

| tag | is another when |
| --- | --- |
| `film-7`, `theater-3` | the film or the theater itself says something else |
| `week-3`, `city-9`, `release-7` | a booking or showing there, or of that film, changes |
| `run-7-3` | the same, of that film at that theater |
| `showing-21`, `seats-21` | that showing changes; who comes to it does |
| `listing` | any film, booking or showing changes |
"""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.db.models import Model, signals
from django.utils import timezone

from .models import (
    Engagement,
    Film,
    FilmCredit,
    FilmStill,
    PageChange,
    Rsvp,
    Screen,
    Screening,
    Theater,
)

# A look reads again what was written so long before the last one: clocks of two machines differ, writes take time.
OVERLAP = dt.timedelta(seconds=60)


class _Waiting(threading.local):
    def __init__(self) -> None:
        self.tags: set[str] = set()


_waiting = _Waiting()
# Who keeps pages in this process, and is told at once.
_keepers: list[Callable[[Iterable[str]], None]] = []


def tell(keeper: Callable[[Iterable[str]], None]) -> None:
    """Have `keeper` told which tags changed, as soon as each change is committed; in this process only."""
    _keepers.append(keeper)


def touch(tags: Iterable[str]) -> None:
    """Note that what these tags stand for is another, as soon as the running transaction is committed."""
    _waiting.tags.update(tags)
    transaction.on_commit(_write_down, robust=True)


def _write_down() -> None:
    """All that waits, in one statement, in one order (two writers never wait for each other in a circle)."""
    tags, _waiting.tags = sorted(_waiting.tags), set()
    if not tags:
        return
    for keeper in _keepers:
        keeper(tags)
    now = timezone.now()
    PageChange.objects.bulk_create(
        [PageChange(tag=tag, version=uuid.uuid4(), changed_at=now) for tag in tags],
        update_conflicts=True,
        unique_fields=["tag"],
        update_fields=["version", "changed_at"],
    )


class RecentChanges:
    """Asked again and again, gives the tags that changed since it was asked last, with their versions. One query."""

    def __init__(self) -> None:
        self._since = timezone.now()

    def __call__(self) -> Mapping[str, uuid.UUID]:
        now = timezone.now()
        lately = PageChange.objects.filter(changed_at__gt=self._since - OVERLAP)
        found = dict(lately.values_list("tag", "version"))
        self._since = now
        return found


def tags_of_booking(booking: Engagement) -> set[str]:
    """What shows a booking and its showings."""
    film, theater = booking.film_id, booking.theater_id
    return {
        *(f"week-{theater}", f"city-{booking.theater.city_id}", f"release-{film}"),
        *(f"run-{film}-{theater}", "listing"),
    }


def tags_of(row: Model) -> set[str]:
    """What shows a row of the listing."""
    match row:
        case Screening():
            return {f"showing-{row.pk}", *tags_of_booking(row.engagement)}
        case Engagement():
            return tags_of_booking(row)
        case Film():
            return {f"film-{row.pk}", "listing"}
        case FilmCredit() | FilmStill():
            return {f"film-{row.film_id}"}
        case Theater():
            return {f"theater-{row.pk}"}
        case Screen():
            return {f"theater-{row.theater_id}"}
        case Rsvp():
            return _tags_of_seats(row.screening)
    raise TypeError(f"No page shows a {type(row).__name__}.")


def _tags_of_seats(screening: Screening) -> set[str]:
    """What shows whether a showing is full: its own page; others say it where its seats are counted."""
    tags, run = {f"seats-{screening.pk}"}, screening.engagement
    if screening.capacity is not None:
        tags |= {f"release-{run.film_id}", f"run-{run.film_id}-{run.theater_id}"}
    return tags


SHOWN = (Screening, Engagement, Film, FilmCredit, FilmStill, Theater, Screen, Rsvp)


def _changed(sender: type[Model], instance: Model, raw: bool = False, **_: object) -> None:
    if not raw:
        touch(tags_of(instance))


def watch() -> None:
    """Have every row of the listing that is stored or deleted noted (called once, when the house opens). What changes
    rows without storing each (`QuerySet.update`) calls `touch` itself."""
    for model in SHOWN:
        for signal in (signals.post_save, signals.post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"page_tags.{model.__name__}")
