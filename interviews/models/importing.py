"""Interviews on their way in."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from screenings.models import Film

from .archive import Interview


class ImportJob(models.Model):
    """A long interview, or one at an address, that a worker fetches and reads. The row is what is owed; a task only
    rings for it. Bytes handed in are kept here until they are in the archive."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for a reader"
        READING = "reading", "being read"
        KEPT = "kept", "kept"
        FAILED = "failed", "not kept"

    # A worker that was killed leaves its job here; after this long another takes it up.
    LEASE = dt.timedelta(seconds=150)
    # Longer than a ring takes: who still waits then is waiting for a worker to come back.
    PATIENCE = dt.timedelta(seconds=15)
    MAX_ATTEMPTS = 3

    film = models.ForeignKey(Film, models.CASCADE, related_name="import_jobs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_jobs")
    url = models.URLField(max_length=1000, blank=True)
    content = models.BinaryField(default=bytes)
    filename = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    message = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    interview = models.ForeignKey(
        Interview, models.SET_NULL, null=True, blank=True, related_name="import_jobs"
    )
    is_new = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.url or self.filename or 'pasted text'} ({self.state})"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.KEPT, self.State.FAILED)

    def is_left_waiting(self, now: dt.datetime) -> bool:
        """Whether nobody has taken it up for longer than that takes where a worker runs."""
        return self.state == self.State.WAITING and now - self.created_at > self.PATIENCE
