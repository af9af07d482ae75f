"""What the ledger does when somebody is erased: their messages are gone, and a code of the address stays, so that
nothing that we once knew of it is ever written to it again."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person

from . import replies, suppression
from .models import MailEvent, Notice, Preference, ReplyAddress, Suppression


def erase_messages(person: Person, now: dt.datetime) -> None:
    """Who works with a team keeps what they were told as its member only as long as anybody: it goes, too."""
    Notice.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
    for left in ReplyAddress.objects.filter(address=person.email):
        replies.forget(left.reply_key, now)
    key = suppression.address_key(person.email)
    MailEvent.objects.filter(address_key=key).delete()
    if not Suppression.objects.filter(address_key=key, lifted_at=None).exists():
        suppression.suppress(key, Suppression.Reason.ERASED, now)
