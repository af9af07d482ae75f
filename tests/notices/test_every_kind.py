"""Every kind of message that the house can send, held to the same promises: one test for all, no kind left out."""

from __future__ import annotations

import datetime as dt
import re
from email.message import EmailMessage

import icalendar
import pytest
from django.core.mail import EmailMessage as DjangoMail
from django.test import Client

from notices.kinds import all_kinds
from notices.letters import DOTS
from notices.mail import private_values
from tests.every_letter import WRITERS, Written, write
from tests.mail_server import read_letter, text_of

pytestmark = pytest.mark.django_db

LONG = "The Salt Road, or: How My Grandmother Crossed the Pass Nine Times with a Goat and Came Home Thinner"
HOSTILE = "Salt\r\nBcc: all@home.example\r\n\r\n<script>alert(1)</script><img src=x> & عودة"
CODES = sorted(WRITERS)
FETCHES = re.compile(r"<(img|link|script|iframe|object|embed|video|audio|svg)\b|url\(|@import|\bsrc=", re.I)


def test_every_kind_that_is_registered_is_written_here() -> None:
    assert {kind.code for kind in all_kinds()} == set(WRITERS)


@pytest.mark.parametrize("code", CODES)
def test_a_letter_of_every_kind(code: str, client: Client) -> None:
    written = write(code)
    letter = read_letter(written.content)
    assert not letter.defects
    says_the_same_twice(letter)
    is_small_and_fetches_nothing(written, letter)
    tells_machines_what_it_is(written, letter)
    leaves_its_list_by_one_click(written, letter, client)
    holds_its_calendar(written, letter)
    keeps_secrets_from_staff(written)


def says_the_same_twice(letter: EmailMessage) -> None:
    """Text and HTML from one source: the same links, the same words, one language."""
    text, html = text_of(letter), text_of(letter, "html")
    assert letter.get_content_type() in ("multipart/alternative", "multipart/mixed")
    assert set(re.findall(r"http\S+", text)) == set(
        re.findall(r'href="(http[^"]+)"', html.replace("&amp;", "&"))
    )
    bare = re.sub(r"(?s)<style.*?</style>|<head.*?</head>|<[^>]+>", " ", html)
    heading = re.search(r"(?s)<h1[^>]*>(.*?)</h1>", html)
    assert heading is None or " ".join(heading.group(1).split()) in " ".join(bare.split())
    assert '<html lang="en"' in html
    assert "{{" not in text + html
    assert "{%" not in text + html
    assert "None" not in text


def is_small_and_fetches_nothing(written: Written, letter: EmailMessage) -> None:
    assert len(written.content) < 100_000
    assert not FETCHES.search(text_of(letter, "html"))
    assert max(map(len, written.content.split(b"\r\n"))) <= 998


def tells_machines_what_it_is(written: Written, letter: EmailMessage) -> None:
    assert letter["Auto-Submitted"] == "auto-generated"  # RFC 3834
    assert letter["Message-ID"] == f"<{written.notice.message_key}@houselights.example>"
    assert letter["Subject"]
    assert letter["To"] == written.notice.address
    assert letter["Date"]
    on_list = written.kind.mail_list
    if on_list is None:
        assert not [name for name in letter if name.startswith("List-")]
        return
    assert letter["List-Id"] == f"{on_list.name} <{on_list.code}.localhost>"  # RFC 2919
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"  # RFC 8058
    assert letter["List-Unsubscribe"].strip(" <>") in text_of(letter)
    assert "/mail/wishes/" in text_of(letter)


def leaves_its_list_by_one_click(written: Written, letter: EmailMessage, client: Client) -> None:
    """With neither cookie, script nor Origin: the mail provider posts in the person's name."""
    if written.kind.mail_list is None:
        return
    url = letter["List-Unsubscribe"].strip(" <>")
    machine = Client(enforce_csrf_checks=True)
    assert machine.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not machine.cookies
    assert not written.notice.person.preferences.get(kind="").wanted


def holds_its_calendar(written: Written, letter: EmailMessage) -> None:
    """A calendar file says its method in the body and in the MIME part (RFC 5546, RFC 6047): CANCEL for what is off."""
    for part in letter.iter_attachments():
        calendar = icalendar.Calendar.from_ical(part.get_content())
        (event,) = calendar.walk("VEVENT")
        method = "CANCEL" if written.kind.code == "showing_cancelled" else "PUBLISH"
        assert part.get_content_type() == "text/calendar"
        assert part.get_param("method") == calendar["METHOD"] == method
        assert (event.get("STATUS") == "CANCELLED") == (method == "CANCEL")
        assert event["SEQUENCE"] == written.about.screening.revision
        assert event["UID"]


def keeps_secrets_from_staff(written: Written) -> None:
    """Links that act for the person, and codes, are dots in what staff see."""
    private = private_values(written.kind, written.notice, written.about)
    shown = [value for value in private.values() if value in written.letter.text]
    seen = written.masked.subject + written.masked.html + written.masked.text
    assert not [value for value in shown if value in seen or value.replace("&", "&amp;") in seen]
    assert not shown or DOTS in written.masked.text


@pytest.mark.parametrize("code", ["showing_cancelled", "showing_changed", "reminder_day"])
def test_what_has_a_calendar_file_has_one(code: str) -> None:
    assert len(list(read_letter(write(code).content).iter_attachments())) == 1


@pytest.mark.parametrize("code", CODES)
def test_no_title_adds_a_header_or_markup(code: str) -> None:
    written = write(code, HOSTILE)
    letter = read_letter(written.content)
    assert letter["Bcc"] is None
    assert not letter.defects
    html = text_of(letter, "html")
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize("code", CODES)
def test_a_long_title_is_a_letter_too(code: str) -> None:
    letter = read_letter(write(code, LONG).content)
    assert len(letter["Subject"]) < 250
    assert not letter.defects


def test_an_address_cannot_add_a_header() -> None:
    with pytest.raises(ValueError, match=r"[Nn]ewlines|characters"):
        DjangoMail("A subject", to=["a@home.example\r\nBcc: all@home.example"]).message()


def test_the_time_of_a_letter_is_the_theaters() -> None:
    assert write("reminder_day").at == dt.datetime(2026, 8, 6, 23, 0, tzinfo=dt.UTC)
