"""Addresses that are not written to any more: mail to them came back for good, or its reader called it spam.

Only an HMAC of the address is kept. What a mail provider tells (django-anymail's tracking events) is a row each, by the
event's own id, so that one told twice counts once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from functools import lru_cache

from anymail.signals import AnymailTrackingEvent, EventType
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from common.any_of import AnyOf

from .models import MailEvent, Suppression

SOFT_BOUNCES, COUNTED_OVER = 3, dt.timedelta(days=14)
IS_SUPPRESSED = "Mail to this address came back, or was called spam."
WHY = {
    MailEvent.Kind.HARD: Suppression.Reason.HARD_BOUNCE,
    MailEvent.Kind.COMPLAINT: Suppression.Reason.COMPLAINT,
    MailEvent.Kind.SOFT: Suppression.Reason.SOFT_BOUNCES,
}


def address_key(address: str) -> str:
    """What is kept of an address: 64 hex digits that only this house can make of it."""
    keyed = _hmac(settings.SECRET_KEY).copy()
    keyed.update(address.strip().lower().encode())
    return keyed.hexdigest()


@lru_cache(maxsize=4)
def _hmac(secret: str) -> hmac.HMAC:
    """An HMAC with our key in it and no message yet: its key is derived once, not for each address."""
    return salted_hmac("notices.suppression", "", secret=secret, algorithm="sha256")


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses` whose mail came back or was called spam: one query."""
    keys = {address_key(address): address for address in addresses}
    found = Suppression.objects.filter(address_key__in=keys, lifted_at=None).exclude(
        reason=Suppression.Reason.ERASED
    )
    return {keys[key] for key in found.values_list("address_key", flat=True)}


def closed_to(addresses: Mapping[str, dt.datetime | None]) -> set[str]:
    """Those of `addresses` that are not to be written to: one query. Each comes with when its owner last proved it.

    An address that was erased is closed to everything that was known of it before: to whoever confirmed it before, if a
    backup brought them back. Who types it anew is unproved and is asked to confirm, as anybody.
    """
    keys = {address_key(address): address for address in addresses}
    found = Suppression.objects.filter(AnyOf(F("address_key"), keys), lifted_at=None)
    closed = set()
    for key, reason, since in found.values_list("address_key", "reason", "since"):
        proved = addresses[keys[key]]
        if reason != Suppression.Reason.ERASED or (proved is not None and proved <= since):
            closed.add(keys[key])
    return closed


def kind_of_event(event: AnymailTrackingEvent) -> str | None:
    """What a provider's event says of the address; None for one that says nothing against it.

    A bounce that the provider itself calls soft or transient (Postmark's `Type`, SES's `bounceType`) is soft.
    """
    if event.event_type == EventType.COMPLAINED:
        return MailEvent.Kind.COMPLAINT
    if event.event_type == EventType.DEFERRED or (
        event.event_type == EventType.BOUNCED and _says_soft(event)
    ):
        return MailEvent.Kind.SOFT
    return MailEvent.Kind.HARD if event.event_type == EventType.BOUNCED else None


def _says_soft(event: AnymailTrackingEvent) -> bool:
    said = event.esp_event if isinstance(event.esp_event, dict) else {}
    bounce = said.get("bounce")
    transient = isinstance(bounce, dict) and bounce.get("bounceType") == "Transient"
    return transient or said.get("Type") in ("SoftBounce", "Transient")


@transaction.atomic
def note(event: AnymailTrackingEvent, esp: str, now: dt.datetime) -> None:
    """Keep what a provider tells, once, and suppress the address where that is enough: a hard bounce or a complaint
    at once, soft bounces when there are three within 14 days."""
    kind = kind_of_event(event)
    if kind is None or not event.recipient:
        return
    key = address_key(event.recipient)
    _, is_new = MailEvent.objects.get_or_create(
        event_key=_event_key(event, esp), defaults={"address_key": key, "kind": kind, "at": now}
    )
    if not is_new:
        return
    if kind != MailEvent.Kind.SOFT or _soft_bounces(key, now) >= SOFT_BOUNCES:
        suppress(key, WHY[MailEvent.Kind(kind)], now)


def _event_key(event: AnymailTrackingEvent, esp: str) -> str:
    """The provider's id of the event, or what makes it this one where it has none."""
    told = event.event_id or (event.recipient, event.event_type, event.message_id, str(event.timestamp))
    return hashlib.sha256(repr((esp, told)).encode()).hexdigest()


def _soft_bounces(key: str, now: dt.datetime) -> int:
    """How many within 14 days, since staff last lifted a suppression."""
    soft = MailEvent.objects.filter(address_key=key, kind=MailEvent.Kind.SOFT, at__gt=now - COUNTED_OVER)
    lifted = Suppression.objects.filter(address_key=key).values_list("lifted_at", flat=True).first()
    return soft.filter(at__gt=lifted).count() if lifted else soft.count()


def suppress(key: str, reason: str, now: dt.datetime) -> None:
    """Write to this address no more, from the next look of any worker on."""
    Suppression.objects.update_or_create(
        address_key=key, defaults={"reason": reason, "since": now, "lifted_at": None}
    )


def lift(key: str, now: dt.datetime) -> None:
    """Write to this address again. What was declined meanwhile stays so; twice is once."""
    Suppression.objects.filter(address_key=key, lifted_at=None).update(lifted_at=now)
