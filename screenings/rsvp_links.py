"""Signed private links: what confirms an RSVP, and what manages everything of one address.

A link proves the mailbox that it was sent to, nothing else; who has it may act for the person. Nothing is changed
by opening one.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing

from accounts.models import Person
from common import signed

from .models import CityRequest, Rsvp

CONFIRM_SALT = "screenings.rsvp_links.confirm"
REQUEST_SALT = "screenings.rsvp_links.request"
REQUEST_LASTS = dt.timedelta(days=7)
MINE_SALT = "screenings.rsvp_links.mine"
# Half a year: longer than anyone plans a film, shorter than a forwarded mail is forgotten.
MINE_LASTS = dt.timedelta(days=180)
# What cannot be undone, and what tells everything, wants a link that has just come to the mailbox: one may have been
# forwarded with its mail.
FRESH_FOR = dt.timedelta(days=1)


class LinkIsNone(ValueError):
    """Not a link of ours, or one of something that is gone; the message is a sentence for the person."""

    def __init__(self) -> None:
        super().__init__("This link leads nowhere any more. Take the one in our newest mail to you.")


class LinkTooOld(LinkIsNone):
    def __init__(self) -> None:
        ValueError.__init__(
            self, "This link is too old to be good. We can send a new one to the address that it was for."
        )


def confirm_path(rsvp: Rsvp) -> str:
    """The page on which `rsvp` is confirmed."""
    return signed.path_with("rsvp_confirm", signed.dumps(rsvp.pk, CONFIRM_SALT))


def request_path(asked: CityRequest) -> str:
    """The page on which somebody confirms that they want a film in their city."""
    return signed.path_with("bring_confirm", signed.dumps(asked.pk, REQUEST_SALT))


def read_request(token: str) -> CityRequest:
    """The request that a link confirms, for a week. Raises LinkIsNone."""
    try:
        pk = signing.loads(token, salt=REQUEST_SALT, max_age=REQUEST_LASTS)
        return CityRequest.objects.select_related("film", "city", "person").get(pk=pk, person__isnull=False)
    except (signing.BadSignature, CityRequest.DoesNotExist) as error:
        raise LinkIsNone from error


def mine_path(person: Person) -> str:
    """The page on which `person` manages what they go to and how they hear of it."""
    return signed.path_with("mine", signed.dumps(person.pk, MINE_SALT))


def confirm_url(rsvp: Rsvp) -> str:
    return settings.BASE_URL + confirm_path(rsvp)


def mine_url(person: Person) -> str:
    return settings.BASE_URL + mine_path(person)


def read_confirm(token: str) -> Rsvp:
    """The RSVP that a link confirms. It is good until the showing starts; `confirm` says so. Raises LinkIsNone."""
    try:
        pk = signing.loads(token, salt=CONFIRM_SALT)
        return Rsvp.objects.select_related("person", *WITH_SHOWING).get(pk=pk)
    except (signing.BadSignature, Rsvp.DoesNotExist) as error:
        raise LinkIsNone from error


def read_mine(token: str) -> Person:
    """Whose link it is. Raises LinkIsNone, LinkTooOld."""
    try:
        return Person.objects.get(pk=signing.loads(token, salt=MINE_SALT, max_age=MINE_LASTS))
    except signing.SignatureExpired as error:
        raise LinkTooOld from error
    except (signing.BadSignature, Person.DoesNotExist) as error:
        raise LinkIsNone from error


def is_fresh(token: str) -> bool:
    """Whether a link that `read_mine` reads was written within a day."""
    try:
        signing.loads(token, salt=MINE_SALT, max_age=FRESH_FOR)
    except signing.BadSignature:
        return False
    return True


def read_owner(token: str) -> Person:
    """Whose link it was, however old: good for sending a new one to its owner, and for nothing else. Raises
    LinkIsNone."""
    try:
        return Person.objects.get(pk=signing.loads(token, salt=MINE_SALT))
    except (signing.BadSignature, Person.DoesNotExist) as error:
        raise LinkIsNone from error


WITH_SHOWING = ("screening__engagement__film", "screening__engagement__theater__city", "screening__screen")
