"""A manager gives a system of the theater its token, sees it once, and takes it back."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screenings.box_office.tokens import MOST_TOKENS, make_theater_token
from screenings.models import Theater, TheaterMembership, TheaterToken
from screenings.trails import trail_of
from tests.cast import MANAGER, OTHER_MANAGER, make_person
from tests.factories import make_theater

pytestmark = pytest.mark.django_db


def sign_in(email: str, theater: Theater, role: str = "manager") -> Client:
    person = make_person(email)
    TheaterMembership.objects.create(theater=theater, person=person, role=role)
    client = Client()
    client.force_login(person, backend="accounts.backend.CodeOrPasskeyBackend")
    return client


@pytest.fixture
def theater() -> Theater:
    return make_theater()


@pytest.fixture
def manager(theater: Theater) -> Client:
    return sign_in(MANAGER, theater)


def page(theater: Theater) -> str:
    return f"/manage/theaters/{theater.slug}/systems/"


def test_a_token_is_shown_once_and_opens_the_api(theater: Theater, manager: Client) -> None:
    made = manager.post(page(theater), {"name": "Box office", "scopes": ["read", "publish"]})
    (secret,) = re.findall(r"hl_theater_[\w-]{43}", made.content.decode())
    assert "no-store" in made["Cache-Control"]
    assert secret not in manager.get(page(theater)).content.decode()
    answer = Client().get("/api/token/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["name"] == "Box office"


def test_a_form_sent_twice_makes_one_token(theater: Theater, manager: Client) -> None:
    for status in (200, 422):
        answer = manager.post(page(theater), {"name": "Box office", "scopes": ["read"]})
        assert answer.status_code == status
    assert "There is a token “Box office” already" in answer.content.decode()
    assert TheaterToken.objects.count() == 1


def test_a_revoked_token_opens_nothing_and_its_name_is_free(theater: Theater, manager: Client) -> None:
    token, secret = make_theater_token(theater, "Box office", ["read"], by=None)
    for said in ("is revoked", "was revoked before"):
        answer = manager.post(f"{page(theater)}{token.pk}/revoke/", follow=True)
        assert said in answer.content.decode()
    asked = Client().get("/api/token/", headers={"Authorization": f"Bearer {secret}"})
    assert asked.status_code == 401
    make_theater_token(theater, "Box office", ["read"], by=None)


def test_making_and_revoking_stand_in_the_trail(theater: Theater, manager: Client) -> None:
    manager.post(page(theater), {"name": "Box office", "scopes": ["read"]})
    manager.post(f"{page(theater)}{TheaterToken.objects.get().pk}/revoke/")
    told = [(e.who, e.verb) for e in trail_of(theater) if "“Box office”" in e.what]
    assert told == [(MANAGER, "changed"), (MANAGER, "added")]


def test_a_leaked_token_is_pointed_out(theater: Theater, manager: Client) -> None:
    _, secret = make_theater_token(theater, "Box office", ["read"], by=None)
    assert "sent in an address" not in manager.get(page(theater)).content.decode()
    Client().get(f"/api/token/?token={secret}", headers={"Authorization": f"Bearer {secret}"})
    assert "sent in an address" in manager.get(page(theater)).content.decode()


def test_another_theaters_token_is_not_there(theater: Theater, manager: Client) -> None:
    rialto = make_theater("The Rialto", "Chicago")
    sign_in(OTHER_MANAGER, rialto)
    token, _ = make_theater_token(rialto, "Rialto’s", ["read"], by=None)
    assert manager.post(f"{page(theater)}{token.pk}/revoke/").status_code == 404
    assert manager.get(page(rialto)).status_code == 404
    assert "Rialto" not in manager.get(page(theater)).content.decode()


@pytest.mark.parametrize(
    ("name", "scopes", "said"),
    [
        ("", ["read"], "Give it a name"),
        ("x" * 25, ["read"], "At most 24 characters"),
        ("Box office", [], "Choose one at least"),
        ("Box office", ["everything"], "everything"),
    ],
)
def test_a_form_with_something_missing_says_what(
    theater: Theater, manager: Client, name: str, scopes: list[str], said: str
) -> None:
    answer = manager.post(page(theater), {"name": name, "scopes": scopes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not TheaterToken.objects.exists()


def test_a_theater_has_so_many_tokens_and_no_more(theater: Theater, manager: Client) -> None:
    for number in range(MOST_TOKENS):
        make_theater_token(theater, f"System {number}", ["read"], by=None)
    answer = manager.post(page(theater), {"name": "One more", "scopes": ["read"]})
    assert (answer.status_code, TheaterToken.objects.count()) == (422, MOST_TOKENS)


def test_the_page_asks_as_often_for_twenty_tokens_as_for_one(theater: Theater, manager: Client) -> None:
    manager.get(page(theater))
    counts = []
    for number in range(2):
        make_theater_token(theater, f"System {number}", ["read"], by=make_person(MANAGER))
        with CaptureQueriesContext(connection) as queries:
            manager.get(page(theater))
        counts.append(len(queries))
    assert counts[0] == counts[1]
