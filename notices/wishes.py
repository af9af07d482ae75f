"""What a person wants to hear, by kind and by channel: read, changed, and what is owed follows.

A list (`kinds.MailList`) can be left as a whole, by the link in each of its mails (`unsubscribe`); here each kind on it
can be chosen by itself. Whoever wants nothing of a list has left it. What answers an act, and news of a showing that
somebody comes to, are on no list, and always come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F

from accounts.models import Person
from common import signed
from common.any_of import AnyOf

from . import kinds, ledger, unsubscribe
from .channels import Channel, all_channels
from .delivery import HAS_LEFT
from .kinds import MailList
from .models import Notice, Preference

SALT = "notices.wishes"
# A kind and a channel, by their codes.
Wish = tuple[str, str]
# Person (id), list, kind (`""`: all of the list) and channel: what somebody does not want.
Refusal = tuple[int, str, str, str]


@dataclass(frozen=True)
class KindWish:
    """A kind on a list, and whether it is wanted over each channel."""

    code: str
    name: str
    wanted: tuple[tuple[Channel, bool], ...]


@dataclass(frozen=True)
class ListWishes:
    """A list, and what is wanted of it."""

    list: MailList
    kinds: tuple[KindWish, ...]


def refusals(people: Collection[int]) -> set[Refusal]:
    """What `people` (ids) do not want: one query."""
    said = Preference.objects.filter(AnyOf(F("person_id"), people), wanted=False)
    return set(said.values_list("person_id", "mail_list", "kind", "channel"))


def is_refused(refused: Collection[Refusal], person_id: int | None, kind: kinds.Kind, channel: str) -> bool:
    """Whether somebody of those whose `refusals` these are does not want a kind over a channel."""
    if person_id is None or kind.mail_list is None:
        return False
    code = kind.mail_list.code
    return (person_id, code, "", channel) in refused or (person_id, code, kind.code, channel) in refused


def wishes_of(person: Person) -> list[ListWishes]:
    """Every list with its kinds, and what `person` wants of them: one query."""
    refused = refusals([person.pk])
    return [
        ListWishes(mail_list, tuple(_kind_wish(each, person, refused) for each in kinds.kinds_on(code)))
        for code, mail_list in kinds.mail_lists().items()
    ]


def _kind_wish(code: str, person: Person, refused: Collection[Refusal]) -> KindWish:
    kind = kinds.kind_of(code)
    assert kind is not None  # It is on a list.
    over = [(channel, not is_refused(refused, person.pk, kind, channel.code)) for channel in all_channels()]
    return KindWish(code, kind.name, tuple(over))


@transaction.atomic
def set_wishes(person: Person, wanted: Collection[Wish], now: dt.datetime) -> None:
    """`person` wants these kinds over these channels, and of what is on lists nothing else.

    What is owed and not wanted is declined; what was declined for that reason and is useful still is owed again.
    """
    for channel in all_channels():
        for code in kinds.mail_lists():
            _set_list(
                person, code, channel.code, {kind for kind, over in wanted if over == channel.code}, now
            )


def _set_list(person: Person, code: str, channel: str, wanted: Collection[str], now: dt.datetime) -> None:
    on_list = kinds.kinds_on(code)
    if not set(on_list) & set(wanted):
        unsubscribe.stop(person, code, now, channel)
        return
    for kind in on_list:
        if kind in wanted:
            said_no = Preference.objects.filter(person=person, mail_list=code, kind=kind, channel=channel)
            said_no.delete()
        else:
            _refuse(person, code, kind, channel, now)
    unsubscribe.start(person, code, now, channel)


def _refuse(person: Person, code: str, kind: str, channel: str, now: dt.datetime) -> None:
    Preference.objects.update_or_create(
        person=person, mail_list=code, kind=kind, channel=channel, defaults={"wanted": False}
    )
    ledger.decline(Notice.objects.filter(person=person, kind=kind, channel=channel), HAS_LEFT, now)


def make_token(person: Person) -> str:
    return signed.dumps(person.pk, SALT)


def read_token(token: str) -> Person:
    """Whose link it is. Raises `unsubscribe.LinkIsNone`."""
    try:
        return Person.objects.get(pk=signing.loads(token, salt=SALT))
    except (signing.BadSignature, Person.DoesNotExist, ValueError, TypeError) as error:
        raise unsubscribe.LinkIsNone from error


def wishes_path(person: Person) -> str:
    return signed.path_with("mail_wishes", make_token(person))


def wishes_url(person: Person) -> str:
    """The absolute address of the page where `person` chooses; good for as long as the secret key is."""
    return settings.BASE_URL + wishes_path(person)
