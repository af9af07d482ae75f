"""Joining: a token of one room, a name that is given, and nothing asked."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from django.db import IntegrityError, transaction

from common.short_codes import ALPHABET
from discussions import joining
from discussions.joining import join, make_token, participant_of, rename
from discussions.models import Discussion, Participant
from discussions.models.rooms import new_room_code
from discussions.pseudonyms import clean_name, names
from discussions.sent_words import CannotSend, TooMuch

from .rooms import LIGHTS, make_phone, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    return make_planned_room()


def test_who_joins_gets_a_name_of_two_words(room: Discussion) -> None:
    participant = join(room, make_token(room.code), LIGHTS)
    assert len(participant.pseudonym.split()) == 2


def test_joining_five_times_over_a_bad_line_is_joining_once(room: Discussion) -> None:
    token = make_token(room.code)
    joined = {join(room, token, LIGHTS).pk for _ in range(5)}
    assert len(joined) == 1
    assert room.participants.count() == 1


def test_the_token_is_not_kept_and_finds_its_bearer_in_its_room_alone(room: Discussion) -> None:
    token = make_token(room.code)
    participant = join(room, token, LIGHTS)
    row = Participant.objects.filter(pk=participant.pk).values().get()
    assert not any(str(value) and str(value) in token for value in row.values() if isinstance(value, str))
    assert participant_of(room.code, token) == participant
    assert participant_of("another", token) is None
    assert participant_of(room.code, token[:-1]) is None
    assert participant_of(room.code, "") is None


def test_a_token_that_we_did_not_make_joins_nothing(room: Discussion) -> None:
    for token in ("", "made-up", make_token("another")):
        with pytest.raises(CannotSend, match="Load it again"):
            join(room, token, LIGHTS)
    assert not room.participants.exists()


def test_a_form_left_open_since_yesterday_is_asked_for_again_but_who_has_joined_stays(
    room: Discussion, time_machine
) -> None:
    time_machine.move_to(LIGHTS, tick=False)
    token, stale = make_token(room.code), make_token(room.code)
    join(room, token, LIGHTS)
    time_machine.shift(25 * 3600)
    with pytest.raises(CannotSend):
        join(room, stale, LIGHTS)
    assert participant_of(room.code, token) is not None


def test_a_door_with_a_code_asks_for_it_however_it_is_typed(room: Discussion) -> None:
    room.door_code = "Salt7"
    with pytest.raises(CannotSend, match="code of this door"):
        join(room, make_token(room.code), LIGHTS, "salt8")
    assert join(room, make_token(room.code), LIGHTS, " sALT7 ")


def test_a_closed_room_takes_nobody_in_but_knows_who_was_there(room: Discussion) -> None:
    token = make_token(room.code)
    join(room, token, LIGHTS)
    room.phase = Discussion.Phase.CLOSED
    assert join(room, token, LIGHTS)
    with pytest.raises(CannotSend, match="closed"):
        join(room, make_token(room.code), LIGHTS)


def test_a_room_is_not_filled_up_by_a_script(room: Discussion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_PHONES", 2)
    for _ in range(2):
        join(room, make_token(room.code), LIGHTS)
    with pytest.raises(TooMuch, match="full"):
        join(room, make_token(room.code), LIGHTS)


def test_a_name_is_somebodys_once_in_a_room_whatever_its_letters_look_like(room: Discussion) -> None:
    make_phone(room, "Amber Heron")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_phone(room, "ＡＭＢＥＲ heron")
    other = join(room, make_token(room.code), LIGHTS)
    with pytest.raises(CannotSend, match="Somebody here"):
        rename(other, "amber  HERON")


def test_when_every_name_is_taken_another_is_found(room: Discussion, monkeypatch: pytest.MonkeyPatch) -> None:
    make_phone(room, "Amber Heron")
    monkeypatch.setattr(joining, "names", lambda: iter(["Amber Heron", "Amber Heron", "Amber Heron 2"]))
    assert join(room, make_token(room.code), LIGHTS).pseudonym == "Amber Heron 2"


def test_names_are_pleasant_different_and_fit_on_a_badge() -> None:
    given = list(islice(names(random.Random(7)), 400))
    assert all(2 <= len(name) <= 40 for name in given)
    assert len(set(given)) > 350


@pytest.mark.parametrize("name", ["Host", " the MODERATOR ", "x", "", "12", "a" * 41, "\u202e\u200b"])
def test_some_names_are_not_had(name: str) -> None:
    with pytest.raises(CannotSend):
        clean_name(name)


@pytest.mark.parametrize("name", ["ليلى", "小光", "<script>alert(1)</script>", "Zoë O’Dowd"])
def test_a_name_may_be_in_any_script(name: str) -> None:
    assert clean_name(name) == name


def test_who_forgets_the_evening_is_known_no_more_and_the_words_stay(room: Discussion) -> None:
    token = make_token(room.code)
    participant = join(room, token, LIGHTS)
    joining.forget(participant)
    assert participant_of(room.code, token) is None
    assert room.participants.count() == 1


def test_codes_have_no_look_alikes() -> None:
    assert not set("01l2z5s8biouv") & set(ALPHABET)
    assert set(new_room_code()) <= set(ALPHABET)
