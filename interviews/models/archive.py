"""Interviews as they were published, their sources and turns, and the excerpts cut from them.

All offsets are Unicode code points into a source's visible text.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.trail import keep_history
from screenings.models import Film


class RightToQuote(models.TextChoices):
    """On what ground words may be quoted."""

    OWN = "own", "our own interview"
    PERMISSION = "permission", "permission given"
    LICENCE = "licence", "published under a licence"
    QUOTATION = "quotation", "quotation with commentary"


class Interview(models.Model):
    """A published conversation: where, when and by whom, and on what right it may be quoted."""

    film = models.ForeignKey(Film, models.PROTECT, related_name="interviews")
    title = models.CharField(max_length=300)
    publication = models.CharField(max_length=160)
    byline = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=12, default="en")
    right = models.CharField(max_length=12, choices=RightToQuote, blank=True)
    right_note = models.TextField(
        blank=True, help_text="From whom and when, which licence, or the rationale."
    )
    right_given_on = models.DateField(null=True, blank=True, help_text="When the permission was given.")
    right_until = models.DateField(null=True, blank=True, help_text="The last day of the permission.")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["published_on", "id"]

    def __str__(self) -> str:
        return f"{self.publication}: {self.title}"


class Source(models.Model):
    """The bytes of an interview exactly as imported, and the one frozen visible text of them."""

    class Format(models.TextChoices):
        TXT = "txt", "plain text"
        HTML = "html", "web page"
        MD = "md", "Markdown"
        VTT = "vtt", "WebVTT"
        SRT = "srt", "SubRip"
        DOCX = "docx", "Word document"
        PDF = "pdf", "PDF"

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="sources")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(max_length=4, choices=Format)
    encoding = models.CharField(max_length=20, blank=True)
    filename = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    visible_text = models.TextField()
    source_map = models.JSONField(
        default=list, help_text="Runs [visible start, source start, length]; empty where both are the same."
    )
    asides = models.JSONField(
        default=list,
        help_text="What is in no turn: [start, end, kind, …], as read, then as corrected.",
    )
    retrieved_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        constraints = [models.UniqueConstraint("interview", "sha256", name="a_source_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.interview} ({self.format}, {self.sha256[:8]})"


class Span(models.Model):
    """Segments of a source's visible text: `[[start, end], …]`, half open, in order."""

    segments = models.JSONField(default=list)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Turn(Span):
    """One speaker's uninterrupted speech, proposed by the reader and corrected by people."""

    class Kind(models.TextChoices):
        QUESTION = "question", "question"
        ANSWER = "answer", "answer"
        NARRATION = "narration", "narration"

    source = models.ForeignKey(Source, models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    speaker = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(default=1.0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint("source", "position", name="one_turn_per_position"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_turn_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or self.kind} [{self.start}:{self.end}]"


class Quotation(Span):
    """Somebody's words inside narration."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="quotations")
    position = models.PositiveIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(default=1.0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint("source", "position", name="one_quotation_per_position"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_quotation_has_words"),
        ]

    def __str__(self) -> str:
        return f"“{self.speaker}” [{self.start}:{self.end}]"


class Excerpt(Span):
    """Words chosen from a source. It points at the source, so splitting and joining turns cannot move it.

    `exact` is what is shown: the segments' words, with “ […] ” where something between two is left out and an editor's
    words in brackets where `insertions` (`[[place, words], …]`, places in the visible text) put them. `prefix` and
    `suffix` are the 32 code points before and after all of it, as in a W3C TextQuoteSelector. `note` is the editor's,
    beside a mistake of the source. A `right` of its own goes before the interview's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="excerpts")
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    insertions = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    speaker = models.CharField(max_length=120)
    right = models.CharField(max_length=12, choices=RightToQuote, blank=True)
    right_note = models.TextField(blank=True)
    right_given_on = models.DateField(null=True, blank=True)
    right_until = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    history = keep_history()

    class Meta:
        ordering = ["source", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="an_excerpt_has_words"),
            models.CheckConstraint(condition=~Q(exact=""), name="an_excerpt_is_never_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: “{self.exact[:60]}”"
