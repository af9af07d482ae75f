"""The people of a guide: their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Person
from accounts.views_team import TeamDoor
from screenings.team_mails import owe_invitation

from . import permits
from .editor_mails import GUIDE_ROLES
from .models import Guide, GuideInvitation, GuideRole


class GuideDoor(TeamDoor):
    name = "guide"
    roles = GuideRole.choices
    role_words = GUIDE_ROLES
    invitation_model = GuideInvitation

    def fetch(self, request: HttpRequest, key: str) -> Guide:
        return permits.guide_for(request, key)

    def fetch_to_choose(self, request: HttpRequest, key: str) -> Guide:
        return permits.guide_for(request, key, "interviews.choose_editors")

    def may_choose(self, person: Person, team: Guide) -> bool:
        return rules.has_perm("interviews.choose_editors", person, team)

    def key_of(self, team: Guide) -> str:
        return team.code

    def team_of(self, invitation: Any) -> Guide:
        return invitation.guide

    def home_of(self, team: Guide) -> str:
        return reverse("manage_guide", args=[team.code])

    def tell(self, invitation: Any, now: dt.datetime) -> None:
        owe_invitation("guide", invitation, now)


guide_door = GuideDoor()
