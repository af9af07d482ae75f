"""Person: anyone with an e-mail address. Managers and organizers sign in, attendees need not."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """A person with this address; without a password nobody can sign in with one."""
        person = self.model(email=self.normalize_address(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def for_address(self, email: str) -> Person:
        """The person of this address; a row is made for an address that we have not met."""
        address = self.normalize_address(email)
        person, created = self.get_or_create(email=address)
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
