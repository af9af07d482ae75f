"""The discussion is open: told at once when the house lights go up, never in the dark, and not when it is over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.erasing import erase
from discussions.film_ended import say_film_has_ended
from discussions.models import Discussion
from discussions.rooms import open_room
from notices import wishes
from notices.dispatch import work_off
from notices.looks import look_at
from notices.models import DailyTally, Notice
from screenings import rsvps
from screenings.models import Rsvp, Screening
from screenings.showings import cancel, reinstate, relabel
from tests.cast import ATTENDEE, STRANGER
from tests.factories import make_screening

from .rooms import LIGHTS, MINUTE, OPENED, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 8, 7, 16, 0, tzinfo=dt.UTC)
NEWS = "The discussion is open: The Salt Road"


@pytest.fixture
def screening() -> Screening:
    """Friday 7 August 2026, 7 pm in Atlanta; over at 8:41 pm."""
    return make_screening()


@pytest.fixture
def room(screening: Screening) -> Discussion:
    return make_planned_room(screening)


def go(screening: Screening, who: str = ATTENDEE, *, prompts: bool = True) -> Rsvp:
    asked = rsvps.rsvp_to(screening, who, now=NOON, wants_reminders=False, wants_prompts=prompts)
    return rsvps.confirm(asked, NOON)


def owed() -> Notice:
    return Notice.objects.get(kind="discussion_open")


def send(at: dt.datetime) -> list[str]:
    """The subjects of what goes out at `at`."""
    mail.outbox.clear()
    with time_machine.travel(at, tick=False):
        work_off()
    return [letter.subject for letter in mail.outbox]


def test_when_the_lights_go_up_those_who_come_are_told_where_to_join(
    screening: Screening, room: Discussion
) -> None:
    go(screening)
    do(room, "lights_up")
    assert send(LIGHTS) == [NEWS]
    assert f"http://localhost:8000/r/{room.code}/" in mail.outbox[0].body
    assert owed().urgent
    assert owed().useful_until == LIGHTS + dt.timedelta(hours=1)


def test_nothing_is_owed_before_the_lights_go_up(screening: Screening, room: Discussion) -> None:
    go(screening)
    assert not Notice.objects.filter(kind="discussion_open").exists()
    assert send(LIGHTS) == []


def test_who_asked_for_no_mail_after_the_film_or_does_not_come_is_not_told(
    screening: Screening, room: Discussion
) -> None:
    go(screening, prompts=False)
    rsvps.withdraw(go(screening, STRANGER), NOON)
    do(room, "lights_up")
    assert not Notice.objects.filter(kind="discussion_open").exists()


def test_lights_that_go_up_before_the_listed_end_wait_for_it(screening: Screening, room: Discussion) -> None:
    """A thumb that slipped must not ring in the dark."""
    go(screening)
    early = screening.ends_at - 10 * MINUTE
    do(room, "lights_up", now=early)
    assert send(early) == []
    assert owed().due_at == screening.ends_at
    assert owed().useful_until == screening.ends_at + dt.timedelta(hours=1)
    assert send(screening.ends_at) == [NEWS]


def test_a_film_that_runs_late_is_waited_for_too(screening: Screening, room: Discussion) -> None:
    go(screening)
    do(room, "late", minutes=20, now=screening.starts_at)
    do(room, "lights_up", now=screening.ends_at - 10 * MINUTE)
    over = screening.ends_at + 20 * MINUTE
    assert send(over - MINUTE) == []
    assert send(over) == [NEWS]


def _comes(screening: Screening) -> None:
    rsvps.confirm(
        rsvps.rsvp_to(screening, STRANGER, now=OPENED + MINUTE, wants_prompts=True), OPENED + MINUTE
    )


def _wants_other_mail(screening: Screening) -> None:
    rsvps.set_wishes(Rsvp.objects.get(), reminders=True, prompts=True, now=OPENED + MINUTE)


def _is_relabelled(screening: Screening) -> None:
    relabel(screening, ["OC"], now=OPENED + MINUTE)


def _is_off_and_on_again(screening: Screening) -> None:
    cancel(screening, reason="", now=OPENED + MINUTE)
    reinstate(Screening.objects.get(pk=screening.pk), now=OPENED + 2 * MINUTE)


@pytest.mark.parametrize("happens", [_comes, _wants_other_mail, _is_relabelled, _is_off_and_on_again])
def test_lights_up_in_the_lobby_and_whatever_happens_before_the_film_everybody_is_told_after_it(
    screening: Screening, room: Discussion, happens: Callable[[Screening], None]
) -> None:
    go(screening)
    do(room, "lights_up", now=OPENED)
    happens(screening)
    assert send(LIGHTS).count(NEWS) == Rsvp.objects.count()


def test_who_sits_in_another_film_by_then_is_told_after_it(screening: Screening, room: Discussion) -> None:
    other = make_screening("2026-08-07T20:00")
    go(screening)
    go(other)
    do(room, "lights_up")
    assert send(LIGHTS) == []
    assert owed().reason == "Waits: a film is running that the person sits in."


def test_lights_put_out_again_take_it_back_and_up_again_owe_it(
    screening: Screening, room: Discussion
) -> None:
    go(screening)
    early = screening.ends_at - 10 * MINUTE
    act = do(room, "lights_up", now=early)
    assert act
    do(room, "undo", done=act.pk, now=early + MINUTE)
    assert (owed().state, owed().reason) == ("superseded", "The discussion is over.")
    assert send(screening.ends_at) == []
    do(room, "lights_up", now=LIGHTS)
    assert send(LIGHTS) == [NEWS]


@pytest.mark.parametrize("ends", ["close", "close_step"])
def test_a_talk_that_ends_takes_back_what_was_not_sent(
    screening: Screening, room: Discussion, ends: str
) -> None:
    go(screening)
    do(room, "lights_up")
    if ends == "close":
        do(room, "close", now=LIGHTS + MINUTE)
    else:
        for step in range(room.steps.count()):
            do(room, "next", leaves=step, now=LIGHTS + MINUTE)
        assert room.phase == "closing"
    assert owed().state == "superseded"
    assert send(LIGHTS + MINUTE) == []


def test_back_from_closing_it_is_owed_to_who_was_not_told(screening: Screening, room: Discussion) -> None:
    go(screening)
    do(room, "lights_up")
    assert send(LIGHTS) == [NEWS]
    last = room.steps.count() - 1
    do(room, "go", leaves=0, step=last)
    do(room, "next", leaves=last)
    do(room, "back", leaves=last)
    assert room.phase == "lights_up"
    assert send(LIGHTS + MINUTE) == [], "nobody is told twice"


def test_a_room_that_closes_while_the_mail_is_held_is_seen_at_the_last_look(
    screening: Screening, room: Discussion
) -> None:
    go(screening)
    do(room, "lights_up")
    Discussion.objects.update(phase="closed", closed_at=LIGHTS)
    assert send(LIGHTS) == []
    assert owed().reason == "The discussion is over."


def test_phones_that_bring_up_the_lights_by_themselves_mail_nobody(
    screening: Screening, room: Discussion
) -> None:
    """The code stands on the showing's page: two windows of a stranger are two phones."""
    rsvp = go(screening)
    late = LIGHTS + 30 * MINUTE
    for name in ("Amber Heron", "Blue Wren"):
        say_film_has_ended(make_phone(room, name), late)
    room.refresh_from_db()
    assert room.phase == "lights_up"
    rsvps.set_wishes(rsvp, reminders=False, prompts=True, now=late)
    assert send(late) == []


def test_at_night_it_is_not_sent_and_the_ledger_says_why() -> None:
    late = make_screening("2026-08-07T21:00")
    room = make_planned_room(late)
    go(late)
    lights = late.ends_at + MINUTE
    do(room, "lights_up", now=lights)
    assert send(lights) == []
    assert owed().state == "expired"
    assert owed().reason == "It had to wait (night at the theater), and its time was over by then."


def test_a_cancelled_showing_takes_it_back(screening: Screening, room: Discussion) -> None:
    go(screening)
    do(room, "lights_up", now=OPENED)
    cancel(screening, reason="", now=OPENED + MINUTE)
    assert (owed().state, owed().reason) == ("superseded", "The showing was cancelled.")
    assert NEWS not in send(LIGHTS)


def test_the_lights_of_a_cancelled_showing_tell_nobody(screening: Screening, room: Discussion) -> None:
    go(screening)
    cancel(screening, reason="", now=OPENED)
    do(room, "lights_up")
    assert not Notice.objects.filter(kind="discussion_open").exists()


def test_a_room_that_is_erased_takes_it_back(screening: Screening, room: Discussion) -> None:
    go(screening)
    do(room, "lights_up")
    erase(room, LIGHTS)
    assert owed().state == "superseded"


def test_the_link_is_the_same_for_everybody(screening: Screening, room: Discussion) -> None:
    for n in range(3):
        go(screening, f"guest{n}@home.example")
    do(room, "lights_up")
    send(LIGHTS)
    links = [re.findall(r"http\S+/r/\S+", letter.body) for letter in mail.outbox]
    assert links == [[f"http://localhost:8000/r/{room.code}/"]] * 3


def test_who_leaves_the_list_or_this_kind_of_mail_is_not_told(screening: Screening, room: Discussion) -> None:
    person = go(screening).person
    kinds = [kind for each in wishes.wishes_of(person) for kind in each.kinds]
    assert "The discussion is open" in [kind.name for kind in kinds]
    wishes.set_wishes(person, [(k.code, "email") for k in kinds if k.code != "discussion_open"], NOON)
    do(room, "lights_up")
    assert send(LIGHTS) == []
    assert owed().state == "declined"


def test_who_ticks_it_while_the_room_talks_is_told_then(screening: Screening, room: Discussion) -> None:
    rsvp = go(screening, prompts=False)
    do(room, "lights_up")
    rsvps.set_wishes(rsvp, reminders=False, prompts=True, now=LIGHTS + MINUTE)
    assert send(LIGHTS + MINUTE) == [NEWS]


def test_an_hour_after_the_lights_it_is_of_no_use(screening: Screening, room: Discussion) -> None:
    rsvp = go(screening)
    do(room, "lights_up")
    assert send(LIGHTS + dt.timedelta(hours=1)) == []
    assert owed().state == "expired"
    rsvps.set_wishes(rsvp, reminders=False, prompts=True, now=LIGHTS + dt.timedelta(hours=1))
    assert owed().state == "expired", "and is owed no more"


def test_a_theater_that_has_written_enough_today_still_opens_its_talk(
    screening: Screening, room: Discussion, settings: Any
) -> None:
    settings.NOTICE_THEATER_DAILY_CAP = 1
    for n in range(3):
        go(screening, f"guest{n}@home.example")
    do(room, "lights_up")
    assert send(LIGHTS) == [NEWS] * 3
    assert DailyTally.objects.get().count == 3


def test_the_code_of_the_door_is_not_in_the_mail(screening: Screening, room: Discussion) -> None:
    Discussion.objects.update(door_code="lamp-oil")
    go(screening)
    do(room, "lights_up")
    send(LIGHTS)
    assert "The room asks for a second code" in mail.outbox[0].body
    assert "lamp-oil" not in mail.outbox[0].body


def test_a_second_room_of_the_evening_tells_those_who_were_not_told(
    screening: Screening, room: Discussion
) -> None:
    go(screening)
    do(room, "lights_up")
    do(room, "close")
    second = open_room(room.guide_version, title="Again", screening=screening, host=None, now=LIGHTS)
    do(second, "lights_up", now=LIGHTS + MINUTE)
    assert send(LIGHTS + MINUTE) == [NEWS]
    assert f"/r/{second.code}/" in mail.outbox[0].body


def test_a_room_without_a_showing_tells_nobody(screening: Screening, room: Discussion) -> None:
    go(screening)
    other = open_room(room.guide_version, title="A class", screening=None, host=None, now=OPENED)
    do(other, "lights_up")
    assert not Notice.objects.filter(kind="discussion_open").exists()


def test_lights_up_out_and_up_again_and_the_last_look_take_as_many_queries_for_thirty_as_for_one() -> None:
    def queries(guests: int, day: int) -> tuple[int, ...]:
        screening = make_screening(f"2026-08-{day:02}T19:00")
        room = make_planned_room(screening)
        for n in range(guests):
            go(screening, f"guest{n}@home.example")
        lights = screening.ends_at + MINUTE
        with CaptureQueriesContext(connection) as lit:
            do(room, "lights_up", now=lights)
        rows = Notice.objects.filter(kind="discussion_open", subject_id=screening.pk)
        notices = list(rows.select_related("person", "reply_to"))
        assert len(notices) == guests
        with CaptureQueriesContext(connection) as looked:
            look_at(notices, lights)
        done = room.acts.get(kind="lights_up").pk
        with CaptureQueriesContext(connection) as put_out:
            do(room, "undo", done=done, now=lights + MINUTE)
        with CaptureQueriesContext(connection) as lit_again:
            do(room, "lights_up", now=lights + 2 * MINUTE)
        return len(lit), len(looked), len(put_out), len(lit_again)

    assert queries(1, 7) == queries(30, 8)
