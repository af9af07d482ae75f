"""Who may do what with theaters and films: the rules by name, and the one place where each is fetched.

The rules are said here once; views, templates (`{% has_perm %}`) and the API ask them by name.
"""

from __future__ import annotations

import rules
from django.http import Http404, HttpRequest

from accounts.models import Person
from accounts.permits import permit
from accounts.trail import act_as

from .models import Film, FilmMembership, Theater, TheaterMembership, TheaterRole


def role_at(person: Person, theater: Theater) -> str | None:
    """The person's role at the theater: manager, staff or organizer; None where they have none."""
    if not person.is_authenticated:
        return None
    return (
        TheaterMembership.objects.filter(person=person, theater=theater)
        .values_list("role", flat=True)
        .first()
    )


def _has_role(*roles: str) -> rules.Predicate:
    @rules.predicate(name=f"has_role:{','.join(roles)}")
    def has_role(person: Person, theater: Theater) -> bool:
        return role_at(person, theater) in roles

    return has_role


@rules.predicate
def is_of_films_team(person: Person, film: Film) -> bool:
    return person.is_authenticated and FilmMembership.objects.filter(person=person, film=film).exists()


# Who opens rooms for a theater's showings; `discussions.permits` lists the showings by it.
HOSTS = (TheaterRole.MANAGER, TheaterRole.ORGANIZER)
is_manager = _has_role(TheaterRole.MANAGER)
lists_showtimes = _has_role(TheaterRole.MANAGER, TheaterRole.STAFF)
hosts_rooms = _has_role(*HOSTS)
works_there = _has_role(TheaterRole.MANAGER, TheaterRole.STAFF, TheaterRole.ORGANIZER)

rules.add_perm("screenings.see_theater", works_there)
rules.add_perm("screenings.list_week", lists_showtimes)
rules.add_perm("screenings.publish_week", is_manager)
rules.add_perm("screenings.change_showing", is_manager)
rules.add_perm("screenings.edit_theater", is_manager)
rules.add_perm("screenings.choose_people", is_manager)
rules.add_perm("screenings.hold_tokens", is_manager)
rules.add_perm("screenings.read_trail", lists_showtimes)
rules.add_perm("screenings.host_room", hosts_rooms)
rules.add_perm("screenings.edit_film", is_of_films_team)

SENTENCES = {
    "screenings.list_week": "Showtimes are listed by this theater’s staff and managers. Ask a manager to make you staff.",
    "screenings.publish_week": "Publishing is a manager’s act. Your draft is kept: ask a manager to publish it.",
    "screenings.change_showing": "Only a manager changes a showing that is live. Ask one, or write the change into the week’s draft.",
    "screenings.edit_theater": "Only a manager changes what the theater says of itself. Ask one, or write it to them.",
    "screenings.choose_people": "Only a manager chooses who works on this theater’s pages.",
    "screenings.hold_tokens": "Only a manager gives this theater’s systems their tokens.",
    "screenings.read_trail": "The theater’s trail is read by its staff and managers.",
    "screenings.host_room": "A room for this theater’s screening needs its invitation. Ask a manager to add you as organizer.",
    "screenings.edit_film": "Only the film’s team changes this page.",
}


def theater_for(request: HttpRequest, slug: str, permission: str = "screenings.see_theater") -> Theater:
    """The theater of this slug for the person who asks, permitted to do `permission`.

    Raises Http404 where it is none of theirs (or is not there), Refused with a sentence where they may
    see it and not do this. Notes the capacity in which they act for the audit trail.
    """
    person: Person = request.user  # type: ignore[assignment]
    theater = Theater.objects.select_related("city").filter(slug=slug).first()
    role = role_at(person, theater) if theater else None
    if theater is None or role is None:
        raise Http404("This is nobody’s page, or not yours.")
    permit(person, permission, theater, SENTENCES.get(permission, ""))
    act_as(request, str(TheaterRole(role).label).lower())
    return theater


def film_for(request: HttpRequest, slug: str) -> Film:
    """The film of this slug for a member of its team. Raises Http404 for anybody else."""
    person: Person = request.user  # type: ignore[assignment]
    film = Film.objects.filter(slug=slug).first()
    if film is None or not rules.has_perm("screenings.edit_film", person, film):
        raise Http404("This is nobody’s page, or not yours.")
    act_as(request, "member of the film’s team")
    return film
