"""A theater's manager sees that a room is open at a showing of theirs, and says whether its words may leave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from .changes import changing
from .permits import room_at_theater


@never_cache
def room_at_my_theater(request: HttpRequest, code: str) -> HttpResponse:
    """The room's facts, and one button: agree, or take the agreement back."""
    room = room_at_theater(request, code)
    if request.method == "POST" and room.words_may_leave:
        with changing(room) as held:
            held.theater_agreed_at = timezone.now() if request.POST.get("agree") == "1" else None
        return HttpResponseRedirect(request.path)
    return render(request, "discussions/at_theater.html", {"room": room})
