"""Places: cities from the gazetteer, theaters in them, and their screens."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.trail import keep_history
from common.local_time import get_zone


def zone_name(value: str) -> None:
    """Validator: an IANA zone name."""
    get_zone(value)


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
    keeper_role = "manager"

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

    history = keep_history()

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
