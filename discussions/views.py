"""The room's page, the same for all phones in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.limits import is_within
from common.public_forms import public_form
from common.public_pages import public_page
from common.short_codes import normalise_code

from . import limits
from .phone_page import find_room, page_of, row_of
from .room_cards import rooms_with_guide


@public_page
def room(request: HttpRequest, code: str) -> HttpResponse:
    """A room, under its code however it is typed."""
    found = find_room(normalise_code(code))
    if found is None:
        return no_such_room(request, code)
    if code != found.code:
        return redirect("room", code=found.code, permanent=True)
    return HttpResponse(page_of(found, timezone.now()))


@public_form
def find(request: HttpRequest) -> HttpResponse:
    """Type a room's code; or, for who comes from a guide (`?guide=` and its code), go to one that goes by it tonight."""
    typed = request.GET.get("code", "")[:40]
    if not typed.strip():
        now, guide = timezone.now(), request.GET.get("guide", "")[:12]
        rooms = rooms_with_guide(guide, now) if guide else ()
        found = [(room, row_of(room.screening, now)) for room in rooms if room.screening]
        return render(request, "discussions/find.html", {"found": found})
    room = find_room(normalise_code(typed))
    return redirect("room", room.code) if room else no_such_room(request, typed)


def no_such_room(request: HttpRequest, typed: str) -> HttpResponse:
    """No room has this code. Who has typed it wrong ten times gets a kinder word than no."""
    often = not is_within(request, limits.WRONG_CODES)
    return render(request, "discussions/find.html", {"code": typed[:40], "often": often}, status=404)
