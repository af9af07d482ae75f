"""Who works on a guide."""

from __future__ import annotations

from django.db import models

from accounts.memberships import OPEN_INVITATION, Invitation, Membership
from accounts.tokens import Token
from accounts.trail import keep_history

from .guides import Guide


class GuideRole(models.TextChoices):
    OWNER = "owner", "Owner"
    EDITOR = "editor", "Editor"


class GuideMembership(Membership):
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=GuideRole)
    history = keep_history()

    class Meta:
        constraints = [models.UniqueConstraint("guide", "person", name="one_role_per_guide")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.guide}"


class GuideInvitation(Invitation):
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=GuideRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "guide", "person", condition=OPEN_INVITATION, name="one_open_guide_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} to {self.guide} ({self.state})"


class GuideToken(Token):
    """Opens to a program the drafts that its maker may edit, as long as they may."""

    KIND = "guides"
