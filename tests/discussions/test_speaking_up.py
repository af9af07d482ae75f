"""A phone raises its hand, and says what should not stand here."""

from __future__ import annotations

import pytest
from django.test import Client

from discussions.live.audiences import Snapshot
from discussions.models import Discussion, Report
from discussions.moderation import hands_in_order
from discussions.own_page import own_page
from discussions.phone_page import snapshot_of
from discussions.sent_words import CannotSend, NotHere
from discussions.speaking_up import raise_hand, report

from .rooms import LIGHTS, MINUTE, OPENED, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    room = make_planned_room()
    do(room, "lights_up")
    return room


def test_hands_stand_in_the_order_in_which_they_were_raised_however_often(room: Discussion) -> None:
    ana, ben = make_phone(room, "Amber Heron"), make_phone(room, "Grey Wren")
    raise_hand(ana, up=True, now=LIGHTS)
    raise_hand(ben, up=True, now=LIGHTS + MINUTE)
    raise_hand(ana, up=True, now=LIGHTS + 2 * MINUTE)
    assert list(hands_in_order(room)) == [ana, ben]
    assert [(own_page(p).hand, own_page(p).place) for p in (ana, ben)] == [("up", 1), ("up", 2)]
    do(room, "call", participant=ana.pk)
    for phone in (ana, ben):
        phone.refresh_from_db()
    assert [(own_page(p).hand, own_page(p).place) for p in (ana, ben)] == [("called", 0), ("up", 1)]
    raise_hand(ana, up=False, now=LIGHTS + 3 * MINUTE)
    assert list(hands_in_order(room)) == [ben]


def shown(room: Discussion) -> Snapshot:
    snapshot = snapshot_of(room.code, LIGHTS)
    assert snapshot
    return snapshot


def test_a_muted_phone_and_one_in_the_dark_raise_no_hand(room: Discussion) -> None:
    muted = make_phone(room, "Small Owl", muted_at=LIGHTS)
    with pytest.raises(CannotSend, match="muted"):
        raise_hand(muted, up=True, now=LIGHTS)
    dark = make_planned_room()
    Discussion.objects.filter(pk=dark.pk).update(phase=Discussion.Phase.LOBBY)
    dark.refresh_from_db()
    with pytest.raises(CannotSend, match="lights"):
        raise_hand(make_phone(dark, "Late Swift"), up=True, now=OPENED)


def test_two_reports_hide_it_from_every_phone_and_a_host_shows_it_again(room: Discussion) -> None:
    asker, ana, ben = (make_phone(room, name) for name in ("Tall Crane", "Amber Heron", "Grey Wren"))
    rude = ask(room, "You are all fools", asker)
    report(ana, "question", rude.pk, LIGHTS)
    report(ana, "question", rude.pk, LIGHTS)
    room.refresh_from_db()
    assert "fools" in shown(room).parts["questions"]
    report(ben, "question", rude.pk, LIGHTS)
    room.refresh_from_db()
    assert "fools" not in shown(room).parts["questions"]
    done = room.acts.get(kind="reported")
    do(room, "undo", done=done.pk)
    assert "fools" in shown(room).parts["questions"]
    assert Report.objects.count() == 2


def test_what_a_host_has_shown_again_is_not_hidden_by_the_next_report(room: Discussion) -> None:
    people = [make_phone(room, f"P{number}") for number in range(3)]
    fair = ask(room, "Were the families paid?")
    for person in people[:2]:
        report(person, "question", fair.pk, LIGHTS)
    do(room, "let_through", kind="question", pk=fair.pk)
    report(people[2], "question", fair.pk, LIGHTS)
    fair.refresh_from_db()
    assert fair.hidden_at is None


def test_one_reports_neither_ones_own_nor_what_is_not_there(room: Discussion) -> None:
    ana = make_phone(room, "Amber Heron")
    for kind, pk in (("question", ask(room, "Mine", ana).pk), ("question", 0), ("participant", ana.pk)):
        with pytest.raises(NotHere):
            report(ana, kind, pk, LIGHTS)


def test_what_is_said_stands_on_phones_with_the_captions_address(room: Discussion, client: Client) -> None:
    Discussion.objects.filter(pk=room.pk).update(captions_url="https://captions.example/room")
    room.refresh_from_db()
    do(room, "say", text="I carried salt.", speaker="Mara", role="scribe")
    part = shown(room).parts["said"]
    assert "<strong><bdi>Mara</bdi></strong> I carried salt." in part
    assert 'href="https://captions.example/room"' in part
    do(room, "hide_line", line=room.said.get().pk, role="scribe")
    assert "salt" not in shown(room).parts["said"]
