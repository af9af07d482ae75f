"""Mails to those who work on a guide."""

from __future__ import annotations

from screenings.team_mails import register_invitation

from .models import GuideInvitation

# What each role may do, as we say it to the person who is asked.
GUIDE_ROLES = {
    "owner": "arrange and publish the guide, and choose its editors",
    "editor": "arrange and publish the guide",
}


def register() -> None:
    """Make these mails known to the ledger (called once, when the house opens)."""
    register_invitation("guide", GuideInvitation, GUIDE_ROLES)
