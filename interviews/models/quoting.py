"""What becomes of quotes: a source that changed under one, somebody who asks for a change, and finding them by words."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from screenings.models import Film

from .archive import Excerpt, Source, Turn
from .guides import Guide


class Refinding(models.Model):
    """A source came in again with changes, and an excerpt's words do not stand in it as they were.

    The excerpt stays where it was cut until a person decides. `segments` and `exact` are the look-alike that is
    offered, empty where there is none; `alike` says how near it is, 0 to 100.
    """

    class State(models.TextChoices):
        OPEN = "open", "waits for a person"
        ACCEPTED = "accepted", "the new words were taken"
        KEPT = "kept", "the old words were kept"

    excerpt = models.ForeignKey(Excerpt, models.CASCADE, related_name="refindings")
    source = models.ForeignKey(Source, models.CASCADE, related_name="refindings")
    reason = models.CharField(max_length=200)
    segments = models.JSONField(default=list)
    insertions = models.JSONField(default=list)
    exact = models.TextField(blank=True)
    alike = models.FloatField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["source", "excerpt__start", "id"]
        constraints = [
            models.UniqueConstraint("excerpt", "source", name="an_excerpt_is_sought_once_in_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.excerpt} in {self.source}: {self.get_state_display()}"


class ChangeRequest(models.Model):
    """“Something wrong? Ask for a change”: somebody without an account asks the editors about a source they quote."""

    class Part(models.TextChoices):
        WRITER = "writer", "I wrote it"
        PUBLISHER = "publisher", "I publish it"
        SPEAKER = "speaker", "these are my words"
        READER = "reader", "I noticed something"

    class State(models.TextChoices):
        OPEN = "open", "waits for an answer"
        ANSWERED = "answered", "answered"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False, help_text="The form's own: sent twice, it is one.")
    source = models.ForeignKey(Source, models.CASCADE, related_name="change_requests")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="change_requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="change_requests"
    )
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=10, choices=Part)
    words = models.TextField(max_length=4000)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | Q(state="answered", answered_at__isnull=False),
                name="an_answer_has_its_hour",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} about {self.source.interview}"


class Posting(models.Model):
    """A turn says a lexeme, so many times: the index of the search over a film's interviews.

    The lexemes are our own (`lexemes`), so that every database finds the same.
    """

    film = models.ForeignKey(Film, models.CASCADE, related_name="+", db_index=False)
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="postings")
    lexeme = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField()
    length = models.PositiveIntegerField(help_text="How many lexemes the turn says in all.")

    class Meta:
        indexes = [models.Index(fields=["film", "lexeme"], name="posting_by_lexeme")]
        constraints = [models.UniqueConstraint("turn", "lexeme", name="a_lexeme_is_posted_once")]

    def __str__(self) -> str:
        return f"{self.lexeme} × {self.count} in {self.turn_id}"
