"""Two records of one film become one: nothing that hung on either is lost, and every old address still leads there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from accounts.memberships import OPEN_INVITATION
from accounts.models import Person

from .models import (
    CityRequest,
    Engagement,
    Film,
    FilmAlias,
    FilmMembership,
    FilmStill,
    Follow,
    FormerFilmAddress,
    Rsvp,
    Screening,
    WeekDraft,
)
from .reminders import replan
from .showings import NotPossible, ending_of, time_film

# What stands, what goes (two films, two engagements or two screenings): move what hangs on it.
Mover = Callable[[models.Model, models.Model], None]
_movers: list[Mover] = []

FACTS = ("year", "languages", "synopsis", "content_notes", "website", "trailer_url")
_STRENGTH = [Rsvp.State.WITHDRAWN, Rsvp.State.PENDING, Rsvp.State.WAITING, Rsvp.State.GOING]


def register_mover(mover: Mover) -> None:
    """Have `mover(stands, goes)` asked whenever one record takes another's place; once is enough."""
    if mover not in _movers:
        _movers.append(mover)


@transaction.atomic
def merge_films(keep: Film, other: Film, *, by: Person, now: dt.datetime) -> Film:
    """One record of a film that had two: `keep` stands, with what hung on `other`; `other` is gone.

    Facts of `other` fill what `keep` does not say. Bookings, showings with who comes to them, requests, guides,
    titles and people move; a showing that both had is one. The address of `other` leads to `keep` from now on, and
    nobody who comes to a showing is bothered. Raises NotPossible for one and the same film.
    """
    if keep.pk == other.pk:
        raise NotPossible("These are one record already.")
    locked = {
        film.pk: film
        for film in Film.objects.select_for_update().order_by("pk").filter(pk__in=[keep.pk, other.pk])
    }
    keep, other = locked[keep.pk], locked[other.pk]
    minutes = keep.running_minutes or other.running_minutes
    _fill(keep, other, by)
    _move_names_and_people(keep, other)
    moved = _move_bookings(keep, other)
    _move_elsewhere(keep, other)
    _rename_in_drafts(keep, other)
    FormerFilmAddress.objects.filter(film=other).update(film=keep)
    FormerFilmAddress.objects.create(film=keep, slug=other.slug)
    other._history_user = by  # type: ignore[attr-defined]
    other.delete()
    keep = time_film(keep, minutes, now=now)
    _plan_anew(moved, keep, now)
    return keep


def _fill(keep: Film, other: Film, by: Person) -> None:
    """What `keep` does not say, `other` says; the running time follows when the showings are together."""
    for name in FACTS:
        if not getattr(keep, name):
            setattr(keep, name, getattr(other, name))
    keep._history_user = by  # type: ignore[attr-defined]
    keep.save()


def _move_names_and_people(keep: Film, other: Film) -> None:
    FilmAlias.objects.filter(film=other).update(film=keep)
    _move_rest(other.credits.all(), keep, keep.credits.all(), "name", "role")
    _move_rest(
        FilmMembership.objects.filter(film=other), keep, FilmMembership.objects.filter(film=keep), "person_id"
    )
    open_ones = keep.invitations.filter(OPEN_INVITATION)
    _move_rest(other.invitations.filter(OPEN_INVITATION), keep, open_ones, "person_id")
    other.invitations.update(film=keep)
    _move_rest(Follow.objects.filter(film=other), keep, Follow.objects.filter(film=keep), "person_id")
    _move_rest(FilmStill.objects.filter(film=other), keep, FilmStill.objects.filter(film=keep), "film_id")
    requests = CityRequest.objects.filter(film=keep)
    _move_rest(CityRequest.objects.filter(film=other), keep, requests, "city_id", "person_id", "device_key")


def _move_rest(rows: Any, keep: Film, standing: Any, *names: str) -> None:
    """Give `rows` to `keep`, save those that it has already (the same in `names`): they are dropped."""
    known = set(standing.values_list(*names))
    for row in rows:
        if tuple(getattr(row, name) for name in names) in known:
            row.delete()
        else:
            row.film = keep
            row.save()


def _move_elsewhere(stands: models.Model, goes: models.Model) -> None:
    for mover in _movers:
        mover(stands, goes)


# -- bookings and showings --------------------------------------------------------------------------------


def _move_bookings(keep: Film, other: Film) -> list[Screening]:
    """Give the bookings of `other` to `keep`; gives the showings that are another film's from now on."""
    moved: list[Screening] = []
    for engagement in Engagement.objects.filter(film=other).select_related("theater"):
        twin = Engagement.objects.filter(
            film=keep, theater=engagement.theater, opens_on=engagement.opens_on
        ).first()
        for screening in Screening.objects.select_for_update().filter(engagement=engagement):
            moved += _move_showing(screening, keep, engagement, twin)
        if twin is None:
            engagement.film = keep
            engagement.save()
        else:
            twin.closes_on = (
                max(twin.closes_on, engagement.closes_on) if twin.closes_on and engagement.closes_on else None
            )
            twin.listings_url = twin.listings_url or engagement.listings_url
            twin.save()
            _move_elsewhere(twin, engagement)
            engagement.delete()
    return moved


def _move_showing(
    screening: Screening, keep: Film, engagement: Engagement, twin: Engagement | None
) -> list[Screening]:
    """A showing that `keep` has too joins it; any other comes along. Gives those to be planned anew."""
    same = _same_showing(screening, keep, engagement)
    screening.engagement = twin or engagement
    if same is None:
        screening.save()
        return [screening]
    for rsvp in screening.rsvps.all():
        _move_rsvp(rsvp, same)
    _move_elsewhere(same, screening)
    screening.status, screening.same_as = Screening.Status.DRAFT, same
    screening.save()
    return [screening, same]


def _same_showing(screening: Screening, keep: Film, engagement: Engagement) -> Screening | None:
    if screening.status != Screening.Status.SCHEDULED:
        return None
    return Screening.objects.scheduled().filter(
        engagement__film=keep,
        engagement__theater=engagement.theater,
        starts_at=screening.starts_at,
        screen=screening.screen_id,
    ).first()  # fmt: skip


def _move_rsvp(rsvp: Rsvp, to: Screening) -> None:
    """To the showing that stands; where the person comes to both, the firmer word counts."""
    known = to.rsvps.filter(person=rsvp.person_id).first()
    if known:
        firmer = _STRENGTH.index(Rsvp.State(rsvp.state)) > _STRENGTH.index(Rsvp.State(known.state))
        if not firmer:
            rsvp.state, rsvp.offered_seats, rsvp.offered_until = Rsvp.State.WITHDRAWN, None, None
            rsvp.save(update_fields=["state", "offered_seats", "offered_until"])
            return
        known.delete()
    rsvp.screening = to
    rsvp.save(update_fields=["screening"])


def _plan_anew(moved: list[Screening], keep: Film, now: dt.datetime) -> None:
    """Showings to come end when the film that stands does, and reminders speak of it."""
    coming = Screening.objects.select_related("engagement__theater").filter(
        pk__in=[row.pk for row in moved], starts_at__gt=now
    )
    for screening in coming:
        screening.ends_at = ending_of(screening.starts_at, screening.engagement.theater, keep)
        screening.revision += 1
        screening.save()
        replan(screening, now)


def _rename_in_drafts(keep: Film, other: Film) -> None:
    """Edits of a week's grid name films by their ids."""
    for draft in WeekDraft.objects.exclude(edits=[]):
        edits = [{**edit, "film": keep.pk} if edit["film"] == other.pk else edit for edit in draft.edits]
        if edits != draft.edits:
            draft.edits = edits
            draft.save(update_fields=["edits"])
