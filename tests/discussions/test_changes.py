"""What changes in a room is one step further, stored and told together."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
import redis
from django.db import transaction

from discussions import phone_page
from discussions.changes import CHANNEL, changing, touch, touch_for_arrival
from discussions.models import Discussion, Poll, Question, SaidLine

from .rooms import LIGHTS, make_phone
from .test_rooms import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    return make_room()


def revision_of(room: Discussion) -> int:
    return Discussion.objects.get(pk=room.pk).revision


def test_a_change_is_stored_under_the_next_revision(room: Discussion) -> None:
    with changing(room) as held:
        held.late_minutes = 15
    stored = Discussion.objects.get(pk=room.pk)
    assert (stored.late_minutes, stored.revision) == (15, 1)


def test_an_act_that_fails_changes_nothing(room: Discussion) -> None:
    with pytest.raises(ZeroDivisionError), changing(room) as held:
        held.late_minutes = 1 // 0
    stored = Discussion.objects.get(pk=room.pk)
    assert (stored.late_minutes, stored.revision) == (0, 0)


def test_what_a_phone_sends_moves_the_room_on_too(room: Discussion) -> None:
    touch(room)
    touch(room)
    assert revision_of(room) == 2


def test_a_phone_that_comes_in_is_news_for_those_who_lead_and_none_for_phones(
    room: Discussion, django_assert_num_queries: Any
) -> None:
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LIGHTS_UP)
    before = phone_page.render(room.code)
    touch_for_arrival(room)
    with django_assert_num_queries(1):
        after = phone_page.render(room.code)
    assert before
    assert after == replace(before, revision=before.revision + 1)
    with changing(room) as held:
        held.policy = "The host decides."
    third = phone_page.render(room.code)
    assert third
    assert "The host decides." in third.parts["questions"]


def test_what_a_room_does_not_have_is_not_asked_for(room: Discussion, django_assert_num_queries: Any) -> None:
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LIGHTS_UP)
    phone_page.render(room.code)
    touch(room)
    with django_assert_num_queries(1):
        phone_page.render(room.code)
    phone = make_phone(room, "Amber Heron", hand_raised_at=LIGHTS)
    Question.objects.create(discussion=room, participant=phone, text="Who drew it?", published_at=LIGHTS)
    SaidLine.objects.create(discussion=room, client_key=uuid.uuid4(), text="I did.", at=LIGHTS)
    Poll.objects.create(discussion=room, question="Which shore?", options=["Near", "Far"], opened_at=LIGHTS)
    touch(room)
    with django_assert_num_queries(6):  # the questions' votes are one more
        full = phone_page.render(room.code)
    assert full
    assert "Who drew it?" in full.parts["questions"]
    assert "I did." in full.parts["said"]
    assert "Which shore?" in full.parts["polls"]
    assert full.facts["hands"] == str(phone.pk)


class _Bell:
    def __init__(self) -> None:
        self.rung: list[tuple[str, str]] = []

    def publish(self, channel: str, word: str) -> None:
        self.rung.append((channel, word))


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> _Bell:
    bell = _Bell()
    monkeypatch.setattr("discussions.changes._bell", lambda url: bell)
    return bell


def test_the_bell_rings_after_the_commit_and_says_nothing_but_the_room(
    room: Discussion, bell: _Bell, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        touch(room)
        assert bell.rung == []
    assert bell.rung == [(CHANNEL, room.code)]


def test_without_redis_a_change_is_kept_all_the_same(
    room: Discussion, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    nobody = redis.Redis(port=1, socket_connect_timeout=0.1)
    monkeypatch.setattr("discussions.changes._bell", lambda url: nobody)
    with django_capture_on_commit_callbacks(execute=True):
        touch(room)
    assert revision_of(room) == 1
