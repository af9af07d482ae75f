"""What a careful colleague would ask before a week is published. Pure; nothing here refuses anything.

Each remark is a sentence for the manager about certain showings; the manager decides.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .week_difference import Wanted


@dataclass(frozen=True)
class House:
    """What the checks need to know of a theater. Hours are wall times; `screens` is how many it has (0: not said),
    `say` how its clocks are read aloud."""

    usual_from: dt.time
    usual_until: dt.time
    trailer_minutes: int = 10
    turnaround_minutes: int = 20
    screens: int = 0
    say: Callable[[dt.time], str] = "{:%H:%M}".format


@dataclass(frozen=True)
class Remark:
    """One thing to look at: a stable code, a sentence, and the showings it is about."""

    code: str
    sentence: str
    showings: tuple[Wanted, ...] = field(default=())


def remarks_on(
    week: Sequence[Wanted],
    house: House,
    *,
    titles: Mapping[Hashable, str],
    running_minutes: Mapping[Hashable, int | None],
    opening: Iterable[Hashable] = (),
    week_starting: dt.date,
) -> list[Remark]:
    """All remarks on a week, in the order in which a manager would care.

    `titles` and `running_minutes` are by film as in `Wanted.film`; `opening` are the films that the theater
    has not shown before this week.
    """
    return [
        *_missing_running_times(week, titles, running_minutes),
        *_overlaps(week, house, titles, running_minutes),
        *_unusual_hours(week, house, titles),
        *_premieres_without_last_day(week, titles, set(opening), week_starting),
    ]


def _missing_running_times(
    week: Sequence[Wanted], titles: Mapping[Hashable, str], running: Mapping[Hashable, int | None]
) -> list[Remark]:
    films = dict.fromkeys(showing.film for showing in week if not running.get(showing.film))
    return [
        Remark(
            "running_time",
            f"How long is {titles[film]}? Without its running time no ending is guessed.",
            tuple(showing for showing in week if showing.film == film),
        )
        for film in films
    ]


def _busy_until(showing: Wanted, house: House, running: Mapping[Hashable, int | None]) -> dt.datetime | None:
    minutes = running.get(showing.film)
    if not minutes:
        return None
    return showing.wall + dt.timedelta(minutes=house.trailer_minutes + minutes + house.turnaround_minutes)


def _overlaps(
    week: Sequence[Wanted],
    house: House,
    titles: Mapping[Hashable, str],
    running: Mapping[Hashable, int | None],
) -> list[Remark]:
    """More showings at once than screens. The screens of a showing are not known from a pasted week."""
    if not house.screens:
        return []
    remarks = []
    on_screen: list[tuple[dt.datetime, Wanted]] = []
    for showing in sorted(week, key=lambda showing: showing.wall):
        on_screen = [(until, other) for until, other in on_screen if until > showing.wall]
        if len(on_screen) >= house.screens:
            remarks.append(_overlap(showing, on_screen, house, titles))
        if until := _busy_until(showing, house, running):
            on_screen.append((until, showing))
    return remarks


def _overlap(
    showing: Wanted,
    on_screen: Sequence[tuple[dt.datetime, Wanted]],
    house: House,
    titles: Mapping[Hashable, str],
) -> Remark:
    free_at, other = min(on_screen, key=lambda busy: busy[0])
    where = "The screen is" if house.screens == 1 else f"All {house.screens} screens are"
    sentence = (
        f"{_when(showing, house)}, {titles[showing.film]}: {where.lower()} taken until {house.say(free_at.time())} "
        f"({titles[other.film]} at {house.say(other.wall.time())}, with trailers and {house.turnaround_minutes} minutes between)."
    )
    return Remark("overlap", sentence, (other, showing))


def _when(showing: Wanted, house: House) -> str:
    return f"{showing.wall:%a %-d %b}, {house.say(showing.wall.time())}"


def is_usual(at: dt.time, house: House) -> bool:
    """Whether a showing at this hour is within the usual ones, which may run past midnight."""
    if house.usual_from <= house.usual_until:
        return house.usual_from <= at <= house.usual_until
    return at >= house.usual_from or at <= house.usual_until


def _unusual_hours(week: Sequence[Wanted], house: House, titles: Mapping[Hashable, str]) -> list[Remark]:
    hours = f"{house.say(house.usual_from)} to {house.say(house.usual_until)}"
    return [
        Remark(
            "unusual_hour",
            f"{_when(showing, house)}, {titles[showing.film]} is outside your usual hours, {hours}.",
            (showing,),
        )
        for showing in week
        if not is_usual(showing.wall.time(), house)
    ]


def _premieres_without_last_day(
    week: Sequence[Wanted], titles: Mapping[Hashable, str], opening: set[Hashable], week_starting: dt.date
) -> list[Remark]:
    """A film that opens on the first day of the play week and plays on, yet not on its last: often forgotten."""
    nights: dict[Hashable, set[dt.date]] = defaultdict(set)
    for showing in week:
        nights[showing.film].add(showing.night)
    last = week_starting + dt.timedelta(days=6)
    remarks = []
    for film in sorted(opening & nights.keys(), key=str):
        days = nights[film]
        plays_on = len(days) >= 3 and all((b - a).days == 1 for a, b in pairwise(sorted(days)))
        if week_starting in days and plays_on and last not in days:
            sentence = f"{titles[film]} opens on {week_starting:%A} and has no showing on {last:%A}, the week’s last day."
            remarks.append(Remark("no_last_day", sentence))
    return remarks
