"""What people corrected in what was read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .archive import Source


class TurnEdit(models.Model):
    """One act on a source's turns, numbered; the log only grows. What it took away and what it put there (pieces as
    `interviews.corrections` knows them) are its own inverse. An undoing is an act too and names what it undoes."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="turn_edits")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12)
    removed = models.JSONField(default=list)
    added = models.JSONField(default=list)
    of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["source", "number"]
        constraints = [models.UniqueConstraint("source", "number", name="one_turn_edit_per_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"
