"""What a theater's own systems bring: their token, the ids they know showings by, the answers they were given."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.tokens import Token, Tokens
from accounts.trail import keep_history

from .listing import Screening
from .places import Theater


class TheaterToken(Token):
    """The key of one of a theater's systems. It is the theater's: it outlives the manager who made it."""

    class Scope(models.TextChoices):
        READ = "read", "Read: list the showings, try a week"
        PUBLISH = "publish", "Publish: change and cancel showings"

    KIND: ClassVar[str] = "theater"

    theater = models.ForeignKey(Theater, models.CASCADE, related_name="tokens")
    # As short as the trail's “the token “…”” needs it.
    name = models.CharField(max_length=24)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(  # type: ignore[assignment]
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Editable, so that the trail tells it.
    revoked_at = models.DateTimeField("revoked", null=True, blank=True)
    leaked_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was first sent in an address."
    )

    objects: ClassVar[Tokens] = Tokens.as_manager()  # type: ignore[assignment]
    history = keep_history()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "theater", "name", condition=models.Q(revoked_at=None), name="one_live_token_per_name"
            )
        ]

    @transaction.atomic
    def revoke(self, now: dt.datetime) -> bool:
        """As every token, and in the theater's trail."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.revoked_at:
            return False
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        return True


class OwnId(models.Model):
    """The id by which a theater's own system knows a showing: one for a showing, one showing for an id."""

    theater = models.ForeignKey(Theater, models.CASCADE, related_name="own_ids")
    value = models.CharField(max_length=64)
    screening = models.OneToOneField(Screening, models.CASCADE, related_name="own_id")

    class Meta:
        constraints = [
            models.UniqueConstraint("theater", "value", name="one_showing_per_own_id"),
            models.CheckConstraint(condition=~models.Q(value=""), name="an_own_id_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.value


class KeptAnswer(models.Model):
    """What a request with an `Idempotency-Key` was answered, kept a day: sent again, it gets the same and does nothing."""

    token = models.ForeignKey(TheaterToken, models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the method, the address and the body."
    )
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("token", "key", name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
