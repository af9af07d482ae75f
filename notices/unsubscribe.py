"""Leaving a list and coming back to it: signed links (RFC 8058) and what they change.

The link is good for as long as the secret key is: a mail of any age can be used to leave (RFC 8058 §3.1 wants it
to work without a cookie, a script or a sign-in).
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import transaction

from accounts.models import Person
from common import signed

from . import kinds, ledger
from .delivery import HAS_LEFT
from .models import Notice, NoticeQuerySet, Preference

SALT = "notices.unsubscribe"


class LinkIsNone(ValueError):
    """A link that we did not write, or of somebody who is here no more; the message is a sentence for people."""

    def __init__(self) -> None:
        super().__init__("This link is not one of ours any more. Take the one in our newest mail to you.")


def make_token(person: Person, mail_list: str) -> str:
    return signed.dumps([person.pk, mail_list], SALT)


def read_token(token: str) -> tuple[Person, kinds.MailList]:
    """Whose link it is, and which list it leaves. Raises LinkIsNone."""
    try:
        person_id, code = signing.loads(token, salt=SALT)
        return Person.objects.get(pk=person_id), kinds.mail_lists()[code]
    except (signing.BadSignature, Person.DoesNotExist, KeyError, ValueError) as error:
        raise LinkIsNone from error


def stop_url(person: Person, mail_list: str) -> str:
    """The absolute address by which `person` leaves a list."""
    return settings.BASE_URL + signed.path_with("stop_mail", make_token(person, mail_list))


def wants(person_id: int, mail_list: str, channel: str = "email") -> bool:
    """Whether a person wants the mail of a list: yes, unless they said no."""
    said = Preference.objects.filter(person_id=person_id, mail_list=mail_list, kind="", channel=channel)
    return said.values_list("wanted", flat=True).first() is not False


@transaction.atomic
def stop(person: Person, mail_list: str, now: dt.datetime, channel: str = "email") -> None:
    """`person` leaves a list, and what is owed over it is not sent. Twice is once."""
    Preference.objects.update_or_create(
        person=person, mail_list=mail_list, kind="", channel=channel, defaults={"wanted": False}
    )
    ledger.decline(_owed_over(person, mail_list, channel), HAS_LEFT, now)


@transaction.atomic
def start(person: Person, mail_list: str, now: dt.datetime, channel: str = "email") -> None:
    """`person` is on a list again. What was not sent because they had left is owed again, as far as it is useful; kinds
    on it that they do not want by themselves stay so (`wishes`)."""
    said = Preference.objects.filter(person=person, mail_list=mail_list, channel=channel, wanted=False)
    said.filter(kind="").update(wanted=True, changed_at=now)
    not_wanted = list(said.values_list("kind", flat=True))
    declined = (
        _owed_over(person, mail_list, channel)
        .exclude(kind__in=not_wanted)
        .filter(state=Notice.State.DECLINED, reason=HAS_LEFT, useful_until__gt=now)
    )
    declined.update(state=Notice.State.DUE, reason="", settled_at=None)


def _owed_over(person: Person, mail_list: str, channel: str) -> NoticeQuerySet:
    return Notice.objects.filter(person=person, kind__in=kinds.kinds_on(mail_list), channel=channel)
