"""The demo's listing: engagements that open city by city, their usual times, and single showings beside them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from common.local_time import night_of
from screenings.films import find_film
from screenings.models import Engagement, Film, Screen, Screening, Theater
from screenings.showings import book, cancel, ending_of, move, schedule

from . import content

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NIGHTS_BEFORE, NIGHTS_AHEAD = 3, 8
# A theater announces its week some days ahead; what is past was announced before it was.
ANNOUNCED_BEFORE = dt.timedelta(days=6)


@dataclass(frozen=True)
class Usual:
    """A time that recurs: on which weekdays (0 Monday), on the theater's clock (24:00 is midnight), labels."""

    days: frozenset[int]
    clock: str
    labels: frozenset[str]


def read_usual(line: str) -> Usual:
    """A line of the programme: `sat sun 13:30 oc`, `daily 19:00`."""
    words = line.split()
    at = next(place for place, word in enumerate(words) if ":" in word)
    named = words[:at]
    days = range(7) if named == ["daily"] else (WEEKDAYS.index(day) for day in named)
    return Usual(frozenset(days), words[at], frozenset(words[at + 1 :]))


def times_on(usual: Iterable[Usual], night: dt.date) -> dict[str, set[str]]:
    """Clock → labels of the showings of a night; lines of one time add their labels together."""
    times: dict[str, set[str]] = defaultdict(set)
    for line in usual:
        if night.weekday() in line.days:
            times[line.clock] |= line.labels
    return dict(times)


def wall_time(night: dt.date, clock: str) -> dt.datetime:
    """The naive time of `clock` on a night; hours from 24 on are of the day after."""
    hours, minutes = map(int, clock.split(":"))
    return dt.datetime.combine(night, dt.time()) + dt.timedelta(hours=hours, minutes=minutes)


@dataclass(frozen=True)
class Run:
    """An engagement with the lines of its usual times."""

    engagement: Engagement
    screen: Screen | None
    entry: str
    usual: tuple[Usual, ...]


def play_week(theater: Theater, day: dt.date) -> dt.date:
    """The first day of the theater's play week that `day` is in."""
    return day - dt.timedelta(days=(day.weekday() - theater.play_week_start) % 7)


def today_at(theater: Theater, now: dt.datetime) -> dt.date:
    """The night that the theater's clock is in."""
    return night_of(now.astimezone(theater.tzinfo).replace(tzinfo=None))


def book_runs(built: dt.datetime) -> list[Run]:
    """The engagements of the programme, counted from the play week in which the world was `built`."""
    return [_book(facts, built) for facts in content.read("programme")["run"]]


def _book(facts: dict[str, Any], built: dt.datetime) -> Run:
    theater = theater_named(facts["theater"])
    opens = play_week(theater, today_at(theater, built)) + dt.timedelta(weeks=facts["opens_week"])
    closes = opens + dt.timedelta(weeks=facts["weeks"], days=-1) if "weeks" in facts else None
    url = facts.get("listings_url", "")
    return Run(
        book(film_named(facts["film"]), theater, opens, closes, listings_url=url),
        screen_named(theater, facts.get("screen", "")),
        facts.get("entry", Screening.Entry.TICKETS),
        tuple(map(read_usual, facts.get("times", ()))),
    )


def film_named(title: str) -> Film:
    """A film of the demo. Raises LookupError for a title that means none."""
    film = find_film(title)
    if film is None:
        raise LookupError(f"“{title}” is no film of the demo.")
    return film


def theater_named(name: str) -> Theater:
    return Theater.objects.select_related("city").get(name=name)


def screen_named(theater: Theater, name: str) -> Screen | None:
    return theater.screens.get(name=name) if name else None


def fill_nights(run: Run, now: dt.datetime) -> Iterator[Screening]:
    """Schedule the usual times of a run, from where its listing ends to eight nights from now."""
    for night in nights_to_fill(run, now):
        for clock, labels in sorted(times_on(run.usual, night).items()):
            showing = put_on(run, wall_time(night, clock), labels=labels, now=now)
            if showing:
                yield showing


def nights_to_fill(run: Run, now: dt.datetime) -> list[dt.date]:
    """The nights of the run that its theater has not listed yet; for a new one some that are over."""
    today = today_at(run.engagement.theater, now)
    last = today + dt.timedelta(days=NIGHTS_AHEAD)
    first = max(run.engagement.opens_on, _first_unlisted(run, today))
    last = min(last, run.engagement.closes_on or last)
    return [first + dt.timedelta(days=day) for day in range((last - first).days + 1)]


def _first_unlisted(run: Run, today: dt.date) -> dt.date:
    listed = run.engagement.screenings.order_by("-night").values_list("night", flat=True).first()
    if listed is None or not run.usual:
        return today - dt.timedelta(days=NIGHTS_BEFORE)
    return max(today, listed + dt.timedelta(days=1))


def put_on(run: Run, wall: dt.datetime, *, now: dt.datetime, **facts: Any) -> Screening | None:
    """A showing of the run at `wall`; None where its screen is taken."""
    if is_taken(run, wall):
        return None
    facts.setdefault("entry", run.entry)
    theater = run.engagement.theater
    if facts["entry"] == Screening.Entry.TICKETS and theater.website:
        facts["ticket_url"] = f"{theater.website}tickets"
    return schedule(
        run.engagement, wall, fold=wall.fold, now=now - ANNOUNCED_BEFORE, screen=run.screen, **facts
    )


def is_taken(run: Run, wall: dt.datetime) -> bool:
    """Whether something else plays on the run's screen at that time."""
    theater, film = run.engagement.theater, run.engagement.film
    starts_at = wall.replace(tzinfo=theater.tzinfo).astimezone(dt.UTC)
    meanwhile = Screening.objects.scheduled().filter(
        engagement__theater=theater,
        screen=run.screen,
        starts_at__lt=ending_of(starts_at, theater, film),
        ends_at__gt=starts_at,
    )
    return meanwhile.exists()


def run_of(runs: Iterable[Run], film: Film, theater: Theater) -> Run:
    """The run of a film at a theater. Raises LookupError where there is none."""
    for run in runs:
        if (run.engagement.film_id, run.engagement.theater_id) == (film.pk, theater.pk):
            return run
    raise LookupError(f"{film} is not booked at {theater}.")


@dataclass(frozen=True)
class Single:
    """A showing beside the usual times, and how many invented people mean to come."""

    showing: Screening
    facts: dict[str, Any]


def put_on_singles(runs: list[Run], now: dt.datetime) -> list[Single]:
    """The single showings of the programme, before anything happens to them."""
    return [Single(_put_on_single(runs, facts, now), facts) for facts in content.read("programme")["single"]]


def _put_on_single(runs: list[Run], facts: dict[str, Any], now: dt.datetime) -> Screening:
    theater = theater_named(facts["theater"])
    run = run_of(runs, film_named(facts["film"]), theater)
    night = today_at(theater, now) + dt.timedelta(days=facts["day"])
    kept = ("labels", "entry", "capacity", "sold_out")
    showing = put_on(
        run, wall_time(night, facts["time"]), now=now, **{name: facts[name] for name in kept if name in facts}
    )
    if showing is None:
        raise LookupError(f"The screen is taken: {facts}")
    return showing


def let_happen(single: Single, now: dt.datetime) -> Screening:
    """Move or cancel a single showing, where the programme says so."""
    if reason := single.facts.get("cancelled"):
        return cancel(single.showing, reason=reason, now=now)
    if clock := single.facts.get("moved_to"):
        return move(single.showing, wall_time(single.showing.night, clock), now=now)
    return single.showing
