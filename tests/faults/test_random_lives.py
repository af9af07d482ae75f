"""Random lives of a showing: it moves, is cancelled, is on again; people come and go, the clock runs, the mail server
refuses or cuts; its room lights up, in the dark too, thinks better of it, and closes. Whatever happens, what is sent is
true when it is sent, and nobody gets one thing three times."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter

import time_machine
from django.db.models import Max
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from interviews.choices import choose_guide
from notices.dispatch import work_off
from notices.models import Notice
from notices.quiet_hours import is_quiet
from screenings.models import Rsvp, Screening
from screenings.rsvps import confirm, rsvp_to, withdraw
from screenings.showings import cancel, move, reinstate
from screenings.spoken_times import say_time
from tests.discussions.rooms import do, make_planned_room
from tests.factories import make_screening
from tests.mail_server import CUT, MailServer, read_letter, text_of

PEOPLE = [f"guest{n}@home.example" for n in range(3)]
MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
AFTER_THE_FILM = {"discussion_open", "prompt_after", "prompt_next_day", "prompt_week_later"}
STATED = {"sent", "superseded", "expired", "declined", "failed", "uncertain"}

moods = st.sampled_from(["250 OK", "250 OK", "451 later", "550 no", CUT])
steps = st.one_of(
    st.tuples(st.just("clock"), st.sampled_from([1, 12, 60, 300, 720, 1440])),
    st.tuples(st.just("come"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("withdraw"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("move"), st.sampled_from([-90, -30, 30, 90, 1440])),
    st.tuples(st.just("cancel"), st.none()),
    st.tuples(st.just("reinstate"), st.none()),
    st.tuples(st.just("mood"), moods),
    st.tuples(st.just("end_of_film"), st.sampled_from([1, 30, 90])),
    st.tuples(st.just("lights"), st.sampled_from([-20, 5])),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("close"), st.none()),
)


class Life:
    """One showing, the people around it, and a mail server in a mood."""

    def __init__(self, server: MailServer) -> None:
        self.server, self.now = server, MONDAY
        self.screening = make_screening()
        self.room = make_planned_room(self.screening, now=MONDAY)
        choose_guide(self.room.guide_version.guide, self.screening.film)
        self.seen = 0
        server.accepted.clear()
        server.at_data = lambda recipient: "250 OK"

    def step(self, verb: str, what: object) -> None:
        """One thing happens, unless the house refuses it; then a worker looks into the ledger."""
        self.screening = Screening.objects.get(pk=self.screening.pk)
        with contextlib.suppress(
            ValueError
        ):  # The house says no in words: past, cancelled already, no such time.
            getattr(self, f"do_{verb}")(what)
        self.look()

    def do_clock(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    def do_come(self, address: str) -> None:
        confirm(rsvp_to(self.screening, address, now=self.now, wants_prompts=True), self.now)

    def do_withdraw(self, address: str) -> None:
        for rsvp in Rsvp.objects.filter(person__email=address):
            withdraw(rsvp, self.now)

    def do_move(self, minutes: int) -> None:
        move(self.screening, self.screening.local_start.replace(tzinfo=None) + minutes * MINUTE, now=self.now)

    def do_cancel(self, _: object) -> None:
        cancel(self.screening, reason="", now=self.now)

    def do_reinstate(self, _: object) -> None:
        reinstate(self.screening, now=self.now)

    def do_end_of_film(self, minutes_after: int) -> None:
        self.now = max(self.now, self.screening.ends_at + minutes_after * MINUTE)

    def do_lights(self, minutes_after: int) -> None:
        self.do_end_of_film(minutes_after)
        do(self.room, "lights_up", now=self.now)

    def do_undo(self, _: object) -> None:
        if act := self.room.acts.filter(kind="lights_up").last():
            do(self.room, "undo", done=act.pk, now=self.now)

    def do_close(self, _: object) -> None:
        do(self.room, "close", now=self.now)

    def do_mood(self, answer: str) -> None:
        self.server.at_data = lambda recipient: answer

    def look(self) -> None:
        with time_machine.travel(self.now, tick=False):
            work_off()
        self.screening = Screening.objects.get(pk=self.screening.pk)
        for address, content in self.server.accepted[self.seen :]:
            self.must_be_true(address, content)
        self.seen = len(self.server.accepted)

    def must_be_true(self, address: str, content: bytes) -> None:
        letter = read_letter(content)
        row = Notice.objects.get(message_key=str(letter["Message-ID"]).strip("<> ").partition("@")[0])
        rsvp = Rsvp.objects.get(person__email=address)
        assert self.now < row.useful_until
        if row.kind in AFTER_THE_FILM:
            return self.must_be_after_the_film(row)
        assert self.screening.is_cancelled == (row.kind == "showing_cancelled")
        if row.kind == "showing_cancelled":
            assert b"METHOD:CANCEL" in next(letter.iter_attachments()).get_payload(decode=True)  # type: ignore[operator]
        else:
            assert say_time(self.screening.local_start, self.screening.theater.locale) in text_of(letter)
        assert rsvp.state in (Rsvp.State.GOING, Rsvp.State.WAITING)
        assert not self.screening.starts_at <= self.now < self.screening.ends_at
        if row.kind.startswith("reminder"):
            assert not is_quiet(self.now, self.screening.theater.tzinfo)

    def must_be_after_the_film(self, row: Notice) -> None:
        assert self.screening.ends_at <= self.now
        assert not is_quiet(self.now, self.screening.theater.tzinfo)
        assert not self.screening.is_cancelled
        assert row.kind != "discussion_open" or self.room.phase == "lights_up"

    def end(self) -> None:
        """When all has had its time, the mail server well again: nothing is open, all that was sent arrived, nothing
        thrice."""
        self.do_mood("250 OK")
        last = Notice.objects.aggregate(last=Max("useful_until"))["last"] or self.now
        while self.now <= last:
            self.do_clock(1440)
            self.look()
        copies = Counter(str(read_letter(content)["Message-ID"]) for _, content in self.server.accepted)
        assert max(copies.values(), default=0) <= 2
        for row in Notice.objects.all():
            arrived = any(str(row.message_key) in key for key in copies)
            assert row.state in STATED
            assert arrived or row.state != "sent"


class RandomLives(TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.server = MailServer()
        cls.server.open()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.close()
        super().tearDownClass()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(steps, min_size=4, max_size=18))
    def test_what_is_sent_is_true_and_nothing_is_lost_or_sent_thrice(
        self, life: list[tuple[str, object]]
    ) -> None:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=self.server.port,
            NOTICE_IN_DOUBT=2,
        ):
            showing = Life(self.server)
            showing.do_come(PEOPLE[0])
            for verb, what in life:
                showing.step(verb, what)
            showing.end()
