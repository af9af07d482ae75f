"""What interviews put on a person's desk: their guides, and guides they are invited to."""

from __future__ import annotations

from django.db.models import Count, Max
from django.urls import reverse

from accounts.desk import Line, Section
from accounts.memberships import OPEN_INVITATION
from accounts.models import Person

from .change_requests import requests_for
from .guide_tokens import tokens_of
from .importing import films_of
from .models import ChangeRequest, GuideInvitation, GuideMembership


def invitations(person: Person) -> Section | None:
    """Invitations to work on a guide that wait for the person's answer."""
    rows = GuideInvitation.objects.filter(OPEN_INVITATION, person=person).select_related("guide")
    lines = [
        Line(
            row.guide.title,
            reverse("guide_invitation", args=[row.pk]),
            f"As {row.get_role_display().lower()}",
        )
        for row in rows
    ]
    return Section("Invitations to guides", lines) if lines else None


def guides(person: Person) -> Section:
    """The guides that the person works on, each with what is published of it."""
    rows = (
        GuideMembership.objects.filter(person=person)
        .select_related("guide__film")
        .annotate(newest=Max("guide__versions__number"))
        .order_by("guide__title")
    )
    lines = [
        Line(
            row.guide.title,
            reverse("manage_guide", args=[row.guide.code]),
            f"{row.guide.film} · " + (f"version {row.newest} is out" if row.newest else "a draft"),
        )
        for row in rows
    ]
    return Section("My guides", lines, "Start a guide", reverse("start_guide"))


def programs(person: Person) -> Section | None:
    """The way to one's tokens, for who works on a guide or has one."""
    live = tokens_of(person).live().count()
    if not live and not GuideMembership.objects.filter(person=person).exists():
        return None
    note = f"{live} in use" if live else "None yet: let a program read, arrange and publish your guides"
    return Section("Programs", [Line("Tokens for programs", reverse("guide_tokens"), note)])


def requests(person: Person) -> Section | None:
    """Requests for a change that wait for an answer of the person's."""
    waiting = requests_for(person).filter(state=ChangeRequest.State.OPEN)
    lines = [
        Line(
            str(one.source.interview),
            reverse("answer_request", args=[one.pk]),
            f"{one.name} ({one.get_part_display()})",
        )
        for one in waiting[:20]
    ]
    return Section("Changes asked for", lines) if lines else None


def interviews(person: Person) -> Section | None:
    """The films whose interviews the person reads and brings in, each with how many are kept."""
    films = films_of(person).annotate(kept=Count("interviews", distinct=True)).order_by("title")
    lines = [
        Line(
            film.title,
            reverse("film_interviews", args=[film.slug]),
            f"{film.kept} interview{'' if film.kept == 1 else 's'} kept",
            "Bring one in",
            f"{reverse('import_interview')}?film={film.slug}",
        )
        for film in films
    ]
    return Section("Interviews", lines) if lines else None
