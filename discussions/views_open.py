"""Opening a room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person

from .forms import OpenRoomForm
from .rooms import CannotOpen, open_room


@never_cache
def open_a_room(request: HttpRequest) -> HttpResponse:
    """Anyone signed in opens one; the newest version of the guide is what phones will read in it."""
    assert isinstance(request.user, Person)
    now = timezone.now()
    form = OpenRoomForm(request.POST or None, person=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["guide"].versions.order_by("-number")[0]
        try:
            room = open_room(
                version,
                title=form.cleaned_data["title"],
                screening=form.cleaned_data["screening"],
                host=request.user,
                now=now,
            )
        except CannotOpen as error:
            form.add_error("screening", str(error))
        else:
            messages.success(request, f"The room is open. Its code is {room.code}.")
            return redirect("home")
    return render(request, "discussions/open.html", {"form": form}, status=422 if form.errors else 200)
