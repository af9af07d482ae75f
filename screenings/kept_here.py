"""What the listing keeps about a person: the showings that they come to."""

from __future__ import annotations

from accounts.kept import Record, Section
from accounts.models import Person

from .spoken_times import say_when


def tell_rsvps(person: Person) -> Section:
    rsvps = person.rsvps.select_related("screening__engagement__film", "screening__engagement__theater")
    records: list[Record] = [
        {
            "Film": rsvp.screening.film.title,
            "Showing": say_when(rsvp.screening.local_start, rsvp.screening.theater.locale),
            "Theater": rsvp.screening.theater.name,
            "State": rsvp.get_state_display(),
            "Seats": rsvp.party_size,
            "Reminders": rsvp.wants_reminders,
            "Questions after the film": rsvp.wants_prompts,
            "Said": rsvp.created_at,
            "Confirmed": rsvp.confirmed_at,
        }
        for rsvp in rsvps.order_by("-screening__starts_at")
    ]
    return Section(
        "showings", "Showings you come to", "To keep your seat and to write to you about it.", records
    )
