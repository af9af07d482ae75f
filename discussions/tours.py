"""A tour: rooms for showings of a film made in one act, each with a link for its host, and one page that shows them all."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import Person
from interviews.models import Guide
from screenings.models import Screening
from screenings.spoken_times import say_when

from .models import Discussion, Participant, RoomAct, RoomKey, Tour, TourStop
from .opening import Choices, open_planned_room
from .permits import showings_to_host
from .room_keys import TOKEN_BYTES, hash_token
from .rooms import CannotOpen, phase_at

AS_PROPOSED = Choices()
SALT = "discussions.tours"
MOST_STOPS = 60
LEADS = (RoomKey.Role.HOST, RoomKey.Role.CO_HOST)
# Who leads a room opens its page or takes a step more often than this.
PRESENT_FOR = dt.timedelta(minutes=15)


class NoTour(ValueError):
    """No tour is made; the message is a sentence."""


def showings_for(person: Person, guide: Guide, now: dt.datetime) -> QuerySet[Screening]:
    """Showings ahead of the guide's film for which the person may open a room, and which have none open."""
    showings = showings_to_host(person, now).filter(engagement__film=guide.film_id)
    return showings.exclude(discussions__in=_open_rooms()).order_by("starts_at", "id")


def _open_rooms() -> QuerySet[Discussion]:
    return Discussion.objects.exclude(phase=Discussion.Phase.CLOSED)


@transaction.atomic
def make_tour(
    guide: Guide,
    showings: Iterable[Screening],
    *,
    name: str,
    by: Person,
    now: dt.datetime,
    minutes: int = 30,
    choices: Choices = AS_PROPOSED,
) -> Tour:
    """The tour, with a room and a host's link for each of `showings`: all of them or none.

    `by` is host of all rooms; whoever has a link leads one. Raises NoTour with a sentence: nothing chosen, too many, a
    showing that is not `by`'s to host, one at which somebody has opened a room meanwhile, a guide that is not published.
    """
    version = guide.versions.order_by("-number").first()
    chosen = list({showing.pk: showing for showing in showings}.values())
    words = " ".join(name.split())[:120]
    if version is None or not words or not chosen or len(chosen) > MOST_STOPS:
        raise NoTour(
            f"A tour has a name, a published guide and 1 to {MOST_STOPS} showings. Nothing was made."
        )
    if len(chosen) != showings_for(by, guide, now).filter(pk__in=[one.pk for one in chosen]).count():
        raise NoTour(
            "One of these showings has a room already, is over, or is not yours to host. Nothing was made."
        )
    tour = Tour.objects.create(guide=guide, made_by=by, name=words, made_at=now)
    for showing in chosen:
        try:
            room = open_planned_room(
                version, title=words, screening=showing, host=by, now=now, minutes=minutes, choices=choices
            )
        except CannotOpen as error:
            raise NoTour(f"{showing.theater}: {error} Nothing was made.") from error
        _add_stop(tour, room, now)
    return tour


def _add_stop(tour: Tour, room: Discussion, now: dt.datetime) -> None:
    nonce = uuid.uuid4()
    key = RoomKey.objects.create(
        discussion=room,
        role=RoomKey.Role.HOST,
        name="on tour",
        token_hash=hash_token(_token(nonce)),
        made_at=now,
    )
    TourStop.objects.create(tour=tour, discussion=room, key=key, nonce=nonce)


def _token(nonce: uuid.UUID) -> str:
    """The token of a stop's link: made anew from the nonce and the house's own key, kept nowhere."""
    digest = salted_hmac(SALT, nonce.hex, algorithm="sha256").digest()[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).decode()


def host_url(stop: TourStop) -> str:
    """The absolute address by which a stop's host leads its room."""
    return settings.BASE_URL + reverse("key", args=[_token(stop.nonce)])


@transaction.atomic
def new_link(stop: TourStop, now: dt.datetime) -> None:
    """Take the stop's link back and make another: the sheet that was handed out leads nowhere any more."""
    RoomKey.objects.filter(pk=stop.key_id, revoked_at=None).update(revoked_at=now)
    nonce = uuid.uuid4()
    stop.key = RoomKey.objects.create(
        discussion=stop.discussion,
        role=RoomKey.Role.HOST,
        name="on tour",
        token_hash=hash_token(_token(nonce)),
        made_at=now,
    )
    stop.nonce = nonce
    stop.save(update_fields=["key", "nonce"])


# --- the page that shows them all -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class StopNow:
    """How a stop stands: when its showing is, in words; its phase, whether a host is there or when one was, how many phones."""

    stop: TourStop
    when: str
    phase: str
    is_erased: bool
    host_is_here: bool
    host_seen_at: dt.datetime | None
    people: int


def stops_of(tour: Tour, now: dt.datetime) -> list[StopNow]:
    """Every stop in the order of showing. One query, however many there are."""
    here = {"discussion": OuterRef("discussion")}
    keys = RoomKey.objects.filter(**here, role__in=LEADS, seen_at__isnull=False).order_by("-seen_at")
    acts = RoomAct.objects.filter(**here).order_by("-id")
    people = Participant.objects.filter(**here).order_by().values("discussion")
    stops = (
        tour.stops.select_related(
            "key",
            "discussion__screening__engagement__theater__city",
            "discussion__screening__engagement__film",
        )
        .annotate(
            people=Coalesce(Subquery(people.annotate(count=Count("pk")).values("count")), 0),
            key_seen_at=Subquery(keys.values("seen_at")[:1]),
            acted_at=Subquery(acts.values("at")[:1]),
        )
        .order_by("discussion__screening__starts_at", "id")
    )
    return [_as_it_stands(stop, now) for stop in stops]


def _as_it_stands(stop: Any, now: dt.datetime) -> StopNow:
    """Of a stop with `people`, `key_seen_at` and `acted_at`."""
    room = stop.discussion
    showing = room.screening
    seen = max(filter(None, (stop.key_seen_at, stop.acted_at)), default=None)
    return StopNow(
        stop=stop,
        when=say_when(showing.local_start, showing.theater.locale) if showing else "",
        phase=phase_at(room, now).label,
        is_erased=room.erased_at is not None,
        host_is_here=seen is not None and now - seen <= PRESENT_FOR,
        host_seen_at=seen,
        people=room.counts.get("people", 0) if room.erased_at else stop.people,
    )


def tours_of(person: Person) -> QuerySet[Tour]:
    return Tour.objects.filter(made_by=person).select_related("guide__film")
