"""The pictures of docs/theaters.md, docs/organizers.md and docs/attendees.md, taken on a phone while a manager, an organizer
and an attendee go the whole way: `make pictures`.

The world is small and its Monday always the same, so that a picture changes only where the page has.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MONDAY = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
FRIDAY = "2026-08-07"
VIEW: ViewportSize = {"width": 390, "height": 720}
WIDTH = 585
WEEK = """\
THE SALT ROAD
Fri-Sun 1:30 4:15 7:00; Mon-Thu 4:15 7:00
no 7:00 Wed; Sat 7:00 + Q&A

NITE FERRY
Fri & Sat 9:30; Sun 10:30; Tue 7:00 OC
"""
CHANGED = WEEK.replace("no 7:00 Wed; Sat 7:00 + Q&A", "no 7:00 Wed, Sat; Sat 7:30 + Q&A")


def take(page: Page, name: str, at: str = "main") -> None:
    """What stands on the phone once `at` (a selector) is scrolled to its top, as a small WebP."""
    from PIL import Image

    page.wait_for_load_state()
    page.locator(at).wait_for()
    page.evaluate("at => document.querySelector(at).scrollIntoView()", at)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)))
    small.save(PICTURES / f"{name}.webp", quality=72, method=6)


def make_week() -> str:
    """A theater with a manager and two films, one live last week; gives the address of this week's page."""
    from screenings.models import TheaterMembership
    from tests.cast import MANAGER, make_person
    from tests.factories import make_engagement, make_film, make_theater

    theater = make_theater(screens=["1", "2"])
    TheaterMembership.objects.create(
        theater=theater, person=make_person(MANAGER, name="Marta"), role="manager"
    )
    make_engagement(make_film(), theater, dt.date(2026, 7, 31))
    make_film("Night Ferry", running_minutes=None)
    return f"/manage/theaters/{theater.slug}/week/{FRIDAY}/"


def three_come() -> None:
    """Three people come to the ferry on Friday night."""
    from screenings.models import Rsvp, Screening
    from tests.cast import make_person

    showing = Screening.objects.scheduled().get(wall_time=f"{FRIDAY}T21:30")
    for name in ("ana", "ben", "cleo"):
        Rsvp.objects.create(
            person=make_person(f"{name}@home.example"), screening=showing, state=Rsvp.State.GOING
        )


def session_cookie(name: str) -> str:
    """The session of the person of this name, signed in."""
    from django.test import Client

    from accounts.models import Person

    client = Client()
    client.force_login(Person.objects.get(name=name), backend="accounts.backend.CodeOrPasskeyBackend")
    return client.cookies["sessionid"].value


def settle(page: Page) -> None:
    """The film first; then what can be asked of its times."""
    for answer in ("Night Ferry", "Morning"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Settle these").click()


def go_the_way(page: Page, week: str) -> None:
    """From the paste to the live week, and one change after it; a picture of each step."""
    page.goto("/for-theaters/")
    page.get_by_role("button", name="Read this one").click()
    take(page, "theaters-try")
    page.goto(week)
    page.get_by_label("The week as you wrote it").fill(WEEK)
    take(page, "theaters-paste")
    page.get_by_role("button", name="Read it").click()
    take(page, "theaters-settle", "#week")
    settle(page)
    take(page, "theaters-grid", "#grid")
    page.get_by_label("Minutes").fill("104")
    take(page, "theaters-remarks", "#remarks")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Publish the week").click()
    page.get_by_role("button", name="Undo").wait_for()
    take(page, "theaters-live")
    page.get_by_text("Paste again, or change the text").click()
    page.get_by_label("The week as you wrote it").fill(CHANGED)
    page.get_by_role("button", name="Read it").click()
    settle(page)
    take(page, "theaters-difference", "#difference")
    page.goto(f"{week}words/")
    take(page, "theaters-words")
    three_come()
    page.goto(week.partition("week/")[0])
    page.get_by_role("link", name="9:30 pm Night Ferry").first.click()
    take(page, "theaters-showing")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DATABASE_URL"] = f"sqlite:///{scratch}/pictures.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        import django

        django.setup()
        _take_all(Path(scratch))


def _take_all(scratch: Path) -> None:
    import time_machine
    from django.core.management import call_command
    from django.test import override_settings
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium, launch_flags
    from tests.live_house import LiveHouse
    from tests.pictures_attendees import go_the_attendees_way
    from tests.pictures_evening import go_through_the_evening, make_evening
    from tests.pictures_organizers import go_the_organizers_way, make_interviews

    PICTURES.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    house = LiveHouse()
    settings = {
        "STATIC_ROOT": scratch / "static",
        "GUIDE_FILES": scratch / "guides",
        "BASE_URL": house.url,
        "CSRF_TRUSTED_ORIGINS": [house.url],
    }
    with override_settings(**settings), time_machine.travel(MONDAY) as clock, sync_playwright() as playwright:
        call_command("collectstatic", interactive=False, verbosity=0)
        week = make_week()
        make_interviews()
        house.open()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags())
        try:
            go_the_way(_phone_of("Marta", browser, house.url), week)
            olu = _phone_of("Olu", browser, house.url)
            go_the_organizers_way(olu, take)
            go_the_attendees_way(_phone(browser, house.url), newest_guide(), house, take)
            go_through_the_evening(make_evening(), olu, browser, house.url, take, str(PICTURES), clock)
        finally:
            browser.close()
            house.close()
    taken = sorted(PICTURES.glob("*.webp"))
    print(f"{len(taken)} pictures in docs/pictures/, {sum(p.stat().st_size for p in taken) // 1000} kB")


def newest_guide() -> str:
    """The code of the guide that was published last."""
    from interviews.models import GuideVersion

    return GuideVersion.objects.order_by("-pk").values_list("guide__code", flat=True)[0]


def _phone(browser: Browser, address: str) -> Page:
    """A phone of nobody."""
    return browser.new_context(base_url=address, viewport=VIEW, device_scale_factor=2).new_page()


def _phone_of(name: str, browser: Browser, address: str) -> Page:
    """A phone on which this person is signed in."""
    page = _phone(browser, address)
    page.context.add_cookies(
        [{"name": "sessionid", "value": session_cookie(name), "url": address, "expires": 4e9}]
    )
    return page


if __name__ == "__main__":
    main()
