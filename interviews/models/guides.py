"""Guides: the draft that is arranged, and the versions that are published and never change."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.trail import keep_history
from common.short_codes import new_code
from screenings.models import Engagement, Film, Screening

from .archive import Excerpt


class Guide(models.Model):
    """A draft: an arrangement of sections. What is published is a `GuideVersion` of it."""

    keeper_role = "owner"

    film = models.ForeignKey(Film, models.PROTECT, related_name="guides")
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    language = models.CharField(max_length=12, default="en")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="guides"
    )
    adapted_from = models.ForeignKey(
        "GuideVersion", models.PROTECT, null=True, blank=True, related_name="adaptations"
    )
    is_films_own = models.BooleanField("by the film’s team", default=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    history = keep_history()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_films_own=False) | Q(adapted_from__isnull=True),
                name="a_copy_is_not_the_films_own",
            )
        ]

    def __str__(self) -> str:
        return self.title


class GuideSection(models.Model):
    class Kind(models.TextChoices):
        """In the order that a guide is read."""

        GLANCE = "glance", "At a glance"
        WELCOME = "welcome", "Welcome"
        INVITATION = "invitation", "An invitation"
        ABOUT_FILM = "about_film", "About the film"
        FILMMAKER = "filmmaker", "In the filmmaker’s words"
        CONTENT_NOTE = "content_note", "Before you watch"
        BACKGROUND = "background", "Background"
        PEOPLE = "people", "People"
        AGREEMENTS = "agreements", "What we agree on"
        BEFORE = "before", "Before the film"
        AFTER = "after", "After the film"
        EXCERPTS = "excerpts", "More from the interviews"
        ACTION = "action", "Take action"
        RESOURCES = "resources", "Resources"
        CREDITS = "credits", "Credits"

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=16, choices=Kind)
    heading = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("guide", "kind", name="one_section_of_a_kind")]

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()


class Prompt(models.Model):
    """One question for a group. Its UUID survives editing and publishing.

    `tip` and `follow_up` are for who leads; attendees read neither, nor `if_silent` and `if_heated`.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", "before the film"
        OPENING = "opening", "opening"
        DEEPENING = "deepening", "deepening"
        CLOSING = "closing", "closing"
        ACTION = "action", "action"

    class Sensitivity(models.TextChoices):
        EASY = "easy", "easy to answer"
        PERSONAL = "personal", "personal"
        TENDER = "tender", "may hurt: nobody has to answer"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="prompts")
    question = models.CharField(max_length=400)
    moment = models.CharField(max_length=10, choices=Moment, default=Moment.OPENING)
    minutes = models.PositiveSmallIntegerField(default=5)
    group_size = models.PositiveSmallIntegerField(default=0, help_text="0: the whole room; 2: pairs.")
    sensitivity = models.CharField(max_length=8, choices=Sensitivity, default=Sensitivity.EASY)
    if_silent = models.CharField(max_length=400, blank=True)
    if_heated = models.CharField(max_length=400, blank=True)
    follow_up = models.CharField(max_length=400, blank=True)
    tip = models.CharField(max_length=400, blank=True)
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, null=True, blank=True, related_name="prompts")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="a_prompt_takes_time")]

    def __str__(self) -> str:
        return self.question


class Block(models.Model):
    """One thing in a section: text, an excerpt, a prompt, an action, or a tip for who leads, which attendees do not see.

    `revision` rises with every change of what it holds: who writes over another one's words is told.
    """

    class Kind(models.TextChoices):
        TEXT = "text", "text"
        EXCERPT = "excerpt", "excerpt"
        PROMPT = "prompt", "prompt"
        ACTION = "action", "action"
        TIP = "tip", "tip for who leads"

    section = models.ForeignKey(GuideSection, models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, null=True, blank=True, related_name="blocks")
    prompt = models.OneToOneField(Prompt, models.CASCADE, null=True, blank=True, related_name="block")
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="excerpt", excerpt__isnull=False, prompt__isnull=True)
                | Q(kind="prompt", prompt__isnull=False, excerpt__isnull=True)
                | (
                    Q(kind__in=["text", "action", "tip"], excerpt__isnull=True, prompt__isnull=True)
                    & ~Q(text="")
                ),
                name="a_block_holds_what_it_says",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"


class GuideVersion(models.Model):
    """A published guide: content frozen as JSON and numbered. It never changes.

    `excerpts` are the rows of what its content quotes, so that a withdrawal finds every version.
    """

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    excerpts = models.ManyToManyField(Excerpt, related_name="versions", editable=False)
    changelog = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["guide", "-number"]
        constraints = [models.UniqueConstraint("guide", "number", name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.guide}, version {self.number}"


class GuideChoice(models.Model):
    """Which guide a film, an engagement or a screening offers; the most specific wins."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="choices")
    film = models.OneToOneField(Film, models.CASCADE, null=True, blank=True, related_name="guide_choice")
    engagement = models.OneToOneField(
        Engagement, models.CASCADE, null=True, blank=True, related_name="guide_choice"
    )
    screening = models.OneToOneField(
        Screening, models.CASCADE, null=True, blank=True, related_name="guide_choice"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(film__isnull=False, engagement__isnull=True, screening__isnull=True)
                | Q(film__isnull=True, engagement__isnull=False, screening__isnull=True)
                | Q(film__isnull=True, engagement__isnull=True, screening__isnull=False),
                name="a_guide_is_chosen_for_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guide} for {self.film or self.engagement or self.screening}"
