"""A stored week in the theater's own words: for the newsletter, for starting the next week from the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from . import week_format
from .models import Screening, Theater
from .week.schedule import Showing
from .week_text import KnownFilm

# Our codes → the tags of the reader and the formatter, where they are not the same.
TAGS = {"oc": "OC", "cc": "CC", "ad": "AD", "3d": "3D"}


def week_of(theater: Theater, week_starting: dt.date) -> list[Screening]:
    """What is scheduled in the seven nights from `week_starting`, in order. One query."""
    nights = (week_starting, week_starting + dt.timedelta(days=6))
    return list(
        Screening.objects.scheduled()
        .filter(engagement__theater=theater, night__range=nights)
        .select_related("engagement__film")
        .order_by("starts_at", "id")
    )


def write_week(
    theater: Theater,
    showings: Iterable[Screening],
    week_starting: dt.date,
    *,
    later: dt.timedelta = dt.timedelta(),
) -> str:
    """The showings as the theater would write them in its locale, each moved on by `later`; `""` for none."""
    plain = [as_showing(showing, later) for showing in showings]
    films = [KnownFilm(title) for title in dict.fromkeys(showing.film for showing in plain)]
    if not plain:
        return ""
    return week_format.write(
        plain, films, locale=theater.locale, zone=theater.zone, week_starting=week_starting + later
    )


def as_showing(screening: Screening, later: dt.timedelta = dt.timedelta()) -> Showing:
    """A stored showing in the plain values in which weeks are written and read, moved on by `later`."""
    codes = [*screening.labels, *(["sold_out"] if screening.sold_out and not later else [])]
    return Showing(
        film=screening.engagement.film.title,
        starts_local=dt.datetime.fromisoformat(screening.wall_time) + later,
        night=screening.night + later,
        tags=frozenset(TAGS.get(code, code) for code in codes),
        fold_ambiguous=False,
        span=(0, 0),
        fold=screening.fold,
    )


def last_week_in_words(theater: Theater, week_starting: dt.date) -> str:
    """The week before `week_starting`, moved on by seven days, as text to change and publish."""
    week = dt.timedelta(days=7)
    return write_week(theater, week_of(theater, week_starting - week), week_starting - week, later=week)
