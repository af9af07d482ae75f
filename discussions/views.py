"""The room's page: where it is, its code, and the guide to read in the lobby."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.public_pages import public_page
from common.short_codes import normalise_code
from screenings.listings.showing_rows import ShowingRow, showing_row
from screenings.models import Screening
from screenings.spoken_times import tonight_in

from .models import Discussion
from .rooms import phase_at


@public_page
def room(request: HttpRequest, code: str) -> HttpResponse:
    """A room, under its code however it is typed."""
    rooms = Discussion.objects.select_related(
        "guide_version__guide__film",
        "screening__engagement__film",
        "screening__engagement__theater__city",
        "screening__screen",
    )
    found, now = get_object_or_404(rooms, code=normalise_code(code)), timezone.now()
    if code != found.code:
        return redirect("room", code=found.code, permanent=True)
    showing = found.screening
    context = {
        "room": found,
        "phase": phase_at(found, now),
        "guide": found.guide_version,
        "row": _row_of(showing, now) if showing else None,
    }
    return render(request, "discussions/room.html", context)


def _row_of(showing: Screening, now: dt.datetime) -> ShowingRow:
    return showing_row(showing, now, tonight_in(showing.theater.tzinfo, now))
