"""The pages of those who lead: what each shows, what reaches the big screen, and what a link may not do."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from discussions.lead_pages import host_snapshot, moderator_snapshot, scribe_snapshot
from discussions.live.tickets import is_good
from discussions.models import Discussion, Participant, Poll, PollAnswer, Question, RoomKey
from discussions.opening import Choices, settle
from discussions.room_keys import MOST_KEYS, TooManyKeys, hash_token, make_key, take_back
from discussions.screen_page import screen_snapshot
from screenings.models import TheaterMembership
from tests.cast import MANAGER, ORGANIZER, OTHER_MANAGER, STRANGER, make_person
from tests.factories import make_screening, make_theater
from tests.led_room import make_led_room

from .rooms import LIGHTS, MINUTE, OPENED, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def room() -> Discussion:
    room = make_planned_room()
    do(room, "lights_up")
    return room


def on_screen(room: Discussion, now: Any = LIGHTS) -> str:
    html = screen_snapshot(room, now).parts["screen"]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def client_of(email: str) -> Client:
    client = Client()
    client.force_login(make_person(email), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


# --- links -------------------------------------------------------------------------------------------------
def test_a_link_is_kept_as_a_hash_and_opens_one_room_in_one_role(room: Discussion, client: Client) -> None:
    key, token = make_key(room, RoomKey.Role.MODERATOR, "Mo", now=OPENED)
    assert key.token_hash == hash_token(token)
    assert token not in str(RoomKey.objects.values())
    assert client.get(f"/key/{token}/").headers["Location"] == f"/key/{token}/moderate/"
    page = client.get(f"/key/{token}/moderate/")
    assert page.status_code == 200
    assert not page.cookies
    assert page["Referrer-Policy"] == "same-origin"
    assert client.get(f"/key/{token}/links/").status_code == 404
    assert client.get(f"/lead/{room.code}/moderate/").status_code == 302


def test_a_link_that_was_taken_back_is_a_404_at_once(room: Discussion, client: Client) -> None:
    key, token = make_key(room, RoomKey.Role.CO_HOST, "", now=OPENED)
    assert client.get(f"/key/{token}/").status_code == 200
    take_back(room, key.pk, now=LIGHTS)
    assert client.get(f"/key/{token}/").status_code == 404
    assert client.post(f"/key/{token}/act/", {"act": "next", "leaves": 0}, **HERE).status_code == 404


def test_a_link_of_another_room_is_not_taken_back_from_here(room: Discussion) -> None:
    other = make_planned_room(make_screening("2026-08-08T19:00"))
    key, _ = make_key(other, RoomKey.Role.SCRIBE, "", now=OPENED)
    take_back(room, key.pk, now=LIGHTS)
    key.refresh_from_db()
    assert key.revoked_at is None


def test_a_room_has_so_many_links_and_says_so(room: Discussion) -> None:
    for number in range(MOST_KEYS):
        make_key(room, RoomKey.Role.SCRIBE, str(number), now=OPENED)
    with pytest.raises(TooManyKeys, match="at most 40 links"):
        make_key(room, RoomKey.Role.SCRIBE, "one more", now=OPENED)


def test_a_links_address_is_shown_once(room: Discussion) -> None:
    client = client_of(ORGANIZER)
    made = {"act": "make", "role": "scribe", "name": "Sol"}
    page = client.post(f"/lead/{room.code}/links/", made, **HERE).content.decode()
    address = re.search(r"/key/[\w-]+/", page)
    assert address
    assert address[0] not in client.get(f"/lead/{room.code}/links/").content.decode()
    assert client.get(address[0] + "scribe/").status_code == 200


def test_where_to_listen_is_told_to_who_may_listen_there(room: Discussion, client: Client) -> None:
    token = make_key(room, RoomKey.Role.SCRIBE, "", now=OPENED)[1]
    answer = client.get(f"/key/{token}/stream/?page=scribe").json()
    ticket = answer["stream"].strip("/").split("/")[-1]
    assert is_good(ticket, "scribe", room.code)
    assert not is_good(ticket, "host", room.code)
    assert client.get(f"/key/{token}/stream/?page=host").status_code == 404


# --- acts by form and by script --------------------------------------------------------------------------------
def test_without_a_script_an_act_leads_back_to_its_page(room: Discussion) -> None:
    client, base = client_of(ORGANIZER), f"/lead/{room.code}/"
    moderate = f"http://testserver{base}moderate/"
    question = ask(room, "Why?")
    act = {"act": "pin", "question": question.pk, "on": "1"}
    response = client.post(base + "act/", act, HTTP_REFERER=moderate, **HERE)
    assert response.headers["Location"] == f"{base}moderate/"
    response = client.post(base + "act/", act, HTTP_REFERER="https://elsewhere.example/", **HERE)
    assert response.headers["Location"] == base


def test_the_log_names_a_host_and_never_their_address(room: Discussion) -> None:
    base, act = f"/lead/{room.code}/act/", {"act": "extend", "step": 0, "minutes": 2}
    client_of(ORGANIZER).post(base, act, **HERE)
    Person.objects.filter(email=ORGANIZER).update(name="Olu")
    client_of(ORGANIZER).post(base, act, **HERE)
    assert [act.by for act in room.acts.filter(kind="extend")] == ["host Olu", "host"]


def test_what_cannot_be_done_is_said_in_a_sentence(room: Discussion) -> None:
    client, base = client_of(ORGANIZER), f"/lead/{room.code}/act/"
    wrong = {"act": "go", "leaves": 0, "step": 99}
    page = client.post(base, wrong, **HERE)
    assert page.status_code == 422
    assert "The plan has no such step. Nothing was changed." in page.content.decode()
    answer = client.post(base, wrong, HTTP_ACCEPT="application/json", **HERE)
    assert (answer.status_code, answer.json()) == (
        422,
        {"said": "The plan has no such step. Nothing was changed."},
    )


def test_another_site_cannot_press_next(room: Discussion) -> None:
    client, base = client_of(ORGANIZER), f"/lead/{room.code}/act/"
    act = {"act": "next", "leaves": 0}
    assert client.post(base, act, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    token = make_key(room, RoomKey.Role.HOST, "", now=OPENED)[1]
    assert client.post(f"/key/{token}/act/", act).status_code == 403
    room.refresh_from_db()
    assert room.step == 0


def test_the_same_act_sent_twice_is_done_once(room: Discussion) -> None:
    client, base = client_of(ORGANIZER), f"/lead/{room.code}/act/"
    act = {"act": "card", "text": "Who carried it?", "key": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}
    with time_machine.travel(LIGHTS, tick=False):
        first, second = (
            client.post(base, act, HTTP_ACCEPT="application/json", **HERE).json() for _ in range(2)
        )
    assert first == second
    assert Question.objects.count() == 1


# --- the big screen ------------------------------------------------------------------------------------------
def test_the_screen_is_black_while_the_film_runs_and_shows_how_to_join_before_it() -> None:
    room = make_planned_room()
    assert room.code in on_screen(room, OPENED)
    assert screen_snapshot(room, OPENED).changes_at == room.screening.starts_at
    assert on_screen(room, room.screening.starts_at) == ""


def test_questions_votes_and_polls_reach_the_screen_by_a_tap_alone(room: Discussion) -> None:
    before = on_screen(room)
    question, phone = ask(room, "How did you find the road?"), make_phone(room, "Amber Heron")
    question.votes.create(participant=phone)
    poll = Poll.objects.create(discussion=room, question="Again?", options=["Yes", "No"], opened_at=LIGHTS)
    assert on_screen(room) == before
    do(room, "show", what="question", subject=question.pk)
    assert on_screen(room) == "From the room How did you find the road? 1 wants this asked"
    do(room, "show", what="poll", subject=poll.pk)
    assert on_screen(room) == "Poll Again? Yes No 0 answered on their phones"


def test_a_polls_results_stay_off_the_screen_until_the_host_shows_them(room: Discussion) -> None:
    poll = Poll.objects.create(discussion=room, question="Again?", options=["Yes", "No"], opened_at=LIGHTS)
    for number in range(3):
        answers = {"participant": make_phone(room, f"P{number}"), "choices": [number % 2]}
        PollAnswer.objects.create(poll=poll, **answers)
    do(room, "show", what="poll", subject=poll.pk)
    assert "%" not in on_screen(room)
    Poll.objects.filter(pk=poll.pk).update(shown_at=LIGHTS)
    assert on_screen(room) == "Poll Again? Yes 67 % 2 No 33 % 1 3 answered on their phones"


def test_words_that_come_after_the_tap_wait_for_the_next_one(room: Discussion) -> None:
    do(room, "go", leaves=0, step=6)
    words = Poll.objects.get(kind="word")
    assert words.opened_at == LIGHTS

    def arrives(word: str, minute: int) -> PollAnswer:
        phone = make_phone(room, f"phone {word}")
        return PollAnswer.objects.create(
            poll=words, participant=phone, choices=[word], created_at=LIGHTS + minute * MINUTE
        )

    arrives("salt", 1)
    rude = arrives("rude", 2)
    do(room, "show", what="words", now=LIGHTS + 3 * MINUTE)
    arrives("صبر", 4)
    assert on_screen(room) == "One word to take home salt rude"
    do(room, "hide_word", answer=rude.pk)
    do(room, "show", what="words", now=LIGHTS + 5 * MINUTE)
    assert on_screen(room) == "One word to take home salt صبر"


def test_markup_in_a_question_is_text_on_every_page(room: Discussion) -> None:
    evil = ask(room, "<script>alert(1)</script>", make_phone(room, "<b>Eve</b>"))
    do(room, "show", what="question", subject=evil.pk)
    for snapshot in (host_snapshot, moderator_snapshot, screen_snapshot):
        parts = "".join(snapshot(room, LIGHTS).parts.values())
        assert "<script>" not in parts
        assert "<b>Eve" not in parts
        assert "&lt;script&gt;" in parts


# --- as many queries with one question as with forty ---------------------------------------------------------------
def test_the_pages_ask_the_same_number_of_queries_however_much_there_is(
    room: Discussion,
) -> None:
    first = ask(room, "First?", make_phone(room, "P", hand_raised_at=LIGHTS))
    do(room, "pin", question=first.pk, on="1")

    def counted(snapshot: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            snapshot(room, LIGHTS)
        return len(queries)

    snapshots = (host_snapshot, moderator_snapshot, scribe_snapshot, screen_snapshot)
    before = [counted(snapshot) for snapshot in snapshots]
    for number in range(40):
        phone = make_phone(room, f"Phone {number}", hand_raised_at=LIGHTS)
        asked = ask(room, f"Question {number} about {'salt' * number}", phone)
        asked.votes.create(participant=phone)
        do(room, "pin", question=asked.pk, on="1")
    assert [counted(snapshot) for snapshot in snapshots] == before


# --- opening, and the theater ----------------------------------------------------------------------------------
def test_a_room_is_opened_with_what_was_chosen_and_a_plan() -> None:
    from interviews.publishing import publish
    from tests.interviews.zine import make_guide

    showing = make_screening()
    TheaterMembership.objects.create(theater=showing.theater, person=make_person(ORGANIZER), role="organizer")
    version = publish(make_guide(showing.film), by=None, now=OPENED)
    chosen = {
        "title": "After The Salt Road",
        "guide": version.guide_id,
        "screening": showing.pk,
        "minutes": "45",
        "is_moderated": "yes",
        "policy": "The moderator chooses.",
        "kept_days": "0",
        "words_may_leave": "on",
        "door_code": " salt ",
        "captions_url": "https://captions.example/room",
    }
    with time_machine.travel(OPENED, tick=False):
        client = client_of(ORGANIZER)
        wrong = client.post("/rooms/open/", {**chosen, "captions_url": "http://captions.example/"})
        assert "begins with https://" in wrong.content.decode()
        response = client.post("/rooms/open/", chosen)
    room = Discussion.objects.get()
    assert response.headers["Location"] == f"/lead/{room.code}/"
    assert (room.is_moderated, room.policy, room.door_code) == (True, "The moderator chooses.", "salt")
    assert sum(room.steps.values_list("minutes", flat=True)) == 45
    assert str(room.erase_on) == "2026-08-08"
    assert room.words_may_leave
    assert room.theater_agreed_at is None


def test_a_showings_room_that_somebody_else_has_opened_is_not_taken_over() -> None:
    room = make_planned_room()
    other = make_person("second@library.example")
    TheaterMembership.objects.create(theater=room.screening.theater, person=other, role="organizer")
    chosen = {
        "title": "Mine",
        "guide": room.guide_version.guide_id,
        "screening": room.screening_id,
        "minutes": "15",
    }
    chosen |= {"is_moderated": "no", "policy": "Mine.", "kept_days": "7"}
    with time_machine.travel(OPENED, tick=False):
        page = client_of("second@library.example").post("/rooms/open/", chosen)
    assert "A room is open for this showing already. Ask its host for a link" in page.content.decode()
    room.refresh_from_db()
    assert room.title == "After The Salt Road"


def test_who_joined_when_words_were_to_stay_is_held_to_no_later_choice(room: Discussion) -> None:
    make_phone(room, "Amber Heron")
    settle(room, Choices(words_may_leave=True), OPENED)
    room.refresh_from_db()
    assert not room.words_may_leave
    assert not room.theater_agreed_at


def test_the_theaters_manager_sees_the_room_and_agrees_that_words_may_leave() -> None:
    from discussions.keeping import words_may_leave

    room = make_planned_room(words_may_leave=True)
    theater = room.screening.theater
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="manager")
    TheaterMembership.objects.create(
        theater=make_theater("The Rialto", "Chicago"), person=make_person(OTHER_MANAGER), role="manager"
    )
    address = f"/rooms/{room.code}/theater/"
    assert not words_may_leave(room)
    assert client_of(OTHER_MANAGER).get(address).status_code == 404
    assert client_of(STRANGER).get(address).status_code == 404
    manager = client_of(MANAGER)
    assert "Asks whether its words may leave" in manager.get("/home/").content.decode()
    manager.post(address, {"agree": "1"})
    room.refresh_from_db()
    assert words_may_leave(room)
    manager.post(address, {"agree": "0"})
    room.refresh_from_db()
    assert not words_may_leave(room)


def test_words_that_were_to_stay_need_the_theaters_word_anew_when_the_host_thinks_again(
    room: Discussion,
) -> None:
    Discussion.objects.filter(pk=room.pk).update(theater_agreed_at=OPENED)
    settled = {"is_moderated": "no", "policy": "Votes.", "kept_days": "30", "words_may_leave": "on"}
    client_of(ORGANIZER).post(f"/lead/{room.code}/settings/", settled, **HERE)
    room.refresh_from_db()
    assert (room.words_may_leave, room.theater_agreed_at) == (True, None)


# --- the plan as a form ----------------------------------------------------------------------------------------
def test_the_plan_is_changed_as_a_form_and_what_is_wrong_is_said(room: Discussion) -> None:
    client, address = client_of(ORGANIZER), f"/lead/{room.code}/plan/"
    rows = {
        "order": ["2", "1", "3"],
        "kind": ["close", "questions", ""],
        "minutes": ["3", "10", "5"],
        "prompt": ["", "", ""],
        "note": ["", "Ask the back rows.", ""],
        "save": "1",
    }
    wrong = client.post(address, {**rows, "minutes": ["3", "x", "5"]}, **HERE)
    assert wrong.status_code == 422
    assert "Minutes are a number" in wrong.content.decode()
    assert client.post(address, rows, **HERE).status_code == 302
    assert list(room.steps.values_list("kind", "minutes", "note")) == [
        ("questions", 10, "Ask the back rows."),
        ("close", 3, ""),
    ]
    client.post(address, {"propose": "15"}, **HERE)
    assert sum(room.steps.values_list("minutes", flat=True)) == 15


def test_everything_stands_on_the_pages_of_a_full_room(client: Client) -> None:
    led = make_led_room(now=OPENED, is_moderated=True)
    moderators = client.get(f"/key/{led.moderator}/moderate/").content.decode()
    assert "Is there a sequel?" in moderators
    assert "Perhaps the same, 2 times" in moderators
    assert "1 report" in moderators
    hosts = client.get(f"/key/{led.host}/").content.decode()
    assert "Ask the back rows first." in hosts
    assert Participant.objects.filter(discussion=led.room).count() == 12


# --- polls ---------------------------------------------------------------------------------------------------
def test_a_poll_is_asked_shown_closed_and_opened_again_from_the_hosts_page(room: Discussion) -> None:
    host = client_of(ORGANIZER)
    address = f"/lead/{room.code}/act/"

    def act(**fields: object) -> int:
        return host.post(address, fields, **HERE, headers={"Accept": "application/json"}).status_code

    page = host.get(f"/lead/{room.code}/").content.decode()
    assert 'name="question"' in page
    assert 'name="options"' in page
    assert act(act="poll", question="Which scene stays?", kind="one", options="The gate\nThe ferry") < 400
    poll = Poll.objects.get()
    assert (poll.options, poll.closed_at, poll.shown_at) == (["The gate", "The ferry"], None, None)
    assert {"Close it", "Show the results", "On screen"} <= set(buttons(room))
    assert act(act="show_poll", poll=poll.pk, on="1") < 400
    assert act(act="close_poll", poll=poll.pk) < 400
    assert {"Open it again", "Hide the results"} <= set(buttons(room))
    assert act(act="open_poll", poll=poll.pk) < 400
    assert act(act="show_poll", poll=poll.pk, on="") < 400
    poll.refresh_from_db()
    assert (poll.closed_at, poll.shown_at) == (None, None)


def test_a_poll_with_one_choice_is_refused_in_words(room: Discussion) -> None:
    facts = {"act": "poll", "question": "Which scene stays?", "kind": "one", "options": "The gate"}
    answer = client_of(ORGANIZER).post(
        f"/lead/{room.code}/act/", facts, **HERE, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert "2 to 8 different choices" in answer.json()["said"]
    assert not Poll.objects.exists()


def buttons(room: Discussion) -> list[str]:
    """What can be done with the polls, as the host reads it."""
    html = host_snapshot(Discussion.objects.get(pk=room.pk), LIGHTS).parts["polls"]
    return re.findall(r"<button[^>]*>([^<]+)<", html)
