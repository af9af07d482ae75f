"""The whole demo world, built once and kept fresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Person
from discussions.models import Discussion
from discussions.opening import open_planned_room
from interviews.choices import guide_for
from screenings.films import find_film
from screenings.models import Film, Screening

from . import content
from .afterwards import leave_evenings
from .audience import bring
from .evening import has_tonight, put_on_evening, put_on_tonight
from .library import add_guides, add_interviews
from .people import add_team
from .places import add_films, add_theaters
from .programme import Run, book_runs, fill_nights, put_on_singles


@dataclass(frozen=True)
class Built:
    """What one run of `build` did. `is_new`: there was no demo world before."""

    is_new: bool
    showings: int
    room: Discussion | None

    @property
    def changed(self) -> bool:
        return self.is_new or self.showings > 0 or self.room is not None


@transaction.atomic
def build(now: dt.datetime) -> Built:
    """Build the demo world around `now`, all of it or nothing; where it stands, list what has come nearer.

    Run twice in the same hour the second changes nothing. Run days later, the nights since are listed and
    there is a showing tonight again, with a room. Raises NoCity before the gazetteer is loaded.
    """
    film = find_film(content.FLAGSHIP)
    return _keep_fresh(film, now) if film else _build(now)


def _build(now: dt.datetime) -> Built:
    add_films(now)
    add_theaters()
    runs = book_runs(now)
    evening = put_on_evening(_of_flagship(runs), now)
    singles = put_on_singles(runs, now)
    showings = len(evening) + len(singles) + _fill(runs, now)
    team = add_team(evening["tonight"].theater, now)
    add_guides(add_interviews(now), team.organizer, now)
    bring(evening, singles, now)
    leave_evenings(evening["over"], evening["over"].film, team.organizer, now)
    return Built(True, showings, _open_room(evening["tonight"], team.organizer, now))


def _keep_fresh(film: Film, now: dt.datetime) -> Built:
    runs = book_runs(film.created_at)
    flagship = _of_flagship(runs)
    showings = 0
    if not has_tonight(flagship, now):
        showings += put_on_tonight(flagship, now) is not None
    showings += _fill(runs, now)
    return Built(False, showings, _room_if_none(film, now))


def _of_flagship(runs: Iterable[Run]) -> list[Run]:
    return [run for run in runs if run.engagement.film.title == content.FLAGSHIP]


def _fill(runs: Iterable[Run], now: dt.datetime) -> int:
    return sum(1 for run in runs for _ in fill_nights(run, now))


def _room_if_none(film: Film, now: dt.datetime) -> Discussion | None:
    """A room for the next showing of `film`, where no room waits for one."""
    coming = Screening.objects.scheduled().upcoming(now).filter(engagement__film=film)
    if Discussion.objects.filter(screening__in=coming).exists():
        return None
    showing = coming.filter(starts_at__gt=now).for_listing().first()
    organizer = Person.objects.filter(email=content.read("people")["organizer"]["email"]).first()
    return _open_room(showing, organizer, now) if showing else None


def _open_room(showing: Screening, host: Person | None, now: dt.datetime) -> Discussion | None:
    version = guide_for(showing)
    title = f"After {showing.film.title}"
    if version is None:
        return None
    return open_planned_room(version, title=title, screening=showing, host=host, now=now)
