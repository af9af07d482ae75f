"""What is kept for a while is forgotten when its time is over, and nothing else is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from accounts import retention, sign_in
from accounts.models import Person, SignInAttempt
from accounts.retention import Rule, say_kept
from accounts.tasks import keep_retention
from notices import unsubscribe
from notices.models import Notice
from screenings.models import Rsvp, TheaterMembership
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, MANAGER, STRANGER, make_person
from tests.factories import make_screening, make_theater

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def rule_of_a_test(settings: Any) -> Iterator[list[dt.datetime]]:
    """A rule registered as a higher app would; what it was asked to forget."""
    asked: list[dt.datetime] = []
    settings.RETENTION = {**settings.RETENTION, "of_a_test": dt.timedelta(hours=3)}

    def forget(before: dt.datetime, now: dt.datetime) -> int:
        asked.append(before)
        return 5

    retention.register(Rule("of_a_test", "Something", "after it", forget))
    yield asked
    retention._rules.pop("of_a_test")


def forgotten(now: dt.datetime) -> dict[str, int]:
    return {code: rows for code, rows in retention.keep(now).items() if rows}


def test_an_app_registers_a_rule_and_is_asked_what_its_setting_says(
    rule_of_a_test: list[dt.datetime],
) -> None:
    assert retention.keep(NOW)["of_a_test"] == 5
    assert rule_of_a_test == [NOW - dt.timedelta(hours=3)]


def test_a_rule_without_a_time_in_the_settings_is_refused() -> None:
    with pytest.raises(KeyError):
        retention.register(Rule("never_said", "", "", lambda before, now: 0))


def test_a_rule_that_fails_holds_up_no_other_and_its_words_are_not_logged(
    rule_of_a_test: list[dt.datetime], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(before: dt.datetime, now: dt.datetime) -> int:
        raise DatabaseError(f"Key (email)=({ATTENDEE}) already exists.")

    monkeypatch.setitem(retention._rules, "messages", Rule("messages", "", "", fail))
    assert "of_a_test" in retention.keep(NOW)
    assert "messages" in caplog.text
    assert ATTENDEE not in caplog.text


def test_every_rule_has_its_time_in_the_settings_and_every_time_its_rule(settings: Any) -> None:
    assert {rule.code for rule in retention.rules()} == set(settings.RETENTION)


def test_beat_rings_the_task_that_keeps_them(settings: Any) -> None:
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert keep_retention.name in tasks


def test_an_address_that_never_confirmed_is_forgotten_after_a_week() -> None:
    rsvp_to(make_screening("2026-09-25T19:00"), STRANGER, now=NOW)
    Person.objects.update(created_at=NOW)
    assert forgotten(NOW + 6 * DAY) == {}
    assert forgotten(NOW + 8 * DAY) == {"unconfirmed": 1, "people": 1}
    assert not Person.objects.exists()
    assert not Notice.objects.exists()
    assert forgotten(NOW + 8 * DAY) == {}


def test_who_comes_is_kept_until_two_months_after_the_film_and_then_forgotten() -> None:
    rsvp = confirm(rsvp_to(make_screening(), ATTENDEE, now=NOW), NOW)
    Person.objects.update(created_at=NOW)
    ends_at = rsvp.screening.ends_at
    retention.keep(ends_at + 59 * DAY)
    assert Rsvp.objects.exists()
    retention.keep(ends_at + 61 * DAY)
    assert not Person.objects.exists()


def test_who_left_a_list_and_has_nothing_else_here_is_forgotten_too() -> None:
    person = make_person(ATTENDEE, created_at=NOW)
    unsubscribe.stop(person, "reminders", NOW)
    assert forgotten(NOW + 8 * DAY) == {"people": 1}


def test_who_works_with_a_theater_is_never_forgotten() -> None:
    TheaterMembership.objects.create(
        theater=make_theater(), person=make_person(MANAGER, created_at=NOW), role="manager"
    )
    assert forgotten(NOW + 400 * DAY) == {}


def test_who_was_invited_to_a_team_is_not_forgotten_while_the_invitation_waits() -> None:
    from accounts import memberships

    manager = make_person(MANAGER, is_staff=True)
    memberships.invite(make_theater(), ATTENDEE, "staff", by=manager, now=NOW)
    Person.objects.update(created_at=NOW)
    assert forgotten(NOW + 30 * DAY) == {}


def test_who_signed_in_lately_is_not_forgotten() -> None:
    make_person(ATTENDEE, created_at=NOW, last_login=NOW + 20 * DAY)
    assert forgotten(NOW + 21 * DAY) == {}
    assert forgotten(NOW + 28 * DAY) == {"people": 1}


def test_site_staff_are_not_forgotten() -> None:
    make_person(MANAGER, created_at=NOW, is_staff=True)
    assert forgotten(NOW + 400 * DAY) == {}


def test_that_a_code_was_asked_for_is_forgotten_after_a_day() -> None:
    sign_in.ask_for_code(ATTENDEE, "a browser", NOW)
    retention.keep(NOW + DAY / 2)
    assert SignInAttempt.objects.exists()
    retention.keep(NOW + DAY + dt.timedelta(minutes=1))
    assert not SignInAttempt.objects.exists()


def test_a_session_that_ended_is_forgotten_and_one_that_lives_is_not() -> None:
    for email in (ATTENDEE, MANAGER):
        Client().force_login(make_person(email), backend="accounts.backend.CodeOrPasskeyBackend")
    ended = Session.objects.all()[0]
    Session.objects.filter(pk=ended.pk).update(expire_date=timezone.now() - DAY)
    keep_retention()
    assert Session.objects.count() == 1


def test_a_message_is_remembered_for_ninety_days_and_one_that_is_owed_for_as_long_as_it_is() -> None:
    rsvp = confirm(rsvp_to(make_screening(), ATTENDEE, now=NOW), NOW)
    Notice.objects.filter(kind="reminder_day").update(state="sent", settled_at=NOW)
    rule = retention._rules["messages"]
    assert rule.forget(NOW + DAY / 2, NOW) == 0
    assert rule.forget(rsvp.screening.starts_at + DAY, NOW) == 2  # the reminder, and what asked to confirm
    assert list(Notice.objects.values_list("kind", "state")) == [("reminder_hours", "due")]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (dt.timedelta(days=30), "30 days"),
        (dt.timedelta(days=365), "a year"),
        (dt.timedelta(days=1), "24 hours"),
        (dt.timedelta(hours=1), "an hour"),
        (dt.timedelta(minutes=10), "10 minutes"),
        (dt.timedelta(), ""),
    ],
)
def test_how_long_is_said_as_people_say_it(span: dt.timedelta, said: str) -> None:
    assert say_kept(span) == said
