"""What comes after the evening: the page that stays a while, the filmmaker's answers, what people wrote back, what one
city may read of another, and rooms that travel."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from interviews.models import Guide

from .phones import Question, Response
from .rooms import Discussion, RoomKey


class AfterPage(models.Model):
    """A room's page after the evening: who may read it is the host's to say. Without a row nobody may."""

    class Readers(models.TextChoices):
        ALL = "all", "everybody"
        ROOM = "room", "those who were there"

    discussion = models.OneToOneField(Discussion, models.CASCADE, related_name="after_page")
    readers = models.CharField(max_length=8, choices=Readers)
    opened_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.discussion_id} for {self.get_readers_display()}"


class FilmmakerLink(models.Model):
    """A link by which a filmmaker answers what a room did not reach, without an account; it can be taken back."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="filmmaker_links")
    name = models.CharField(max_length=80, help_text="Who answers: it stands below the answers.")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} for {self.discussion_id}"


class FilmmakerAnswer(models.Model):
    """One wording of the answer to a question. The newest counts; what stood before is kept: nothing is written over."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="filmmaker_answers")
    link = models.ForeignKey(FilmmakerLink, models.SET_NULL, null=True, blank=True, related_name="answers")
    revision = models.PositiveIntegerField()
    text = models.CharField(max_length=2000, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    approved_at = models.DateTimeField(null=True, blank=True, help_text="When the host let it through.")

    class Meta:
        ordering = ["question", "revision"]
        constraints = [
            models.UniqueConstraint("question", "revision", name="one_wording_per_revision"),
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(text=""), name="nothing_is_not_approved"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class FollowUpReply(models.Model):
    """What somebody wrote back to a question that came by mail after the film; read once a host let it through."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="follow_up_replies")
    mark = models.CharField(
        max_length=64, help_text="A keyed hash of the mail that asked: one reply to each, and no name."
    )
    step = models.CharField(max_length=24, help_text="Which of the mails after the film asked.")
    question = models.CharField(max_length=500, help_text="What was asked, as it stood in the mail.")
    text = models.CharField(max_length=600)
    sent_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [models.UniqueConstraint("discussion", "mark", name="one_reply_to_each_mail")]

    def __str__(self) -> str:
        return self.text[:60]


class CityBatch(models.Model):
    """A room's answers to a prompt as other cities may read them: whole or not at all, and never another set."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="city_batches")
    prompt_uuid = models.UUIDField()
    phones = models.PositiveIntegerField(help_text="How many phones wrote what is in it: ten at least.")
    size = models.PositiveIntegerField(help_text="How many answers were in it when it was made.")
    texts = models.JSONField(
        default=list, help_text="The words as they may be read, without names; their order tells nothing."
    )
    answers = models.ManyToManyField(Response, related_name="city_batches")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("discussion", "prompt_uuid", name="a_rooms_answers_leave_once"),
            models.CheckConstraint(condition=Q(phones__gte=10), name="a_batch_is_of_ten_phones"),
        ]

    def __str__(self) -> str:
        return f"{self.size} answers of {self.discussion_id}"


class Tour(models.Model):
    """Rooms made in one act for showings of a film, with one guide."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="tours")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tours")
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class TourStop(models.Model):
    """One room of a tour, and the link of its host. The link's token is made from `nonce` with the house's own key,
    so that the host's sheet can be printed again."""

    tour = models.ForeignKey(Tour, models.CASCADE, related_name="stops")
    discussion = models.OneToOneField(Discussion, models.CASCADE, related_name="tour_stop")
    key = models.OneToOneField(RoomKey, models.CASCADE, related_name="tour_stop")
    nonce = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"{self.discussion_id} of {self.tour_id}"
