"""Opening a room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person

from .forms import OpenRoomForm
from .opening import open_planned_room
from .rooms import CannotOpen


@never_cache
def open_a_room(request: HttpRequest) -> HttpResponse:
    """Anyone signed in opens one; the newest version of the guide is what phones will read in it."""
    assert isinstance(request.user, Person)
    now = timezone.now()
    form = OpenRoomForm(request.POST or None, person=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            room = open_planned_room(
                given["guide"].versions.order_by("-number")[0],
                title=given["title"],
                screening=given["screening"],
                host=request.user,
                now=now,
                minutes=given["minutes"],
                choices=form.choices,
            )
        except CannotOpen as error:
            form.add_error("screening", str(error))
        else:
            messages.success(request, f"The room is open. Its code is {room.code}.")
            return redirect("lead", code=room.code)
    return render(request, "discussions/open.html", {"form": form}, status=422 if form.errors else 200)
