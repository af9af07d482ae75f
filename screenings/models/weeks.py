"""A week as a theater writes it, and what publishing it did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .places import Theater


class WeekDraft(models.Model):
    """A play week's text, the answers to its doubts and the edits of its grid; one for each week of a theater."""

    theater = models.ForeignKey(Theater, models.CASCADE, related_name="week_drafts")
    week_starting = models.DateField()
    text = models.TextField(blank=True)
    answers = models.JSONField(default=dict, help_text="Doubt's key → the choice taken.")
    edits = models.JSONField(default=list, help_text="Changes made in the grid, in their order.")
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("theater", "week_starting", name="one_draft_per_theater_and_week")
        ]

    def __str__(self) -> str:
        return f"{self.theater}, week of {self.week_starting}"


class Publication(models.Model):
    """One act of publishing: what it changed, so that it can be undone for ten minutes."""

    theater = models.ForeignKey(Theater, models.CASCADE, related_name="publications")
    week_starting = models.DateField()
    request_key = models.UUIDField(help_text="The same request repeated is the same publication.")
    changes = models.JSONField(
        default=list, help_text="[act, screening id, what was, what is, revision], in order."
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint("theater", "request_key", name="a_week_is_published_once")]

    def __str__(self) -> str:
        return f"{self.theater}, {self.published_at:%Y-%m-%d %H:%M}"


class ColumnMapping(models.Model):
    """Which column of a theater's table is what, remembered for tables with the same headers in any order."""

    theater = models.ForeignKey(Theater, models.CASCADE, related_name="column_mappings")
    headers = models.CharField(max_length=500, help_text="The folded headers, sorted.")
    columns = models.JSONField(help_text="Field → header.")

    class Meta:
        constraints = [
            models.UniqueConstraint("theater", "headers", name="one_mapping_per_theater_and_headers")
        ]

    def __str__(self) -> str:
        return f"{self.theater}: {self.headers}"
