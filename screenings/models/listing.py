"""The listing: engagements and their showings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.trail import keep_history
from common.local_time import get_zone
from common.short_codes import new_code

from ..labels import LabelsField
from .films import Film
from .places import City, Screen, Theater, zone_name

# A showing whose running time is unknown is held to last this long: enough to keep silent by, never shown.
UNKNOWN_RUNNING_MINUTES = 120


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def current(self, on: dt.date) -> EngagementQuerySet:
        """Booked on or after the day `on`: not closed yet."""
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=on))

    def for_listing(self) -> EngagementQuerySet:
        return self.select_related("film", "theater__city")


class Engagement(models.Model):
    """A film's booking at a theater, from its opening to its closing day."""

    film = models.ForeignKey(Film, models.PROTECT, related_name="engagements")
    theater = models.ForeignKey(Theater, models.PROTECT, related_name="engagements")
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    listings_url = models.URLField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[EngagementQuerySet] = EngagementQuerySet.as_manager()  # type: ignore[assignment]
    history = keep_history()

    class Meta:
        ordering = ["opens_on"]
        constraints = [
            models.UniqueConstraint("film", "theater", "opens_on", name="one_engagement_per_opening"),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="engagement_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film} at {self.theater}"


def _seats_taken() -> Case:
    """Seats of those who go and of those to whom a place is offered, where seats are kept here; else None."""
    rsvps = apps.get_model("screenings", "Rsvp").objects.filter(screening=OuterRef("pk"))
    taking = rsvps.filter(Q(state="going") | Q(offered_seats__isnull=False)).order_by().values("screening")
    seats = taking.annotate(seats=Sum(Coalesce("offered_seats", "party_size"))).values("seats")
    counted = When(entry="reserved", capacity__isnull=False, then=Coalesce(Subquery(seats), 0))
    return Case(counted, output_field=models.IntegerField())


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def published(self) -> ScreeningQuerySet:
        """What the public may see: scheduled, and cancelled in words."""
        return self.exclude(status=Screening.Status.DRAFT)

    def scheduled(self) -> ScreeningQuerySet:
        return self.filter(status=Screening.Status.SCHEDULED)

    def upcoming(self, now: dt.datetime) -> ScreeningQuerySet:
        """Not over yet at the instant `now`: a showing that runs is still tonight's."""
        return self.filter(ends_at__gt=now)

    def in_city(self, city: City) -> ScreeningQuerySet:
        return self.filter(engagement__theater__city=city)

    def labelled(self, code: str) -> ScreeningQuerySet:
        return self.filter(labels__contains=f" {code} ")

    def for_listing(self) -> ScreeningQuerySet:
        """With all that a page says of each, whether it is full (`is_full`) too: one query."""
        read = self.select_related("engagement__film", "engagement__theater__city", "screen")
        return read.annotate(seats_taken=_seats_taken()).order_by("starts_at", "id")


class Screening(models.Model):
    """One showing. The wall time is what the manager means; UTC is what machines use."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        SCHEDULED = "scheduled", "scheduled"
        CANCELLED = "cancelled", "cancelled"

    class Entry(models.TextChoices):
        """How one gets in."""

        TICKETS = "tickets", "tickets elsewhere"
        RESERVED = "reserved", "free, with a reserved seat"
        OPEN = "open", "just come"

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="screenings")
    screen = models.ForeignKey(Screen, models.SET_NULL, null=True, blank=True, related_name="screenings")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    wall_time = models.CharField(max_length=16, help_text="YYYY-MM-DDTHH:MM on the theater's clock.")
    fold = models.PositiveSmallIntegerField(default=0)
    moved_from = models.CharField(
        max_length=16, blank=True, help_text="The wall time as first published, where it was moved since."
    )
    zone = models.CharField(max_length=64, validators=[zone_name])
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    night = models.DateField(db_index=True, help_text="The business date it files under.")
    labels: models.Field[Iterable[str], tuple[str, ...]] = LabelsField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    cancel_reason = models.CharField(max_length=200, blank=True)
    sold_out = models.BooleanField(default=False)
    entry = models.CharField(max_length=10, choices=Entry, default=Entry.TICKETS)
    ticket_url = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField(
        null=True, blank=True, help_text="Seats, where they are reserved here."
    )
    same_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The record that stands, where one showing was listed twice.",
    )
    revision = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the theater last said so.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ScreeningQuerySet] = ScreeningQuerySet.as_manager()  # type: ignore[assignment]
    history = keep_history()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["night", "status"])]
        constraints = [
            models.UniqueConstraint(
                "engagement",
                "starts_at",
                Coalesce("screen", 0),
                condition=Q(status="scheduled"),
                name="one_live_screening_per_start_and_screen",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="screening_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(fold__lte=1), name="screening_fold_is_0_or_1"),
            models.CheckConstraint(
                condition=Q(entry="reserved") | Q(capacity__isnull=True),
                name="only_reserved_seats_are_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement.film}, {self.wall_time.replace('T', ' ')}, {self.engagement.theater}"

    @property
    def film(self) -> Film:
        return self.engagement.film

    @property
    def theater(self) -> Theater:
        return self.engagement.theater

    @property
    def local_start(self) -> dt.datetime:
        """The start on the theater's clock, aware."""
        return self.starts_at.astimezone(get_zone(self.zone))

    @property
    def listed_start(self) -> dt.datetime | None:
        """The start that the showing was first listed for, on the theater's clock, where it starts at another now."""
        if not self.moved_from:
            return None
        return dt.datetime.fromisoformat(self.moved_from).replace(tzinfo=get_zone(self.zone))

    @property
    def is_full(self) -> bool:
        """Whether every seat kept here is taken, as of when this was read `for_listing()`."""
        taken = getattr(self, "seats_taken", None)
        return taken is not None and self.capacity is not None and taken >= self.capacity

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_after_midnight(self) -> bool:
        """Whether the showing's date is the day after its night."""
        return self.local_start.date() != self.night
