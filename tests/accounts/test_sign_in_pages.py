"""The door, from outside: what it answers to people, to scanners, to guessers and to strangers."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from accounts import limits, views_sign_in
from accounts.models import Person, SignInAttempt
from notices.models import Notice
from tests.accounts.conftest import mailed_code, wrong
from tests.cast import ATTENDEE, MANAGER, OTHER_MANAGER, STRANGER, make_person

pytestmark = pytest.mark.django_db
Ask = Callable[..., str]
SignIn = Callable[..., Client]


def words(response: HttpResponse) -> str:
    """The page's text, without what differs by itself from request to request."""
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def is_signed_in(client: Client) -> bool:
    return client.get("/you/").status_code == 200


def test_a_person_signs_in_with_the_code_that_was_mailed(client: Client, ask: Ask) -> None:
    page = ask(client)
    assert MANAGER in words(client.get(page))
    response = client.post(page, {"code": mailed_code()})
    assert (response.status_code, response["Location"]) == (302, "/home/")
    assert is_signed_in(client)


def test_after_signing_in_one_is_where_one_wanted_to_go(client: Client) -> None:
    sent_away = client.get("/you/sessions/")
    assert sent_away["Location"] == "/sign-in/?next=/you/sessions/"
    asked = client.post("/sign-in/", {"email": MANAGER, "next": "/you/sessions/"})
    response = client.post(asked["Location"], {"code": mailed_code()})
    assert response["Location"] == "/you/sessions/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "https:evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(client: Client, ask: Ask, elsewhere: str) -> None:
    assert "evil" not in words(client.get("/sign-in/", {"next": elsewhere}))
    page = ask(client, next=elsewhere)
    assert "evil" not in page
    response = client.post(page, {"code": mailed_code(), "next": elsewhere})
    assert response["Location"] == "/home/"


def test_known_and_unknown_addresses_are_answered_alike() -> None:
    """Body, status, headers and mail behaviour; also beyond the limit."""
    make_person(MANAGER, name="Marta", confirmed_at="2026-01-01T00:00Z", is_staff=True)
    answers = []
    for email in (MANAGER, STRANGER):
        client = Client()
        trace: list[object] = []
        for _ in range(7):
            response = client.post("/sign-in/", {"email": email})
            trace += [response.status_code, sorted(response.headers), words(response)]
            if response.status_code == 302:
                page = client.get(response["Location"])
                typed = wrong(mailed_code(email))
                refused = client.post(response["Location"], {"code": typed})
                trace += [page.status_code, words(page), refused.status_code]
                trace += [words(refused).replace(typed, "TYPED")]
        kinds = Notice.objects.filter(person__email=email).values_list("kind", "urgent", "state")
        text = re.sub(r"[0-9a-f-]{36}", "UUID", repr([*trace, list(kinds)])).replace(email, "ADDRESS")
        answers.append(text)
    assert answers[0] == answers[1]
    assert "ADDRESS" in answers[0]


def test_an_address_is_one_person_however_it_is_written(client: Client, ask: Ask) -> None:
    make_person(MANAGER)
    ask(client, "MARTA@Lantern.EXAMPLE")
    assert Person.objects.count() == 1


def test_twenty_looks_by_a_mail_scanner_use_nothing_up(client: Client, ask: Ask) -> None:
    page = ask(client)
    before = SignInAttempt.objects.values().get()
    scanner = Client(HTTP_USER_AGENT="scanner")
    for _ in range(10):
        assert scanner.get(page).status_code == 410
        assert scanner.head(page).status_code == 410
    for _ in range(20):
        assert client.get(page).status_code == 200
    assert SignInAttempt.objects.values().get() == before
    client.post(page, {"code": mailed_code()})
    assert is_signed_in(client)


def test_a_forwarded_link_shows_a_stranger_neither_address_nor_door(client: Client, ask: Ask) -> None:
    page = ask(client)
    stranger = Client()
    for response in (stranger.get(page), stranger.post(page, {"code": mailed_code()})):
        assert response.status_code == 410
        assert "This code was asked for on another device. Ask for a new one here." in words(response)
        assert MANAGER not in words(response)
    assert not is_signed_in(stranger)
    client.post(page, {"code": mailed_code()})
    assert is_signed_in(client)


def test_a_hundred_guesses_are_refused_in_words_and_the_right_code_afterwards_too(
    client: Client, ask: Ask
) -> None:
    page = ask(client)
    code = int(mailed_code())
    statuses = [client.post(page, {"code": f"{(code + n) % 10**6:06d}"}).status_code for n in range(1, 101)]
    assert statuses == [422] * 4 + [410] * 96
    last = client.post(page, {"code": f"{code:06d}"})
    assert "tried too often" in words(last)
    assert f'value="{MANAGER}"' in words(last), "the address is there to ask again with"
    assert not is_signed_in(client)


def test_what_is_no_code_costs_no_guess_and_is_not_lost(client: Client, ask: Ask) -> None:
    page = ask(client)
    for typed, said in {
        "12345": "5 digits",
        "abc": "no digit",
        "1": "1 digit",
        "": "six digits",
        "9" * 60: "longer",
    }.items():
        response = client.post(page, {"code": typed})
        assert response.status_code == 422
        assert said in words(response)
        assert f'value="{typed}"' in words(response) or not typed
    assert SignInAttempt.objects.get().guesses == 0


@pytest.mark.parametrize("spaced", ["{0}{1}", " {0} {1} ", "{0}-{1}", "{0}\u00a0{1}", "{0}\u2009{1}\n"])
def test_a_code_may_be_pasted_with_spaces(client: Client, ask: Ask, spaced: str) -> None:
    page = ask(client)
    code = mailed_code()
    client.post(page, {"code": spaced.format(code[:3], code[3:])})
    assert is_signed_in(client)


def test_digits_of_other_scripts_are_digits(client: Client, ask: Ask) -> None:
    page = ask(client)
    arabic = mailed_code().translate({ord("0") + n: 0x0660 + n for n in range(10)})
    client.post(page, {"code": arabic})
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "typed", ["", "marta", "marta@", "@lantern.example", "a b@c.example", f"{'m' * 250}@lantern.example"]
)
def test_what_is_no_address_is_said_so_and_kept_in_the_field(client: Client, typed: str) -> None:
    response = client.post("/sign-in/", {"email": typed, "next": "/you/"})
    assert response.status_code == 422
    assert "field-error" in words(response)
    assert not typed or f'value="{typed}"' in words(response)
    assert 'value="/you/"' in words(response)
    assert not Person.objects.exists()


def test_two_tabs_the_second_finds_the_door_open(client: Client, ask: Ask) -> None:
    page = ask(client)
    code = mailed_code()
    assert client.post(page, {"code": code}).status_code == 302
    again = client.post(page, {"code": code})
    assert (again.status_code, again["Location"]) == (302, "/home/")


def test_two_tabs_that_both_asked_take_the_newest_code(client: Client, ask: Ask) -> None:
    first, second = ask(client), ask(client)
    assert first != second
    client.post(first, {"code": mailed_code()})
    assert is_signed_in(client)


def test_signing_in_as_somebody_else_ends_the_first_ones_session(client: Client, ask: Ask) -> None:
    page = ask(client, MANAGER)
    client.post(page, {"code": mailed_code(MANAGER)})
    first_key = client.session.session_key
    page = ask(client, OTHER_MANAGER)
    client.post(page, {"code": mailed_code(OTHER_MANAGER)})
    assert OTHER_MANAGER in words(client.get("/you/"))
    assert not Session.objects.filter(session_key=first_key).exists()


def test_a_session_planted_before_signing_in_is_not_the_one_after(client: Client, ask: Ask) -> None:
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    planted = client.session.session_key
    client.post(ask(client), {"code": mailed_code()})
    assert planted
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_closed_account_is_told_so_only_after_its_code(client: Client, ask: Ask) -> None:
    make_person(MANAGER, is_active=False)
    page = ask(client)
    response = client.post(page, {"code": mailed_code()})
    assert response.status_code == 403
    assert "This account is closed" in words(response)
    assert not is_signed_in(client)


def test_nobody_signs_in_with_a_password(client: Client) -> None:
    Person.objects.create_superuser(MANAGER, "correct horse battery staple")
    assert not client.login(email=MANAGER, password="correct horse battery staple")
    assert not client.login(username=MANAGER, password="correct horse battery staple")


def test_a_crowd_on_one_network_signs_in(ask: Ask) -> None:
    """Two hundred people behind one address within the hour: nobody is turned away."""
    for n in range(200):
        ask(Client(REMOTE_ADDR="203.0.113.7"), f"guest{n}@lobby.example")


def test_a_flood_from_one_network_is_turned_away_in_words_and_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views_sign_in, "CODES", limits.Limit("sign-in-codes", 3, views_sign_in.CODES.span))
    flood = [
        Client(REMOTE_ADDR="203.0.113.7").post("/sign-in/", {"email": f"n{n}@x.example"}) for n in range(4)
    ]
    assert [response.status_code for response in flood] == [302, 302, 302, 429]
    assert "Nothing was lost" in words(flood[-1])
    assert "n3@x.example" in words(flood[-1])
    assert Client(REMOTE_ADDR="203.0.113.8").post("/sign-in/", {"email": ATTENDEE}).status_code == 302


def test_signing_in_stands_while_the_cache_is_away(client: Client, ask: Ask, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    client.post(ask(client), {"code": mailed_code()})
    assert is_signed_in(client)


def test_no_counter_is_kept_under_a_network_address(rf: object, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    monkeypatch.setattr(limits.cache, "add", lambda key, *_: names.append(key))
    assert limits.is_within(rf.post("/sign-in/", REMOTE_ADDR="203.0.113.7"), views_sign_in.CODES)  # type: ignore[attr-defined]
    assert len(names) == 1
    assert "203.0.113" not in names[0]


def test_pages_of_the_door_are_kept_by_no_cache(client: Client, ask: Ask) -> None:
    page = ask(client)
    for address in ("/sign-in/", page):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_asking_needs_the_forms_own_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"email": MANAGER}).status_code == 403
    assert not SignInAttempt.objects.exists()


def test_one_signs_out_by_a_tap_not_by_a_link(sign_in: SignIn) -> None:
    client = sign_in()
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    client.post("/sign-out/")
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_posts_of_one_code_make_one_session(ask: Ask) -> None:
    asking = Client()
    page = ask(asking)
    code = mailed_code()
    key = asking.cookies[views_sign_in.BROWSER_COOKIE].value
    start = threading.Barrier(50)
    answers: list[int] = []

    def post() -> None:
        client = Client()
        client.cookies[views_sign_in.BROWSER_COOKIE] = key
        start.wait()
        try:
            answers.append(client.post(page, {"code": code}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302] + [410] * 49
    assert Session.objects.count() == 1
