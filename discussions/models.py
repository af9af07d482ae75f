"""A live room, its run-sheet, the phones in it and what they send.

A participant is a random token and a made-up name: tied to no person, no address, no IP.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.short_codes import new_code
from interviews.models import GuideVersion
from screenings.models import Screening


def new_room_code() -> str:
    """Six characters: read from the last row, typed with one thumb."""
    return new_code(6)


class Discussion(models.Model):
    class Phase(models.TextChoices):
        LOBBY = "lobby", "in the lobby"
        FILM = "film", "the film is running"
        LIGHTS_UP = "lights_up", "lights up"
        CLOSING = "closing", "closing"
        CLOSED = "closed", "closed"

    code = models.CharField(max_length=12, unique=True, default=new_room_code, editable=False)
    guide_version = models.ForeignKey(GuideVersion, models.PROTECT, related_name="discussions")
    screening = models.ForeignKey(
        Screening, models.SET_NULL, null=True, blank=True, related_name="discussions"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="discussions"
    )
    title = models.CharField(max_length=200)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.LOBBY)
    step = models.PositiveSmallIntegerField(default=0, help_text="The run-sheet's step that the room is at.")
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    lights_up_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(
        null=True, blank=True, help_text="On this day answers are erased; counts stay."
    )

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                "screening",
                condition=Q(screening__isnull=False) & ~Q(phase="closed"),
                name="one_open_room_per_screening",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="a_room_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class RunSheetStep(models.Model):
    class Kind(models.TextChoices):
        REFLECTION = "reflection", "silent reflection"
        AGREEMENTS = "agreements", "agreements"
        PAIRS = "pairs", "in pairs"
        PROMPT = "prompt", "prompt"
        QUESTIONS = "questions", "questions from the room"
        ACTION = "action", "take action"
        CLOSE = "close", "one word to close"

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    prompt_uuid = models.UUIDField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint("discussion", "position", name="one_step_per_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}"


class Participant(models.Model):
    """A phone in a room."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, unique=True)
    pseudonym = models.CharField(max_length=40)
    joined_at = models.DateTimeField(default=timezone.now)
    muted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("discussion", "pseudonym", name="one_pseudonym_per_room")]

    def __str__(self) -> str:
        return self.pseudonym


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
    reply_key = models.UUIDField(null=True, blank=True, unique=True)
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

    class Meta:
        constraints = [models.UniqueConstraint("poll", "participant", name="one_poll_answer_per_phone")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.choices}"
