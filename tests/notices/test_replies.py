"""An address left for one reply: answered without a name, and forgotten."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import retention
from accounts.kept import export
from accounts.models import Person
from notices import kinds, replies
from notices.delivery import Verdict, no_longer_true
from notices.dispatch import work_off
from notices.kinds import Kind, SubjectKind
from notices.ledger import Subject
from notices.models import Notice, ReplyAddress
from notices.suppression import address_key, suppress
from tests.cast import ATTENDEE, make_person
from tests.house.world import build_world
from tests.mail_server import CUT, MailServer

pytestmark = pytest.mark.django_db(transaction=True)

NOW = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
KEY = uuid.UUID(int=7)
QUESTION = Subject("planted_question", 7, 1)
PLANTED = "planted@nowhere.example"


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[int, Verdict]:
    """A kind of reply as a room would register it; what stands in the dictionary is said of a question."""
    said: dict[int, Verdict] = {}

    def load(notices: Collection[Notice]) -> Mapping[int, str]:
        return {notice.pk: "Why the salt?" for notice in notices}

    kind = Kind(
        code="planted_answer",
        name="Answer",
        template="emails/sign_in.html",
        context=lambda notice, about, now: {"minutes": 1},
        check=lambda notice, about, now: said.get(notice.subject_id, Verdict()),
        private=lambda notice, about: {"code": "none"},
        alike=lambda notice, about: about,
    )
    monkeypatch.setitem(kinds._kinds, kind.code, kind)
    monkeypatch.setitem(kinds._subjects, QUESTION.kind, SubjectKind(QUESTION.kind, load))
    return said


def leave(address: str = ATTENDEE, key: uuid.UUID = KEY) -> None:
    replies.leave_address(key, address, NOW, purpose="answer")


def owe(subject: Subject = QUESTION, key: uuid.UUID = KEY) -> Notice | None:
    return replies.owe_reply(key, "planted_answer", subject, now=NOW)


def send(at: dt.datetime = NOW) -> dict[str, int]:
    with time_machine.travel(at, tick=False):
        return work_off().by_ending


def test_a_reply_goes_to_the_address_once_and_the_address_is_deleted(mail_server: MailServer) -> None:
    leave()
    assert owe() == owe()
    assert send() == {"sent": 1}
    assert mail_server.copies() == {ATTENDEE: 1}
    assert not ReplyAddress.objects.exists()
    row = Notice.objects.get()
    assert (row.state, row.person_id, row.reply_to, row.address) == ("sent", None, None, "")
    assert owe() is None


def test_no_person_is_made_of_it(mail_server: MailServer) -> None:
    leave()
    owe()
    send()
    assert not Person.objects.exists()


def test_nothing_is_owed_where_no_address_was_left() -> None:
    assert owe() is None
    assert not replies.has_address(KEY)


def test_two_questions_of_one_address_have_nothing_in_common(mail_server: MailServer) -> None:
    other = uuid.UUID(int=8)
    leave()
    leave(key=other)
    owe()
    owe(Subject("planted_question", 8, 1), other)
    assert send() == {"sent": 2}
    assert mail_server.copies() == {ATTENDEE: 2}


def test_the_newer_address_holds(mail_server: MailServer) -> None:
    leave("wrogn@home.example")
    leave("Ana@home.example ")
    owe()
    send()
    assert mail_server.copies() == {ATTENDEE: 1}


@pytest.mark.parametrize("address", ["", "ana", "ana@home.example\r\nBcc: all@home.example", "a b@c.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        leave(address)
    assert not ReplyAddress.objects.exists()


def test_an_answer_taken_back_before_it_went_keeps_the_address_for_the_next(
    mail_server: MailServer, answers: dict[int, Verdict]
) -> None:
    leave()
    owe()
    answers[QUESTION.id] = no_longer_true("It is hidden.")
    assert send() == {"superseded": 1}
    assert replies.has_address(KEY)
    answers.clear()
    owe()
    assert send() == {"sent": 1}
    assert not ReplyAddress.objects.exists()


@pytest.mark.parametrize("answer", ["550 no such user", "451 later"])
def test_a_refusal_for_good_ends_it_and_one_for_now_does_not(mail_server: MailServer, answer: str) -> None:
    leave()
    owe()
    mail_server.at_rcpt = lambda recipient: answer
    send()
    assert replies.has_address(KEY) == answer.startswith("4")


def test_an_address_of_which_a_provider_said_no_is_forgotten(mail_server: MailServer) -> None:
    leave()
    owe()
    suppress(address_key(ATTENDEE), "hard_bounce", NOW)
    assert send() == {"declined": 1}
    assert not ReplyAddress.objects.exists()


def test_two_doubts_end_it(mail_server: MailServer) -> None:
    leave()
    owe()
    mail_server.at_data = lambda recipient: CUT
    for minutes in (0, 1, 2, 20):
        send(NOW + minutes * MINUTE)
    assert Notice.objects.get().state == "uncertain"
    assert mail_server.copies() == {ATTENDEE: 2}
    assert not ReplyAddress.objects.exists()


def test_after_60_days_it_is_forgotten_with_what_was_owed() -> None:
    leave()
    owe()
    retention.keep(NOW + 60 * DAY - MINUTE)
    assert replies.has_address(KEY)
    assert retention.keep(NOW + 60 * DAY)["reply_addresses"] == 1
    assert retention.keep(NOW + 60 * DAY)["reply_addresses"] == 0
    assert not ReplyAddress.objects.exists()
    assert Notice.objects.get().state == "expired"


def test_forgetting_takes_back_what_is_owed(mail_server: MailServer) -> None:
    leave()
    owe()
    replies.forget(KEY, NOW)
    replies.forget(KEY, NOW)
    assert not ReplyAddress.objects.exists()
    assert send() == {}


def test_one_forgotten_while_it_is_on_its_way_is_not_tried_again(mail_server: MailServer) -> None:
    leave()
    owe()

    def take_back(recipient: str) -> str:
        replies.forget(KEY, NOW + MINUTE)
        return "451 later"

    mail_server.at_data = take_back
    send()
    retention.keep(NOW + MINUTE)
    send(NOW + 20 * MINUTE)
    assert Notice.objects.get().state in ("expired", "superseded")
    assert not ReplyAddress.objects.exists()
    assert mail_server.accepted == []


def test_the_database_keeps_a_notice_to_one_recipient() -> None:
    leave()
    row = owe()
    assert row is not None
    for wrong in ({"person": make_person()}, {"reply_to": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=row.pk).update(**wrong)


def test_staff_see_neither_the_address_nor_find_it() -> None:
    client = build_world().client("site_staff")
    leave(PLANTED)
    row = owe()
    assert row is not None
    for url in ("/staff/ledger/", f"/staff/ledger/{row.pk}/", f"/staff/ledger/{row.pk}/letter.html"):
        page = client.get(url)
        assert page.status_code == 200
        assert PLANTED not in page.content.decode()
    found = client.get("/staff/ledger/", {"words": PLANTED})
    assert f"/staff/ledger/{row.pk}/" not in found.content.decode()


def test_who_proves_the_address_is_told_that_it_is_kept() -> None:
    leave()
    told = export(make_person(), NOW)["reply_addresses"]
    assert [record["Left for"] for record in told] == ["answer"]  # type: ignore[attr-defined]
