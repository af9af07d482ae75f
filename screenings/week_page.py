"""What the week's page shows: the pasted lines with their doubts, the grid, and the difference in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from .labels import LABELS
from .spoken_times import say_day, say_time
from .week_difference import Difference, Wanted
from .week_text import Doubt


@dataclass(frozen=True)
class Piece:
    """Part of a pasted line; `doubt` is its number where it is doubtful."""

    text: str
    doubt: int | None = None


@dataclass(frozen=True)
class Line:
    """One pasted line, and the doubts to be asked right below it, each with its number."""

    pieces: list[Piece]
    doubts: list[tuple[int, Doubt]] = field(default_factory=list)


def mark_doubts(text: str, doubts: Sequence[Doubt]) -> list[Line]:
    """The lines of `text` with the doubtful spans marked; doubts are numbered from 1 in the order of the text."""
    numbered = list(enumerate(sorted(doubts, key=lambda d: (d.start, d.end)), 1))
    lines, start = [], 0
    for raw in text.splitlines(keepends=True):
        end = start + len(raw)
        here = [(n, doubt) for n, doubt in numbered if start <= doubt.start < end]
        lines.append(Line(_pieces(text, start, start + len(raw.rstrip("\r\n")), here), here))
        start = end
    return lines


def _pieces(text: str, start: int, end: int, doubts: Sequence[tuple[int, Doubt]]) -> list[Piece]:
    pieces, at = [], start
    for number, doubt in doubts:
        if doubt.start < at:
            continue
        pieces += [Piece(text[at : doubt.start]), Piece(text[doubt.start : min(doubt.end, end)], number)]
        at = min(doubt.end, end)
    return [piece for piece in (*pieces, Piece(text[at:end])) if piece.text]


@dataclass(frozen=True)
class Chip:
    """One showing in the grid: its time and labels in words, and what removes it."""

    time: str
    labels: list[str]
    sold_out: bool
    place: str


@dataclass(frozen=True)
class FilmNight:
    title: str
    chips: list[Chip]


@dataclass(frozen=True)
class GridNight:
    date: dt.date
    words: str
    films: list[FilmNight]


def lay_grid(
    showings: Sequence[Wanted], titles: dict[Hashable, str], week_starting: dt.date, locale: str
) -> list[GridNight]:
    """The week by night and film: the seven nights, and any further one that has a showing."""
    nights = {week_starting + dt.timedelta(days=n) for n in range(7)} | {s.night for s in showings}
    grid = []
    for night in sorted(nights):
        films: dict[Hashable, list[Chip]] = {}
        for showing in showings:
            if showing.night == night:
                films.setdefault(showing.film, []).append(_chip(showing, locale))
        rows = [FilmNight(titles[film], chips) for film, chips in films.items()]
        grid.append(GridNight(night, say_day(night), sorted(rows, key=lambda row: row.title)))
    return grid


def _chip(showing: Wanted, locale: str) -> Chip:
    words = say_time(showing.wall, locale)
    if showing.wall.date() != showing.night:
        words += f" ({say_day(showing.wall.date())})"
    return Chip(words, [LABELS[c] for c in showing.labels], showing.sold_out, place_of(showing))


def place_of(showing: Wanted) -> str:
    """A showing's place as a form carries it; `find_place` reads it."""
    return f"{showing.film}|{showing.wall:%Y-%m-%dT%H:%M}|{showing.fold}"


def find_place(showings: Sequence[Wanted], place: str) -> Wanted | None:
    """The showing at the place that a form names; None where there is none (any more)."""
    return next((showing for showing in showings if place_of(showing) == place), None)


@dataclass(frozen=True)
class Told:
    """One change in words, for the manager's eyes before it happens."""

    act: str
    words: str


def tell(difference: Difference, titles: dict[Hashable, str], locale: str) -> list[Told]:
    """What publishing changes, in the order: cancelled, moved, changed, on again, added."""

    def when(showing: Wanted) -> str:
        return f"{titles[showing.film]}, {say_day(showing.night)}, {_chip(showing, locale).time}"

    told = [Told("Cancelled", when(row.showing)) for row in difference.cancelled]
    told += [Told("Moved", f"{when(row.showing)} → {_chip(to, locale).time}") for row, to in difference.moved]
    for row, to in difference.changed:
        was, now = (_labels(showing) for showing in (row.showing, to))
        told.append(Told("Changed", f"{when(to)}: {was} → {now}"))
    told += [Told("On again", when(to)) for _, to in difference.reinstated]
    return told + [Told("Added", when(showing)) for showing in difference.added]


def _labels(showing: Wanted) -> str:
    words = [LABELS[code] for code in showing.labels] + (["sold out"] if showing.sold_out else [])
    return ", ".join(words) or "no labels"
