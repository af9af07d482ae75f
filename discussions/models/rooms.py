"""A live room, its run-sheet, who may lead it, and what they did."""

from __future__ import annotations

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
    class FollowUp(models.TextChoices):
        SILENT = "silent", "if the room is silent"
        HEATED = "heated", "if it gets heated"

    class OnScreen(models.TextChoices):
        JOIN = "join", "how to join"
        STEP = "step", "the step"
        QUESTION = "question", "a question"
        POLL = "poll", "a poll"
        WORDS = "words", "the words of the close"
        SAID = "said", "what is said"

    class Phase(models.TextChoices):
        """`LIGHTS_UP` is the run-sheet, step by step."""

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
    step_began_at = models.DateTimeField(null=True, blank=True)
    follow_up = models.CharField(
        max_length=8,
        choices=FollowUp,
        blank=True,
        help_text="The follow-up of the step's prompt that is shown.",
    )
    late_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="The film runs later than listed by so much."
    )
    revision = models.PositiveIntegerField(
        default=0, help_text="Rises with every change that somebody could see."
    )
    arrivals = models.PositiveIntegerField(
        default=0,
        help_text="How many of its revisions were a phone coming in, which other phones do not see.",
    )
    opened_at = models.DateTimeField(default=timezone.now)
    lights_up_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_moderated = models.BooleanField(
        default=False, help_text="Somebody moderates: what phones send is seen once it was let through."
    )
    policy = models.CharField(
        max_length=300, blank=True, help_text="Who decides what is asked, in the host's words."
    )
    door_code = models.CharField(
        max_length=12, blank=True, help_text="Asked for on joining, if there is one."
    )
    captions_url = models.URLField(max_length=500, blank=True)
    screen_shows = models.CharField(max_length=10, choices=OnScreen, default=OnScreen.JOIN)
    screen_subject = models.BigIntegerField(
        null=True, blank=True, help_text="The question or poll that the big screen shows."
    )
    screen_shown_at = models.DateTimeField(
        null=True, blank=True, help_text="When a host last sent the big screen something: later words wait."
    )
    screen_blanked_at = models.DateTimeField(null=True, blank=True)
    words_may_leave = models.BooleanField(
        default=False, help_text="The joining page says that words written here may be read elsewhere."
    )
    theater_agreed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the theater's manager agreed that words may leave."
    )
    kept_days = models.PositiveSmallIntegerField(
        default=30, help_text="For so long after the evening answers are kept; 0: until the next morning."
    )
    erase_on = models.DateField(
        null=True, blank=True, help_text="On this day answers are erased; counts stay."
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="What is known of the room once its words are erased.")

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
    note = models.CharField(max_length=500, blank=True, help_text="To oneself: only hosts read it.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint("discussion", "position", name="one_step_per_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}"


class RoomKey(models.Model):
    """A link by which its holder leads a room without an account, in one role; it can be taken back."""

    class Role(models.TextChoices):
        HOST = "host", "host"
        CO_HOST = "co_host", "co-host"
        MODERATOR = "moderator", "moderator"
        SCRIBE = "scribe", "scribe"
        SCREEN = "screen", "big screen"

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="keys")
    role = models.CharField(max_length=10, choices=Role)
    name = models.CharField(
        max_length=80, blank=True, help_text="Whom it was made for, as the host wrote it."
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When its holder last had the room open.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.discussion_id}"


class RoomAct(models.Model):
    """One act of those who lead: what was so before and after, so that it can be undone. The log only grows."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="acts")
    client_key = models.UUIDField(
        null=True, blank=True, help_text="Made up by the phone that acts: sent twice, it is one act."
    )
    kind = models.CharField(max_length=24)
    by = models.CharField(max_length=100, help_text="The role that acted, and its holder's name where known.")
    subject_kind = models.CharField(max_length=16, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["discussion", "-id"], name="room_acts_newest_first")]
        constraints = [models.UniqueConstraint("discussion", "client_key", name="one_act_per_key_of_a_phone")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.discussion_id}"


class SaidLine(models.Model):
    """One line of what somebody said in the room, typed by a scribe."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="said")
    client_key = models.UUIDField()
    speaker = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=280)
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint("discussion", "client_key", name="a_line_is_said_once"),
            models.CheckConstraint(condition=~Q(text=""), name="a_line_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
