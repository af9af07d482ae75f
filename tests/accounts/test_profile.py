"""You: name and language, and what we keep about you."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from accounts import kept
from accounts.kept import Section
from accounts.models import Person
from tests.accounts.conftest import mailed_code
from tests.cast import MANAGER, OTHER_MANAGER, make_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def teller() -> Iterator[None]:
    """A higher app that keeps something, too."""
    before = list(kept._tellers)
    kept.register(lambda person: Section("letters", "Letters", "To answer them.", [{"To": person.email}]))
    yield
    kept._tellers[:] = before


def test_a_name_is_saved_and_tidied(sign_in: SignIn) -> None:
    client = sign_in()
    response = client.post("/you/", {"name": "  Marta \n Okafor ", "language": "en"}, follow=True)
    assert "Saved." in response.content.decode()
    assert make_person(MANAGER).name == "Marta Okafor"


def test_a_name_too_long_is_refused_in_words_and_stays_in_the_field(sign_in: SignIn) -> None:
    client = sign_in()
    response = client.post("/you/", {"name": "M" * 121, "language": "en"})
    assert response.status_code == 422
    assert "at most 120 characters" in response.content.decode()
    assert "M" * 121 in response.content.decode()
    assert make_person(MANAGER).name == ""


def test_a_language_that_we_do_not_speak_is_refused(sign_in: SignIn) -> None:
    assert sign_in().post("/you/", {"name": "Marta", "language": "tlh"}).status_code == 422
    assert make_person(MANAGER).language == "en"


def test_the_form_changes_nothing_else(sign_in: SignIn) -> None:
    sign_in().post(
        "/you/",
        {"name": "M", "language": "en", "email": "x@y.example", "is_staff": "on", "is_superuser": "1"},
    )
    person = Person.objects.get(email=MANAGER)
    assert not person.is_staff
    assert not person.is_superuser


def test_a_name_is_text_never_markup(sign_in: SignIn) -> None:
    client = sign_in()
    client.post("/you/", {"name": "<script>alert(1)</script>", "language": "en"})
    for address in ("/you/", "/you/kept/", "/home/"):
        assert "<script>alert" not in client.get(address).content.decode()


@pytest.mark.usefixtures("teller")
def test_what_we_keep_is_told_by_every_app_on_a_page_and_as_a_file(sign_in: SignIn) -> None:
    client = sign_in()
    page = client.get("/you/kept/").content.decode()
    response = client.get("/you/kept.json")
    told = json.loads(response.content)
    assert {"account", "passkeys", "sessions", "sign_in_codes", "letters"} <= set(told)
    assert told["account"][0]["Address"] == MANAGER
    assert told["letters"] == [{"To": MANAGER}]
    assert "attachment" in response["Content-Disposition"]
    for section in ("Your account", "Passkeys", "Where you are signed in", "Sign-in codes", "Letters"):
        assert f"<h2>{section}</h2>" in page


def test_what_we_keep_holds_nothing_that_opens_a_door_and_nothing_of_others(sign_in: SignIn) -> None:
    sign_in(OTHER_MANAGER)
    client = sign_in(MANAGER)
    code = mailed_code(MANAGER)
    for address in ("/you/kept/", "/you/kept.json"):
        text = client.get(address).content.decode()
        assert MANAGER in text
        assert OTHER_MANAGER not in text
        assert str(client.session.session_key) not in text
        assert code not in text


def test_the_profile_is_for_who_is_signed_in(client: Client) -> None:
    for address in (
        "/you/",
        "/you/sessions/",
        "/you/kept/",
        "/you/kept.json",
        "/you/passkeys/",
        "/you/prove/",
    ):
        assert client.get(address)["Location"] == f"/sign-in/?next={address}"
