"""The room's page, the same for all phones in it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from accounts.limits import is_within
from common.public_forms import public_form
from common.public_pages import public_page
from common.short_codes import normalise_code
from screenings.listings.showing_rows import ShowingRow, showing_row
from screenings.models import Screening
from screenings.spoken_times import tonight_in

from . import limits
from .phone_page import find_room, snapshot_of


@public_page
def room(request: HttpRequest, code: str) -> HttpResponse:
    """A room, under its code however it is typed."""
    found, now = find_room(normalise_code(code)), timezone.now()
    if found is None:
        return no_such_room(request, code)
    if code != found.code:
        return redirect("room", code=found.code, permanent=True)
    snapshot, showing = snapshot_of(found, now), found.screening
    context = {
        "room": found,
        "phase": snapshot.phase,
        # Rendered by templates, which escape.
        "parts": {name: mark_safe(html) for name, html in snapshot.parts.items()},  # noqa: S308
        "guide": found.guide_version,
        "row": _row_of(showing, now) if showing else None,
    }
    return render(request, "discussions/room.html", context)


@public_form
def find(request: HttpRequest) -> HttpResponse:
    """Type a room's code."""
    typed = request.GET.get("code", "")[:40]
    if not typed.strip():
        return render(request, "discussions/find.html", {})
    room = find_room(normalise_code(typed))
    return redirect("room", room.code) if room else no_such_room(request, typed)


def no_such_room(request: HttpRequest, typed: str) -> HttpResponse:
    """No room has this code. Who has typed it wrong ten times gets a kinder word than no."""
    often = not is_within(request, limits.WRONG_CODES)
    return render(request, "discussions/find.html", {"code": typed[:40], "often": often}, status=404)


def _row_of(showing: Screening, now: dt.datetime) -> ShowingRow:
    return showing_row(showing, now, tonight_in(showing.theater.tzinfo, now))
