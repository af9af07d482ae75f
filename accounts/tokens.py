"""Tokens of programs: what a person gives a program so that it may act for them, or for a team.

A token is shown once, when it is made. What is kept is its SHA-256 (a token has 256 random bits: there is nothing to
guess, so nothing slows the hash down) and a mask by which its owner knows it again. The tables live with what a token
opens; this is the shape that they share.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# Whoever finds one in a file or a log sees whose it is; scanners of secrets look for such beginnings.
PREFIX = "hl_"
_TOKEN = re.compile(rf"{PREFIX}[a-z]+_[A-Za-z0-9_-]{{43}}")
# How old the note of a last use may be before it is written again.
_NOTED_EVERY = dt.timedelta(minutes=10)


def make_token(kind: str) -> str:
    """A new token with 256 random bits: `hl_guides_…`. `kind` is one word of what it opens, in small letters."""
    return f"{PREFIX}{kind}_{secrets.token_urlsafe(32)}"


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def mask_token(token: str) -> str:
    """How a token is shown after its first time: its beginning and its last four letters."""
    head, _, secret = token.removeprefix(PREFIX).partition("_")
    return f"{PREFIX}{head}_…{secret[-4:]}"


def token_in(authorization: str) -> str | None:
    """The token in an Authorization header (RFC 6750: `Bearer …`); None where there is none of ours."""
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and _TOKEN.fullmatch(token) else None


def tokens_in_address(address: str) -> list[str]:
    """Every token of ours that stands in an address, where none belongs: addresses are kept in logs."""
    return _TOKEN.findall(address)


class Tokens(models.QuerySet["Token"]):
    def live(self) -> Self:
        """Those that still open something."""
        return self.filter(revoked_at=None)

    def holding(self, token: str) -> Self:
        """The one row, at most, of this token while it is live."""
        return self.live().filter(token_hash=hash_token(token))


class Token(models.Model):
    """What is kept of a token. Subclasses add what it opens."""

    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    mask = models.CharField(max_length=40, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = Tokens.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} ({self.mask})"

    def revoke(self, now: dt.datetime) -> bool:
        """Close it for ever; False where it was closed before."""
        rows = type(self)._default_manager.filter(pk=self.pk, revoked_at=None)
        return bool(rows.update(revoked_at=now))

    def note_use(self, now: dt.datetime) -> None:
        """Note that it was used, at most once in ten minutes: a program that asks often writes seldom."""
        before = now - _NOTED_EVERY
        if self.used_at and self.used_at >= before:
            return
        rows = type(self)._default_manager.filter(pk=self.pk)
        rows.filter(Q(used_at=None) | Q(used_at__lt=before)).update(used_at=now)


def new_facts(kind: str, name: str) -> tuple[str, dict[str, str]]:
    """A new token, to be shown once, and what a `Token` row keeps of it."""
    token = make_token(kind)
    return token, {"name": name, "token_hash": hash_token(token), "mask": mask_token(token)}
