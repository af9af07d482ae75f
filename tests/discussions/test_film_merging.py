"""A film that was listed twice becomes one while its room is open: the talk goes on, and everybody is told once."""

from __future__ import annotations

import datetime as dt

import pytest

from discussions.models import Discussion
from discussions.rooms import open_room
from screenings import rsvps
from screenings.film_merging import merge_films
from screenings.models import Film, Screening
from tests.cast import EDITOR, make_person
from tests.factories import make_engagement, make_film, make_screening, make_theater

from .rooms import LIGHTS, MINUTE, OPENED, do, make_planned_room
from .test_lights_up_mail import NEWS, go, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def stands() -> Screening:
    """The showing under the film that stays: Friday 7 August 2026, 7 pm in Atlanta."""
    return make_screening(engagement=make_engagement(make_film(), make_theater()))


@pytest.fixture
def goes(stands: Screening) -> Screening:
    """The same showing, listed under another record of the film."""
    return make_screening(engagement=make_engagement(make_film("Salt Road (2026)"), stands.theater))


def merge(stands: Screening, goes: Screening, now: dt.datetime) -> None:
    keep, other = (Film.objects.get(pk=showing.film.pk) for showing in (stands, goes))
    merge_films(keep, other, by=make_person(EDITOR), now=now)


def test_who_was_to_be_told_is_told_of_the_showing_that_stands(stands: Screening, goes: Screening) -> None:
    room = make_planned_room(goes)
    go(goes)
    do(room, "lights_up", now=goes.ends_at - 10 * MINUTE)
    merge(stands, goes, goes.ends_at - 5 * MINUTE)
    room.refresh_from_db()
    assert room.screening == stands
    assert send(LIGHTS) == [NEWS]


def test_who_was_told_is_not_told_again(stands: Screening, goes: Screening) -> None:
    room = make_planned_room(goes)
    rsvp = go(goes)
    do(room, "lights_up")
    assert len(send(LIGHTS)) == 1
    merge(stands, goes, LIGHTS + MINUTE)
    rsvp.refresh_from_db()
    rsvps.set_wishes(rsvp, reminders=False, prompts=True, now=LIGHTS + 2 * MINUTE)
    assert send(LIGHTS + 2 * MINUTE) == []


def test_where_both_have_an_open_room_both_go_on(stands: Screening, goes: Screening) -> None:
    room = make_planned_room(goes)
    open_room(room.guide_version, title="Another", screening=stands, host=None, now=OPENED)
    merge(stands, goes, LIGHTS)
    assert Discussion.objects.exclude(phase="closed").count() == 2
    assert stands.discussions.get().title == "Another"
