"""Who works for a theater and who speaks for a film."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.memberships import OPEN_INVITATION, Invitation, Membership
from accounts.trail import keep_history

from .films import Film
from .places import City, Theater


class TheaterRole(models.TextChoices):
    MANAGER = "manager", "Manager"
    STAFF = "staff", "Staff"
    ORGANIZER = "organizer", "Organizer"


class FilmRole(models.TextChoices):
    TEAM = "team", "Film’s team"


class TheaterMembership(Membership):
    theater = models.ForeignKey(Theater, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=TheaterRole)
    history = keep_history()

    class Meta:
        constraints = [models.UniqueConstraint("theater", "person", name="one_role_per_theater")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.theater}"


class TheaterInvitation(Invitation):
    theater = models.ForeignKey(Theater, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=TheaterRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "theater", "person", condition=OPEN_INVITATION, name="one_open_theater_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} to {self.theater} ({self.state})"


class FilmMembership(Membership):
    film = models.ForeignKey(Film, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=FilmRole, default=FilmRole.TEAM)
    history = keep_history()

    class Meta:
        constraints = [models.UniqueConstraint("film", "person", name="one_role_per_film")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.film}"


class FilmInvitation(Invitation):
    film = models.ForeignKey(Film, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=FilmRole, default=FilmRole.TEAM)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "film", "person", condition=OPEN_INVITATION, name="one_open_film_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} to {self.film} ({self.state})"


class TheaterProposal(models.Model):
    """“Our theater is missing”: decided by site staff; approving it makes the theater and its first manager."""

    class State(models.TextChoices):
        OPEN = "open", "waiting"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"

    name = models.CharField(max_length=160)
    city = models.ForeignKey(City, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    note = models.TextField(
        blank=True, max_length=1000, help_text="What the person says of their part in it."
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="theater_proposals"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    theater = models.OneToOneField(Theater, models.SET_NULL, null=True, blank=True, related_name="proposal")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                "proposed_by",
                "city",
                "name",
                condition=Q(state="open"),
                name="one_open_proposal_of_a_theater",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city} ({self.state})"
