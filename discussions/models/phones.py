"""The phones in a room and what they send.

A participant is a random token and a made-up name: tied to no person, no address, no IP.
"""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .rooms import Discussion


def fold_name(name: str) -> str:
    """A name as it is compared: “ＡＭＢＥＲ  heron” is “Amber Heron” (NFKC, case folded, one space)."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Participant(models.Model):
    """A phone in a room."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, unique=True)
    pseudonym = models.CharField(max_length=40)
    folded_name = models.CharField(max_length=160, editable=False)
    joined_at = models.DateTimeField(default=timezone.now)
    film_ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When it said that the film has ended, because nobody else did."
    )
    muted_at = models.DateTimeField(null=True, blank=True)
    hand_raised_at = models.DateTimeField(null=True, blank=True)
    hand_called_at = models.DateTimeField(null=True, blank=True)
    marked_for = models.CharField(
        max_length=100, blank=True, help_text="What is odd about it, in words for hosts; it still counts."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("discussion", "folded_name", name="one_pseudonym_per_room"),
            models.CheckConstraint(
                condition=Q(hand_called_at__isnull=True) | Q(hand_raised_at__isnull=False),
                name="who_is_called_had_a_hand_up",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold_name(self.pseudonym)
        if "pseudonym" in (fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*fields, "folded_name"]
        super().save(*args, **kwargs)


class Sent(models.Model):
    """What a phone sends: the client's key makes a repeated request the same row."""

    client_key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Response(Sent):
    class Audience(models.TextChoices):
        ROOM = "room", "the room"
        ORGANIZER = "organizer", "the organizer only"

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="responses")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="responses")
    prompt_uuid = models.UUIDField()
    text = models.CharField(max_length=280)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ROOM)
    published_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the room could see it; never where a moderator has not let it through.",
    )
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("participant", "client_key", name="a_response_arrives_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Question(Sent):
    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        GROUPED = "grouped", "grouped with others"
        BEING_ANSWERED = "being_answered", "being answered"
        ANSWERED = "answered", "answered"
        SET_ASIDE = "set_aside", "set aside"
        SENT_ON = "sent_on", "sent to the filmmaker"

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="questions")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="questions"
    )
    text = models.CharField(max_length=280)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    grouped_under = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="grouped")
    reply_key = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        help_text="By which the ledger knows where the reply by mail goes.",
    )
    is_from_card = models.BooleanField(default=False, help_text="Entered by the host from a paper card.")
    published_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the room could see it; never where a moderator has not let it through.",
    )
    pinned_at = models.DateTimeField(null=True, blank=True)
    state_since = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("participant", "client_key", name="a_question_arrives_once"),
            models.CheckConstraint(
                condition=~Q(grouped_under=F("id")), name="a_question_is_not_grouped_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Vote(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("question", "participant", name="one_vote_per_phone")]

    def __str__(self) -> str:
        return f"{self.participant_id} for {self.question_id}"


class Poll(models.Model):
    class Kind(models.TextChoices):
        ONE = "one", "one choice"
        SEVERAL = "several", "several choices"
        WORD = "word", "one word"

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="polls")
    question = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ONE)
    options = models.JSONField(default=list)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.question


class PollAnswer(Sent):
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="poll_answers")
    choices = models.JSONField(default=list)
    hidden_at = models.DateTimeField(
        null=True, blank=True, help_text="A word that a host has taken off the wall; it still counts."
    )

    class Meta:
        constraints = [models.UniqueConstraint("poll", "participant", name="one_poll_answer_per_phone")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.choices}"


class Report(models.Model):
    """A phone says that something should not stand here. Two reports hide it where nobody moderates."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="reports")
    response = models.ForeignKey(Response, models.CASCADE, null=True, blank=True, related_name="reports")
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="reports")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(response__isnull=False, question__isnull=True)
                | Q(response__isnull=True, question__isnull=False),
                name="a_report_is_about_one_thing",
            ),
            models.UniqueConstraint("participant", "response", name="one_report_of_a_response_per_phone"),
            models.UniqueConstraint("participant", "question", name="one_report_of_a_question_per_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} on {self.response_id or self.question_id}"
