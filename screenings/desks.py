"""What the listing puts on a person's desk: their theaters, their films, what they are invited to."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.desk import Line, Section
from accounts.memberships import OPEN_INVITATION
from accounts.models import Person

from .models import FilmInvitation, FilmMembership, Screening, TheaterInvitation, TheaterMembership


def invitations(person: Person) -> Section | None:
    """Invitations that wait for the person's answer."""
    theaters = TheaterInvitation.objects.filter(OPEN_INVITATION, person=person).select_related("theater")
    films = FilmInvitation.objects.filter(OPEN_INVITATION, person=person).select_related("film")
    lines = [
        Line(i.theater.name, reverse("theater_invitation", args=[i.pk]), f"As {i.get_role_display().lower()}")
        for i in theaters
    ] + [Line(i.film.title, reverse("film_invitation", args=[i.pk]), "As the film’s team") for i in films]
    return Section("Invitations", lines) if lines else None


def theaters(person: Person) -> Section:
    """The person's theaters, each with what is listed from now on."""
    upcoming = Q(
        theater__engagements__screenings__starts_at__gt=timezone.now(),
        theater__engagements__screenings__status=Screening.Status.SCHEDULED,
    )
    rows = (
        TheaterMembership.objects.filter(person=person)
        .select_related("theater__city")
        .annotate(ahead=Count("theater__engagements__screenings", filter=upcoming))
        .order_by("theater__name")
    )
    waiting = person.theater_proposals.filter(state="open").select_related("city")
    lines = [
        Line(
            row.theater.name,
            reverse("manage_theater", args=[row.theater.slug]),
            f"{row.theater.city} · {row.get_role_display()} · {row.ahead or 'no'} showings ahead",
        )
        for row in rows
    ] + [Line(p.name, reverse("propose_theater"), f"{p.city} · proposed, waits for us") for p in waiting]
    return Section("My theaters", lines, "Propose a theater", reverse("propose_theater"))


def films(person: Person) -> Section | None:
    """Films whose team the person is of."""
    rows = FilmMembership.objects.filter(person=person).select_related("film").order_by("film__title")
    lines = [Line(row.film.title, reverse("manage_film", args=[row.film.slug])) for row in rows]
    return Section("My films", lines) if lines else None
