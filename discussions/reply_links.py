"""The link by which somebody writes back to a question that came by mail after the film.

It is signed, for one mail; it holds the showing, which of the mails it was, and a keyed mark of that mail: no name, no
address, and nothing by which we could look one up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from notices.models import Notice

from .models import Discussion

SALT = "discussions.reply_links"
LASTS = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a link says: the showing's number, the mail's kind, the mail's mark."""

    screening: int
    step: str
    mark: str


def reply_url(notice: Notice, screening: int) -> str:
    mark = salted_hmac(SALT, str(notice.pk), algorithm="sha256").hexdigest()[:32]
    token = signing.dumps([screening, notice.kind, mark], salt=SALT)
    return settings.BASE_URL + reverse("follow_up_reply", args=[token])


def can_reply(screening: int) -> bool:
    """Whether there is a room at the showing whose words still stand. One query."""
    return Discussion.objects.filter(screening=screening, erased_at=None).exists()


def read_reply_link(token: str) -> Claim | None:
    """What the link says; None for one that is not ours or older than 60 days."""
    try:
        screening, step, mark = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Claim(int(screening), str(step), str(mark))
