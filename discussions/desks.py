"""What discussions put on a person's desk: the rooms they host."""

from __future__ import annotations

from django.urls import reverse

from accounts.desk import Line, Section
from accounts.models import Person

from .permits import rooms_of


def rooms(person: Person) -> Section:
    """The person's twenty newest rooms, and the way to another."""
    lines = [
        Line(room.title, reverse("room", args=[room.code]), f"{room.code} · {room.get_phase_display()}")
        for room in rooms_of(person)[:20]
    ]
    return Section("My rooms", lines, "Open a room", reverse("open_room"))
