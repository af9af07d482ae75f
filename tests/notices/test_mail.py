"""The mails themselves: two forms from one source, headers that mail programs act on, a calendar file that lasts."""

from __future__ import annotations

import datetime as dt
import re
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client

from notices.dispatch import work_off
from notices.letters import one_line
from notices.models import Notice, Preference
from notices.plain_text import plain_text
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from screenings.showings import move
from tests.cast import ATTENDEE
from tests.factories import make_engagement, make_film, make_screening, make_theater
from tests.mail_server import MailServer, text_of

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def screening() -> Screening:
    return make_screening()


def reminder(screening: Screening, mail_server: MailServer) -> EmailMessage:
    confirm(rsvp_to(screening, ATTENDEE, now=MONDAY), MONDAY)
    with time_machine.travel(screening.starts_at - DAY, tick=False):
        work_off()
    return mail_server.letters_to(ATTENDEE)[-1]


def confirmation(screening: Screening, mail_server: MailServer, **wishes: Any) -> EmailMessage:
    rsvp_to(screening, ATTENDEE, now=MONDAY, **wishes)
    with time_machine.travel(MONDAY, tick=False):
        work_off()
    return mail_server.letters_to(ATTENDEE)[-1]


def test_a_reminder_says_what_when_and_where_in_both_forms(
    screening: Screening, mail_server: MailServer
) -> None:
    letter = reminder(screening, mail_server)
    assert letter["Subject"] == "Tomorrow, 7:00 pm: The Salt Road, The Lantern"
    for kind in ("plain", "html"):
        for words in ("The Salt Road", "7:00 pm", "Fri 7 Aug", "The Lantern", "12 Ponce Street"):
            assert words in text_of(letter, kind)


def test_the_two_forms_have_the_same_links(screening: Screening, mail_server: MailServer) -> None:
    letter = reminder(screening, mail_server)
    in_html = set(re.findall(r'href="(http[^"]+)"', text_of(letter, "html")))
    in_text = set(re.findall(r"http\S+", text_of(letter)))
    assert in_html == in_text
    assert len(in_text) == 4


def test_a_letter_is_small_and_fetches_nothing(screening: Screening, mail_server: MailServer) -> None:
    html = text_of(reminder(screening, mail_server), "html")
    assert len(html) < 20_000
    assert not re.search(r"<(img|link|script|iframe|object)|url\(|@import", html)


def test_what_machines_read_of_a_list(screening: Screening, mail_server: MailServer) -> None:
    letter = reminder(screening, mail_server)
    notice = Notice.objects.get(kind="reminder_day")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "Houselights reminders <reminders.localhost>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith("<http://localhost:8000/mail/stop/")
    assert letter["Message-ID"] == f"<{notice.message_key}@houselights.example>"


def test_a_confirmation_is_no_list_mail(screening: Screening, mail_server: MailServer) -> None:
    letter = confirmation(screening, mail_server)
    assert not [name for name in letter if name.startswith("List-")]
    assert letter["Auto-Submitted"] == "auto-generated"


def test_one_click_leaves_the_list_without_cookie_origin_or_script(
    screening: Screening, mail_server: MailServer
) -> None:
    url = reminder(screening, mail_server)["List-Unsubscribe"].strip(" <>")
    machine = Client(enforce_csrf_checks=True)
    assert machine.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert machine.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not machine.cookies
    assert not Preference.objects.get(person__email=ATTENDEE, mail_list="reminders").wanted
    assert Notice.objects.get(kind="reminder_hours").state == "declined"


def test_looking_at_the_link_changes_nothing_and_shows_a_button(
    client: Client, screening: Screening, mail_server: MailServer
) -> None:
    url = reminder(screening, mail_server)["List-Unsubscribe"].strip(" <>")
    page = client.get(url)
    assert "<button" in page.content.decode()
    assert not Preference.objects.exists()


def test_leaving_can_be_taken_back(client: Client, screening: Screening, mail_server: MailServer) -> None:
    url = reminder(screening, mail_server)["List-Unsubscribe"].strip(" <>")
    with time_machine.travel(START - DAY, tick=False):
        assert "Stopped" in client.post(url).content.decode()
        assert "No more of these?" in client.post(url, {"again": "1"}).content.decode()
    assert Notice.objects.get(kind="reminder_hours").state == "due"


@pytest.mark.parametrize("token", ["nonsense", "WzEsInJlbWluZGVycyJd:1x:forged"])
def test_a_forged_link_leads_nowhere(client: Client, token: str) -> None:
    assert client.post(f"/mail/stop/{token}/").status_code == 404


def test_the_calendar_file_is_one_event_with_two_alarms(
    screening: Screening, mail_server: MailServer
) -> None:
    (part,) = reminder(screening, mail_server).iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "screening.ics"
    calendar = icalendar.Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event["DTSTART"].dt.astimezone(dt.UTC) == START
    alarms = {alarm["TRIGGER"].dt for alarm in event.walk("VALARM")}
    assert alarms == {dt.timedelta(days=-1), dt.timedelta(hours=-2)}


def test_a_moved_showing_is_the_same_event_with_a_higher_sequence(
    screening: Screening, mail_server: MailServer
) -> None:
    events = []
    for hour in (19, 20):
        moved = move(screening, dt.datetime(2026, 8, 8, hour, 0), now=MONDAY)
        (part,) = reminder(moved, mail_server).iter_attachments()
        events += icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    first, second = events
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt - first["DTSTART"].dt == dt.timedelta(hours=1)


def test_a_title_cannot_add_a_header_or_markup(mail_server: MailServer) -> None:
    film = make_film("Salt\r\nBcc: all@home.example <script>alert(1)</script> & عودة")
    letter = reminder(make_screening(engagement=make_engagement(film, make_theater())), mail_server)
    assert letter["Bcc"] is None
    assert "Bcc: all@home.example" in letter["Subject"]
    assert "<script>alert" not in text_of(letter, "html")
    assert "<script>alert(1)</script> & عودة" in text_of(letter)


def test_one_line_has_no_line_break_and_no_control_character() -> None:
    assert one_line("a\r\nb\x00c\u2028d\u202ee  f") == "a b c d e f"


def test_a_held_seat_says_until_when_on_the_theaters_clock(mail_server: MailServer) -> None:
    free = make_screening(entry=Screening.Entry.RESERVED, capacity=3)
    text = text_of(confirmation(free, mail_server, party_size=2))
    assert "They are held until 12:30 pm" in " ".join(text.split())


def test_a_full_showing_says_so_before_one_confirms(mail_server: MailServer) -> None:
    full = make_screening(entry=Screening.Entry.RESERVED, capacity=1)
    assert "waiting list" in text_of(confirmation(full, mail_server, party_size=2))


def test_who_goes_already_is_told_that_it_stands(screening: Screening, mail_server: MailServer) -> None:
    confirm(rsvp_to(screening, ATTENDEE, now=MONDAY - DAY), MONDAY - DAY)
    letter = confirmation(screening, mail_server)
    assert letter["Subject"].startswith("You are coming already")


def test_text_is_read_off_the_html() -> None:
    html = """<html><head><title> A  title </title></head><body><div aria-hidden="true">unseen</div>
    <h1>The &amp; film</h1><p>One<br>two</p><blockquote><p>Said so.</p></blockquote><ul><li>a</li><li>b</li></ul>
    <p><a href="https://x.example/?a=1&amp;b=2">Open it</a></p></body></html>"""
    assert plain_text(html) == (
        "A title",
        "The & film\n==========\n\nOne\ntwo\n\n> Said so.\n\n- a\n\n- b\n\nOpen it:\nhttps://x.example/?a=1&b=2\n",
    )
