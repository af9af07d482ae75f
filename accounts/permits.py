"""Fetching and permitting are one act: what every app's `permits.py` stands on.

A thing that a person has no part in is 404 to them. What they may see and not do is refused in words.
"""

from __future__ import annotations

import rules
from django.core.exceptions import PermissionDenied
from django.db import models

from .models import Person


class Refused(PermissionDenied):
    """The person may see the thing, not do this with it. The message is a sentence for them."""


def permit(person: Person, permission: str, thing: models.Model, otherwise: str) -> None:
    """Pass where the named rule allows `person` this; else raise Refused with the sentence `otherwise`."""
    if not rules.has_perm(permission, person, thing):
        raise Refused(otherwise)
