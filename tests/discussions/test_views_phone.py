"""What phones post: taken from our own pages, in place or without a script, refused in words with nothing lost."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from discussions.models import Discussion, Participant, Question, Response, Vote
from notices.models import ReplyAddress

from .rooms import LIGHTS, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}
# What a test's own transaction makes of one: a savepoint and its release.
TRANSACTION = 2
BAD = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def room(time_machine) -> Discussion:
    time_machine.move_to(LIGHTS, tick=False)
    return make_planned_room(phase=Discussion.Phase.LIGHTS_UP, step=2)


@pytest.fixture
def prompt(room: Discussion) -> str:
    return str(room.steps.get(position=room.step).prompt_uuid)


def token_on(client: Client, room: Discussion) -> str:
    """The token in the form that joins."""
    page = client.get(f"/r/{room.code}/mine/").content.decode()
    return page.partition('name="token" value="')[2].partition('"')[0]


def join(client: Client, room: Discussion) -> Participant:
    post(client, room, "join", token=token_on(client, room))
    return Participant.objects.latest("id")


def post(client: Client, room: Discussion, act: str, *, script: bool = True, **data: Any) -> HttpResponse:
    accept = {"HTTP_ACCEPT": "application/json"} if script else {}
    return client.post(f"/r/{room.code}/{act}/", data, **HERE, **accept)


def test_joining_sets_one_cookie_that_scripts_and_other_rooms_do_not_see(
    client: Client, room: Discussion
) -> None:
    assert not client.get(f"/r/{room.code}/").cookies
    assert not client.get(f"/r/{room.code}/mine/").cookies
    response = post(client, room, "join", token=token_on(client, room), script=False)
    assert response["Location"] == f"/r/{room.code}/"
    (cookie,) = response.cookies.values()
    assert (cookie.key, cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "room",
        f"/r/{room.code}/",
        True,
        "Lax",
    )
    assert client.get(f"/r/{room.code}/mine/").content.decode().count("You are") == 1


def test_the_page_is_the_same_bytes_for_all(client: Client, room: Discussion) -> None:
    before = client.get(f"/r/{room.code}/")
    other = Client()
    join(other, room)
    after = other.get(f"/r/{room.code}/")
    assert not after.cookies
    assert "Cookie" not in after.headers.get("Vary", "")
    assert before.content == after.content
    assert other.get(f"/r/{room.code}/", HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 304


def test_what_is_ones_own_is_cached_by_nobody(client: Client, room: Discussion) -> None:
    join(client, room)
    assert "no-store" in client.get(f"/r/{room.code}/mine/")["Cache-Control"]


def test_from_elsewhere_nothing_is_taken(client: Client, room: Discussion, prompt: str) -> None:
    join(client, room)
    response = client.post(
        f"/r/{room.code}/answer/", {"prompt": prompt, "text": "x"}, HTTP_ORIGIN="https://evil.example"
    )
    assert response.status_code == 403
    assert not Response.objects.exists()


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_arrives_with_a_script_and_without(
    client: Client, room: Discussion, prompt: str, script: bool
) -> None:
    join(client, room)
    for _ in range(5):
        response = post(client, room, "answer", prompt=prompt, text="The goat.", script=script)
        assert response.status_code == (200 if script else 302)
    assert Response.objects.get().text == "The goat."
    own = client.get(f"/r/{room.code}/mine/").content.decode()
    assert "The goat." in own
    assert "Read by the room." in own
    assert "The goat." in client.get(f"/r/{room.code}/").content.decode()


def test_the_same_key_with_other_words_is_a_conflict(client: Client, room: Discussion, prompt: str) -> None:
    join(client, room)
    key = str(uuid.uuid4())
    post(client, room, "answer", prompt=prompt, text="The goat.", key=key)
    response = post(client, room, "answer", prompt=prompt, text="The pass.", key=key)
    assert response.status_code == 409
    assert "What came first stands" in response.json()["said"]


@pytest.mark.parametrize("script", [True, False])
def test_who_has_not_joined_is_asked_to_and_keeps_the_words(
    client: Client, room: Discussion, prompt: str, script: bool
) -> None:
    response = post(client, room, "answer", prompt=prompt, text="The goat.", script=script)
    assert response.status_code == 403
    words = response.json()["mine"] if script else response.content.decode()
    assert "Join" in words
    assert script or "The goat." in words
    assert not Response.objects.exists()


def test_what_is_refused_is_given_back(client: Client, room: Discussion, prompt: str) -> None:
    join(client, room)
    response = post(client, room, "answer", prompt=prompt, text="a" * 300, script=False)
    assert response.status_code == 422
    page = response.content.decode()
    assert "300 letters; 280 fit" in page
    assert "a" * 300 in page


def test_script_in_names_and_answers_is_words(client: Client, room: Discussion, prompt: str) -> None:
    join(client, room)
    post(client, room, "name", name=BAD)
    post(client, room, "answer", prompt=prompt, text=BAD)
    post(client, room, "ask", text=BAD)
    assert Participant.objects.get().pseudonym == BAD
    for path in ("", "mine/"):
        page = client.get(f"/r/{room.code}/{path}").content.decode()
        assert "&lt;script&gt;alert" in page
        assert "<script>alert" not in page


def test_votes_go_to_what_stands_in_this_room(client: Client, room: Discussion) -> None:
    ana = make_phone(room, "Amber Heron")
    asked = ask(room, "Who drew the map?", ana)
    foreign = Discussion.objects.create(
        guide_version=room.guide_version, title="Next door", phase="lights_up"
    )
    join(client, foreign)
    assert post(client, foreign, "vote", question=asked.pk).status_code == 404
    # The cookie of one room opens no other.
    assert post(client, room, "vote", question=asked.pk).status_code == 403
    join(client, room)
    assert post(client, room, "vote", question=asked.pk).status_code == 200
    assert post(client, room, "vote", question="1; DROP TABLE").status_code == 404
    assert Vote.objects.count() == 1
    assert post(client, room, "vote", question=asked.pk, vote="down").status_code == 200
    assert not Vote.objects.exists()


def test_a_vote_is_answered_in_a_word_and_two_questions_to_the_database(
    client: Client, room: Discussion, django_assert_max_num_queries: Any
) -> None:
    asked = ask(room, "Who drew the map?", make_phone(room, "Amber Heron"))
    join(client, room)
    # Who it is, the question; its row and the room's revision, in one transaction.
    with django_assert_max_num_queries(4 + TRANSACTION):
        first = post(client, room, "vote", question=asked.pk)
    assert first.json() == {"said": "Your vote is counted."}
    revision = Discussion.objects.get(pk=room.pk).revision
    assert post(client, room, "vote", question=asked.pk).json() == first.json()
    assert Vote.objects.count() == 1
    assert Discussion.objects.get(pk=room.pk).revision == revision, "twice is once, and nobody is told again"


def test_who_comes_in_is_asked_of_the_database_a_few_times(
    client: Client, room: Discussion, django_assert_max_num_queries: Any
) -> None:
    token = token_on(client, room)
    # The room, how many are in; the phone's row and the room's revision, in one transaction.
    with django_assert_max_num_queries(4 + TRANSACTION):
        assert "You are" in post(client, room, "join", token=token).json()["mine"]
    again = post(client, room, "join", token=token).json()
    assert Participant.objects.count() == 1
    assert Participant.objects.get().pseudonym in again["mine"]


def test_a_poll_is_answered_and_a_closed_one_says_so(client: Client, room: Discussion) -> None:
    do(room, "poll", question="What stays?", kind="one", options="The goat\nThe pass")
    poll = room.polls.get()
    join(client, room)
    assert post(client, room, "poll", poll=poll.pk, choice="1").status_code == 200
    do(room, "close_poll", poll=poll.pk)
    response = post(client, room, "poll", poll=poll.pk, choice="0")
    assert (response.status_code, "closed" in response.json()["said"]) == (422, True)


def test_a_script_that_posts_is_slowed_down_by_its_phone_and_nobody_else_is(
    client: Client, room: Discussion
) -> None:
    join(client, room)
    answers = [post(client, room, "ask", text=f"Why {number}?").status_code for number in range(60)]
    assert answers.count(200) == 10
    assert answers.count(429) == 50
    assert Question.objects.count() == 10
    other = Client()
    join(other, room)
    assert post(other, room, "ask", text="May I?").status_code == 200


def test_a_busy_room_stays_open_while_the_cache_is_away(
    client: Client, room: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(client, room)

    def away(*args: object) -> None:
        raise OSError

    monkeypatch.setattr(cache, "incr", away)
    assert post(client, room, "ask", text="May I?").status_code == 200


def test_an_answer_by_mail_will_be_in_the_language_of_the_phone(client: Client, room: Discussion) -> None:
    join(client, room)
    said = {"text": "Who drew the map?", "reply_to": "ana@home.example"}
    client.post(f"/r/{room.code}/ask/", said, **HERE, headers={"Accept-Language": "fr-CA,fr;q=0.9"})
    assert ReplyAddress.objects.get().language == "fr"


def test_forgetting_clears_token_and_caches_and_opens_nothing_any_more(
    client: Client, room: Discussion, prompt: str
) -> None:
    join(client, room)
    post(client, room, "answer", prompt=prompt, text="The goat.")
    kept = client.cookies["room"].value
    response = post(client, room, "forget", script=False)
    assert response.cookies["room"]["max-age"] == 0
    assert response["Clear-Site-Data"] == '"cache"'
    client.cookies["room"] = kept
    assert "You are" not in client.get(f"/r/{room.code}/mine/").content.decode()
    assert Response.objects.get().text == "The goat."


def test_a_wrong_code_gets_a_word_and_the_tenth_a_kinder_one(client: Client, room: Discussion) -> None:
    pages = [client.get("/r/", {"code": f"zzz{number}"}) for number in range(11)]
    assert {page.status_code for page in pages} == {404}
    assert "No room has the code" in pages[0].content.decode()
    assert "Ask your neighbour" not in pages[9].content.decode()
    assert "Ask your neighbour" in pages[10].content.decode()
    assert client.get("/r/", {"code": f" {room.code.upper()} "})["Location"] == f"/r/{room.code}/"


def test_a_wrong_code_in_the_address_leads_to_the_same_page(client: Client) -> None:
    page = client.get("/r/<b>zz/")
    assert page.status_code == 404
    assert "Find your room" in client.get("/r/zzzzzz/").content.decode()


def test_the_dark_offers_the_end_of_the_film_late_and_lights_up_when_two_say_so(
    client: Client, room: Discussion, time_machine
) -> None:
    Discussion.objects.filter(pk=room.pk).update(phase="lobby", late_minutes=15)
    others = [Client(), Client(), Client()]
    for each in others:
        join(each, room)
    over = room.screening.ends_at + dt.timedelta(minutes=25)
    time_machine.move_to(over - dt.timedelta(minutes=1), tick=False)
    assert "The film has ended" not in client.get(f"/r/{room.code}/").content.decode()
    assert post(others[0], room, "film-ended").status_code == 404
    time_machine.move_to(over, tick=False)
    assert "The film has ended" in client.get(f"/r/{room.code}/").content.decode()
    for _ in range(3):
        assert post(others[0], room, "film-ended").status_code == 200
    room.refresh_from_db()
    assert room.phase == "lobby"
    post(others[1], room, "film-ended")
    room.refresh_from_db()
    assert (room.phase, room.step, room.lights_up_at) == ("lights_up", 0, over)


def test_no_room_lights_up_by_a_running_time_that_nobody_knows(
    client: Client, room: Discussion, time_machine
) -> None:
    Discussion.objects.filter(pk=room.pk).update(phase="lobby")
    film = room.screening.film
    film.running_minutes = None
    film.save()
    join(client, room)
    time_machine.move_to(room.screening.ends_at + dt.timedelta(hours=3), tick=False)
    assert "The film has ended" not in client.get(f"/r/{room.code}/").content.decode()
    assert post(client, room, "film-ended").status_code == 404


def test_what_words_may_leave_is_said_before_joining(client: Client, room: Discussion) -> None:
    assert "show elsewhere" not in client.get(f"/r/{room.code}/mine/").content.decode()
    Discussion.objects.filter(pk=room.pk).update(words_may_leave=True)
    assert "show elsewhere" in client.get(f"/r/{room.code}/mine/").content.decode()
