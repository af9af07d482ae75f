"""What the ledger keeps for a while: messages that have ended, and what mail providers told of addresses."""

from __future__ import annotations

import datetime as dt

from accounts.retention import Rule

from .models import MailEvent, Notice


def forget_messages(before: dt.datetime, now: dt.datetime) -> int:
    """What has ended, and could not be owed again: its use is over as long."""
    return Notice.objects.filter(settled_at__lt=before, useful_until__lt=before).delete()[0]


def forget_mail_events(before: dt.datetime, now: dt.datetime) -> int:
    """What was told of an address by its HMAC; that it is not written to any more stays, without this."""
    return MailEvent.objects.filter(at__lt=before).delete()[0]


RULES = (
    Rule("messages", "That we wrote to you, when and about what", "after it was sent", forget_messages),
    Rule(
        "mail_events", "That mail to an address came back (by a code, not by the address)", "after it did",
        forget_mail_events,
    ),
)  # fmt: skip
