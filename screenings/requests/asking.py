"""Asking for a film in one's city: with an address, which has to be proved, or by a tap that is counted once a device.

The database holds each once: one request of a person, one of a device, for a film and a city. A device is known by a
random key that it made up and keeps; we store a code made of the key, the film and the city, so that two requests of
one device cannot be told to be of one.
"""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import Person
from notices import ledger, unsubscribe
from notices.ledger import Subject
from notices.models import Notice

from ..mail_lists import OPENINGS
from ..models import City, CityRequest, Film
from .bookings import engagements_near
from .openings import owe_to

CONFIRMATION, SUBJECT_KIND = "request_confirm", "city_request"
CONFIRMATION_IS_USEFUL_FOR = dt.timedelta(days=2)
MAIL_NOT_AGAIN_WITHIN = dt.timedelta(minutes=2)
MAILS_PER_REQUEST, MAILS_PER_PERSON = 3, 10
COUNTED_OVER = dt.timedelta(days=1)
# What stands when no cache does: a script makes up keys faster than people tap.
MOST_TAPS, MOST_ASKED = 300, 1000
TAPS_COUNTED_OVER = dt.timedelta(hours=1)
DEVICE_KEY = re.compile(r"[0-9a-f]{32}")


class AskRefused(ValueError):
    """It could not be asked; the message is a sentence for the person."""


class MalformedAddress(AskRefused):
    def __init__(self) -> None:
        super().__init__("This does not look like an e-mail address. Check it and send again.")


class NoDevice(AskRefused):
    def __init__(self) -> None:
        super().__init__(
            "Without JavaScript your device cannot be told from others, and we count nobody twice. "
            "With an e-mail address you are counted, and told first."
        )


class TooManyJustNow(AskRefused):
    def __init__(self) -> None:
        super().__init__("Too many asked just now, so this one was not counted. Try again in an hour.")


def device_code(device_key: str, film: Film, city: City) -> str:
    """What is kept of a device for one film and one city: 64 hex digits. Raises NoDevice for what is no key."""
    if not DEVICE_KEY.fullmatch(device_key):
        raise NoDevice
    return salted_hmac(
        "screenings.requests", f"{device_key}:{film.pk}:{city.pk}", algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def ask_by_device(film: Film, city: City, device_key: str, now: dt.datetime) -> CityRequest:
    """One tap, counted once for this device. Raises NoDevice, TooManyJustNow."""
    code = device_code(device_key, film, city)
    known = CityRequest.objects.filter(film=film, city=city, device_key=code).first()
    if known:
        return known
    _refuse_a_flood(film, now, MOST_TAPS, person__isnull=True)
    asked, _ = CityRequest.objects.get_or_create(
        film=film, city=city, device_key=code, defaults={"created_at": now}
    )
    return asked


def _refuse_a_flood(film: Film, now: dt.datetime, most: int, **of: object) -> None:
    lately = CityRequest.objects.filter(film=film, created_at__gt=now - TAPS_COUNTED_OVER, **of)
    if lately.count() >= most:
        raise TooManyJustNow


@transaction.atomic
def ask_by_address(
    film: Film, city: City, address: str, now: dt.datetime, language: str = "en"
) -> CityRequest:
    """Somebody typed an address: it counts once its owner has confirmed it, and only the mail that asks for that is
    owed. The same again is the same request; the mail comes three times a day at most. `language` is for
    letters to who is new here.

    Raises MalformedAddress, TooManyJustNow, with nothing kept.
    """
    try:
        validate_email(address.strip())
    except ValidationError as error:
        raise MalformedAddress from error
    _refuse_a_flood(film, now, MOST_ASKED, person__isnull=False, confirmed_at=None)
    person = Person.objects.for_address(address, language)
    asked, _ = CityRequest.objects.get_or_create(
        film=film, city=city, person=person, defaults={"created_at": now}
    )
    if _may_be_mailed(asked, person, now):
        subject = Subject(SUBJECT_KIND, asked.pk, int(now.timestamp()) // 60)
        ledger.supersede(subject, [CONFIRMATION], "A newer one is owed.", now)
        ledger.plan(
            person, CONFIRMATION, subject, due_at=now, useful_until=now + CONFIRMATION_IS_USEFUL_FOR, now=now
        )
    return asked


def _may_be_mailed(asked: CityRequest, person: Person, now: dt.datetime) -> bool:
    lately = Notice.objects.filter(person=person, kind=CONFIRMATION, created_at__gt=now - COUNTED_OVER)
    if asked.confirmed_at is not None or lately.count() >= MAILS_PER_PERSON:
        return False
    ours = list(
        lately.about(SUBJECT_KIND, asked.pk).order_by("-created_at").values_list("created_at", flat=True)
    )
    return not ours or (len(ours) < MAILS_PER_REQUEST and ours[0] <= now - MAIL_NOT_AGAIN_WITHIN)


@transaction.atomic
def confirm(asked: CityRequest, now: dt.datetime) -> CityRequest:
    """The owner of the address says yes: the request counts from now on. Twice is once.

    What has been booked within reach meanwhile is told at once. Who had left the list is on it again.
    """
    asked = (
        CityRequest.objects.select_for_update(of=("self",))
        .select_related("film", "city", "person")
        .get(pk=asked.pk)
    )
    if asked.confirmed_at is not None:
        return asked
    assert asked.person is not None
    asked.confirmed_at = now
    asked.save(update_fields=["confirmed_at"])
    Person.objects.filter(pk=asked.person.pk, confirmed_at=None).update(confirmed_at=now)
    ledger.supersede(Subject(SUBJECT_KIND, asked.pk), [CONFIRMATION], "It was confirmed meanwhile.", now)
    unsubscribe.start(asked.person, OPENINGS.code, now)
    for engagement in list(engagements_near(asked.film, asked.city, now))[:1]:
        ledger.plan_all(owe_to([asked], engagement, now, due_at=now), now)
    return asked
