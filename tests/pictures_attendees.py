"""The pictures of docs/attendees.md: a guide is saved, read in the dark and without reception, and kept for the way home."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.live_house import LiveHouse

Take = Callable[..., None]


def open_room_of(code: str) -> str:
    """A room whose lights are up, pinned to the newest version of the guide with this code; gives its code."""
    from django.utils import timezone

    from discussions.models import Discussion
    from discussions.rooms import open_room
    from interviews.models import GuideVersion

    version = GuideVersion.objects.filter(guide__code=code).order_by("-number")[0]
    now = timezone.now()
    room = open_room(version, title="After The Salt Road", screening=None, host=None, now=now)
    Discussion.objects.filter(pk=room.pk).update(phase=Discussion.Phase.LIGHTS_UP, lights_up_at=now)
    return room.code


def go_the_attendees_way(page: Page, code: str, house: LiveHouse, take: Take) -> None:
    """A picture of each step; every button is pressed as the page names it."""
    page.goto(f"/r/{open_room_of(code)}/")
    page.get_by_role("button", name="Join", exact=True).click()
    page.get_by_text("You are").first.wait_for()
    guide = f"/g/{code}/"
    page.goto(guide)
    page.get_by_role("button", name="Save for the cinema").click()
    page.get_by_text("Saved on this phone").wait_for()
    take(page, "attendees-saved", "[data-pocket]")
    page.emulate_media(color_scheme="dark")
    take(page, "attendees-dark")
    page.emulate_media(color_scheme="light")
    page.locator("figure.said[data-item]").first.get_by_role("button", name="Keep this").click()
    house.close()
    page.reload()
    page.get_by_text("This is the copy that this phone kept").wait_for()
    take(page, "attendees-copy")
    page.get_by_text("Open after the film").click()
    card = page.locator(".card").first
    card.get_by_text("Answer in the room").click()
    card.get_by_label("Your answer, read by the room").fill("The hand on the gate, just before it rains.")
    card.get_by_role("button", name="Send").click()
    page.get_by_text("One thing that you wrote waits on this phone.").wait_for()
    take(page, "attendees-waits", "[data-outbox]")
    page.goto("/cities/")
    page.get_by_role("heading", name="This page needs a signal").wait_for()
    page.get_by_text("saved,").wait_for()
    take(page, "attendees-offline")
    page.goto("/walk-home/")
    page.get_by_label("Your note, for you alone").fill("Ask Ben who drew their map.")
    take(page, "attendees-walk")
    house.open()
