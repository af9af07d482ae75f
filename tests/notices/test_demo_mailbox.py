"""The demo's mailbox: whole messages, on the machine that runs the demo and nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from notices import demo_mailbox
from notices.dispatch import work_off
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.STATE_DIR = tmp_path
    settings.EMAIL_BACKEND = "notices.demo_mailbox.MailboxBackend"


def remind() -> demo_mailbox.Delivered:
    screening = make_screening()
    confirm(rsvp_to(screening, ATTENDEE, now=MONDAY), MONDAY)
    with time_machine.travel(screening.starts_at - dt.timedelta(days=1), tick=False):
        work_off()
    return demo_mailbox.newest()[0]


def test_what_is_sent_is_read_on_the_page_with_links_that_work(client: Client) -> None:
    message = remind()
    assert "Tomorrow, 7:00 pm: The Salt Road" in client.get("/demo/mailbox/").content.decode()
    page = client.get(f"/demo/mailbox/{message.name}/").content.decode()
    (link,) = re.findall(r"http://localhost:8000(/mine/[^\s<\"]+)", page)[:1]
    with time_machine.travel(MONDAY, tick=False):
        assert client.get(link).status_code == 200
    assert "BEGIN:VCALENDAR" in client.get(f"/demo/mailbox/{message.name}/screening.ics").content.decode()


def test_the_letter_stands_in_a_frame_that_can_run_nothing(client: Client) -> None:
    message = remind()
    letter = client.get(f"/demo/mailbox/{message.name}/letter.html")
    assert '<base target="_top">' in letter.content.decode()
    assert "default-src 'none'" in letter["Content-Security-Policy"]
    assert "frame-src 'self'" in client.get(f"/demo/mailbox/{message.name}/")["Content-Security-Policy"]


def test_over_the_network_it_stays_shut_for_codes_stand_in_it(client: Client) -> None:
    message = remind()
    for path in ("", f"{message.name}/", f"{message.name}/letter.html"):
        response = client.get(f"/demo/mailbox/{path}", REMOTE_ADDR="192.168.1.20")
        assert response.status_code == 403
        assert "Salt Road" not in response.content.decode()


def test_in_a_real_house_there_is_no_such_page(client: Client, settings: Any) -> None:
    message = remind()
    settings.DEMO = False
    assert client.get("/demo/mailbox/").status_code == 404
    assert client.get(f"/demo/mailbox/{message.name}/").status_code == 404


@pytest.mark.parametrize("name", ["nothing", "20260807T190000000000-0123abcd", "..%2F..%2Fsettings", "%00"])
def test_no_name_leads_out_of_the_mailbox(client: Client, name: str) -> None:
    assert client.get(f"/demo/mailbox/{name}/").status_code == 404


def test_an_empty_mailbox_says_so(client: Client) -> None:
    assert "Nothing yet." in client.get("/demo/mailbox/").content.decode()
