"""Who may open a room (anyone signed in; at a theater's showing, its people), and who leads it: its host, and who has a
link to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from interviews.models import Guide
from screenings.models import Screening, TheaterMembership, TheaterRole
from screenings.permits import HOSTS, is_manager

from .models import Discussion, RoomKey
from .room_keys import key_of


def showings_to_host(person: Person, now: dt.datetime) -> QuerySet[Screening]:
    """Showings ahead at theaters that made the person a manager or invited them as organizer."""
    theaters = TheaterMembership.objects.filter(person=person, role__in=HOSTS).values("theater")
    return Screening.objects.scheduled().upcoming(now).for_listing().filter(engagement__theater__in=theaters)


def published_guides() -> QuerySet[Guide]:
    """Guides that a room can be opened from."""
    return Guide.objects.filter(versions__isnull=False).distinct().select_related("film")


def rooms_of(person: Person) -> QuerySet[Discussion]:
    """The rooms that the person hosts, the newest first."""
    return (
        Discussion.objects.filter(host=person).select_related("guide_version__guide").order_by("-opened_at")
    )


@dataclass(frozen=True)
class Leader:
    """Who leads a room: in which role, how the log calls them, and the address under which their pages are."""

    room: Discussion
    role: str
    by: str
    base: str

    @property
    def is_host(self) -> bool:
        return self.role == RoomKey.Role.HOST

    @property
    def conducts(self) -> bool:
        """Whether the plan is theirs to run: the host's, or a co-host's."""
        return self.role in (RoomKey.Role.HOST, RoomKey.Role.CO_HOST)


def room_to_lead(
    request: HttpRequest, *roles: str, code: str = "", token: str = "", erased_too: bool = False
) -> Leader:
    """The room for who leads it, in one of `roles`: by its code for the host who signed in, by a link's token for
    its holder. Raises Http404 for anybody else, for another role, for a link that was taken back, and for a room whose
    words are erased, unless a host asks for what is left of it (`erased_too`)."""
    leader = _by_token(token) if token else _by_account(request, code, erased_too)
    if leader is None or leader.role not in roles:
        raise Http404("This is nobody’s page, or not yours.")
    return leader


def _by_token(token: str) -> Leader | None:
    key = key_of(token, timezone.now())
    if key is None:
        return None
    by = " ".join(filter(None, [key.get_role_display(), key.name]))
    return Leader(key.discussion, key.role, by, reverse("key", args=[token]))


def _by_account(request: HttpRequest, code: str, erased_too: bool) -> Leader | None:
    rooms = Discussion.objects.select_related("screening", "guide_version__guide")
    room = rooms.filter(code=code, host=request.user.pk).first()
    if room is None or not request.user.is_authenticated or (room.erased_at and not erased_too):
        return None
    # Never by their address: the log of acts is read by everybody who leads.
    by = f"host {request.user.name}".strip()
    return Leader(room, RoomKey.Role.HOST, by, reverse("lead", args=[code]))


def rooms_at_theaters_of(person: Person) -> QuerySet[Discussion]:
    """Open rooms at showings of theaters that the person manages, the newest first."""
    theaters = TheaterMembership.objects.filter(person=person, role=TheaterRole.MANAGER).values("theater")
    return (
        Discussion.objects.filter(screening__engagement__theater__in=theaters)
        .exclude(phase=Discussion.Phase.CLOSED)
        .select_related("screening__engagement__film", "screening__engagement__theater", "host")
        .order_by("-opened_at")
    )


def room_at_theater(request: HttpRequest, code: str) -> Discussion:
    """A room at a showing of a theater that the person manages. Raises Http404 for anybody else."""
    rooms = Discussion.objects.select_related(
        "screening__engagement__film", "screening__engagement__theater", "host"
    )
    room = rooms.filter(code=code, screening__isnull=False).first()
    if room is None or room.screening is None or not is_manager(request.user, room.screening.theater):
        raise Http404("This is nobody’s page, or not yours.")
    return room
