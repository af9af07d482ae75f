"""The people of a theater and of a film: their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Person
from accounts.views_team import TeamDoor

from . import permits
from .models import Film, FilmInvitation, FilmRole, Theater, TheaterInvitation, TheaterRole
from .team_mails import owe_invitation
from .team_words import FILM_ROLES, THEATER_ROLES


class TheaterDoor(TeamDoor):
    name = "theater"
    roles = TheaterRole.choices
    role_words = THEATER_ROLES
    invitation_model = TheaterInvitation

    def fetch(self, request: HttpRequest, key: str) -> Theater:
        return permits.theater_for(request, key)

    def fetch_to_choose(self, request: HttpRequest, key: str) -> Theater:
        return permits.theater_for(request, key, "screenings.choose_people")

    def may_choose(self, person: Person, team: Theater) -> bool:
        return rules.has_perm("screenings.choose_people", person, team)

    def key_of(self, team: Theater) -> str:
        return team.slug

    def team_of(self, invitation: Any) -> Theater:
        return invitation.theater

    def home_of(self, team: Theater) -> str:
        return reverse("manage_theater", args=[team.slug])

    def tell(self, invitation: Any, now: dt.datetime) -> None:
        owe_invitation("theater", invitation, now)


class FilmDoor(TeamDoor):
    name = "film"
    roles = FilmRole.choices
    role_words = FILM_ROLES
    invitation_model = FilmInvitation

    def fetch(self, request: HttpRequest, key: str) -> Film:
        return permits.film_for(request, key)

    fetch_to_choose = fetch

    def may_choose(self, person: Person, team: Film) -> bool:
        return rules.has_perm("screenings.edit_film", person, team)

    def key_of(self, team: Film) -> str:
        return team.slug

    def team_of(self, invitation: Any) -> Film:
        return invitation.film

    def home_of(self, team: Film) -> str:
        return reverse("manage_film", args=[team.slug])

    def tell(self, invitation: Any, now: dt.datetime) -> None:
        owe_invitation("film", invitation, now)


theater_door = TheaterDoor()
film_door = FilmDoor()
