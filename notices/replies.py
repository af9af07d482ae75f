"""An address left for one reply: anonymous stays anonymous, and still gets its answer by mail.

Whoever asks something without a name (in a room, say) may leave an address for that one answer. It lives here, under a
random `reply_key` that stands on what is to be answered and nowhere else; no `Person` is made of it. The acts, each in
the caller's transaction, none touching a mail server:

- `leave_address(reply_key, address, now, purpose=…)`: keep it, for 60 days at most (`settings.RETENTION`);
- `has_address(reply_key)`: whether a reply can still be sent;
- `owe_reply(reply_key, kind, subject, now=…)`: owe the one reply. The kind is registered as any other
  (`kinds.register`), with `mail_list=None`; its functions are given a notice without a person (never ask for
  `notice.person`);
- `forget(reply_key, now)`: the address is taken back, or what it was left at is erased;
- `forget_what_is_over(now)`: the rule of retention (`retention_here`), kept every five minutes.

The address is deleted with the settling of the reply, however that ended; the row of the ledger stays, and says what
became of it without saying to whom. Staff see neither the address nor find it by search.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Person

from .ledger import REVIVABLE, Subject
from .models import Notice, ReplyAddress

TAKEN_BACK = "The address was taken back."
TOO_OLD = "The address was kept long enough, and is forgotten."


def leave_address(
    reply_key: uuid.UUID,
    address: str,
    now: dt.datetime,
    *,
    purpose: str,
    language: str = "en",
) -> None:
    """Keep `address` for the one reply of `reply_key`. Said again, the newer address holds.

    `purpose` is a word of the caller's (`answer`). Raises ValidationError for what is no address: with a line break
    in it, say.
    """
    validate_email(address := Person.objects.normalize_address(address))
    kept = {
        "address": address,
        "purpose": purpose,
        "language": language,
        "expires_at": now + settings.RETENTION["reply_addresses"],
    }
    ReplyAddress.objects.update_or_create(reply_key=reply_key, defaults=kept)


def has_address(reply_key: uuid.UUID) -> bool:
    return ReplyAddress.objects.filter(reply_key=reply_key).exists()


@transaction.atomic
def owe_reply(
    reply_key: uuid.UUID,
    kind: str,
    subject: Subject,
    *,
    now: dt.datetime,
    due_at: dt.datetime | None = None,
    facts: Mapping[str, object] | None = None,
) -> Notice | None:
    """Owe the reply of `reply_key`, from `due_at` (now) until the address is forgotten; gives the row.

    None where no address was left, or it is forgotten. The same fact twice is one row; one that was taken back unsent
    is owed again.
    """
    reply_to = ReplyAddress.objects.select_for_update().filter(reply_key=reply_key).first()
    if reply_to is None or reply_to.expires_at <= (due_at := due_at or now):
        return None
    owed = {"due_at": due_at, "useful_until": reply_to.expires_at, "facts": dict(facts or {})}
    row, is_new = Notice.objects.get_or_create(
        reply_to=reply_to,
        kind=kind,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_revision=subject.revision,
        channel="email",
        defaults={**owed, "created_at": now},
    )
    if not is_new and row.state in REVIVABLE:
        again = {**owed, "state": Notice.State.DUE, "reason": "", "held_until": None, "settled_at": None}
        Notice.objects.filter(pk=row.pk, state__in=REVIVABLE).update(**again)
        row.refresh_from_db()
    return row


def forget(reply_key: uuid.UUID, now: dt.datetime) -> None:
    """Delete the address of `reply_key` and take back what is owed to it. What is on its way at this moment ends, is
    not tried again, and takes the address with it. Twice is once."""
    _forget(reply_key, TAKEN_BACK, Notice.State.SUPERSEDED, now)


def forget_what_is_over(now: dt.datetime) -> int:
    """Forget every address whose time is over or whose reply has ended; gives how many."""
    spent = ReplyAddress.objects.spent().delete()[1].get("notices.ReplyAddress", 0)
    keys = list(ReplyAddress.objects.filter(expires_at__lte=now).values_list("reply_key", flat=True))
    for reply_key in keys:
        _forget(reply_key, TOO_OLD, Notice.State.EXPIRED, now)
    return spent + len(keys)


@transaction.atomic
def _forget(reply_key: uuid.UUID, reason: str, state: str, now: dt.datetime) -> None:
    reply_to = ReplyAddress.objects.select_for_update().filter(reply_key=reply_key).first()
    if reply_to is None:
        return
    owed = Notice.objects.filter(reply_to=reply_to)
    owed.stoppable().update(state=state, reason=reason, settled_at=now, lease=None, leased_until=None)
    if owed.open().filter(due_at__lt=now).update(useful_until=now):
        ReplyAddress.objects.filter(pk=reply_to.pk).update(expires_at=now)
    else:
        reply_to.delete()
