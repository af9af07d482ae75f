"""Signing in as people do it: a code read from the mail, a passkey on a phone, a session ended from afar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Person
from tests.accounts.conftest import mailed_code, wrong
from tests.cast import MANAGER, STRANGER
from tests.conftest import PHONE
from tests.live_house import LiveHouse


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_refused_by_the_content_policy(phone: Page, desk: Page) -> Iterator[None]:
    """No page of these journeys, the admin included, breaks the policy that it is sent with."""
    refused: list[str] = []
    for page in (phone, desk):
        page.on(
            "console", lambda line: refused.append(line.text) if "Content Security" in line.text else None
        )
    yield
    assert refused == []


def ask(page: Page, email: str = MANAGER, address: str = "/sign-in/") -> None:
    page.goto(address)
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Six digits are on their way")


def sign_in(page: Page, email: str = MANAGER) -> None:
    ask(page, email, "/sign-in/?next=/you/")
    page.get_by_label("Code").fill(mailed_code(email))
    page.get_by_role("button", name="Open the door").click()
    expect(page.get_by_text(f"Signed in as {email}")).to_be_visible()


def give_authenticator(page: Page) -> None:
    """A device in the browser that makes passkeys and knows its person (Chromium's virtual authenticator)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def axe_findings(page: Page) -> list[str]:
    return [f"{found['id']}: {found['help']}" for found in Axe().run(page).response["violations"]]


def test_a_code_from_the_mail_opens_the_door_with_nothing_typed_lost(phone: Page) -> None:
    ask(phone)
    code = phone.get_by_label("Code")
    assert (code.get_attribute("autocomplete"), code.get_attribute("inputmode")) == (
        "one-time-code",
        "numeric",
    )
    typed = wrong(mailed_code())
    code.fill(typed)
    phone.get_by_role("button", name="Open the door").click()
    expect(phone.get_by_text("That is not the code we sent. You have 4 more tries.")).to_be_visible()
    expect(code).to_have_value(typed)
    code.fill(mailed_code())
    phone.get_by_role("button", name="Open the door").click()
    phone.wait_for_url("**/home/")
    assert Person.objects.get(email=MANAGER).confirmed_at


def test_a_passkey_is_added_and_signs_in_on_its_own(phone: Page) -> None:
    give_authenticator(phone)
    sign_in(phone)
    phone.get_by_role("link", name=re.compile("Passkeys")).click()
    phone.get_by_role("link", name="Add a passkey").click()
    phone.get_by_label("Its name").fill("My phone")
    phone.get_by_role("button", name="Add a passkey on this device").click()
    expect(phone.get_by_text("From now on it signs you in.")).to_be_visible()
    expect(phone.get_by_text("My phone", exact=True).first).to_be_visible()
    phone.goto("/you/")
    phone.get_by_role("button", name="Sign out here").click()
    expect(phone.get_by_text("You are signed out on this device.")).to_be_visible()
    phone.goto("/you/sessions/")
    expect(phone).to_have_url(re.compile(r"/sign-in/\?next=/you/sessions/$"))
    phone.get_by_role("button", name="Use a passkey").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where you are signed in")


def test_a_second_passkey_on_the_same_device_is_refused_in_words(phone: Page) -> None:
    give_authenticator(phone)
    sign_in(phone)
    for said in ("From now on it signs you in.", "Nothing was added."):
        phone.goto("/you/passkeys/add/")
        phone.get_by_role("button", name="Add a passkey on this device").click()
        expect(phone.get_by_text(said)).to_be_visible()
    expect(phone.get_by_text("This device has a passkey for you already. Nothing was added.")).to_be_visible()


def test_without_a_passkey_on_the_device_the_page_says_what_to_do(phone: Page) -> None:
    give_authenticator(phone)
    phone.goto("/sign-in/")
    phone.get_by_role("button", name="Use a passkey").click()
    expect(phone.get_by_text("No passkey was used")).to_be_visible()
    expect(phone.get_by_role("button", name="Use a passkey")).to_be_enabled()


def test_a_browser_that_knows_no_passkeys_says_so_and_codes_still_work(phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(window, 'PublicKeyCredential', { value: undefined })")
    phone.goto("/sign-in/")
    expect(phone.get_by_text("This browser does not know passkeys.")).to_be_visible()
    expect(phone.get_by_role("button", name="Use a passkey")).to_be_hidden()
    sign_in(phone)


def test_signing_in_works_without_javascript(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse
) -> None:
    page = new_context(base_url=live_house.url, java_script_enabled=False, **PHONE).new_page()
    page.goto("/sign-in/")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    sign_in(page)


def test_a_stolen_phones_session_is_ended_from_the_desk(phone: Page, desk: Page) -> None:
    sign_in(phone)
    sign_in(desk)
    desk.get_by_role("link", name=re.compile("Where you are signed in")).click()
    desk.get_by_role("listitem").filter(has_not_text="(here)").get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("status").filter(has_text="is signed out. Its next tap")).to_be_visible()
    phone.get_by_role("link", name=re.compile("What we keep")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_page_of_a_code_forwarded_to_another_device_asks_for_a_new_one(phone: Page, desk: Page) -> None:
    ask(phone)
    desk.goto(phone.url)
    expect(desk.get_by_role("alert")).to_have_text(
        "This code was asked for on another device. Ask for a new one here."
    )
    assert MANAGER not in desk.content()
    sign_in(desk, STRANGER)


def test_site_staff_enter_their_rooms_with_a_passkey_only(desk: Page) -> None:
    Person.objects.create_superuser(MANAGER)
    give_authenticator(desk)
    sign_in(desk)
    desk.goto("/admin/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("A passkey opens this door")
    desk.get_by_role("link", name="Add a passkey").click()
    desk.get_by_role("button", name="Add a passkey on this device").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    desk.get_by_role("button", name="Use a passkey").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("The site’s own rooms")
    desk.get_by_role("link", name="People", exact=True).click()
    desk.get_by_role("link", name=MANAGER).click()
    expect(desk.get_by_label("Email")).to_have_value(MANAGER)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_these_pages_have_no_accessibility_findings(phone: Page, light: str) -> None:
    """axe-core's rules on every page of the door and the profile, with errors and with things to show."""
    phone.emulate_media(color_scheme=light)  # type: ignore[arg-type]
    give_authenticator(phone)
    findings: dict[str, list[str]] = {}

    def look(name: str) -> None:
        findings[name] = axe_findings(phone)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than the phone"
        )

    phone.goto("/sign-in/")
    look("sign in")
    phone.get_by_label("Your e-mail address").fill("marta")
    phone.get_by_role("button", name="Send me a code").click()
    expect(phone.get_by_label("Your e-mail address")).to_have_attribute("aria-invalid", "true")
    look("sign in, with an error")
    ask(phone)
    look("code")
    phone.get_by_label("Code").fill("12")
    phone.get_by_role("button", name="Open the door").click()
    expect(phone.get_by_label("Code")).to_have_attribute("aria-invalid", "true")
    look("code, with an error")
    sign_in(phone)
    for address in ("/you/", "/you/passkeys/", "/you/passkeys/add/", "/you/second-factor/", "/you/kept/"):
        phone.goto(address)
        look(address)
    phone.goto("/you/passkeys/add/")
    phone.get_by_role("button", name="Add a passkey on this device").click()
    expect(phone.get_by_text("From now on it signs you in.")).to_be_visible()
    look("passkeys, with one")
    for act in ("Rename", "Remove"):
        phone.goto("/you/passkeys/")
        phone.get_by_role("link", name=act).click()
        expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{act}"))
        look(act)
    for address in ("/you/prove/", "/you/sessions/", "/you/kept/"):
        phone.goto(address)
        look(address)
    assert findings == {name: [] for name in findings}
