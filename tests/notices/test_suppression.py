"""Addresses that bounce or complain are not written to any more; what providers tell is signed, and told once."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from notices import suppression
from notices.models import MailEvent, Notice, Suppression
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE
from tests.factories import make_screening
from tests.mail_server import MailServer
from tests.notices.test_dispatch import DAY_BEFORE, MONDAY, send

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "postmark:a-long-secret"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": SECRET}


def tell(client: Client, kind: str, event_id: int = 1, password: str = SECRET) -> int:
    """Postmark says that a mail to the attendee came back; the status of the answer."""
    record = "SpamComplaint" if kind == "SpamComplaint" else "Bounce"
    told = {"RecordType": record, "Type": kind, "ID": event_id, "Email": ATTENDEE, "MessageID": "m"}
    authorization = "Basic " + base64.b64encode(password.encode()).decode()
    return client.post(
        "/mail/events/postmark/",
        json.dumps(told),
        content_type="application/json",
        headers={"authorization": authorization},
    ).status_code


def is_suppressed() -> bool:
    return suppression.suppressed([ATTENDEE]) == {ATTENDEE}


@pytest.mark.parametrize("kind", ["HardBounce", "SpamComplaint"])
def test_a_hard_bounce_and_a_complaint_suppress_at_once(client: Client, kind: str) -> None:
    assert tell(client, kind) == 200
    assert is_suppressed()


def test_three_soft_bounces_in_fourteen_days_suppress_and_the_same_one_twice_is_one(client: Client) -> None:
    for event_id in (1, 1, 2):
        tell(client, "SoftBounce", event_id)
    assert not is_suppressed()
    tell(client, "SoftBounce", 3)
    assert is_suppressed()


def test_soft_bounces_further_apart_do_not(client: Client) -> None:
    for n in range(5):
        with time_machine.travel(MONDAY + n * 8 * DAY, tick=False):
            tell(client, "SoftBounce", n)
    assert not is_suppressed()


def test_what_comes_with_a_wrong_secret_is_not_believed(client: Client) -> None:
    assert tell(client, "HardBounce", password="postmark:guessed") == 400
    assert not MailEvent.objects.exists()
    assert not is_suppressed()


def test_without_a_secret_nobody_is_listened_to(client: Client, settings: Any) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}
    assert tell(client, "HardBounce") == 404


def test_the_address_itself_is_not_kept(client: Client) -> None:
    tell(client, "HardBounce")
    kept = [*MailEvent.objects.values(), *Suppression.objects.values()]
    assert kept
    assert ATTENDEE not in str(kept)


def test_nothing_goes_to_a_suppressed_address_until_it_is_lifted(
    client: Client, mail_server: MailServer
) -> None:
    confirm(rsvp_to(make_screening(), ATTENDEE, now=MONDAY), MONDAY)
    tell(client, "HardBounce")
    assert send(DAY_BEFORE) == {"declined": 1}
    assert Notice.objects.get(kind="reminder_day").reason == suppression.IS_SUPPRESSED
    suppression.lift(suppression.address_key(ATTENDEE.upper()), MONDAY)
    assert send(DAY_BEFORE + 22 * dt.timedelta(hours=1)) == {"sent": 1}
    assert mail_server.copies() == {ATTENDEE: 1}


def test_after_staff_lifted_it_earlier_bounces_count_no_more(client: Client) -> None:
    for event_id in range(3):
        tell(client, "SoftBounce", event_id)
    suppression.lift(suppression.address_key(ATTENDEE), dt.datetime.now(dt.UTC))
    tell(client, "SoftBounce", 4)
    assert not is_suppressed()
