"""The guide in the pocket: saved in the lobby, read where there is no reception, renewed when there is.

The network is taken away by closing the house's port: the browser's own offline switch does not reach workers.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from interviews import guides
from interviews.excerpts import withdraw
from interviews.models import Excerpt, Guide, KeptMark
from interviews.publishing import publish
from tests.cast import MANAGER, make_person
from tests.conftest import PHONE
from tests.interviews.zine import NOW, make_guide
from tests.journeys.test_signing_in import sign_in
from tests.live_house import LiveHouse


@pytest.fixture
def guide(transactional_db: None) -> Guide:
    guide = make_guide()
    publish(guide, by=None, now=NOW)
    return guide


def open_guide(phone: Page, guide: Guide) -> None:
    """Open the guide; it is in the pocket when this returns."""
    phone.goto(f"/g/{guide.code}/")
    expect(phone.get_by_text("It is on this phone for now")).to_be_visible()


def save(phone: Page, guide: Guide) -> None:
    """Open the guide and save it for the cinema."""
    phone.goto(f"/g/{guide.code}/")
    phone.get_by_role("button", name="Save for the cinema").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()


def said(phone: Page) -> str:
    return phone.locator("[data-pocket-words]").inner_text()


def test_a_guide_that_was_opened_once_opens_without_reception(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    open_guide(phone, guide)
    live_house.close()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text(guide.title)
    expect(phone.get_by_text("No reception. This is the copy that this phone kept")).to_be_visible()
    assert (
        phone.evaluate("getComputedStyle(document.querySelector('.ceiling')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    live_house.open()
    expect(phone.locator("[data-pocket-bar]")).to_be_hidden()


def test_saved_is_said_of_what_was_read_back_with_its_size_and_can_be_taken_back(
    phone: Page, guide: Guide
) -> None:
    save(phone, guide)
    assert re.search(r"\(\d+ kB\)", said(phone))
    phone.reload()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    phone.get_by_role("button", name="Remove from this phone").click()
    expect(phone.get_by_text("Removed from this phone.")).to_be_visible()
    expect(phone.get_by_role("button", name="Save for the cinema")).to_be_visible()


def test_a_tab_killed_and_opened_again_reads_without_reception(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    save(phone, guide)
    live_house.close()
    phone.close()
    again = phone.context.new_page()
    again.goto(f"{live_house.url}/g/{guide.code}/")
    expect(again.get_by_role("heading", level=1)).to_have_text(guide.title)
    live_house.open()


def test_what_is_not_on_the_phone_is_said_in_words_and_what_is_is_listed(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    save(phone, guide)
    live_house.close()
    phone.goto("/cities/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This page needs a signal")
    phone.get_by_role("link", name=guide.title).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(guide.title)
    live_house.open()


def test_a_version_published_meanwhile_is_offered_within_seconds_and_the_old_text_stays(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    save(phone, guide)
    live_house.close()
    guides.add_text(guides.add_section(guide, "resources"), "The ferry still runs on Sundays.")
    publish(guide, by=None, now=NOW)
    phone.reload()
    expect(phone.get_by_text("This is the copy that this phone kept")).to_be_visible()
    expect(phone.get_by_text("The ferry still runs on Sundays.")).to_have_count(0)
    live_house.open()
    expect(phone.get_by_text("There is a newer version.")).to_be_visible()
    expect(phone.get_by_text("The ferry still runs on Sundays.")).to_have_count(0)
    phone.get_by_role("link", name="Read it", exact=True).click()
    expect(phone.get_by_text("The ferry still runs on Sundays.")).to_be_visible()
    expect(phone.locator("[data-pocket-bar]")).to_be_hidden()


def test_an_excerpt_taken_back_while_offline_is_gone_from_the_pocket_too(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    save(phone, guide)
    words = Excerpt.objects.order_by("pk")[0]
    live_house.close()
    phone.reload()
    withdraw(words, reason="The publisher asked.", by=None, now=NOW)
    live_house.open()
    # In place, while the rest is read on.
    expect(phone.get_by_text("These words were withdrawn on")).to_be_visible()
    expect(phone.get_by_text(words.exact[:40])).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text(words.exact[:40])).to_have_count(0)


def test_a_phone_without_room_keeps_what_it_had_and_says_so(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    open_guide(phone, guide)
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live_house.url, "quotaSize": 1})
    phone.get_by_role("button", name="Save for the cinema").click()
    expect(phone.get_by_text("this phone has no room left")).to_be_visible()
    live_house.close()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text(guide.title)
    live_house.open()


def test_a_download_cut_in_half_is_not_called_saved(
    phone: Page, live_house: LiveHouse, guide: Guide, collected_static: Path, tmp_path: Path
) -> None:
    sheet = next(collected_static.glob("css/guide.????????????.css"))
    away = [(path, tmp_path / path.name) for path in sheet.parent.glob(f"{sheet.name}*")]
    for path, elsewhere in away:
        path.rename(elsewhere)
    try:
        phone.goto(f"/g/{guide.code}/")
        phone.get_by_role("button", name="Save for the cinema").click()
        expect(phone.get_by_text("Not saved")).to_be_visible()
        assert kept(phone) == []
    finally:
        for path, elsewhere in away:
            elsewhere.rename(path)
    phone.get_by_role("button", name="Save for the cinema").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()


def test_a_new_release_takes_over_without_a_page_that_is_read_noticing(
    phone: Page, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(phone, guide)
    phone.evaluate("window.scrollTo(0, 600); window.reading = true")
    before = release(phone)
    from config import service_worker

    monkeypatch.setattr(service_worker, "SHELL", (*service_worker.SHELL, "css/forms.css"))
    # The old worker is asked nothing meanwhile: a question starts it anew, and while a test looks on, a worker that was
    # started does not go by itself, so the new one would wait for it.
    phone.evaluate("window.old = navigator.serviceWorker.controller")
    for _ in range(30):
        # As at each visit. Once is not enough: where the browser still looks for its own reasons, having read the old
        # script already, it takes ours for the same question.
        phone.evaluate("navigator.serviceWorker.getRegistration().then((own) => own.update())")
        with contextlib.suppress(PlaywrightTimeout):
            phone.wait_for_function("() => navigator.serviceWorker.controller !== window.old", timeout=1_000)
            break
    assert release(phone) not in ("", before)
    assert phone.evaluate("window.reading && window.scrollY > 500")
    phone.reload()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()


def release(phone: Page) -> str:
    """The release of the worker that answers this page; empty where it went before it could answer."""
    found: str = phone.evaluate(
        """() => new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = ({ data }) => resolve(data.release);
            setTimeout(() => resolve(""), 2000);
            navigator.serviceWorker.controller.postMessage({ act: "look", path: location.pathname }, [port2]);
        })"""
    )
    return found


def test_two_tabs_keep_one_copy_and_both_say_so(phone: Page, guide: Guide) -> None:
    save(phone, guide)
    other = phone.context.new_page()
    other.goto(phone.url)
    expect(other.get_by_text("Saved on this phone")).to_be_visible()
    assert kept(phone) == [f"/g/{guide.code}/"]


def test_tidying_up_never_takes_what_a_page_needs_that_is_being_saved(phone: Page, guide: Guide) -> None:
    save(phone, guide)
    said = phone.evaluate(
        """async () => {
            const ask = (question) => new Promise((resolve) => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = ({ data }) => resolve(data.state);
                navigator.serviceWorker.controller.postMessage(question, [port2]);
            });
            const paths = [location.pathname];
            const said = [];
            for (let turn = 0; turn < 15; turn += 1) {
                await ask({ act: "remove", paths });
                const saving = ask({ act: "save", paths });
                for (let each = 0; each < 8; each += 1) await ask({ act: "remove", paths: ["/s/another/"] });
                said.push(await saving);
            }
            return said;
        }"""
    )
    assert said == ["saved"] * 15


def kept(phone: Page) -> list[str]:
    """The pages that lie in the phone's pocket."""
    found: list[str] = phone.evaluate(
        """async () => {
            const requests = [];
            for (const name of ["saved-1", "pages-1"]) requests.push(...(await (await caches.open(name)).keys()));
            return requests.map((request) => new URL(request.url).pathname);
        }"""
    )
    return found


def test_nothing_of_an_account_lies_in_the_pocket(
    new_context: Callable[..., BrowserContext], live_house: LiveHouse, guide: Guide
) -> None:
    phone = new_context(base_url=live_house.url, **PHONE).new_page()
    open_guide(phone, guide)
    phone.goto("/sign-in/")
    phone.goto("/home/")
    phone.goto(f"/g/{guide.code}/")
    assert kept(phone) == [f"/g/{guide.code}/"]


def test_signing_out_clears_what_the_device_kept(phone: Page, guide: Guide) -> None:
    make_person(MANAGER)
    save(phone, guide)
    sign_in(phone)
    phone.get_by_role("button", name="Sign out").first.click()
    expect(phone.get_by_text("What it had kept is cleared.")).to_be_visible()
    assert kept(phone) == []


def test_the_first_frame_of_a_dark_guide_lights_no_face(
    browser: Browser, live_house: LiveHouse, guide: Guide
) -> None:
    """Mean luminance (WCAG 2.2, relative luminance) of the very first frame, before any style sheet may have come."""
    context = browser.new_context(base_url=live_house.url, color_scheme="dark", **PHONE)
    page = context.new_page()
    page.goto(f"/g/{guide.code}/", wait_until="commit")
    assert luminance(first_picture(page)) < 0.05
    page.wait_for_load_state()
    assert luminance(page.screenshot()) < 0.05
    context.close()


def first_picture(page: Page) -> bytes:
    """As soon as there is one: Chromium has none in the moment in which one page takes the other's place."""
    for _ in range(50):
        try:
            return page.screenshot()
        except PlaywrightError as error:
            if "Unable to capture" not in str(error):
                raise
    raise AssertionError("Chromium shows nothing.")


def luminance(picture: bytes) -> float:
    """The mean relative luminance of a PNG, from 0 (black) to 1 (white)."""
    pixels = Image.open(io.BytesIO(picture)).convert("RGB").resize((64, 128)).getdata()

    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    light = [0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) for r, g, b in pixels]
    return sum(light) / len(light)


# --- keeping and reading -------------------------------------------------------------------------------------


def keep_first_quote(phone: Page, guide: Guide) -> str:
    """Keep the first quote of the guide; gives its words."""
    open_guide(phone, guide)
    quote = phone.locator("figure.said[data-item]").first
    quote.get_by_role("button", name="Keep this").click()
    expect(quote.get_by_role("button", name="Kept")).to_be_visible()
    return quote.locator("blockquote").inner_text()


def test_what_was_kept_is_there_on_the_walk_home_with_ones_own_note_and_one_question(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    words = keep_first_quote(phone, guide)
    phone.wait_for_function("() => JSON.parse(localStorage.getItem('houselights:kept'))[0].told")
    assert KeptMark.objects.filter(guide=guide).count() == 1
    live_house.close()
    phone.get_by_role("link", name="Your walk home: what you kept").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your walk home")
    expect(phone.get_by_text(words)).to_be_visible()
    phone.get_by_label("Your note, for you alone").fill("Ask Ana about this.")
    phone.reload()
    expect(phone.get_by_label("Your note, for you alone")).to_have_value("Ask Ana about this.")
    letter = phone.get_by_role("link", name="Mail it to yourself").get_attribute("href") or ""
    assert letter.startswith("mailto:?subject=")
    assert "Ask%20Ana%20about%20this." in letter
    phone.get_by_text("Forget all of it").click()
    phone.get_by_role("button", name="Forget it now").click()
    expect(phone.get_by_text("Nothing is kept on this phone any more.")).to_be_visible()
    assert phone.evaluate("localStorage.getItem('houselights:kept')") is None
    live_house.open()


def test_what_is_kept_without_reception_is_counted_once_when_there_is(
    phone: Page, live_house: LiveHouse, guide: Guide
) -> None:
    save(phone, guide)
    live_house.close()
    phone.reload()
    phone.locator("figure.said[data-item]").first.get_by_role("button", name="Keep this").click()
    live_house.open()
    for _ in range(2):
        phone.reload()
        phone.wait_for_function("() => JSON.parse(localStorage.getItem('houselights:kept'))[0].told")
    assert KeptMark.objects.count() == 1


def test_letters_grow_and_stay_grown(phone: Page, guide: Guide) -> None:
    open_guide(phone, guide)
    before = size_of_letters(phone)
    phone.get_by_role("button", name="Larger letters").click()
    phone.get_by_role("button", name="Larger letters").click()
    assert size_of_letters(phone) > 1.3 * before
    phone.reload()
    expect(phone.get_by_role("button", name="Smaller letters")).to_be_enabled()
    assert size_of_letters(phone) > 1.3 * before
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def size_of_letters(phone: Page) -> float:
    return float(phone.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"))


def test_the_place_where_one_stopped_is_one_tap_away(phone: Page, guide: Guide) -> None:
    open_guide(phone, guide)
    phone.evaluate("document.getElementById('sources').scrollIntoView()")
    phone.mouse.wheel(0, 40)
    phone.wait_for_function("() => scrollY > innerHeight")
    phone.goto("/offline/")
    phone.goto(f"/g/{guide.code}/")
    phone.get_by_role("link", name="Go on where you stopped").click()
    phone.wait_for_function("() => scrollY > innerHeight")
