"""What the ledger keeps for a while: messages that have ended, what mail providers told of addresses, and addresses that
were left for a reply."""

from __future__ import annotations

import datetime as dt

from accounts.retention import Rule

from .models import DailyTally, MailEvent, Notice
from .replies import forget_what_is_over


def forget_messages(before: dt.datetime, now: dt.datetime) -> int:
    """What has ended, and could not be owed again: its use is over as long."""
    return Notice.objects.filter(settled_at__lt=before, useful_until__lt=before).delete()[0]


def forget_mail_events(before: dt.datetime, now: dt.datetime) -> int:
    """What was told of an address by its HMAC; that it is not written to any more stays, without this."""
    return MailEvent.objects.filter(at__lt=before).delete()[0]


def forget_reply_addresses(before: dt.datetime, now: dt.datetime) -> int:
    """Each row has its own timer, and goes with its reply."""
    return forget_what_is_over(now)


def forget_tallies(before: dt.datetime, now: dt.datetime) -> int:
    return DailyTally.objects.filter(day__lt=before.date()).delete()[0]


RULES = (
    Rule("messages", "That we wrote to you, when and about what", "after it was sent", forget_messages),
    Rule(
        "mail_events", "That mail to an address came back (by a code, not by the address)", "after it did",
        forget_mail_events,
    ),
    Rule(
        "reply_addresses", "An address left for one reply, without a name", "after you left it, or once the reply went",
        forget_reply_addresses,
    ),
    Rule("daily_tallies", "How many messages went out for a theater on a day", "after that day", forget_tallies),
)  # fmt: skip
