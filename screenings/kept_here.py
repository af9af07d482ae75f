"""What the listing keeps about a person: the showings that they come to, the teams that they work with."""

from __future__ import annotations

from accounts.kept import Record, Section
from accounts.models import Person

from .models import FilmMembership, TheaterMembership
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
            "Name for the door": rsvp.name,
            "Told to the theater": rsvp.access_needs,
            "Reminders": rsvp.wants_reminders,
            "Mail after the film": rsvp.wants_prompts,
            "Said": rsvp.created_at,
            "Confirmed": rsvp.confirmed_at,
        }
        for rsvp in rsvps.order_by("-screening__starts_at")
    ]
    return Section(
        "showings", "Showings you come to", "To keep your seat and to write to you about it.", records
    )


def tell_follows(person: Person) -> Section:
    follows = person.follows.select_related("theater", "film").order_by("pk")
    records: list[Record] = [
        {
            "Followed": str(follow.subject),
            "State": follow.get_state_display(),
            "Said": follow.created_at,
            "Confirmed": follow.confirmed_at,
        }
        for follow in follows
    ]
    return Section("follows", "Theaters and films you follow", "To write to you about them.", records)


def tell_requests(person: Person) -> Section:
    records: list[Record] = [
        {
            "Film": asked.film.title,
            "City": asked.city.name,
            "Asked": asked.created_at,
            "Confirmed": asked.confirmed_at,
        }
        for asked in person.city_requests.select_related("film", "city").order_by("-created_at")
    ]
    why = "To tell you first when a film that you asked for opens near you. Theaters see a number."
    return Section("city_requests", "Films you asked for", why, records)


def tell_teams(person: Person) -> Section:
    """The teams the person works with, and the theaters they proposed."""
    theaters = TheaterMembership.objects.filter(person=person).select_related("theater")
    films = FilmMembership.objects.filter(person=person).select_related("film")
    records: list[Record] = [
        {"Team": row.theater.name, "Role": row.get_role_display(), "Since": row.since} for row in theaters
    ]
    records += [{"Team": row.film.title, "Role": row.get_role_display(), "Since": row.since} for row in films]
    records += [
        {"Team": row.name, "Role": f"proposed, {row.get_state_display()}", "Since": row.created_at}
        for row in person.theater_proposals.all()
    ]
    return Section(
        "teams",
        "Theaters and films you work with",
        "To know what you may do there. What you changed stays in their trail; without you it names no one.",
        records,
    )
