"""A reply to a question after the film: by a link without a name, read by the host first, and onto the page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from discussions import after_page
from discussions.erasing import erase
from discussions.follow_up_replies import moderate, shown_of, waiting_of
from discussions.models import Discussion, FollowUpReply
from interviews.choices import choose_guide
from notices.dispatch import work_off
from notices.models import Notice
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, ORGANIZER, make_person

from .rooms import LIGHTS, OPENED, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}
MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


def going(room: Discussion, email: str = ATTENDEE) -> None:
    assert room.screening
    confirm(rsvp_to(room.screening, email, now=MONDAY, wants_reminders=False, wants_prompts=True), MONDAY)


@pytest.fixture
def room() -> Discussion:
    """A closed room of six at a showing; somebody who was there wants the questions after the film."""
    room = make_planned_room(words_may_leave=True, theater_agreed_at=OPENED)
    choose_guide(room.guide_version.guide, room.guide_version.guide.film)
    going(room)
    for number in range(6):
        make_phone(room, f"Phone {number}")
    do(room, "close")
    return room


def link_in_mail(kind: str = "prompt_after") -> str:
    """Where the mail of this kind that went out last leads who wants to write back; `""` where it does not."""
    mail.outbox.clear()
    with time_machine.travel(Notice.objects.filter(kind=kind).latest("pk").due_at, tick=False):
        work_off()
    found = re.search(r"/reply/[\w:.-]+/", mail.outbox[-1].body)
    return found[0] if found else ""


def test_the_mail_leads_to_a_form_without_a_name_and_opening_it_does_nothing(
    room: Discussion, client: Client
) -> None:
    with time_machine.travel(LIGHTS, tick=False):
        url = link_in_mail()
        page = client.get(url)
    assert page.status_code == 200
    assert not page.cookies
    assert ATTENDEE not in page.content.decode()
    assert not FollowUpReply.objects.exists()


def test_a_reply_stands_on_the_page_once_the_host_has_read_it(room: Discussion, client: Client) -> None:
    after_page.open_page(room, "all", LIGHTS)
    url = link_in_mail()
    with time_machine.travel(LIGHTS + dt.timedelta(hours=12), tick=False):
        client.post(url, {"text": "I called my mother. Phone 3 was right."}, **HERE)
        page = f"/r/{room.code}/after/"
        assert "I called my mother" not in client.get(page).content.decode()
        host = Client()
        host.force_login(make_person(ORGANIZER), backend="accounts.backend.CodeOrPasskeyBackend")
        todo = f"/lead/{room.code}/after/"
        assert "I called my mother" in host.get(todo).content.decode()
        host.post(todo, {"act": "show", "pk": FollowUpReply.objects.get().pk}, **HERE)
        words = client.get(page).content.decode()
        assert "I called my mother" in words
        assert "Phone 3" not in words
        host.post(todo, {"act": "put_away", "pk": FollowUpReply.objects.get().pk}, **HERE)
        assert "I called my mother" not in client.get(page).content.decode()


def test_one_mail_is_one_reply_that_can_be_mended_until_it_is_read(room: Discussion, client: Client) -> None:
    url = link_in_mail()
    with time_machine.travel(LIGHTS, tick=False):
        client.post(url, {"text": "Frist"}, **HERE)
        client.post(url, {"text": "First"}, **HERE)
        client.post(url, {"text": "First"}, **HERE)
        row = waiting_of(room).get()
        assert row.text == "First"
        moderate(room, row.pk, show=True, now=LIGHTS)
        late = client.post(url, {"text": "Something rude"}, **HERE)
    assert late.status_code == 422
    assert "Something rude" in late.content.decode()
    assert [one.text for one in shown_of(room)] == ["First"]


def test_two_people_are_two_replies_and_neither_has_a_name(room: Discussion, client: Client) -> None:
    first = link_in_mail()
    going(room, "ben@home.example")
    second = link_in_mail()
    with time_machine.travel(LIGHTS, tick=False):
        client.post(first, {"text": "One"}, **HERE)
        client.post(second, {"text": "Two"}, **HERE)
    rows = str(list(FollowUpReply.objects.values()))
    assert FollowUpReply.objects.count() == 2
    for notice in Notice.objects.all():
        assert str(notice.lease or "none") not in rows
    assert "@" not in rows


@pytest.mark.parametrize("typed", ["", "   ", "x" * 601])
def test_what_cannot_be_taken_is_said_and_given_back(room: Discussion, client: Client, typed: str) -> None:
    url = link_in_mail()
    with time_machine.travel(LIGHTS, tick=False):
        answer = client.post(url, {"text": typed}, **HERE)
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not FollowUpReply.objects.exists()


def test_a_reply_to_an_erased_evening_is_refused_kindly_and_the_words_are_given_back(
    room: Discussion, client: Client
) -> None:
    url = link_in_mail()
    with time_machine.travel(LIGHTS, tick=False):
        client.post(url, {"text": "Sent in time"}, **HERE)
        erase(room, LIGHTS)
        assert client.get(url).status_code == 410
        late = client.post(url, {"text": "I called my mother"}, **HERE)
    assert late.status_code == 410
    assert "erased on its day" in late.content.decode()
    assert "I called my mother" in late.content.decode()
    assert not FollowUpReply.objects.exists()


def test_where_there_was_no_room_the_mail_does_not_ask_to_write_back(room: Discussion) -> None:
    erase(room, LIGHTS)
    assert link_in_mail() == ""


def test_a_link_cut_short_or_forged_leads_nowhere(room: Discussion, client: Client) -> None:
    url = link_in_mail()
    assert client.get(url[:-4] + "/").status_code == 404
    assert client.post("/reply/forged/", {"text": "x"}, **HERE).status_code == 404
    assert client.post(url, {"text": "x"}, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
