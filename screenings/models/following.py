"""Who follows a theater or a film; and when what public pages show last changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .films import Film
from .places import Theater


class FollowQuerySet(models.QuerySet["Follow"]):
    def standing(self) -> FollowQuerySet:
        return self.filter(state=Follow.State.FOLLOWING)


class Follow(models.Model):
    """A person wants a theater's week by mail, or to hear of a film's new cities. Pending until the address is proved."""

    class State(models.TextChoices):
        PENDING = "pending", "not confirmed yet"
        FOLLOWING = "following", "following"
        STOPPED = "stopped", "stopped"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    theater = models.ForeignKey(Theater, models.CASCADE, null=True, blank=True, related_name="followers")
    film = models.ForeignKey(Film, models.CASCADE, null=True, blank=True, related_name="followers")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[FollowQuerySet] = FollowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "theater", name="one_follow_per_person_and_theater"),
            models.UniqueConstraint("person", "film", name="one_follow_per_person_and_film"),
            models.CheckConstraint(
                condition=Q(theater__isnull=True, film__isnull=False)
                | Q(theater__isnull=False, film__isnull=True),
                name="one_follows_a_theater_or_a_film",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.subject} ({self.state})"

    @property
    def subject(self) -> Theater | Film:
        """What is followed."""
        found = self.theater or self.film
        assert found
        return found


class PageChange(models.Model):
    """What public pages show, by tag (`week-3`, `film-7`), and a word that is another after each change of it."""

    tag = models.CharField(max_length=48, unique=True)
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.tag
