"""The site's own rooms: a passkey in this session, or the door stays shut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.internal.flows import login as records
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Person
from tests.accounts.conftest import give_passkey
from tests.cast import MANAGER, STRANGER, make_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def show_passkey(client: Client) -> None:
    """What the session holds once a passkey was shown in it."""
    session = client.session
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
        *session[records.AUTHENTICATION_METHODS_SESSION_KEY],
        {"method": "mfa", "type": "webauthn", "at": 1.0},
    ]
    session.save()


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    make_person(MANAGER, is_staff=True, is_superuser=True)
    return sign_in(MANAGER)


def test_a_stranger_is_led_to_our_door_not_to_a_password(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/?next=/admin/"
    assert "password" not in response.content.decode().lower().replace("no password", "")


def test_a_manager_finds_no_such_rooms(sign_in: SignIn) -> None:
    client = sign_in(MANAGER)
    show_passkey(client)
    assert client.get("/admin/", follow=True).status_code == 404
    assert client.get("/admin/accounts/person/", follow=True).status_code == 404


def test_staff_with_a_code_only_are_told_to_add_a_passkey(staff: Client) -> None:
    response = staff.get("/admin/accounts/person/", follow=True)
    assert response.redirect_chain[-1][0] == "/you/second-factor/?next=/admin/accounts/person/"
    assert "/you/passkeys/add/?next=/admin/accounts/person/" in response.content.decode()


def test_staff_with_a_passkey_are_asked_to_show_it_and_a_code_does_not_count(staff: Client) -> None:
    give_passkey(MANAGER)
    response = staff.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/you/prove/?next=/admin/"
    assert "Send me a code" not in response.content.decode()


def test_staff_who_read_the_mail_only_cannot_add_a_second_passkey(staff: Client) -> None:
    assert staff.get("/you/passkeys/add/").status_code == 200
    give_passkey(MANAGER)
    assert staff.get("/you/passkeys/add/")["Location"] == "/you/prove/?next=/you/passkeys/add/"
    assert staff.post("/you/passkeys/add/", {"credential": "{}"}).status_code == 302


def test_who_has_shown_a_passkey_enters_and_post_is_guarded_alike(staff: Client) -> None:
    person = make_person(STRANGER)
    address = f"/admin/accounts/person/{person.pk}/change/"
    assert staff.post(address, {"email": STRANGER, "language": "en"}).status_code == 302
    assert make_person(STRANGER).is_active
    show_passkey(staff)
    assert staff.get("/admin/").status_code == 200
    assert staff.get(address).status_code == 200
    assert staff.post(address, {"email": STRANGER, "language": "en"}).status_code == 302
    person.refresh_from_db()
    assert not person.is_active, "the box was not ticked"


def test_the_demo_has_the_same_rule(staff: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    assert staff.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/you/second-factor/")


def test_someone_elses_passkey_in_the_session_counts_for_nothing(staff: Client) -> None:
    show_passkey(staff)
    session = staff.session
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(make_person(STRANGER).pk)
    session.save()
    assert staff.get("/admin/").status_code == 302


def test_staff_see_no_session_keys_and_no_halves_of_passkeys(staff: Client) -> None:
    passkey = give_passkey(STRANGER)
    show_passkey(staff)
    assert staff.get("/admin/usersessions/usersession/").status_code == 404
    assert staff.get("/admin/account/emailaddress/").status_code == 404
    page = staff.get(f"/admin/mfa/authenticator/{passkey.pk}/change/")
    assert page.status_code == 200
    assert "attestationObject" not in page.content.decode()


def test_a_person_is_not_deleted_as_a_row(staff: Client) -> None:
    show_passkey(staff)
    person = make_person(STRANGER)
    assert staff.post(f"/admin/accounts/person/{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Person.objects.filter(pk=person.pk).exists()


def test_appointing_staff_at_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("appoint_staff", "Marta@Lantern.example")
    person = Person.objects.get(email=MANAGER)
    assert person.is_staff
    assert person.is_superuser
    assert "add a passkey" in capsys.readouterr().out


def test_forgetting_lost_passkeys_at_the_terminal() -> None:
    give_passkey(MANAGER)
    call_command("appoint_staff", MANAGER, forget_passkeys=True)
    assert not Authenticator.objects.exists()


def test_what_is_no_address_is_not_appointed() -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("appoint_staff", "marta")
    assert not Person.objects.exists()
