"""What discussions put on a person's desk: the rooms they host."""

from __future__ import annotations

from django.urls import reverse

from accounts.desk import Line, Section
from accounts.models import Person

from .permits import rooms_at_theaters_of, rooms_of
from .tours import tours_of


def rooms(person: Person) -> Section:
    """The person's twenty newest rooms, and the way to another."""
    lines = [
        Line(room.title, reverse("lead", args=[room.code]), f"{room.code} · {room.get_phase_display()}")
        for room in rooms_of(person)[:20]
    ]
    return Section("My rooms", lines, "Open a room", reverse("open_room"))


def tours(person: Person) -> Section | None:
    """The person's ten newest tours."""
    lines = [
        Line(tour.name, reverse("tour", args=[tour.pk]), str(tour.guide.film))
        for tour in tours_of(person)[:10]
    ]
    return Section("My tours", lines, "Plan a tour", reverse("tours")) if lines else None


def rooms_at_theaters(person: Person) -> Section | None:
    """Rooms that are open at showings of the person's theaters; what waits for their word says so."""
    lines = [
        Line(
            room.title,
            reverse("room_at_theater", args=[room.code]),
            "Asks whether its words may leave"
            if room.words_may_leave and not room.theater_agreed_at
            else f"{room.code} · {room.get_phase_display()}",
        )
        for room in rooms_at_theaters_of(person)[:20]
    ]
    return Section("Rooms at my theaters", lines) if lines else None
