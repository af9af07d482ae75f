"""The way out of the house, through a real mail server: checked again, handed over, settled."""

from __future__ import annotations

import datetime as dt
import socket
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError

from accounts.models import Person
from notices import dispatch, kinds, ledger, rounds, unsubscribe
from notices.delivery import Verdict
from notices.dispatch import work_off
from notices.kinds import Kind
from notices.ledger import Subject
from notices.models import Notice
from notices.post import SmtpPost
from notices.rounds import Round
from notices.scribe import Scribe
from notices.smtp_line import Errand, Line
from notices.tasks import deliver, ring_dispatcher
from screenings.mail_lists import REMINDERS
from screenings.models import Rsvp, Screening
from screenings.rsvps import confirm, rsvp_to, withdraw
from screenings.showings import cancel, move
from tests.cast import ATTENDEE, STRANGER
from tests.factories import make_screening
from tests.mail_server import CUT, MailServer, free_port, text_of

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)  # Friday, 7 pm in Atlanta
DAY_BEFORE, HOURS_BEFORE = START - dt.timedelta(days=1), START - dt.timedelta(hours=2)
SECOND, MINUTE, HOUR = (dt.timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours"))


@pytest.fixture
def screening() -> Screening:
    return make_screening()


def going(screening: Screening, email: str = ATTENDEE, **wishes: bool) -> Rsvp:
    return confirm(rsvp_to(screening, email, now=MONDAY, **wishes), MONDAY)


def send(at: dt.datetime) -> dict[str, int]:
    """What a worker does that looks at the instant `at`."""
    with time_machine.travel(at, tick=False):
        return work_off().by_ending


def row(kind: str = "reminder_hours", email: str = ATTENDEE) -> Notice:
    return Notice.objects.filter(kind=kind, person__email=email).latest("id")


def test_each_reminder_goes_once_when_it_is_due(screening: Screening, mail_server: MailServer) -> None:
    going(screening)
    assert send(DAY_BEFORE - SECOND) == {}
    assert send(DAY_BEFORE) == {"sent": 1}
    assert send(DAY_BEFORE + HOUR) == {}
    assert send(HOURS_BEFORE + 3 * SECOND) == {"sent": 1}
    assert mail_server.copies() == {ATTENDEE: 2}
    assert row().lateness == 3 * SECOND


def test_a_reminder_is_not_sent_once_its_use_is_over(screening: Screening, mail_server: MailServer) -> None:
    going(screening)
    send(DAY_BEFORE)
    assert send(START - 15 * MINUTE) == {"expired": 1}
    assert mail_server.copies() == {ATTENDEE: 1}
    assert row().reason


def test_who_withdrew_hears_nothing(screening: Screening, mail_server: MailServer) -> None:
    withdraw(going(screening), MONDAY)
    send(DAY_BEFORE)
    send(HOURS_BEFORE)
    assert mail_server.accepted == []


def test_nobody_is_reminded_of_a_cancelled_showing(screening: Screening, mail_server: MailServer) -> None:
    going(screening)
    cancel(screening, reason="", now=MONDAY)
    send(DAY_BEFORE)
    send(HOURS_BEFORE)
    states = Notice.objects.filter(kind__startswith="reminder").values_list("state", flat=True)
    assert list(states) == ["superseded", "superseded"]


def test_a_change_that_no_act_told_the_ledger_of_is_seen_by_the_last_look(
    screening: Screening, mail_server: MailServer
) -> None:
    going(screening)
    Screening.objects.update(status="cancelled", revision=1)
    assert send(DAY_BEFORE) == {"superseded": 1}
    assert mail_server.accepted == []


def test_a_reschedule_while_the_server_holds_the_message_at_rcpt_stops_it(
    screening: Screening, mail_server: MailServer
) -> None:
    going(screening)

    def reschedule(recipient: str) -> str:
        move(screening, dt.datetime(2026, 8, 7, 20, 0), now=HOURS_BEFORE)
        return "250 OK"

    mail_server.at_rcpt = reschedule
    send(HOURS_BEFORE)
    assert mail_server.accepted == []
    mail_server.at_rcpt = lambda recipient: "250 OK"
    send(HOURS_BEFORE + HOUR)
    assert row().state == "sent"
    for letter in mail_server.letters_to(ATTENDEE):
        assert "8:00 pm" in text_of(letter)


def test_a_reschedule_while_the_message_has_gone_ahead_to_its_last_dot_stops_it(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    going(screening)
    begin_to_mark, load, gone_ahead = rounds.begin_to_mark, SmtpPost.load, []

    def reschedule_first(*given: Any) -> Any:
        move(screening, dt.datetime(2026, 8, 7, 20, 0), now=HOURS_BEFORE)
        return begin_to_mark(*given)

    def load_and_flush(self: SmtpPost, errand: Errand) -> None:
        load(self, errand)
        gone_ahead.append(self.flush())

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "begin_to_mark", reschedule_first)
        patched.setattr(SmtpPost, "load", load_and_flush)
        send(HOURS_BEFORE)
    assert gone_ahead == [[]]
    assert mail_server.accepted == []
    send(HOURS_BEFORE + HOUR)
    for letter in mail_server.letters_to(ATTENDEE):
        assert "8:00 pm" in text_of(letter)
    assert row().state == "sent"


def test_a_line_that_is_lost_while_the_message_goes_ahead_loses_and_doubles_nothing(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        going(screening, f"guest{n}@home.example")
    load, loaded = Line.load, []

    def load_and_lose(self: Line, errand: Errand) -> None:
        load(self, errand)
        loaded.append(errand)
        if len(loaded) in (1, 3, 4):
            self.socket.close()

    monkeypatch.setattr(Line, "load", load_and_lose)
    send(DAY_BEFORE)
    send(DAY_BEFORE + 10 * MINUTE)
    assert mail_server.copies() == {f"guest{n}@home.example": 1 for n in range(6)}
    assert {notice.in_doubt for notice in Notice.objects.filter(kind="reminder_day")} == {0}


def test_who_left_the_list_is_not_written_to(screening: Screening, mail_server: MailServer) -> None:
    person = going(screening).person
    unsubscribe.stop(person, REMINDERS.code, MONDAY)
    send(DAY_BEFORE)
    assert mail_server.accepted == []
    assert row("reminder_day").state == "declined"


def test_who_leaves_by_mistake_and_comes_back_is_reminded(
    screening: Screening, mail_server: MailServer
) -> None:
    person = going(screening).person
    unsubscribe.stop(person, REMINDERS.code, MONDAY)
    unsubscribe.start(person, REMINDERS.code, MONDAY)
    assert send(DAY_BEFORE) == {"sent": 1}


def test_nothing_is_sent_to_who_sits_in_a_film_until_it_ends(mail_server: MailServer) -> None:
    matinee, evening = make_screening("2026-08-07T16:30"), make_screening("2026-08-07T19:00")
    going(matinee)
    going(evening)
    for at in (matinee.starts_at - 24 * HOUR, DAY_BEFORE, matinee.starts_at - 2 * HOUR):
        send(at)
    assert mail_server.copies() == {ATTENDEE: 3}
    assert send(HOURS_BEFORE) == {"hold": 1}  # 5 pm: the matinee runs until 6:11
    assert row().due_at == matinee.ends_at
    assert send(matinee.ends_at) == {"sent": 1}


def test_what_could_not_go_by_evening_does_not_go_in_the_night(mail_server: MailServer) -> None:
    screening = make_screening("2026-08-08T12:00")
    going(screening)
    late = dt.datetime(2026, 8, 8, 3, 0, tzinfo=dt.UTC)  # 11 pm on Friday: the worker had been away
    assert send(late) == {"hold": 1}
    assert row("reminder_day").due_at == dt.datetime(2026, 8, 8, 12, 0, tzinfo=dt.UTC)
    assert mail_server.accepted == []


def test_a_confirmation_goes_in_the_night(screening: Screening, mail_server: MailServer) -> None:
    night = dt.datetime(2026, 8, 4, 5, 0, tzinfo=dt.UTC)
    rsvp_to(screening, ATTENDEE, now=night)
    assert send(night) == {"sent": 1}


def test_a_round_claims_more_before_the_last_is_on_its_way(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.NOTICE_CONNECTIONS = 1
    monkeypatch.setattr(dispatch, "FIRST", 5)
    monkeypatch.setattr(dispatch, "MOST", 5)
    monkeypatch.setattr(dispatch, "FEWEST", 5)
    rounds: list[Round] = []
    deliver_round = Round.deliver
    monkeypatch.setattr(Round, "deliver", lambda self: rounds.append(self) or deliver_round(self))
    for n in range(23):
        going(screening, f"guest{n}@home.example")
    assert send(DAY_BEFORE) == {"sent": 23}
    assert set(mail_server.copies().values()) == {1}
    assert len(rounds) == 1


def test_a_letter_that_asks_the_database_waits_for_the_mark_before_it(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Scribe.write

    def ask_and_write(self: Scribe, *given: Any) -> Any:
        assert Person.objects.exists()
        return write(self, *given)

    monkeypatch.setattr(Scribe, "write", ask_and_write)
    for n in range(8):
        going(screening, f"guest{n}@home.example")
    assert send(DAY_BEFORE) == {"sent": 8}
    assert set(mail_server.copies().values()) == {1}


def test_a_letter_that_the_database_kept_from_being_written_is_written_by_whoever_claims_it_next(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    going(screening)

    def away(self: Scribe, *given: Any) -> Any:
        raise OperationalError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(Scribe, "write", away)
        with pytest.raises(OperationalError):
            send(DAY_BEFORE)
    assert row("reminder_day").state == Notice.State.CLAIMED
    assert send(DAY_BEFORE + 5 * MINUTE) == {"sent": 1}
    assert set(mail_server.copies().values()) == {1}


def test_a_worker_claims_what_goes_out_in_about_a_second(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30):
        rsvp_to(screening, f"guest{n}@home.example", now=MONDAY)
    monkeypatch.setattr(dispatch, "FIRST", 10)
    monkeypatch.setattr(dispatch, "FEWEST", 2)
    seconds = iter([0.0, 0.0, 2.0, 2.1])
    monkeypatch.setattr(dispatch, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    due = dispatch.DueNotices(lambda: MONDAY, MONDAY + MINUTE, urgent_only=False)
    assert [len(due.claim().notices) for _ in range(3)] == [10, 5, 15]  # of 50 that a second would take


def test_the_last_rows_are_shared_out_between_two_workers(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30):
        rsvp_to(screening, f"guest{n}@home.example", now=MONDAY)
    for name, portion in {"FIRST": 16, "FEWEST": 16, "MOST": 16, "FEWEST_SHARED": 4}.items():
        monkeypatch.setattr(dispatch, name, portion)
    due = dispatch.DueNotices(lambda: MONDAY, MONDAY + MINUTE, urgent_only=False)
    assert [len(due.claim().notices) for _ in range(6)] == [15, 8, 4, 3, 0, 0]


# --- the mail server -------------------------------------------------------------------------------------------


def test_a_refusal_for_now_is_tried_again_and_a_refusal_for_good_is_not(
    screening: Screening, mail_server: MailServer
) -> None:
    going(screening)
    going(screening, STRANGER)
    mail_server.at_rcpt = lambda to: "450 busy" if to == ATTENDEE else f"550 no such user <{to}>"
    assert send(DAY_BEFORE) == {"hold": 1, "failed": 1}
    assert row("reminder_day", STRANGER).reason == "550 no such user the address"
    mail_server.at_rcpt = lambda to: "250 OK"
    assert send(DAY_BEFORE + 9 * SECOND) == {}
    assert send(DAY_BEFORE + 10 * SECOND) == {"sent": 1}
    assert row("reminder_day").attempts == 2


def test_a_server_that_refuses_for_an_hour_is_asked_ever_less_often_and_nothing_is_lost(
    screening: Screening, mail_server: MailServer
) -> None:
    going(screening)
    mail_server.at_data = lambda to: "451 try later"
    tries = sum(bool(send(DAY_BEFORE + n * 5 * SECOND)) for n in range(720))
    assert tries == 8  # after 0, 10, 40, 100, 400, 1300, 2200 and 3100 seconds
    mail_server.at_data = lambda to: "250 OK"
    assert send(DAY_BEFORE + 2 * HOUR) == {"sent": 1}


def test_a_server_that_is_away_is_waited_for(screening: Screening, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    going(screening)
    going(screening, STRANGER)
    assert send(DAY_BEFORE) == {"hold": 2}
    assert "not reached" in row("reminder_day").reason
    with MailServer(settings.EMAIL_PORT) as server:
        assert send(DAY_BEFORE + 10 * SECOND) == {"sent": 2}
        assert server.copies() == {ATTENDEE: 1, STRANGER: 1}


def test_accepted_and_then_cut_is_tried_once_more_and_never_a_third_time(
    screening: Screening, mail_server: MailServer
) -> None:
    going(screening)
    mail_server.at_data = lambda to: CUT
    for seconds in range(0, 3600, 60):
        send(DAY_BEFORE + seconds * SECOND)
    assert mail_server.copies() == {ATTENDEE: 2}
    assert row("reminder_day").state == "uncertain"
    first, second = mail_server.letters_to(ATTENDEE)
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_hangs_is_left_after_the_timeout_and_nobody_is_sent_three(
    screening: Screening, mail_server: MailServer, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    going(screening)
    mail_server.pause = 1.0
    for seconds in (0, 10, 60, 300):
        send(DAY_BEFORE + seconds * SECOND)
    assert row("reminder_day").state == "uncertain"
    assert len(mail_server.accepted) <= 2


def test_the_connection_is_kept_and_opened_anew_when_the_server_has_hung_up(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.NOTICE_CONNECTIONS = 1
    opened: list[int] = []
    connect = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: opened.append(1) or connect(*a, **k))
    for n in range(10):
        going(screening, f"guest{n}@home.example")
    mail_server.at_rcpt = lambda to: (
        "421 too many" if to == "guest5@home.example" and len(opened) < 2 else "250 OK"
    )
    send(DAY_BEFORE)
    assert len(mail_server.accepted) == 9
    assert len(opened) == 2


def test_a_letter_that_cannot_be_written_fails_alone(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    going(screening)
    going(screening, STRANGER)
    Person.objects.filter(email=STRANGER).update(email="sam@elsewhere.example\nBcc: all@home.example")
    assert send(DAY_BEFORE) == {"sent": 1, "failed": 1}
    assert mail_server.copies() == {ATTENDEE: 1}


def test_a_notice_that_cannot_be_judged_waits_alone(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(notice: Notice, about: object, now: dt.datetime) -> Verdict:
        raise ZeroDivisionError("a mistake in a check")

    broken = Kind("broken", "Broken", "emails/reminder.html", lambda *_: {}, check=check)
    monkeypatch.setitem(kinds._kinds, "broken", broken)
    person = going(screening).person
    ledger.plan(
        person, "broken", Subject("screening", screening.pk), due_at=MONDAY, useful_until=START, now=MONDAY
    )
    assert send(DAY_BEFORE) == {"sent": 1, "hold": 1}
    assert "a mistake in a check" in row("broken").reason
    assert send(DAY_BEFORE + MINUTE) == {}


def test_a_kind_that_this_release_does_not_know_waits_for_one_that_does(
    screening: Screening, mail_server: MailServer
) -> None:
    person = going(screening).person
    ledger.plan(
        person,
        "from_tomorrow",
        Subject("screening", screening.pk),
        due_at=MONDAY,
        useful_until=START,
        now=MONDAY,
    )
    assert send(MONDAY) == {"hold": 1}
    assert row("from_tomorrow").state == "due"


# --- the bell --------------------------------------------------------------------------------------------------


def test_the_dispatcher_rings_as_many_workers_as_there_is_work_for(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(deliver, "apply_async", lambda kwargs, queue, expires: rung.append(queue))
    with time_machine.travel(MONDAY, tick=False):
        ring_dispatcher()
        assert rung == []
        for n in range(dispatch.CHUNK + 1):
            rsvp_to(screening, f"guest{n}@home.example", now=MONDAY)
        ring_dispatcher()
    assert rung == ["urgent", "urgent"]


def test_what_nobody_waits_for_goes_by_a_queue_of_its_own(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reminders go by the bulk queue; a worker that is rung for what is urgent leaves them to it."""
    rung: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        deliver, "apply_async", lambda kwargs, queue, expires: rung.append((queue, kwargs["urgent_only"]))
    )
    going(screening)
    with time_machine.travel(DAY_BEFORE, tick=False):
        ring_dispatcher()
        assert rung == [("bulk", False)]
        rsvp_to(make_screening("2026-08-08T19:00"), STRANGER, now=DAY_BEFORE)
        ring_dispatcher()
        assert rung[1:] == [("urgent", True), ("bulk", False)]
        deliver(urgent_only=True)
        assert mail_server.copies() == {STRANGER: 1}
        deliver(urgent_only=False)
        assert mail_server.copies() == {STRANGER: 1, ATTENDEE: 1}


def test_a_broker_that_is_away_loses_nothing(
    screening: Screening, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kombu.exceptions

    def away(**_: object) -> None:
        raise kombu.exceptions.OperationalError

    monkeypatch.setattr(deliver, "apply_async", away)
    going(screening)
    with time_machine.travel(DAY_BEFORE, tick=False):
        ring_dispatcher()
        call_command("dispatch_notices", "--once")
    assert mail_server.copies() == {ATTENDEE: 1}
