"""The listing's nouns: films, cities, theaters, engagements, screenings; and who means to come."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.local_time import get_zone
from common.short_codes import new_code

from .labels import LabelsField

# A showing whose running time is unknown is held to last this long: enough to keep silent by, never shown.
UNKNOWN_RUNNING_MINUTES = 120


def zone_name(value: str) -> None:
    """Validator: an IANA zone name."""
    get_zone(value)


class Film(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    running_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1500)]
    )
    languages = models.CharField(max_length=120, blank=True, help_text="In words: English, Mandarin.")
    synopsis = models.TextField(blank=True)
    content_notes = models.TextField(blank=True)
    website = models.URLField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class FilmCredit(models.Model):
    """One person of a film, by name: director, producer, subject."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="credits")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=60, default="director")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("film", "name", "role", name="one_credit_per_name_and_role")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class FilmAlias(models.Model):
    """Another title that means this film; kept folded so that one title never means two films."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="aliases")
    title = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.title


class City(models.Model):
    """A place from the gazetteer (GeoNames, CC BY 4.0)."""

    geoname_id = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=120, db_index=True)
    slug = models.SlugField(max_length=140, unique=True)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=12, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    zone = models.CharField(max_length=64, validators=[zone_name])
    population = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "cities"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="city_is_on_earth"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tzinfo(self) -> ZoneInfo:
        return get_zone(self.zone)


class Stated(models.TextChoices):
    """What a theater says of its access. Silence is not a no."""

    YES = "yes", "yes"
    NO = "no", "no"
    NOT_STATED = "", "not stated"


class Theater(models.Model):
    FRIDAY = 4

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=140, unique=True)
    city = models.ForeignKey(City, models.PROTECT, related_name="theaters")
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=16, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    zone = models.CharField(max_length=64, validators=[zone_name])
    locale = models.CharField(max_length=12, default="en-US")
    play_week_start = models.PositiveSmallIntegerField(
        default=FRIDAY, help_text="0 Monday … 6 Sunday; Friday in most of the trade."
    )
    usual_from = models.TimeField(default=dt.time(10, 0))
    usual_until = models.TimeField(default=dt.time(23, 59))
    turnaround_minutes = models.PositiveSmallIntegerField(default=20)
    trailer_minutes = models.PositiveSmallIntegerField(default=10)
    hearing_loop = models.CharField(max_length=3, choices=Stated, blank=True, default=Stated.NOT_STATED)
    caption_devices = models.CharField(max_length=3, choices=Stated, blank=True, default=Stated.NOT_STATED)
    step_free = models.CharField(max_length=3, choices=Stated, blank=True, default=Stated.NOT_STATED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(play_week_start__lte=6), name="play_week_starts_on_a_weekday")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tzinfo(self) -> ZoneInfo:
        return get_zone(self.zone)


class Screen(models.Model):
    theater = models.ForeignKey(Theater, models.CASCADE, related_name="screens")
    name = models.CharField(max_length=60)
    seats = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("theater", "name", name="one_screen_per_name")]

    def __str__(self) -> str:
        return self.name


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
        return self.select_related("engagement__film", "engagement__theater__city", "screen").order_by(
            "starts_at", "id"
        )


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
    zone = models.CharField(max_length=64, validators=[zone_name])
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    night = models.DateField(db_index=True, help_text="The business date it files under.")
    labels = LabelsField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    cancel_reason = models.CharField(max_length=200, blank=True)
    sold_out = models.BooleanField(default=False)
    entry = models.CharField(max_length=10, choices=Entry, default=Entry.TICKETS)
    ticket_url = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField(
        null=True, blank=True, help_text="Seats, where they are reserved here."
    )
    revision = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the theater last said so.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ScreeningQuerySet] = ScreeningQuerySet.as_manager()  # type: ignore[assignment]

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
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_after_midnight(self) -> bool:
        """Whether the showing's date is the day after its night."""
        return self.local_start.date() != self.night


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def going(self) -> RsvpQuerySet:
        return self.filter(state=Rsvp.State.GOING)

    def holding_a_seat(self, now: dt.datetime) -> RsvpQuerySet:
        """Who takes a place: those who go, and the pending whose 30 minutes are not over."""
        return self.filter(Q(state=Rsvp.State.GOING) | Q(state=Rsvp.State.PENDING, held_until__gt=now))


class Rsvp(models.Model):
    """A person means to come. Pending until the address is proved; then going, or waiting for a place."""

    class State(models.TextChoices):
        PENDING = "pending", "not confirmed yet"
        GOING = "going", "going"
        WAITING = "waiting", "on the waiting list"
        WITHDRAWN = "withdrawn", "not coming"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    screening = models.ForeignKey(Screening, models.CASCADE, related_name="rsvps")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    wants_reminders = models.BooleanField(default=True)
    wants_prompts = models.BooleanField(default=False)
    party_size = models.PositiveSmallIntegerField(default=1)
    held_until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[RsvpQuerySet] = RsvpQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "screening", name="one_rsvp_per_person_and_screening"),
            models.CheckConstraint(condition=Q(party_size__gte=1), name="an_rsvp_is_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.screening_id} ({self.state})"


class CityRequest(models.Model):
    """“Bring it here”: from a person with an address, or from a device without one; each counts once."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="city_requests")
    city = models.ForeignKey(City, models.CASCADE, related_name="requests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="city_requests"
    )
    device_key = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "film", "city", "person", condition=Q(person__isnull=False), name="one_request_per_person"
            ),
            models.UniqueConstraint(
                "film", "city", "device_key", condition=~Q(device_key=""), name="one_request_per_device"
            ),
            models.CheckConstraint(
                condition=(Q(person__isnull=False) & Q(device_key=""))
                | (Q(person__isnull=True) & ~Q(device_key="")),
                name="a_request_comes_from_a_person_or_a_device",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film} in {self.city}"
