"""A form sent after its session had ended: nothing is changed, nothing typed is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from tests.accounts.conftest import mailed_code
from tests.cast import MANAGER, make_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
TYPED = {"name": "Marta “the lamp” Okafor & <b>sons</b>", "language": "en"}


def sign_in_again(client: Client, door: str) -> str:
    """Walk through the door; gives the address where it leads."""
    assert "What you typed is kept" in client.get(door).content.decode()
    onward = door.partition("?next=")[2]
    asked = client.post("/sign-in/", {"email": MANAGER, "next": onward})
    return str(client.post(asked["Location"], {"code": mailed_code()})["Location"])


def fields_on(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_what_was_typed_is_there_after_signing_in_and_is_sent_by_a_tap(sign_in: SignIn) -> None:
    client = sign_in()
    Session.objects.all().delete()
    door = client.post("/you/", TYPED)["Location"]
    assert make_person(MANAGER).name == ""
    page = client.get(sign_in_again(client, door)).content.decode()
    assert 'action="/you/"' in page
    assert make_person(MANAGER).name == "", "not before the tap"
    typed = fields_on(page)
    assert {name: typed[name] for name in TYPED} == TYPED
    client.post("/you/", typed)
    assert make_person(MANAGER).name == TYPED["name"]


def test_it_is_shown_once_and_for_an_hour(sign_in: SignIn) -> None:
    client = sign_in()
    Session.objects.all().delete()
    with time_machine.travel("2026-08-03T15:00Z", tick=False) as clock:
        door = client.post("/you/", TYPED)["Location"]
        again = sign_in_again(client, door)
        assert client.get(again).status_code == 200
        assert client.get(again)["Location"] == "/home/"
        client.post("/sign-out/")
        client.post("/you/", TYPED)
        clock.shift(3601)
        assert "What you typed" not in client.get("/sign-in/").content.decode()


def test_a_tap_without_words_leads_to_the_door_and_nowhere_that_cannot_be_looked_at(client: Client) -> None:
    assert client.post("/you/sessions/end/")["Location"] == "/sign-in/"
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


def test_too_much_to_keep_is_not_kept(client: Client) -> None:
    assert client.post("/you/", {"name": "m" * 300_001})["Location"] == "/sign-in/"
    assert not Session.objects.exists()


def test_a_part_of_a_page_leads_the_whole_page_to_the_door(client: Client) -> None:
    response = client.post("/you/", TYPED, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, "/sign-in/?next=/you/again/")
    here = "http://testserver/you/sessions/?page=2"
    part = client.get("/you/kept/", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert part["HX-Redirect"] == "/sign-in/?next=http%3A//testserver/you/sessions/%3Fpage%3D2"


def test_another_site_can_plant_nothing(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/you/", TYPED).status_code == 403
    assert not Session.objects.exists()
