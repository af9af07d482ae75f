"""Who means to come, and who wants a film to come to them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Sum, When
from django.utils import timezone

from .films import Film
from .listing import Screening
from .places import City


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def going(self) -> RsvpQuerySet:
        return self.filter(state=Rsvp.State.GOING)

    def holding_a_seat(self, now: dt.datetime) -> RsvpQuerySet:
        """Who takes a place: those who go, the pending whose 30 minutes are not over, and those on the waiting list
        to whom a place is offered just now."""
        return self.filter(
            Q(state=Rsvp.State.GOING)
            | Q(state=Rsvp.State.PENDING, held_until__gt=now)
            | Q(state=Rsvp.State.WAITING, offered_until__gt=now)
        )

    def seats(self) -> int:
        """How many places these take: the party's; those that are offered, where some are."""
        held = Case(When(offered_seats__isnull=False, then=F("offered_seats")), default=F("party_size"))
        return self.aggregate(seats=Sum(held))["seats"] or 0

    def in_line(self) -> RsvpQuerySet:
        """Those on the waiting list, in their turn."""
        return self.filter(state=Rsvp.State.WAITING).order_by("queued_at", "pk")


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
    queued_at = models.DateTimeField(null=True, blank=True, help_text="Since when they are in line.")
    offered_seats = models.PositiveSmallIntegerField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True, help_text="Until when a place is offered.")
    unanswered = models.PositiveSmallIntegerField(default=0, help_text="Offers that ran out.")
    wants_all = models.BooleanField(default=False, help_text="They wait until the whole party has room.")
    name = models.CharField(max_length=60, blank=True, help_text="For the list at the door.")
    access_needs = models.CharField(
        max_length=300, blank=True, help_text="Told to the theater, with consent; erased after the showing."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    agreed_to = models.JSONField(
        default=dict, blank=True, help_text="What was so of the showing when they confirmed."
    )
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[RsvpQuerySet] = RsvpQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "screening", name="one_rsvp_per_person_and_screening"),
            models.CheckConstraint(condition=Q(party_size__gte=1), name="an_rsvp_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(offered_seats__isnull=True, offered_until__isnull=True)
                | Q(offered_seats__gte=1, offered_until__isnull=False, state="waiting"),
                name="a_place_is_offered_to_who_waits",
            ),
            models.CheckConstraint(
                condition=Q(offered_seats__isnull=True) | Q(offered_seats__lte=F("party_size")),
                name="no_more_is_offered_than_was_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="who_waits_is_in_line"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="rsvp_by_age")]

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
        indexes = [models.Index(fields=["created_at"], name="city_request_by_age")]

    def __str__(self) -> str:
        return f"{self.film} in {self.city}"
