"""The showings of some nights as a theater's system sends them: made so, all at once, or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from common.problems import Fault, Problem, pointer

from ..models import OwnId, Publication, Screening, Theater
from ..spoken_times import tonight_in
from ..week_difference import Difference, Standing, Wanted, compare_by_id, is_there
from ..week_publishing import as_wanted, publish_difference
from ..week_view import week_start
from .film_matching import FilmMatcher, create_films
from .row_reading import OURS, Frame, ReadRows, read_rows

MOST_NIGHTS = 62
OUTCOMES = ("added", "moved", "changed", "reinstated", "cancelled", "unchanged")
Row = Mapping[str, Any]
PAST = "This showing’s time is past. What is past stays as it was: leave it out, or send it as it stands."


# -- what stands, as it is told ---------------------------------------------------------------------------


def showings_of(theater: Theater) -> QuerySet[Screening]:
    """The theater's published showings with all that is told of them, in the order of their starts."""
    return (
        Screening.objects.published()
        .filter(engagement__theater=theater)
        .select_related("engagement__film", "engagement__theater", "screen", "own_id")
        .order_by("starts_at", "id")
    )


def showings_between(theater: Theater, first: dt.date, last: dt.date) -> QuerySet[Screening]:
    return showings_of(theater).filter(night__range=(first, last))


def id_of(screening: Screening) -> str:
    """How a showing is named to the theater's systems: by their own id, or by our code."""
    own = getattr(screening, "own_id", None)
    return own.value if own else OURS + screening.code


def find_showing(theater: Theater, name: str) -> Screening | None:
    """The theater's showing of this id (its own, or `hl:` and our code)."""
    named = Q(code=name.removeprefix(OURS)) if name.startswith(OURS) else Q(own_id__value=name)
    return showings_of(theater).filter(named).first()


def tell_showing(screening: Screening) -> dict[str, Any]:
    """A showing in the plain values that the API sends. Sent back in a set, it means the showing as it stands."""
    film = screening.engagement.film
    return {
        "id": id_of(screening),
        "film": film.slug,
        "title": film.title,
        "starts_at": screening.local_start.isoformat(timespec="minutes"),
        "zone": screening.zone,
        "night": screening.night.isoformat(),
        "screen": screening.screen.name if screening.screen else "",
        "labels": list(screening.labels),
        "sold_out": screening.sold_out,
        "ticket_url": screening.ticket_url,
        "status": screening.status,
        "cancel_reason": screening.cancel_reason,
        "code": screening.code,
        "url": f"{settings.BASE_URL}/s/{screening.code}/",
        "revision": screening.revision,
    }


def tell_set(theater: Theater, first: dt.date, last: dt.date) -> dict[str, Any]:
    """All showings of the nights from `first` to `last`."""
    return {
        "theater": theater.slug,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "zone": theater.zone,
        "showings": [tell_showing(row) for row in showings_between(theater, first, last)],
    }


def etag_of(told: Mapping[str, Any]) -> str:
    """A strong ETag (RFC 9110 §8.8.3): the hash of what is told."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


# -- making it so -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Replaced:
    """What a set did: to each of its showings by id, in words; and the publication, if it changed anything."""

    outcomes: dict[str, str]
    counts: dict[str, int]
    publication: Publication | None


@transaction.atomic
def replace_showings(
    theater: Theater,
    first: dt.date,
    last: dt.date,
    rows: Sequence[Mapping[str, Any]],
    *,
    new_films: Sequence[Mapping[str, Any]] = (),
    now: dt.datetime,
    request_key: uuid.UUID,
) -> Replaced:
    """Make the showings of the nights from `first` to `last` what `rows` say: one transaction, repeatable.

    Through the same difference and acts as a pasted week: who goes to a moved showing stays going, and people are
    told once. The same set twice changes nothing. Raises Problem with a fault for every row that cannot be, and
    then nothing is changed. Writers at once come one after the other.
    """
    theater = Theater.objects.select_for_update().get(pk=theater.pk)
    standing = _standing(theater, first, last, {row["id"] for row in rows})
    rows = _by_their_ids(rows, standing)
    films = FilmMatcher(theater, tonight_in(theater.tzinfo, now), new_films)
    read = read_rows(rows, Frame(theater.tzinfo, first, last, now, films.find))
    wanted = _leave_the_past(read, standing, theater.tzinfo, now)
    read.faults += _codes_unknown(rows, standing)
    if read.faults:
        raise _not_valid(read.faults)
    wanted = _with_films(wanted, new_films)
    difference = compare_by_id(
        [_as_standing(row) for row in standing if row.starts_at > now], [showing for _, showing in wanted]
    )
    publication = _publish(theater, first, difference, _reasons(read, standing), now, request_key)
    _remember_ids(theater, _identities(difference, wanted, publication))
    return _tell_result(difference, publication)


def _standing(theater: Theater, first: dt.date, last: dt.date, ids: set[str]) -> list[Screening]:
    """The showings of the nights, and those that the set names wherever they stand."""
    codes = {name.removeprefix(OURS) for name in ids if name.startswith(OURS)}
    named = Q(night__range=(first, last)) | Q(own_id__value__in=ids) | Q(code__in=codes)
    return list(showings_of(theater).filter(named))


def _as_standing(row: Screening) -> Standing:
    showing = replace(
        as_wanted(row),
        screen=row.screen.name if row.screen else "",
        ticket_url=row.ticket_url,
        own_id=id_of(row),
    )
    return Standing(row.pk, showing, row.is_cancelled)


def _by_their_ids(rows: Sequence[Row], standing: Sequence[Screening]) -> list[Row]:
    """The rows; those that name a showing by our code, though it has an id of theirs, by that id."""
    names = {OURS + row.code: id_of(row) for row in standing}
    return [{**row, "id": names.get(row["id"], row["id"])} for row in rows]


def _codes_unknown(rows: Sequence[Row], standing: Sequence[Screening]) -> Iterator[Fault]:
    known = {id_of(row) for row in standing}
    for index, row in enumerate(rows):
        if row["id"].startswith(OURS) and row["id"] not in known:
            detail = "You have no showing under this code. Ids of your own do not begin with “hl:”."
            yield Fault(pointer("showings", index, "id"), "id-unknown", detail)


def _leave_the_past(
    read: ReadRows, standing: Sequence[Screening], zone: dt.tzinfo, now: dt.datetime
) -> list[tuple[int, Wanted]]:
    """The showings to come. What is past and sent as it stands is left out; anything else past is a fault."""
    begun = [_as_standing(row) for row in standing if row.starts_at <= now]
    ahead: list[tuple[int, Wanted]] = []
    for index, showing in read.wanted:
        same_id = any(
            row.showing.own_id == showing.own_id and row.showing.film == showing.film for row in begun
        )
        if not same_id and showing.wall.replace(tzinfo=zone, fold=showing.fold) > now:
            ahead.append((index, showing))
        elif not any(is_there(row, showing) for row in begun):
            read.faults.append(Fault(pointer("showings", index, "starts_at"), "in-the-past", PAST))
    return ahead


def _not_valid(faults: Sequence[Fault]) -> Problem:
    rows = {fault.pointer.split("/")[2] for fault in faults}
    detail = f"{len(rows)} of the rows cannot be as sent. Nothing was changed: put them right and send the set again."
    faults = sorted(faults, key=lambda fault: int(fault.pointer.split("/")[2]))
    return Problem("showings-invalid", "Some showings cannot be", 422, detail, faults=faults)


def _with_films(
    wanted: Sequence[tuple[int, Wanted]], new_films: Sequence[Mapping[str, Any]]
) -> list[tuple[int, Wanted]]:
    """The showings with every film by its id; films that the set says are new, and shows, are made."""
    titles = {showing.film for _, showing in wanted if isinstance(showing.film, str)}
    made = create_films(new_films, titles) if titles else {}
    return [(i, replace(s, film=made[s.film]) if isinstance(s.film, str) else s) for i, s in wanted]


def _reasons(read: ReadRows, standing: Sequence[Screening]) -> dict[int, str]:
    return {row.pk: read.cancelled[id_of(row)] for row in standing if id_of(row) in read.cancelled}


def _publish(
    theater: Theater,
    first: dt.date,
    difference: Difference,
    reasons: Mapping[int, str],
    now: dt.datetime,
    request_key: uuid.UUID,
) -> Publication | None:
    """Publish what changes; where nothing does, note that the theater has said it again."""
    if difference.is_empty:
        unchanged = [row.id for row in difference.unchanged]
        Screening.objects.filter(pk__in=unchanged).update(confirmed_at=now)
        return None
    return publish_difference(
        theater,
        week_start(theater, first),
        difference,
        by=None,
        now=now,
        request_key=request_key,
        reasons=reasons,
    )


# -- whose id is whose ------------------------------------------------------------------------------------


def _identities(
    difference: Difference, wanted: Sequence[tuple[int, Wanted]], publication: Publication | None
) -> dict[str, int]:
    """The set's ids → the showings' ids in the database."""
    pairs = [*difference.moved, *difference.changed, *difference.reinstated]
    ids = {showing.own_id: row.id for row, showing in pairs}
    added = [change[1] for change in publication.changes if change[0] == "added"] if publication else []
    ids |= {showing.own_id: pk for showing, pk in zip(difference.added, added, strict=True)}
    for _, showing in wanted:
        if showing.own_id not in ids:
            ids[showing.own_id] = _unchanged(difference.unchanged, showing)
    return {name: pk for name, pk in ids.items() if not name.startswith(OURS)}


def _unchanged(rows: Sequence[Standing], showing: Wanted) -> int:
    by_id = [row.id for row in rows if row.showing.own_id == showing.own_id and is_there(row, showing)]
    return by_id[0] if by_id else next(row.id for row in rows if is_there(row, showing))


def _remember_ids(theater: Theater, ids: Mapping[str, int]) -> None:
    """Have each id name its showing and no other: two queries where nothing is new, four where something is."""
    known = dict(OwnId.objects.filter(theater=theater, value__in=ids).values_list("value", "screening_id"))
    new = {name: pk for name, pk in ids.items() if known.get(name) != pk}
    if new:
        OwnId.objects.filter(Q(value__in=new) | Q(screening__in=new.values()), theater=theater).delete()
        OwnId.objects.bulk_create(
            OwnId(theater=theater, value=name, screening_id=pk) for name, pk in new.items()
        )


def _tell_result(difference: Difference, publication: Publication | None) -> Replaced:
    outcomes = {row.showing.own_id: "unchanged" for row in difference.unchanged}
    outcomes |= {row.showing.own_id: "cancelled" for row in difference.cancelled}
    for act in ("moved", "changed", "reinstated"):
        outcomes |= {showing.own_id: act for _, showing in getattr(difference, act)}
    outcomes |= {showing.own_id: "added" for showing in difference.added}
    counts = {act: len(getattr(difference, act)) for act in OUTCOMES}
    return Replaced(outcomes, counts, publication)
