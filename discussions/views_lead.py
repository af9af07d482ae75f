"""The pages of those who lead a room: each behind two doors, the host's account and a link's token."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from common.public_forms import SAFE, is_from_here, private_link
from screenings.spoken_times import say_when

from . import lead_pages, screen_page
from .acts import CannotAct
from .conducting import closes_by_itself_at
from .live.audiences import Snapshot
from .live.tickets import make_ticket, stream_path
from .models import RoomKey
from .permits import Leader, room_to_lead
from .room_acts import do
from .rooms import phase_at
from .scribing import LINE_LENGTH, SPEAKER_LENGTH, lines_of

Role = RoomKey.Role
LEADS = (Role.HOST, Role.CO_HOST)
MODERATES = (*LEADS, Role.MODERATOR)
SCRIBES = (*LEADS, Role.SCRIBE)
SHOWS = (*LEADS, Role.SCREEN)
EVERYBODY = tuple(Role.values)
# The page that a link leads to, by its role.
FIRST_PAGES = {Role.MODERATOR: "moderate/", Role.SCRIBE: "scribe/", Role.SCREEN: "screen/"}
LATE_CHOICES = (0, 5, 10, 15, 20, 30, 45)

LedView = Callable[..., HttpResponse]


def doors(address: str, name: str, view: LedView, *roles: str, erased_too: bool = False) -> list[URLPattern]:
    """The two addresses of a view for those who lead in one of `roles`: `lead/<code>/…` for the host who signed in,
    `key/<token>/…` for the holder of a link. The view is given the Leader; it is a 404 to everybody else. A host comes
    to it once the room is erased, too, where it says `erased_too`.

    What changes anything is taken from our own pages only (`is_from_here`), on both.
    """

    @wraps(view)
    def by_account(request: HttpRequest, code: str) -> HttpResponse:
        if request.method not in SAFE and not is_from_here(request):
            return render(request, "not_from_here.html", status=403)
        return view(request, room_to_lead(request, *roles, code=code, erased_too=erased_too))

    @wraps(view)
    def by_key(request: HttpRequest, token: str) -> HttpResponse:
        return view(request, room_to_lead(request, *roles, token=token))

    return [
        path(f"lead/<slug:code>/{address}", csrf_exempt(never_cache(by_account)), name=f"lead{name}"),
        path(f"key/<str:token>/{address}", private_link(by_key), name=f"key{name}"),
    ]


def _page(
    request: HttpRequest, template: str, leader: Leader, snapshot: Snapshot, **more: Any
) -> HttpResponse:
    """A page with the parts and facts that its live stream goes on to send."""
    context = {
        "leader": leader,
        "room": leader.room,
        "phase": snapshot.phase,
        # Rendered by templates, which escape.
        "parts": {name: mark_safe(html) for name, html in snapshot.parts.items()},  # noqa: S308
        "facts": {
            **snapshot.facts,
            "phase": snapshot.phase,
            "revision": snapshot.revision,
            "now": _now_ms(),
        },
        "act_url": "../act/",
        **more,
    }
    return render(request, f"discussions/{template}.html", context)


@require_safe
def lead(request: HttpRequest, leader: Leader) -> HttpResponse:
    """The host's phone: the plan, and all that is needed at a glance. Other links are led to their own page."""
    if not leader.conducts:
        return HttpResponseRedirect(leader.base + FIRST_PAGES[Role(leader.role)])
    snapshot = lead_pages.host_snapshot(leader.room, timezone.now())
    closes_at = closes_by_itself_at(leader.room)
    more = {
        "act_url": "act/",
        "late_choices": LATE_CHOICES,
        "closes_at": _say(leader, closes_at),
        "last": leader.room.steps.count() - 1,
    }
    return _page(request, "lead/host", leader, snapshot, **more)


@require_safe
def moderate(request: HttpRequest, leader: Leader) -> HttpResponse:
    """All that phones send, and the log of what was done with it."""
    snapshot = lead_pages.moderator_snapshot(leader.room, timezone.now())
    return _page(request, "lead/moderator", leader, snapshot)


@require_safe
def scribe(request: HttpRequest, leader: Leader) -> HttpResponse:
    """Write down what is said, a line for each who speaks."""
    snapshot = lead_pages.scribe_snapshot(leader.room, timezone.now())
    lengths = {"line_length": LINE_LENGTH, "speaker_length": SPEAKER_LENGTH}
    return _page(request, "lead/scribe", leader, snapshot, **lengths)


@require_safe
def screen(request: HttpRequest, leader: Leader) -> HttpResponse:
    """The big screen, for the projector."""
    return _page(request, "screen/screen", leader, screen_page.screen_snapshot(leader.room, timezone.now()))


@require_safe
def said(request: HttpRequest, leader: Leader) -> HttpResponse:
    """What we said, on one page, to read or to print."""
    room = leader.room
    context = {
        "leader": leader,
        "room": room,
        "lines": lines_of(room),
        "phase": phase_at(room, timezone.now()),
    }
    return render(request, "discussions/lead/said.html", context)


AUDIENCES = {
    "host": (lead_pages.HOST, LEADS),
    "moderate": (lead_pages.MODERATOR, MODERATES),
    "scribe": (lead_pages.SCRIBE, SCRIBES),
    "screen": (screen_page.SCREEN, SHOWS),
}


@require_safe
def stream(request: HttpRequest, leader: Leader) -> HttpResponse:
    """Where to listen, for two minutes, as `?page=host` (or moderate, scribe, screen); and what time it is here."""
    audience, roles = AUDIENCES.get(request.GET.get("page", ""), ("", ()))
    if leader.role not in roles:
        return JsonResponse({"said": "This link has no such page."}, status=404)
    ticket = make_ticket(audience, leader.room.code)
    return JsonResponse({"stream": stream_path(audience, leader.room.code, ticket), "now": _now_ms()})


def _now_ms() -> int:
    """What time it is here, in milliseconds since 1970."""
    return round(timezone.now().timestamp() * 1000)


@require_POST
def act(request: HttpRequest, leader: Leader) -> HttpResponse:
    """Take one act. To a script it answers in JSON, to a form with the page that it came from."""
    now, given = timezone.now(), request.POST.dict()
    try:
        done = do(
            leader.room,
            given.pop("act", ""),
            given,
            role=leader.role,
            by=leader.by,
            now=now,
            at=_moment(given),
            key=_key(given),
        )
    except CannotAct as error:
        return _refuse(request, leader, str(error))
    if _wants_json(request):
        return JsonResponse({"done": done.pk if done else None})
    return HttpResponseRedirect(_page_before(request, leader))


def _refuse(request: HttpRequest, leader: Leader, sentence: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"said": sentence}, status=422)
    context = {"leader": leader, "sentence": sentence, "back": _page_before(request, leader)}
    return render(request, "discussions/lead/not_done.html", context, status=422)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _moment(given: Mapping[str, str]) -> dt.datetime | None:
    """When the thumb moved, by the phone's clock set to ours (milliseconds since 1970)."""
    try:
        return dt.datetime.fromtimestamp(int(given["at"]) / 1000, dt.UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _key(given: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(given.get("key", ""))
    except ValueError:
        return None


def _page_before(request: HttpRequest, leader: Leader) -> str:
    """The page of this leader that a form came from."""
    before = urlsplit(request.headers.get("Referer", "")).path
    return before if before.startswith(leader.base) else leader.base


def _say(leader: Leader, at: dt.datetime) -> str:
    """A time in words: on the theater's clock, where there is one."""
    showing = leader.room.screening
    if showing is None:
        return f"{say_when(at)} UTC"
    return say_when(at.astimezone(showing.theater.tzinfo), showing.theater.locale)
