"""A theater's week before it is live: the pasted text, the answers to its doubts, the edits of its grid.

What is stored is what people gave; what it means is read anew each time, so that a better reader or a film
that was created meanwhile shows at once. Films are named by their id; one that is to be created, by its title.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Person
from common.slugs import fold

from . import week_text
from .films import create_film, find_film, likenesses
from .labels import sort_labels
from .models import Film, FilmAlias, Screening, Theater, WeekDraft
from .spoken_times import say_time
from .week_checks import House, Remark, remarks_on
from .week_difference import Wanted, unite

# A film plays on for weeks; one that nobody has shown for this long is not meant by a short title.
KNOWN_FOR = dt.timedelta(weeks=16)


class StaleDraft(ValueError):
    """Somebody else has changed the draft since it was shown; `mine` is kept for the person to see."""


@dataclass(frozen=True)
class ReadWeek:
    """What a draft means now."""

    showings: list[Wanted]
    doubts: tuple[week_text.Doubt, ...]
    titles: dict[Hashable, str]
    running_minutes: dict[Hashable, int | None]
    unfolded: list[Wanted] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def new_titles(self) -> list[str]:
        """Titles of films that publishing will create."""
        return [str(key) for key in self.titles if isinstance(key, str)]


def films_of(theater: Theater, today: dt.date) -> list[Film]:
    """The films that the theater may mean: its own bookings, and what plays anywhere, lately or soon."""
    lately = Q(engagements__opens_on__gte=today - KNOWN_FOR)
    return list(
        Film.objects.filter(lately | Q(engagements__theater=theater))
        .distinct()
        .prefetch_related("aliases")
        .order_by("id")
    )


def known(films: Iterable[Film]) -> list[week_text.KnownFilm]:
    """Films as the reader knows them."""
    return [
        week_text.KnownFilm(
            film.title,
            film.running_minutes,
            tuple(a.title for a in film.aliases.all() if a.title != film.title),
        )
        for film in films
    ]


def read_week(
    theater: Theater,
    week_starting: dt.date,
    text: str,
    *,
    today: dt.date,
    answers: Mapping[str, str] | None = None,
    edits: Sequence[Mapping[str, Any]] = (),
) -> ReadWeek:
    """What `text`, with its answers and edits, means at this theater. Raises TooMuchText.

    An hour that happens twice is in `unfolded` and not in `showings` until somebody has said which.
    """
    films = films_of(theater, today)
    reading = week_text.read(
        text,
        zone=theater.zone,
        locale=theater.locale,
        week_starting=week_starting,
        films=known(films),
        answers=answers or {},
    )
    keys: dict[str, Hashable] = {film.title: film.pk for film in films}
    keys |= _found_by_title({showing.film for showing in reading.showings} - keys.keys())
    sure = unite(wanted_of(s, keys) for s in reading.showings if not s.fold_ambiguous)
    showings = apply_edits(sure, edits)
    facts: dict[Hashable, Film] = {film.pk: film for film in films}
    facts |= _missing(showings, facts)
    titles = {
        showing.film: facts[showing.film].title if showing.film in facts else str(showing.film)
        for showing in showings
    }
    told = _running_times(edits)
    minutes = {key: facts[key].running_minutes if key in facts else told.get(str(key)) for key in titles}
    week = ReadWeek(
        showings,
        _with_likenesses(reading.doubts),
        titles,
        minutes,
        [wanted_of(s, keys) for s in reading.showings if s.fold_ambiguous],
    )
    return replace(week, remarks=_remarks(theater, week_starting, week))


def _found_by_title(titles: Iterable[str]) -> dict[str, int]:
    """Title → film's id, for titles that mean some film of the house, though none that the theater showed lately."""
    folded = {fold(title)[:200]: title for title in titles}
    found = FilmAlias.objects.filter(folded__in=folded).values_list("folded", "film_id") if folded else []
    return {folded[name]: film for name, film in found}


def _with_likenesses(doubts: Sequence[week_text.Doubt]) -> tuple[week_text.Doubt, ...]:
    """The doubts; those about an unknown film offer, before a new one, every film of the house that it may mean."""
    unknown = [doubt.text for doubt in doubts if doubt.reason == "unknown_film"]
    near = likenesses(unknown) if unknown else {}
    return tuple(
        _offer(doubt, near.get(doubt.text, [])) if doubt.reason == "unknown_film" else doubt
        for doubt in doubts
    )


def _offer(doubt: week_text.Doubt, films: Iterable[Film]) -> week_text.Doubt:
    known = [choice for choice in doubt.choices if choice.value.startswith("alias:")]
    rest = [choice for choice in doubt.choices if choice not in known]
    more = [week_text.Choice(film.title, f"alias:{film.title}") for film in films]
    return replace(doubt, choices=(*known, *(choice for choice in more if choice not in known), *rest))


def wanted_of(showing: week_text.Showing, keys: Mapping[str, Hashable]) -> Wanted:
    """A showing that was read, with our labels; its film by `keys` (title → id), else by its title."""
    codes = {tag.lower() for tag in showing.tags}
    return Wanted(
        keys.get(showing.film, showing.film),
        showing.starts_local,
        showing.fold,
        sort_labels(codes - {"sold_out"}),
        "sold_out" in codes,
    )


def _missing(showings: Iterable[Wanted], facts: Mapping[Hashable, Film]) -> dict[Hashable, Film]:
    """Films that only an edit names."""
    ids = {showing.film for showing in showings if isinstance(showing.film, int)} - facts.keys()
    return {film.pk: film for film in Film.objects.filter(pk__in=ids)} if ids else {}


def _remarks(theater: Theater, week_starting: dt.date, week: ReadWeek) -> list[Remark]:
    shown = set(
        Screening.objects.published()
        .filter(engagement__theater=theater, night__lt=week_starting)
        .values_list("engagement__film_id", flat=True)
        .distinct()
    )
    return remarks_on(
        week.showings,
        house_of(theater),
        titles=week.titles,
        running_minutes=week.running_minutes,
        opening=week.titles.keys() - shown,
        week_starting=week_starting,
    )


def house_of(theater: Theater) -> House:
    return House(
        theater.usual_from,
        theater.usual_until,
        theater.trailer_minutes,
        theater.turnaround_minutes,
        theater.screens.count(),
        lambda at: say_time(at, theater.locale),
    )


# -- edits of the grid ------------------------------------------------------------------------------------


def edit_to(act: str, showing: Wanted) -> dict[str, Any]:
    """An edit as it is stored: `put` a showing there (with these labels), or `drop` the one that is."""
    return {
        "act": act,
        "film": showing.film,
        "wall": showing.wall.isoformat(timespec="minutes"),
        "fold": showing.fold,
        "labels": list(showing.labels),
        "sold_out": showing.sold_out,
    }


def _edited(edit: Mapping[str, Any]) -> Wanted:
    return Wanted(
        edit["film"],
        dt.datetime.fromisoformat(edit["wall"]),
        edit.get("fold", 0),
        tuple(edit.get("labels", ())),
        edit.get("sold_out", False),
    )


def apply_edits(showings: Sequence[Wanted], edits: Iterable[Mapping[str, Any]]) -> list[Wanted]:
    """The showings after the edits, in their order. Dropping what is not there changes nothing."""
    placed = {showing.place: showing for showing in showings}
    for edit in edits:
        if edit["act"] == "time":
            continue
        showing = _edited(edit)
        if edit["act"] == "drop":
            placed.pop(showing.place, None)
        else:
            placed[showing.place] = showing
    return unite(placed.values())


def edit_to_time(title: str, minutes: int) -> dict[str, Any]:
    """An edit that says how long a film lasts which publishing will create."""
    return {"act": "time", "film": title, "minutes": minutes}


def _running_times(edits: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {edit["film"]: edit["minutes"] for edit in edits if edit["act"] == "time"}


def copy_day(showings: Iterable[Wanted], day: dt.date, to: dt.date) -> list[dict[str, Any]]:
    """Edits that put the night `day` on the night `to` too."""
    apart = to - day
    return [edit_to("put", replace(s, wall=s.wall + apart, fold=0)) for s in showings if s.night == day]


# -- what is stored ---------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(
    theater: Theater,
    week_starting: dt.date,
    *,
    by: Person,
    now: dt.datetime,
    seen: int | None = None,
    text: str | None = None,
    answers: Mapping[str, str] | None = None,
    edits: Sequence[Mapping[str, Any]] | None = None,
) -> WeekDraft:
    """Keep what is given of a week's draft; a new text starts its answers and edits anew.

    `seen` is the revision that the person saw: raises StaleDraft where somebody else has changed it since.
    """
    Theater.objects.select_for_update().get(pk=theater.pk)
    draft, _ = WeekDraft.objects.get_or_create(theater=theater, week_starting=week_starting)
    if seen is not None and seen != draft.revision:
        raise StaleDraft("Somebody else changed this week while you had it open. What you wrote is below.")
    if text is not None and text != draft.text:
        draft.text, draft.answers, draft.edits = text, {}, []
    if answers is not None:
        draft.answers = {**draft.answers, **answers}
    if edits is not None:
        draft.edits = [*draft.edits, *edits]
    draft.revision += 1
    draft.changed_by, draft.changed_at = by, now
    draft.save()
    return draft


@transaction.atomic
def create_new_films(week: ReadWeek) -> list[Wanted]:
    """The week's showings with every film by its id; titles that no film has are created."""
    made: dict[Hashable, int] = {}
    for title in week.new_titles:
        film = find_film(title) or create_film(title, running_minutes=week.running_minutes.get(title))
        made[title] = film.pk
    return [replace(showing, film=made.get(showing.film, showing.film)) for showing in week.showings]
