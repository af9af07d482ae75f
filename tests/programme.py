"""A programme to judge the listing's pages by: every state that a showing can be in, titles of every length
and script. Every film and theater is invented; the acts are the real ones.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from screenings.films import create_film
from screenings.models import City, Engagement, Film, Screening, Theater
from screenings.showings import book, cancel, schedule
from screenings.stills import show_still
from screenings.theaters import create_theater
from tests.factories import make_city, make_film, make_theater

LONG_TITLE = (
    "The Unabridged and Occasionally Accurate Account of the Lighthouse Keepers’ Choir "
    "of Outer Skellig and Their Only Tour"
)
CHINESE_TITLE = "夜航：一座没有灯的城市"
ARABIC_TITLE = "عودة الضوء إلى السينما القديمة"
SYNOPSIS = """\
Every spring forty families walk salt from the pans at Tarsa to the hill markets, nine days with mules and \
a radio. The year a road is promised, Mara Lindqvist walks with them.

She asks no question on camera, and is asked a great many."""


@dataclass(frozen=True)
class Programme:
    """What was built, by the part it plays on the pages."""

    city: City
    empty_city: City
    film: Film
    unbooked_film: Film
    theater: Theater
    coming: Screening
    running: Screening
    cancelled: Screening
    sold_out: Screening
    after_midnight: Screening
    announced: Engagement


def _show(
    engagement: Engagement, wall: dt.datetime, clock: str, *, now: dt.datetime, **facts: object
) -> Screening:
    hours, minutes = map(int, clock.split(":"))
    at = dt.datetime.combine(wall.date(), dt.time()) + dt.timedelta(hours=hours, minutes=minutes)
    return schedule(engagement, at, now=now, **facts)


def make_programme(now: dt.datetime) -> Programme:
    """The programme around the instant `now`; good when it is evening in Atlanta.

    Clocks below are hours of the day in Atlanta, 24:15 being a quarter past midnight.
    """
    lantern = make_theater(
        "The Lantern", postal_code="30308", website="https://lantern.example/", step_free="yes", hearing_loop="yes",
        caption_devices="no",
    )  # fmt: skip
    cellar = make_theater(
        "Cellar Cinema at the Old Waterworks Museum of Light and Sound", address="", phone=""
    )
    galway = make_theater(
        "An Lampa", "Galway", locale="en-IE", phone="+353 91 555 0101", address="4 Quay Lane"
    )
    lyon = make_theater("Le Petit Phare", "Lyon", locale="fr-FR", phone="", address="9 rue des Lampes")
    salt = make_film(
        "The Salt Road",
        languages="Swedish, Tarsan, English subtitles",
        synopsis=SYNOPSIS,
        content_notes="A mule dies of old age. Strobing light for about a minute, near the end.",
        website="https://saltroad.example/",
    )
    choir = create_film(LONG_TITLE, director="Fiachra Ó Dubhthaigh, Ines Okonkwo-Vandersteen", year=2025)
    night_sail = create_film(CHINESE_TITLE, director="林一诺", year=2026, running_minutes=74)
    light = create_film(ARABIC_TITLE, director="ليلى حدّاد", year=2024, running_minutes=102)
    here = now.astimezone(lantern.tzinfo)
    tonight = here.replace(hour=0, minute=0, tzinfo=None)
    opened = tonight.date() - dt.timedelta(days=3)
    at_lantern = book(salt, lantern, opened, opened + dt.timedelta(days=13))
    choir_run = book(choir, cellar, opened)
    sail_run = book(night_sail, lantern, tonight.date(), tonight.date())
    light_run = book(light, lantern, opened)
    coming = _show(
        at_lantern, tonight, "21:30", now=now, labels=["oc", "qa"], ticket_url="https://lantern.example/t/1"
    )
    running = _show(
        choir_run, tonight, f"{here.hour}:00", now=now - dt.timedelta(hours=2), labels=["subtitled"]
    )
    sold_out = _show(sail_run, tonight, "20:00", now=now, sold_out=True, labels=["subtitled", "35mm"])
    doomed = _show(light_run, tonight, "20:45", now=now, labels=["ad", "relaxed"])
    cancelled = cancel(doomed, reason="the projector’s lamp has gone out.", now=now)
    after_midnight = _show(
        at_lantern, tonight, "24:15", now=now, labels=["oc", "cc", "ad", "relaxed", "35mm"]
    )
    for day in range(1, 12):
        for clock in ("12:00", "19:00"):
            _show(
                at_lantern,
                tonight + dt.timedelta(days=day),
                clock,
                now=now,
                labels=["oc"] if day % 3 == 0 else [],
            )
        if day % 2:
            _show(choir_run, tonight + dt.timedelta(days=day), "18:15", now=now, entry="open")
    galway_run = book(salt, galway, tonight.date() + dt.timedelta(days=1))
    _show(galway_run, tonight + dt.timedelta(days=1), "20:00", now=now, entry="reserved", capacity=40)
    announced = book(
        salt, lyon, tonight.date() + dt.timedelta(days=14), listings_url="https://phare.example/"
    )
    book(light, make_theater("The Waiting Room", phone="404-555-0199"), tonight.date() + dt.timedelta(days=7))
    book(salt, make_theater("The Rialto", "Chicago"), dt.date(2012, 8, 3), dt.date(2012, 8, 16))
    return Programme(
        city=lantern.city, empty_city=make_city("Melbourne"), film=salt, unbooked_film=make_film("Nobody’s Reel"),
        theater=lantern, coming=coming, running=running, cancelled=cancelled, sold_out=sold_out,
        after_midnight=after_midnight, announced=announced,
    )  # fmt: skip


WIDE_TITLE = "The Long Way Round"


def make_wide_release(now: dt.datetime, cities: list[City]) -> Film:
    """A film at a theater in each of `cities`, a day after each other, open captions at every third; with a still."""
    film = make_film(WIDE_TITLE, synopsis=SYNOPSIS, trailer_url="https://longway.example/trailer")
    draw_still(film)
    for number, city in enumerate(cities):
        theater = create_theater(
            f"The {city.name} Picture House", city, phone="555-0100", address="1 Main Street"
        )
        tonight = now.astimezone(theater.tzinfo).replace(hour=0, minute=0, tzinfo=None)
        opening = tonight + dt.timedelta(days=number % 20)
        run = book(film, theater, opening.date(), opening.date() + dt.timedelta(days=13))
        for day in range(1, 5):
            labels = ["oc"] if number % 3 == 0 and day == 2 else []
            _show(run, opening + dt.timedelta(days=day), "19:30", now=now, labels=labels)
    return film


def draw_still(film: Film) -> None:
    """A hill under a sun, as a picture that somebody sends."""
    picture = Image.new("RGB", (1600, 900), "#d9b98a")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((1050, 120, 1330, 400), fill="#ab2616")
    pen.polygon([(0, 900), (0, 640), (620, 380), (1600, 760), (1600, 900)], fill="#1b1610")
    sent = io.BytesIO()
    picture.save(sent, "JPEG")
    show_still(
        film, sent=sent.getvalue(), alt="A red sun over a dark hill.", credit="Photograph: Ines Okonkwo"
    )
