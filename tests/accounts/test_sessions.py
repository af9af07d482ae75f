"""Where one is signed in: seen in words, ended from anywhere, and nothing of the network kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.devices import describe_device
from tests.cast import MANAGER, OTHER_MANAGER, make_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15"


def text(client: Client, address: str = "/you/sessions/") -> str:
    return re.sub(r"<[^>]+>|\s+", " ", client.get(address).content.decode())


def is_signed_in(client: Client) -> bool:
    return client.get("/you/").status_code == 200


def test_devices_are_listed_in_words_with_this_one_marked(sign_in: SignIn) -> None:
    phone, desk = sign_in(user_agent=PHONE), sign_in(user_agent=DESK)
    assert "Chrome on Android" in text(phone)
    assert re.search(r"Safari on Mac\s+\(here\)", text(desk))
    assert not re.search(r"Chrome on Android\s+\(here\)", text(desk))


def test_neither_network_address_nor_browser_header_is_kept(sign_in: SignIn) -> None:
    client = sign_in(user_agent=PHONE)
    client.get("/you/", REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT=PHONE)
    rows = [*UserSession.objects.values(), *(s.get_decoded() for s in Session.objects.all())]
    assert rows
    assert not re.search(r"203\.0|127\.0\.0\.1|Mozilla|Pixel", repr(rows))


def test_a_stolen_phones_session_is_ended_from_the_desk(sign_in: SignIn) -> None:
    phone, desk = sign_in(user_agent=PHONE), sign_in(user_agent=DESK)
    stolen = UserSession.objects.get(user_agent="Chrome on Android")
    response = desk.post(f"/you/sessions/{stolen.pk}/end/", follow=True)
    assert "Chrome on Android is signed out" in response.content.decode()
    assert phone.get("/you/")["Location"] == "/sign-in/?next=/you/"
    assert is_signed_in(desk)


def test_an_ended_session_does_not_come_back_by_being_used(sign_in: SignIn) -> None:
    phone, desk = sign_in(user_agent=PHONE), sign_in(user_agent=DESK)
    desk.post("/you/sessions/end/")
    for _ in range(3):
        assert phone.get("/you/").status_code == 302
        assert phone.post("/you/", {"name": "Thief"}).status_code == 302
    assert not UserSession.objects.exists()
    assert make_person(MANAGER).name == ""


def test_signing_out_everywhere_signs_out_here_too(sign_in: SignIn) -> None:
    clients = [sign_in(user_agent=PHONE), sign_in(user_agent=DESK), sign_in()]
    other = sign_in(OTHER_MANAGER)
    response = clients[0].post("/you/sessions/end/", follow=True)
    assert "signed out on all 3 devices" in response.content.decode()
    assert not any(is_signed_in(client) for client in clients)
    assert is_signed_in(other)


def test_ending_the_session_one_is_in_signs_out(sign_in: SignIn) -> None:
    client = sign_in()
    here = UserSession.objects.get()
    client.post(f"/you/sessions/{here.pk}/end/")
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=here.session_key).exists()
    assert not UserSession.objects.exists()


def test_somebody_elses_session_is_not_there(sign_in: SignIn) -> None:
    mine, theirs = sign_in(MANAGER), sign_in(OTHER_MANAGER)
    other = UserSession.objects.get(user__email=OTHER_MANAGER)
    assert mine.post(f"/you/sessions/{other.pk}/end/").status_code == 404
    assert is_signed_in(theirs)


def test_ending_a_session_needs_a_tap(sign_in: SignIn) -> None:
    client = sign_in()
    pk = UserSession.objects.get().pk
    assert client.get(f"/you/sessions/{pk}/end/").status_code == 405
    assert client.get("/you/sessions/end/").status_code == 405
    assert is_signed_in(client)


def test_last_seen_moves_on_every_ten_minutes_at_most(sign_in: SignIn) -> None:
    start = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
    seen = []
    with time_machine.travel(start, tick=False) as clock:
        client = sign_in()
        for minutes in (1, 4, 11, 15, 40):
            clock.move_to(start + dt.timedelta(minutes=minutes))
            client.get("/you/")
            seen.append(int((UserSession.objects.get().last_seen_at - start).total_seconds() / 60))
    assert seen == [1, 1, 11, 11, 40]


def test_a_session_that_ran_out_is_not_listed(sign_in: SignIn) -> None:
    with time_machine.travel(dt.datetime.now(dt.UTC) - dt.timedelta(days=15)):
        sign_in(user_agent=PHONE)
    desk = sign_in(user_agent=DESK)
    assert "Android" not in text(desk)


@pytest.mark.parametrize("address", ["/you/", "/you/sessions/", "/you/kept/"])
def test_pages_ask_the_database_no_more_with_thirty_sessions_than_with_one(
    sign_in: SignIn, django_assert_max_num_queries: Callable[..., object], address: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(4):
        sign_in()
    key = UserSession.objects.values_list("session_key", flat=True)[0]
    data = Session.objects.get(session_key=key).session_data
    expires = Session.objects.get(session_key=key).expire_date
    person = make_person(MANAGER)
    for n in range(25):
        Session.objects.create(session_key=f"key{n}", session_data=data, expire_date=expires)
        UserSession.objects.create(session_key=f"key{n}", user=person, ip="203.0.113.7", user_agent=PHONE)
    with CaptureQueriesContext(connection) as thirty:
        client.get(address)
    assert len(thirty) == len(one)


def test_private_pages_are_kept_by_no_cache(sign_in: SignIn) -> None:
    client = sign_in()
    for address in ("/you/", "/you/sessions/", "/you/passkeys/", "/you/kept/", "/you/kept.json", "/home/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (PHONE, "Chrome on Android"),
        (DESK, "Safari on Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) CriOS/142.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox on Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
            "Chrome on ChromeOS",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("curl/8.5", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_in_words_and_the_words_stay_the_same(header: str, said: str) -> None:
    assert describe_device(header) == said
    assert describe_device(said) == said
