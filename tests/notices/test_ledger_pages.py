"""The staff's ledger: did she get it, and why not; letters with what is private in them masked."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.sign_in import ask_for_code, code_of
from notices.dispatch import work_off
from notices.ledger_search import say_of_address
from notices.models import Notice
from screenings import rsvp_links
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, MANAGER, STRANGER
from tests.factories import make_engagement, make_film, make_screening
from tests.house.world import build_world

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


@pytest.fixture
def staff() -> Client:
    return build_world().client("site_staff")


def going(email: str = ATTENDEE, film: str = "The Glass Orchard") -> Notice:
    """Somebody's reminder of the day before, sent."""
    screening = make_screening(engagement=make_engagement(make_film(film)))
    confirm(rsvp_to(screening, email, now=MONDAY), MONDAY)
    with time_machine.travel(screening.starts_at - dt.timedelta(days=1), tick=False):
        work_off()
    return Notice.objects.get(kind="reminder_day", person__email=email)


def found(staff: Client, **asked: str) -> set[int]:
    return {row.notice.pk for row in staff.get("/staff/ledger/", asked).context["rows"]}


def test_one_search_answers_whether_she_got_it(staff: Client) -> None:
    notice = going()
    page = staff.get("/staff/ledger/", {"words": "ana@home", "kind": "reminder_day"}).content.decode()
    assert "Reminder, the day before" in page
    assert "The Glass Orchard, Fri 7 Aug, 7:00 pm, The Lantern" in page
    assert ">sent" in page
    assert found(staff, words="ana@home", kind="reminder_day") == {notice.pk}


def test_messages_are_found_by_address_film_kind_and_state(staff: Client) -> None:
    mine, other = going(), going(STRANGER, "Night Ferry to Skye")
    assert mine.pk in found(staff, words="glass orch")
    assert other.pk not in found(staff, words="glass orch")
    assert found(staff, words=STRANGER, state="sent") == {other.pk}
    assert found(staff, kind="reminder_day") >= {mine.pk, other.pk}
    assert found(staff, words="nobody at all") == set()


def test_why_something_was_not_sent_stands_beside_it(staff: Client) -> None:
    notice = going()
    Notice.objects.filter(pk=notice.pk).update(state="failed", reason="550 no such user")
    for address in ("/staff/ledger/", f"/staff/ledger/{notice.pk}/"):
        assert "550 no such user" in staff.get(address).content.decode()


def test_a_letter_is_read_as_rendered_without_its_private_links(staff: Client) -> None:
    notice = going()
    page = staff.get(f"/staff/ledger/{notice.pk}/").content.decode()
    frame = staff.get(f"/staff/ledger/{notice.pk}/letter.html").content.decode()
    for shown in (page, frame):
        assert "The Glass Orchard" in shown
        assert "••••••" in shown
        assert "/mine/" not in shown
        assert "/mail/stop/" not in shown
        assert rsvp_links.mine_path(notice.person).split("/")[2] not in shown


def test_a_code_is_masked_in_subject_text_and_html(staff: Client) -> None:
    with time_machine.travel(MONDAY, tick=False):
        attempt = ask_for_code(MANAGER, "her browser", MONDAY)
    notice = Notice.objects.get(kind="sign_in", subject_id=attempt.pk)
    for address in (f"/staff/ledger/{notice.pk}/", f"/staff/ledger/{notice.pk}/letter.html"):
        page = staff.get(address).content.decode()
        assert "•••••• is your Houselights code" in page
        assert code_of(attempt.uuid) not in page


def test_the_frame_can_run_nothing_and_fetch_nothing(staff: Client) -> None:
    response = staff.get(f"/staff/ledger/{going().pk}/letter.html")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_notice_about_something_gone_is_still_found(staff: Client) -> None:
    notice = going()
    Notice.objects.filter(pk=notice.pk).update(subject_id=0)
    assert "is gone" in staff.get(f"/staff/ledger/{notice.pk}/").content.decode()


def test_the_ledger_makes_as_many_queries_for_one_row_as_for_thirty(staff: Client) -> None:
    screening = make_screening(engagement=make_engagement(make_film("The Glass Orchard")))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get("/staff/ledger/", {"words": "guest"})
        return len(captured)

    rsvp_to(screening, "guest@home.example", now=MONDAY)
    queries()  # the first visit of a session notes that it was seen
    with_one = queries()
    for n in range(30):
        rsvp_to(screening, f"guest{n}@home.example", now=MONDAY)
    assert queries() == with_one


def test_it_says_when_the_bell_is_out_of_order(staff: Client) -> None:
    notice = going()
    Notice.objects.exclude(pk=notice.pk).update(state="sent")
    Notice.objects.filter(pk=notice.pk).update(state="due")
    assert "1 should have gone more than two minutes ago" in staff.get("/staff/ledger/").content.decode()
    Notice.objects.filter(pk=notice.pk).update(state="sent")
    assert "should have gone" not in staff.get("/staff/ledger/").content.decode()


def test_the_ledger_answers_whether_she_got_it_in_one_search() -> None:
    screening = make_screening()
    confirm(rsvp_to(screening, ATTENDEE, now=MONDAY), MONDAY)
    assert say_of_address(ATTENDEE)[0].startswith("No, nothing has been sent")
    sent = Notice.objects.get(kind="reminder_day")
    Notice.objects.filter(pk=sent.pk).update(state="sent", settled_at=sent.due_at)
    first, then = say_of_address(ATTENDEE.upper())
    assert first == "Yes: “Reminder, the day before” was taken by the mail server on 6 Aug 2026, 23:00 UTC."
    assert then.startswith("Next: “Reminder, two hours before”, due 7 Aug 2026, 21:00 UTC")
    assert say_of_address("nobody@home.example") == []
