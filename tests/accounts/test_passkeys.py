"""Passkeys: added, shown at the door and for proof, renamed, removed; and what is no passkey opens nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Person
from tests.accounts.conftest import give_passkey, mailed_code
from tests.cast import MANAGER, OTHER_MANAGER
from tests.passkey_device import PasskeyDevice

pytestmark = pytest.mark.django_db
LOCALHOST = {"SERVER_NAME": "localhost"}
SignIn = Callable[..., Client]
JSON = {"Accept": "application/json"}
NONSENSE = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    '"key"',
    "not json",
    json.dumps(
        {
            "id": "x",
            "rawId": "x",
            "type": "public-key",
            "response": {"userHandle": "!!", "clientDataJSON": "", "authenticatorData": "", "signature": ""},
        }
    ),
]


def test_the_challenge_is_fresh_each_time_and_asks_the_device_to_know_its_person(client: Client) -> None:
    options = [
        client.get("/sign-in/passkey/", headers=JSON).json()["request_options"]["publicKey"] for _ in range(2)
    ]
    assert options[0]["challenge"] != options[1]["challenge"]
    assert options[0]["userVerification"] == "required"
    assert not options[0].get("allowCredentials"), "nobody's passkeys are given away"


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_passkey_is_refused_in_words(client: Client, credential: str) -> None:
    client.get("/sign-in/passkey/", headers=JSON)
    response = client.post("/sign-in/passkey/", {"credential": credential, "next": "/you/"}, follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/?next=/you/"
    assert 'role="alert"' in response.content.decode()
    assert client.get("/you/").status_code == 302


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_new_passkey_is_refused_and_its_name_stays(sign_in: SignIn, credential: str) -> None:
    client = sign_in()
    client.get("/you/passkeys/add/")
    response = client.post("/you/passkeys/add/", {"credential": credential, "name": "Box office"})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert 'value="Box office"' in response.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_proves_nothing(sign_in: SignIn, credential: str) -> None:
    give_passkey(OTHER_MANAGER)
    client = sign_in()
    response = client.post("/you/prove/", {"credential": credential, "next": "/you/"}, follow=True)
    assert response.redirect_chain[-1][0] == "/you/prove/?next=/you/"


def test_a_new_passkey_is_one_that_signs_in_by_itself(sign_in: SignIn) -> None:
    page = sign_in().get("/you/passkeys/add/").content.decode()
    options = json.loads(re.search(r'<script id="passkey-options"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    selection = options["publicKey"]["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert options["publicKey"]["rp"] == {"name": "Houselights", "id": "testserver"}


def test_a_code_typed_a_while_ago_no_longer_proves_who_one_is(sign_in: SignIn) -> None:
    with time_machine.travel("2026-08-03T15:00Z", tick=False) as clock:
        client = sign_in()
        assert client.get("/you/passkeys/add/").status_code == 200
        clock.shift(15 * 60)
        response = client.get("/you/passkeys/add/", follow=True)
    assert response.redirect_chain[-1][0] == "/you/prove/?next=/you/passkeys/add/"
    assert "Send me a code" in response.content.decode()


def test_a_new_code_proves_it_again_and_leads_back(sign_in: SignIn) -> None:
    with time_machine.travel("2026-08-03T15:00Z", tick=False) as clock:
        client = sign_in()
        clock.shift(3600)
        asked = client.post("/sign-in/", {"email": MANAGER, "next": "/you/passkeys/add/"})
        wrong_way = client.post(asked["Location"], {"code": "12"})
        assert wrong_way.status_code == 422
        back = client.post(asked["Location"], {"code": mailed_code()})
        assert back["Location"] == "/you/passkeys/add/"
        assert client.get("/you/passkeys/add/").status_code == 200


def test_a_passkey_is_renamed(sign_in: SignIn) -> None:
    client = sign_in()
    key = give_passkey(MANAGER)
    client.post(f"/you/passkeys/{key.pk}/rename/", {"name": "Box office laptop"})
    assert "Box office laptop" in client.get("/you/passkeys/").content.decode()


@pytest.mark.parametrize(("name", "said"), [("", "needs a name"), ("n" * 61, "at most 60")])
def test_a_name_that_cannot_be_is_refused_in_words(sign_in: SignIn, name: str, said: str) -> None:
    client = sign_in()
    key = give_passkey(MANAGER)
    response = client.post(f"/you/passkeys/{key.pk}/rename/", {"name": name})
    assert said in response.content.decode()
    key.refresh_from_db()
    assert str(key) == "Key"


def test_a_passkey_is_removed_by_a_tap_on_its_own_page(sign_in: SignIn) -> None:
    client = sign_in()
    key = give_passkey(MANAGER)
    assert "Remove <bdi>Key</bdi>?" in client.get(f"/you/passkeys/{key.pk}/remove/").content.decode()
    assert Authenticator.objects.exists()
    response = client.post(f"/you/passkeys/{key.pk}/remove/", follow=True)
    assert "The passkey is removed." in response.content.decode()
    assert not Authenticator.objects.exists()


def test_somebody_elses_passkey_is_not_there(sign_in: SignIn) -> None:
    client = sign_in(MANAGER)
    theirs = give_passkey(OTHER_MANAGER)
    for act in ("rename", "remove"):
        assert client.get(f"/you/passkeys/{theirs.pk}/{act}/").status_code == 404
        assert client.post(f"/you/passkeys/{theirs.pk}/{act}/", {"name": "Mine"}).status_code == 404
    assert str(Authenticator.objects.get()) == "Key"
    assert "Key" not in client.get("/you/passkeys/").content.decode().replace("passkey", "")


def options_on(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="passkey-options"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def add_passkey(client: Client, device: PasskeyDevice) -> str:
    """Add the device's passkey in a browser that is signed in; gives what the page says afterwards."""
    page = client.get("/you/passkeys/add/", **LOCALHOST).content.decode()
    facts = {"credential": device.create(options_on(page)), "name": "Phone"}
    return client.post("/you/passkeys/add/", facts, follow=True, **LOCALHOST).content.decode()


def sign_in_with(client: Client, device: PasskeyDevice, **facts: str) -> Any:
    options = client.get("/sign-in/passkey/", headers=JSON, **LOCALHOST).json()["request_options"]
    return client.post("/sign-in/passkey/", {"credential": device.get(options), **facts}, **LOCALHOST)


def test_a_passkey_is_added_and_signs_in_on_its_own(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    assert "From now on it signs you in." in add_passkey(sign_in(), device)
    client = Client()
    assert sign_in_with(client, device, next="/you/sessions/")["Location"] == "/you/sessions/"
    assert MANAGER in client.get("/you/").content.decode()
    assert Authenticator.objects.get().last_used_at


def test_who_signed_in_by_passkey_may_add_another_at_once(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    client = Client()
    sign_in_with(client, device)
    add_passkey(client, PasskeyDevice())
    assert Authenticator.objects.count() == 2


def test_a_passkey_leads_to_no_other_site(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    assert sign_in_with(Client(), device, next="https://evil.example/")["Location"] == "/home/"


def test_a_removed_passkey_opens_nothing_and_says_so(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    owner = sign_in()
    add_passkey(owner, device)
    owner.post(f"/you/passkeys/{Authenticator.objects.get().pk}/remove/")
    client = Client()
    response = client.get(sign_in_with(client, device)["Location"])
    assert "This passkey is not known here" in response.content.decode()
    assert client.get("/you/").status_code == 302


def test_a_passkey_shown_for_one_challenge_is_not_good_for_another(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    client = Client()
    shown = device.get(client.get("/sign-in/passkey/", headers=JSON, **LOCALHOST).json()["request_options"])
    client.get("/sign-in/passkey/", headers=JSON, **LOCALHOST)
    client.post("/sign-in/passkey/", {"credential": shown}, **LOCALHOST)
    assert client.get("/you/").status_code == 302


def test_a_passkey_shown_to_a_look_alike_site_is_not_good_here(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    device.origin = "https://localhost.evil.example"
    client = Client()
    sign_in_with(client, device)
    assert client.get("/you/").status_code == 302


def test_a_device_that_does_not_know_its_person_is_refused(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    device.knows_its_person = False
    client = Client()
    sign_in_with(client, device)
    assert client.get("/you/").status_code == 302
    add_passkey(sign_in(OTHER_MANAGER), PasskeyDevice(knows_its_person=False))
    assert not Authenticator.objects.filter(user__email=OTHER_MANAGER).exists()


def test_a_passkey_of_a_closed_account_opens_nothing(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    Person.objects.filter(email=MANAGER).update(is_active=False)
    client = Client()
    assert sign_in_with(client, device).status_code == 403
    assert client.get("/you/").status_code == 302


def test_one_persons_passkey_proves_nothing_about_another(sign_in: SignIn) -> None:
    device = PasskeyDevice()
    add_passkey(sign_in(), device)
    other = sign_in(OTHER_MANAGER)
    give_passkey(OTHER_MANAGER)
    options = options_on(other.get("/you/prove/", **LOCALHOST).content.decode())
    response = other.post("/you/prove/", {"credential": device.get(options)}, follow=True, **LOCALHOST)
    assert "not known here" in response.content.decode()


def test_site_staff_add_a_passkey_show_it_and_are_in(sign_in: SignIn) -> None:
    Person.objects.create_superuser(MANAGER)
    staff, device = sign_in(), PasskeyDevice()
    add_passkey(staff, device)
    led = staff.get("/admin/", follow=True, **LOCALHOST)
    assert led.redirect_chain[-1][0] == "/you/prove/?next=/admin/"
    facts = {"credential": device.get(options_on(led.content.decode())), "next": "/admin/"}
    assert staff.post("/you/prove/", facts, **LOCALHOST)["Location"] == "/admin/"
    assert staff.get("/admin/").status_code == 200
    again = Client()
    assert sign_in_with(again, device, next="/admin/")["Location"] == "/admin/"
    assert again.get("/admin/").status_code == 200
