"""What publishing a week would change: the showings that stand beside those that are wanted. Pure.

A showing that moved is one showing, not one that went and one that came, so that the people going to it stay
going. Within a film's night the standing and the wanted are paired in the order of their starts, as few
minutes apart as possible; what finds no partner within `FARTHEST_MOVE` was added or is cancelled.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from common.local_time import night_of

# Farther than this is another showing: nobody who meant to come at 1:30 is moved to 9:30.
FARTHEST_MOVE = dt.timedelta(hours=4)


@dataclass(frozen=True, order=True)
class Wanted:
    """One showing as the week wants it. `wall` is naive, on the theater's clock; `film` names the film.

    A pasted week says nothing of `screen` and `ticket_url` (None): what stands, stays. `own_id` is the id by which
    the theater's own system knows the showing, where one does.
    """

    film: Hashable
    wall: dt.datetime
    fold: int = 0
    labels: tuple[str, ...] = ()
    sold_out: bool = False
    screen: str | None = None
    ticket_url: str | None = None
    own_id: str = ""

    @property
    def night(self) -> dt.date:
        return night_of(self.wall)

    @property
    def place(self) -> tuple[Hashable, dt.datetime, int]:
        """What makes it this showing and no other."""
        return (self.film, self.wall, self.fold)


@dataclass(frozen=True)
class Standing:
    """One showing as it stands: its row's id, and what it is. `cancelled` ones can be wanted again."""

    id: int
    showing: Wanted
    cancelled: bool = False


@dataclass(frozen=True)
class Difference:
    """What to do: each standing and each wanted showing is in exactly one of these."""

    added: list[Wanted] = field(default_factory=list)
    moved: list[tuple[Standing, Wanted]] = field(default_factory=list)
    changed: list[tuple[Standing, Wanted]] = field(default_factory=list)
    reinstated: list[tuple[Standing, Wanted]] = field(default_factory=list)
    cancelled: list[Standing] = field(default_factory=list)
    unchanged: list[Standing] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether publishing would change nothing."""
        return not (self.added or self.moved or self.changed or self.reinstated or self.cancelled)


def unite(wanted: Iterable[Wanted]) -> list[Wanted]:
    """The showings once each, in order; one that is wanted twice has the labels of both."""
    united: dict[Hashable, Wanted] = {}
    for showing in wanted:
        known = united.get(showing.place)
        if known:
            labels = tuple(sorted({*known.labels, *showing.labels}))
            showing = replace(known, labels=labels, sold_out=known.sold_out or showing.sold_out)
        united[showing.place] = showing
    return sorted(united.values(), key=lambda w: (w.wall, str(w.film), w.fold))


def compare(standing: Sequence[Standing], wanted: Iterable[Wanted]) -> Difference:
    """What publishing `wanted` over `standing` would change. The same week twice changes nothing."""
    result = Difference()
    by_place: dict[Hashable, list[Standing]] = defaultdict(list)
    for row in standing:
        by_place[row.showing.place].append(row)
    unplaced: list[Wanted] = []
    for showing in unite(wanted):
        rows = by_place.pop(showing.place, [])
        # One film on two screens at once is one showing in a week's words.
        for row in [row for row in rows if not row.cancelled] or rows[-1:]:
            _keep(result, row, showing)
        if not rows:
            unplaced.append(showing)
    gone = [row for rows in by_place.values() for row in rows if not row.cancelled]
    _move_or_replace(result, gone, unplaced)
    return result


def compare_by_id(standing: Sequence[Standing], wanted: Iterable[Wanted]) -> Difference:
    """What making `standing` into `wanted` would change, where the theater's own ids say which showing is which.

    The same id of the same film is the same showing, however far it moves. An id that is new means the showing at
    its very place, if one stands there; else, like `compare`, one without an id that moved a little; else a new one.
    No two of the wanted are at one place, and none has another's id.
    """
    result = Difference()
    left, unknown = _pair_by_id(result, standing, wanted)
    come: list[Wanted] = []
    for showing in unknown:
        row = next(
            (row for row in sorted(left, key=lambda row: row.cancelled) if is_there(row, showing)), None
        )
        if row is None:
            come.append(showing)
        else:
            left.remove(row)
            _keep(result, row, showing)
    live = [row for row in left if not row.cancelled]
    result.cancelled.extend(row for row in live if row.showing.own_id)
    _move_or_replace(result, [row for row in live if not row.showing.own_id], come)
    return result


def is_there(row: Standing, showing: Wanted) -> bool:
    """Whether the wanted showing is at the place of the standing one; on any screen, where it names none."""
    return row.showing.place == showing.place and showing.screen in (None, row.showing.screen)


def _pair_by_id(
    result: Difference, standing: Sequence[Standing], wanted: Iterable[Wanted]
) -> tuple[list[Standing], list[Wanted]]:
    """Note what ids decide; gives the standing and the wanted that are left."""
    by_id = {row.showing.own_id: row for row in standing if row.showing.own_id}
    unknown: list[Wanted] = []
    for showing in wanted:
        row = by_id.get(showing.own_id)
        if row is None or row.showing.film != showing.film:
            unknown.append(showing)
            continue
        del by_id[showing.own_id]
        if is_there(row, showing):
            _keep(result, row, showing)
        else:
            result.moved.append((row, showing))
    left = {row.id for row in by_id.values()}
    return [row for row in standing if not row.showing.own_id or row.id in left], unknown


def _keep(result: Difference, row: Standing, showing: Wanted) -> None:
    """The showing stands at its place: unchanged, with other labels, or cancelled and wanted again."""
    if row.cancelled:
        result.reinstated.append((row, showing))
    elif not _says_the_same(row.showing, showing):
        result.changed.append((row, showing))
    else:
        result.unchanged.append(row)


def _says_the_same(standing: Wanted, wanted: Wanted) -> bool:
    return (
        set(standing.labels) == set(wanted.labels)
        and standing.sold_out == wanted.sold_out
        and wanted.ticket_url in (None, standing.ticket_url)
    )


def _move_or_replace(result: Difference, gone: list[Standing], come: list[Wanted]) -> None:
    nights: dict[Hashable, tuple[list[Standing], list[Wanted]]] = defaultdict(lambda: ([], []))
    for row in gone:
        nights[(row.showing.film, row.showing.night)][0].append(row)
    for showing in come:
        nights[(showing.film, showing.night)][1].append(showing)
    for rows, showings in nights.values():
        pairs = pair_in_order(
            sorted(rows, key=lambda row: row.showing.wall), sorted(showings, key=lambda showing: showing.wall)
        )
        result.moved.extend(pairs)
        paired_rows = {row.id for row, _ in pairs}
        paired_showings = {(showing.place, showing.screen) for _, showing in pairs}
        result.cancelled.extend(row for row in rows if row.id not in paired_rows)
        result.added.extend(
            showing for showing in showings if (showing.place, showing.screen) not in paired_showings
        )


def pair_in_order(rows: Sequence[Standing], showings: Sequence[Wanted]) -> list[tuple[Standing, Wanted]]:
    """As many pairs as possible without crossing, then as few minutes apart as possible (dynamic programming)."""
    best: list[list[tuple[int, float]]] = [[(0, 0.0)] * (len(showings) + 1) for _ in range(len(rows) + 1)]
    for i, row in enumerate(rows, 1):
        for j, showing in enumerate(showings, 1):
            choices = [best[i - 1][j], best[i][j - 1]]
            apart = abs(showing.wall - row.showing.wall)
            if apart <= FARTHEST_MOVE:
                pairs, minutes = best[i - 1][j - 1]
                choices.append((pairs - 1, minutes + apart.total_seconds() / 60))
            best[i][j] = min(choices)
    return _walk_back(best, rows, showings)


def _walk_back(
    best: list[list[tuple[int, float]]], rows: Sequence[Standing], showings: Sequence[Wanted]
) -> list[tuple[Standing, Wanted]]:
    pairs: list[tuple[Standing, Wanted]] = []
    i, j = len(rows), len(showings)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((rows[i], showings[j]))
    return pairs[::-1]
