"""The pictures of an evening in docs/organizers.md: the organizer's phone, the moderator's, the big screen."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.led_room import LedRoom

Take = Callable[..., None]
LOBBY = dt.datetime(2026, 8, 7, 22, 40, tzinfo=dt.UTC)
LIGHTS = dt.datetime(2026, 8, 8, 0, 45, tzinfo=dt.UTC)
SCREEN_WIDTH = 720


def make_evening() -> LedRoom:
    """A room at the week's film, an evening's worth in it; its people have come."""
    from tests.led_room import make_led_room

    return make_led_room(now=LOBBY)


def take_screen(page: Page, name: str, folder: str) -> None:
    """What the projector shows, as a small WebP."""
    from PIL import Image

    page.locator(".view").wait_for(state="attached")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = picture.resize((SCREEN_WIDTH, round(picture.height * SCREEN_WIDTH / picture.width)))
    small.save(f"{folder}/{name}.webp", quality=72, method=6)


def go_through_the_evening(
    led: LedRoom, page: Page, browser: Browser, base_url: str, take: Take, folder: str, clock
) -> None:  # type: ignore[no-untyped-def]
    """From the lobby to the questions; a picture of what each of them sees."""
    base = f"/key/{led.host}/"
    screen = browser.new_page(base_url=base_url, viewport={"width": 1280, "height": 720})
    clock.move_to(LOBBY)
    screen.goto(f"{base}screen/")
    take_screen(screen, "evening-screen-join", folder)
    clock.move_to(LIGHTS)
    led.do("lights_up", LIGHTS)
    led.do("go", LIGHTS, leaves=0, step=3)
    clock.move_to(LIGHTS + dt.timedelta(minutes=2))
    page.goto(base)
    page.locator(".clock.runs").wait_for()
    take(page, "evening-plan", "body")
    screen.goto(f"{base}screen/")
    take_screen(screen, "evening-screen-prompt", folder)
    led.do("answer", LIGHTS, question=led.question.pk)
    page.goto(f"{base}#questions")
    page.reload()
    page.locator(".asked-now").wait_for()
    take(page, "evening-questions", "body")
    page.goto(f"/key/{led.moderator}/moderate/")
    page.locator(".alike").wait_for()
    take(page, "evening-moderator", "body")
