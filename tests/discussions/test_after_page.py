"""The discussion's page after the room: for all or for those who were there, until its day."""

from __future__ import annotations

import pytest
from django.test import Client

from discussions import joining
from discussions.after_page import MayNotOpen, open_page
from discussions.erasing import erase
from discussions.models import Discussion, Participant

from .rooms import LIGHTS, OPENED, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    room = make_planned_room(words_may_leave=True, theater_agreed_at=OPENED)
    do(room, "lights_up")
    for number in range(6):
        make_phone(room, f"Amber Heron {number}")
    asked = ask(room, "Who paid for the salt?", Participant.objects.first())
    do(room, "state", question=asked.pk, state="answered")
    do(room, "close")
    return room


def read(room: Discussion, client: Client) -> tuple[int, str]:
    answer = client.get(f"/r/{room.code}/after/")
    assert not answer.cookies
    return answer.status_code, answer.content.decode()


def phone_of(room: Discussion) -> Client:
    """A phone that was in the room."""
    token, client = joining.make_token(room.code), Client()
    digest = joining.hash_token(token, room.code)
    assert digest
    Participant.objects.create(discussion=room, token_hash=digest, pseudonym="Late Wren")
    client.cookies["room"] = token
    return client


def test_nobody_reads_it_until_the_host_says_who(room: Discussion, client: Client) -> None:
    status, page = read(room, client)
    assert status == 404
    assert "salt" not in page
    assert read(room, phone_of(room))[0] == 404


def test_for_everybody_it_has_the_guide_what_was_asked_and_what_to_do(
    room: Discussion, client: Client
) -> None:
    open_page(room, "all", LIGHTS)
    status, page = read(room, client)
    assert status == 200
    assert "Who paid for the salt?" in page
    assert f"/g/{room.guide_version.guide.code}/" in page
    assert "Take action" in page
    assert "Amber Heron" not in page


def test_for_those_who_were_there_another_phone_is_told_so(room: Discussion, client: Client) -> None:
    open_page(room, "room", LIGHTS)
    status, page = read(room, client)
    assert status == 403
    assert "salt" not in page
    assert read(room, phone_of(room))[0] == 200


def test_words_that_stay_in_the_room_are_opened_to_those_who_were_there_alone(
    room: Discussion, client: Client
) -> None:
    open_page(room, "all", LIGHTS)
    Discussion.objects.filter(pk=room.pk).update(theater_agreed_at=None)
    assert read(room, client)[0] == 403
    room.refresh_from_db()
    with pytest.raises(MayNotOpen, match="words stay in the room"):
        open_page(room, "all", LIGHTS)


def test_an_open_room_has_no_such_page_yet(room: Discussion, client: Client) -> None:
    open_page(room, "all", LIGHTS)
    Discussion.objects.filter(pk=room.pk).update(phase="closing", closed_at=None)
    assert read(room, client)[0] == 404


def test_it_closes_on_the_rooms_day(room: Discussion, client: Client) -> None:
    open_page(room, "all", LIGHTS)
    erase(room, LIGHTS)
    status, page = read(room, client)
    assert status == 410
    assert "salt" not in page
    assert "erased on its day" in page


def test_a_room_of_four_shows_everybody_counts_alone(room: Discussion, client: Client) -> None:
    open_page(room, "all", LIGHTS)
    room.participants.filter(pk__in=list(room.participants.values_list("pk", flat=True)[:2])).delete()
    status, page = read(room, client)
    assert status == 200
    assert "Fewer than 5" in page
    assert "salt" not in page


def test_a_code_that_is_no_rooms_is_told_kindly(client: Client, db: None) -> None:
    assert client.get("/r/zzzzzz/after/").status_code == 404
