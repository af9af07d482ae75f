"""Person: anyone with an e-mail address. Managers and organizers sign in, attendees need not.

SignInAttempt: a code was asked for. The code itself is kept nowhere (see `sign_in.code_of`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """A person with this address. A password opens nothing here: codes and passkeys do (see `backend`)."""
        person = self.model(email=self.normalize_address(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def for_address(self, email: str, language: str = "en") -> Person:
        """The person of this address; for an address that we have not met a row is made, with `language` for our
        letters. Who is known keeps theirs."""
        address = self.normalize_address(email)
        person, created = self.get_or_create(email=address, defaults={"language": language})
        if created:
            person.set_unusable_password()
            person.save(update_fields=["password"])
        return person

    @staticmethod
    def normalize_address(email: str) -> str:
        """An address as we keep it: trimmed and in lower case, so that one person is one row."""
        return email.strip().lower()


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the address was proved theirs."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email


MOST_GUESSES = 5


class SignInAttemptQuerySet(models.QuerySet["SignInAttempt"]):
    def open(self) -> SignInAttemptQuerySet:
        """Neither used nor replaced by a newer code; perhaps expired."""
        return self.filter(consumed_at=None, superseded_at=None)

    def usable(self, now: dt.datetime) -> SignInAttemptQuerySet:
        """What a code may still be tried against at `now`."""
        return self.open().filter(expires_at__gt=now, guesses__lt=MOST_GUESSES)


class SignInAttempt(models.Model):
    """A code was asked for, for one address, in one browser. It opens one session, once, within minutes."""

    LIFETIME = dt.timedelta(minutes=10)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_attempts")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    consumed_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True, help_text="When a newer code was asked for.")
    guesses = models.PositiveSmallIntegerField(default=0)
    browser_hash = models.CharField(max_length=64, help_text="SHA-256 of the asking browser's key.")

    objects: ClassVar[SignInAttemptQuerySet] = SignInAttemptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["created_at"], name="sign_in_attempt_by_age")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="a_code_has_a_life"),
            models.CheckConstraint(condition=Q(guesses__lte=MOST_GUESSES), name="a_code_bears_five_guesses"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(consumed_at__isnull=True, superseded_at__isnull=True),
                name="one_open_code_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"a code for {self.person_id}, {self.created_at:%Y-%m-%d %H:%M}"
