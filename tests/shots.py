"""Pictures of every page: a phone and a desktop, light and dark, into the ignored folder `shots/`.

`python -m tests.shots [name …]` builds the demo world and the programme of `tests/programme.py` in a database
of its own, as of this evening in Atlanta, opens the real house over them, and photographs the pages whose
names contain a word given.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
LIGHTS = ("light", "dark")
PROJECTORS = ((1920, 1080), (1280, 720))
SHOTS = Path(__file__).resolve().parent.parent / "shots"


def this_evening() -> dt.datetime:
    """Seven in the evening in Atlanta, today: an hour at which a programme has something in every state."""
    return dt.datetime.now(ZoneInfo("America/New_York")).replace(hour=19, minute=20, second=0, microsecond=0)


def addresses(programme) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Name of a picture → the page it is of."""
    from django.urls import reverse

    def showing(screening):  # type: ignore[no-untyped-def]
        return reverse("screening", args=[screening.code])

    city = reverse("city", args=[programme.city.slug])
    return {
        "home": "/",
        "cities": "/cities/",
        "cities-none": "/cities/?q=zzzz",
        "cities-short": "/cities/?q=zz",
        "city": city,
        "city-day-empty": f"{city}?day=2040-01-01",
        "city-empty": reverse("city", args=[programme.empty_city.slug]),
        "theater": reverse("theater", args=[programme.theater.slug]),
        "theater-bare": reverse("theater", args=[programme.running.theater.slug]),
        "theater-empty": reverse("theater", args=[programme.announced.theater.slug]),
        "film": reverse("film", args=[programme.film.slug]),
        "film-long": reverse("film", args=[programme.running.film.slug]),
        "film-empty": reverse("film", args=[programme.unbooked_film.slug]),
        "screening": showing(programme.coming),
        "screening-running": showing(programme.running),
        "screening-cancelled": showing(programme.cancelled),
        "screening-sold-out": showing(programme.sold_out),
        "screening-after-midnight": showing(programme.after_midnight),
        "city-open-captions": f"{city}?label=oc",
        "city-without-label": f"{city}?label=70mm",
        "theater-open-captions": reverse("theater", args=[programme.theater.slug]) + "?label=oc",
        "embed": reverse("theater_embed", args=[programme.theater.slug]),
        "embed-empty": reverse("theater_embed", args=[programme.announced.theater.slug]),
        "follow-asked": reverse("follow_asked"),
        "for-theaters": reverse("for_theaters"),
        "privacy": reverse("privacy"),
        "bring-asked": reverse("bring_asked", args=[programme.film.slug]),
        "bring-counted": reverse("bring_counted", args=[programme.film.slug]),
        "missing": "/s/nothing/",
    }


def addresses_of_a_wide_release(film, follow):  # type: ignore[no-untyped-def]
    """The same of a film in forty cities, and of somebody who follows it."""
    from django.urls import reverse

    from screenings import follow_links

    return {
        "film-wide": reverse("film", args=[film.slug]),
        "film-wide-open-captions": reverse("film", args=[film.slug]) + "?label=oc",
        "follow": reverse("follow_film", args=[film.slug]),
        "follow-settle": follow_links.settle_path(follow),
    }


def addresses_of_the_demo() -> dict[str, str]:
    """The same of pages that stand on the demo world."""
    from accounts.models import Person
    from interviews.models import GuideVersion
    from notices import unsubscribe, wishes

    reader = Person.objects.filter(rsvps__isnull=False).order_by("pk")[0]
    guides = GuideVersion.objects.order_by("guide").values_list("guide__code", flat=True).distinct()
    return {f"guide-{number}": f"/g/{code}/" for number, code in enumerate(guides, 1)} | {
        "sign-in": "/sign-in/",
        "mail-wishes": wishes.wishes_path(reader),
        "mail-stop": f"/mail/stop/{unsubscribe.make_token(reader, 'reminders')}/",
    }


def addresses_of_the_seat(programme, now: dt.datetime) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Pages behind private links, and those of asking: somebody goes, somebody waits and is offered a seat."""
    from django.urls import reverse

    from screenings import rsvp_links
    from screenings.models import CityRequest, Screening
    from screenings.requests import asking
    from screenings.rsvps import confirm, rsvp_to, withdraw
    from screenings.showings import schedule

    run = programme.coming.engagement
    wall = programme.coming.local_start.replace(tzinfo=None, hour=20, minute=0) + dt.timedelta(days=2)
    full = schedule(run, wall, now=now, entry=Screening.Entry.RESERVED, capacity=3)

    def say(who: str, seats: int = 1, **more: str):  # type: ignore[no-untyped-def]
        asked = rsvp_to(full, f"{who}@home.example", now=now, party_size=seats, **more)
        return confirm(asked, now)

    say("grete", 2, name="Grete 🎬", access_needs="A place for a wheelchair")
    leaving, waiting, later = say("lea"), say("ana.with.a.long.address", 2), say("ben")
    asked = asking.ask_by_address(programme.film, programme.empty_city, later.person.email, now)
    withdraw(leaving, now)
    pending = rsvp_to(programme.coming, "pia@home.example", now=now)
    mine = rsvp_links.mine_path(waiting.person)
    CityRequest.objects.get_or_create(
        film=programme.film, city=programme.empty_city, person=waiting.person, confirmed_at=now
    )
    return {
        "seat-full": reverse("screening", args=[full.code]),
        "seat-mine-offered": mine,
        "seat-mine-waiting": rsvp_links.mine_path(later.person),
        "seat-mine-empty": rsvp_links.mine_path(leaving.person),
        "seat-erase": f"{mine}erase/",
        "seat-confirm": rsvp_links.confirm_path(pending),
        "seat-link-none": "/mine/nothing/",
        "bring": reverse("bring_here", args=[programme.film.slug]),
        "bring-confirm": rsvp_links.request_path(asked),
    }


def addresses_of_rooms(now: dt.datetime) -> tuple[dict[str, str], dict[str, str]]:
    """The pages of those who lead; and by what it shows, the big screen."""
    from tests.led_room import make_led_rooms

    rooms = make_led_rooms(now)
    host, mod = f"/key/{rooms['step'].host}/", f"/key/{rooms['poll'].moderator}/"
    lobby = f"/key/{rooms['join'].host}/"
    pages = {
        "lead-lobby": lobby,
        "lead-plan": host,
        "lead-silent": f"/key/{rooms['silent'].host}/",
        **{f"lead-{tab}": f"{host}#{tab}" for tab in ("questions", "hands", "screen", "more")},
        **{f"lead-{name}": f"{host}{name}/" for name in ("links", "settings", "scribe", "said")},
        "lead-plan-form": f"{lobby}plan/",
        "lead-moderator": f"{mod}moderate/",
        "room-lit": f"/r/{rooms['step'].room.code}/",
    }
    return pages, {f"screen-{name}": f"/key/{led.host}/screen/" for name, led in rooms.items()}


def photograph_screens(base_url: str, screens: dict[str, str]) -> int:
    """The big screen on two projectors and, scaled to a tenth, as it is seen from the last row. Gives how many."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium, launch_flags

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags())
        for width, height in PROJECTORS:
            page = browser.new_page(base_url=base_url, viewport={"width": width, "height": height})
            for name, address in screens.items():
                page.goto(address)
                page.locator(".view").wait_for(state="attached")
                page.screenshot(path=SHOTS / f"{name}-{height}.png")
            page.close()
        browser.close()
    width, height = PROJECTORS[0]
    for name in screens:
        small = Image.open(SHOTS / f"{name}-{height}.png").resize((width // 10, height // 10))
        small.save(SHOTS / f"{name}-last-row.png")
    return len(screens) * (len(PROJECTORS) + 1)


def photograph(base_url: str, pages: dict[str, str]) -> int:
    """Take every page at every size in every light. Gives how many pictures were taken."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium, launch_flags

    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags())
        for size, (width, height) in SIZES.items():
            for light in LIGHTS:
                page = browser.new_page(
                    base_url=base_url, viewport={"width": width, "height": height}, color_scheme=light
                )
                for name, address in pages.items():
                    page.goto(address)
                    page.screenshot(path=SHOTS / f"{name}-{size}-{light}.png", full_page=True)
                page.close()
        browser.close()
    return len(pages) * len(SIZES) * len(LIGHTS)


def main(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DATABASE_URL"] = f"sqlite:///{scratch}/shots.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        import django

        django.setup()
        print(f"{_take(words, Path(scratch))} pictures in {SHOTS.name}/")


def _wanted(pages: dict[str, str], words: list[str]) -> dict[str, str]:
    return {name: at for name, at in pages.items() if not words or any(word in name for word in words)}


def _take(words: list[str], scratch: Path) -> int:
    import time_machine
    from django.core.management import call_command
    from django.test import override_settings

    from screenings.follows import ask_to_follow
    from screenings.models import City
    from tests.cast import ATTENDEE
    from tests.live_house import LiveHouse
    from tests.programme import make_programme, make_wide_release
    from tests.room_pages import make_room_pages

    call_command("migrate", verbosity=0)
    house = LiveHouse()
    with override_settings(STATIC_ROOT=scratch / "static", BASE_URL=house.url):
        call_command("collectstatic", interactive=False, verbosity=0)
        with time_machine.travel(this_evening()):
            for command in ("load_cities", "demo"):
                call_command(command, verbosity=0)
            programme = make_programme(this_evening())
            led, on_screen = addresses_of_rooms(this_evening())
            seat = addresses_of_the_seat(programme, this_evening())
            film = make_wide_release(this_evening(), list(City.objects.order_by("-population")[:40]))
            follow = ask_to_follow(film, ATTENDEE, now=this_evening())
            wide = addresses_of_a_wide_release(film, follow)
            every = addresses(programme) | addresses_of_the_demo() | seat | led | wide
            every |= make_room_pages(this_evening())
            pages, screens = _wanted(every, words), _wanted(on_screen, words)
            house.open()
            try:
                return photograph(house.url, pages) + photograph_screens(house.url, screens)
            finally:
                house.close()


if __name__ == "__main__":
    main(sys.argv[1:])
