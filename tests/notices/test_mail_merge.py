"""One letter filled for many is, byte for byte but its boundaries and date, the letter that each would have had alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from accounts.models import Person
from notices import mail_merge
from notices.kinds import kind_of
from notices.letters import compose
from notices.looks import look_at
from notices.mail_merge import Outgoing
from notices.models import Notice
from notices.scribe import Scribe
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from screenings.showings import cancel, move
from tests.cast import ATTENDEE, STRANGER
from tests.factories import make_screening
from tests.mail_server import attached, read_letter, text_of

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def smtp(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with time_machine.travel(MONDAY, tick=False):  # Links carry the time at which they were signed.
        yield


def two_going() -> Screening:
    screening = make_screening()
    for address in (ATTENDEE, STRANGER):
        confirm(rsvp_to(screening, address, now=MONDAY), MONDAY)
    return screening


def as_facts(mail: Outgoing) -> tuple[object, ...]:
    letter = read_letter(mail.content)
    # A long link may be folded differently.
    headers = {
        key: "".join(value.split()) for key, value in letter.items() if key not in ("Date", "Content-Type")
    }
    return mail.sender, mail.recipient, headers, text_of(letter), text_of(letter, "html"), attached(letter)


@pytest.mark.parametrize(
    "kind_code", ["reminder_day", "reminder_hours", "showing_changed", "showing_cancelled"]
)
def test_what_is_filled_is_what_would_have_been_written_alone(
    kind_code: str,
) -> None:
    screening = two_going()
    if kind_code == "showing_changed":
        move(screening, dt.datetime(2026, 8, 7, 20, 0), now=MONDAY)
    if kind_code == "showing_cancelled":
        cancel(screening, reason="The projector is broken – sorry.", now=MONDAY)
    notices = list(Notice.objects.filter(kind=kind_code, state="due").select_related("person"))
    looks, kind, scribe = look_at(notices, MONDAY), kind_of(kind_code), Scribe(lambda: MONDAY)
    assert kind
    assert len(notices) == 2
    merged = [scribe.write(kind, notice, looks[notice.pk].about) for notice in notices]
    assert len(scribe._merges) == 1
    assert all(scribe._merges.values())
    for notice, mail in zip(notices, merged, strict=True):
        about = looks[notice.pk].about
        letter = compose(kind, notice, about, MONDAY)
        alone = mail_merge.alone(kind, notice, about, letter, kind.attachments(notice, about))
        assert isinstance(mail, Outgoing)
        assert as_facts(mail) == as_facts(alone)
        assert mail.content.count(b"\r\n") == mail.content.count(b"\n")


def test_each_language_has_its_own_letter_to_fill() -> None:
    two_going()
    Person.objects.filter(email=STRANGER).update(language="de")
    notices = list(
        Notice.objects.filter(kind="reminder_day").select_related("person").order_by("person__email")
    )
    looks, kind, scribe = look_at(notices, MONDAY), kind_of("reminder_day"), Scribe(lambda: MONDAY)
    assert kind
    mails = [scribe.write(kind, notice, looks[notice.pk].about) for notice in notices]
    assert len(scribe._merges) == 2
    assert all(scribe._merges.values())
    letters = [read_letter(mail.content) for mail in mails if isinstance(mail, Outgoing)]
    assert [letter["Content-Language"] for letter in letters] == ["en", "de"]
    assert "No more reminders" in text_of(letters[0])
    assert "Keine Erinnerungen mehr" in text_of(letters[1])


def test_who_has_other_seats_has_another_letter() -> None:
    screening = make_screening(entry="reserved", capacity=40)
    confirm(rsvp_to(screening, ATTENDEE, now=MONDAY, party_size=3), MONDAY)
    confirm(rsvp_to(screening, STRANGER, now=MONDAY), MONDAY)
    notices = list(Notice.objects.filter(kind="reminder_day").select_related("person"))
    looks, kind, scribe = look_at(notices, MONDAY), kind_of("reminder_day"), Scribe(lambda: MONDAY)
    assert kind
    for notice in notices:
        mail = scribe.write(kind, notice, looks[notice.pk].about)
        assert isinstance(mail, Outgoing)
        three = notice.person.email == ATTENDEE
        assert ("Your 3 seats are kept" in text_of(read_letter(mail.content))) == three
