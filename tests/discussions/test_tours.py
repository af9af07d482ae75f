"""A tour: one act makes all rooms or none, each with a host's link and a sheet; one page shows how they stand."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from discussions.models import Discussion, RoomKey, Tour, TourStop
from discussions.room_keys import hash_token
from discussions.rooms import open_room
from discussions.tours import NoTour, host_url, make_tour, new_link, showings_for, stops_of
from interviews.models import Guide
from interviews.publishing import publish
from screenings.models import Screening, TheaterMembership
from tests.cast import MANAGER, ORGANIZER, STRANGER, make_person
from tests.factories import make_engagement, make_film, make_screening, make_theater
from tests.interviews.zine import make_guide

from .rooms import OPENED, make_phone

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def guide() -> Guide:
    guide = make_guide(make_film())
    publish(guide, by=None, now=OPENED)
    return guide


def showing_in(guide: Guide, city: str, *, invited: bool = True) -> Screening:
    theater = make_theater(f"House of {city}", city=city)
    if invited:
        TheaterMembership.objects.create(theater=theater, person=make_person(ORGANIZER), role="organizer")
    return make_screening("2026-08-14T19:00", engagement=make_engagement(guide.film, theater))


@pytest.fixture
def showings(guide: Guide) -> list[Screening]:
    return [showing_in(guide, "Atlanta"), showing_in(guide, "Chicago")]


def make(guide: Guide, showings: list[Screening]) -> Tour:
    return make_tour(guide, showings, name="Salt on the road", by=make_person(ORGANIZER), now=OPENED)


def test_one_act_makes_the_rooms_with_a_plan_and_a_link_each(guide: Guide, showings: list[Screening]) -> None:
    tour = make(guide, showings)
    rooms = Discussion.objects.filter(tour_stop__tour=tour)
    assert {room.screening_id for room in rooms} == {showing.pk for showing in showings}
    assert all(room.steps.exists() for room in rooms)
    assert RoomKey.objects.filter(tour_stop__tour=tour, role="host").count() == 2


def test_it_makes_all_or_none(guide: Guide, showings: list[Screening]) -> None:
    version = guide.versions.get()
    open_room(version, title="Mine", screening=showings[1], host=make_person(MANAGER), now=OPENED)
    with pytest.raises(NoTour, match="Nothing was made"):
        make(guide, showings)
    assert not Tour.objects.exists()
    assert Discussion.objects.count() == 1


def test_a_showing_at_a_theater_that_has_not_invited_is_not_ones_own_to_host(guide: Guide) -> None:
    elsewhere = showing_in(guide, "Chicago", invited=False)
    assert not showings_for(make_person(ORGANIZER), guide, OPENED).exists()
    with pytest.raises(NoTour):
        make(guide, [elsewhere])


def test_another_films_showing_is_in_no_tour_of_this_guide(guide: Guide, showings: list[Screening]) -> None:
    theater = showings[0].theater
    other = make_screening("2026-08-15T19:00", engagement=make_engagement(make_film("Other"), theater))
    with pytest.raises(NoTour):
        make(guide, [other])


def test_the_hosts_link_leads_one_room_without_an_account_until_it_is_taken_back(
    guide: Guide, showings: list[Screening], client: Client
) -> None:
    stop = make(guide, showings).stops.get(discussion__screening=showings[0])
    url = host_url(stop)
    path = url[url.index("/key/") :]
    token = path.strip("/").rpartition("/")[2]
    assert stop.key.token_hash == hash_token(token)
    assert token not in str(list(RoomKey.objects.values()) + list(TourStop.objects.values()))
    assert client.get(path).status_code == 200
    new_link(stop, OPENED)
    assert client.get(path).status_code == 404
    again = host_url(TourStop.objects.get(pk=stop.pk))
    assert client.get(again[again.index("/key/") :]).status_code == 200


def test_one_page_shows_opened_host_present_people_closed(guide: Guide, showings: list[Screening]) -> None:
    tour = make(guide, showings)
    first, second = (one.stop for one in stops_of(tour, OPENED))
    RoomKey.objects.filter(pk=first.key_id).update(seen_at=OPENED)
    for number in range(3):
        make_phone(first.discussion, f"Phone {number}")
    Discussion.objects.filter(pk=second.discussion_id).update(phase="closed", closed_at=OPENED)
    one, other = stops_of(tour, OPENED + MINUTE)
    assert (one.host_is_here, one.people, one.phase) == (True, 3, "in the lobby")
    assert (other.host_is_here, other.host_seen_at, other.phase) == (False, None, "closed")
    later = stops_of(tour, OPENED + 60 * MINUTE)[0]
    assert (later.host_is_here, later.host_seen_at) == (False, OPENED)


def test_the_page_asks_as_often_with_two_rooms_as_with_one(guide: Guide, showings: list[Screening]) -> None:
    def queries(tour: Tour) -> int:
        with CaptureQueriesContext(connection) as found:
            assert stops_of(tour, OPENED)
        return len(found)

    alone = make(guide, showings[:1])
    before = queries(alone)
    TourStop.objects.update(tour=make(guide, showings[1:]))
    assert queries(Tour.objects.latest("pk")) == before == 1


def host() -> Client:
    client = Client()
    client.force_login(make_person(ORGANIZER), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def test_it_is_made_and_watched_on_pages(guide: Guide, showings: list[Screening], tmp_path: Path) -> None:
    client = host()
    with time_machine.travel(OPENED, tick=False):
        assert guide.title in client.get("/tours/").content.decode()
        page = client.get(f"/tours/new/{guide.code}/").content.decode()
        assert "Chicago: House of Chicago, Fri 14 Aug" in page
        given = {
            "name": "Salt on the road",
            "showings": [showing.pk for showing in showings],
            "minutes": "30",
            "is_moderated": "no",
            "policy": "The most wanted first.",
            "kept_days": "30",
        }
        nothing = client.post(f"/tours/new/{guide.code}/", {**given, "showings": []})
        assert nothing.status_code == 422
        assert "Salt on the road" in nothing.content.decode()
        made = client.post(f"/tours/new/{guide.code}/", given)
        tour = Tour.objects.get()
        assert made.headers["Location"] == f"/tours/{tour.pk}/"
        words = client.get(f"/tours/{tour.pk}/").content.decode()
        assert "Not opened yet" in words
        stop = tour.stops.get(discussion__screening=showings[1])
        sheet = client.get(f"/tours/stops/{stop.pk}/sheet.pdf?paper=letter")
        (path := tmp_path / "sheet.pdf").write_bytes(sheet.content)
        stranger = Client()
        stranger.force_login(make_person(STRANGER), backend="accounts.backend.CodeOrPasskeyBackend")
        for address in (f"/tours/{tour.pk}/", f"/tours/stops/{stop.pk}/sheet.pdf"):
            assert stranger.get(address).status_code == 404
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    assert stop.discussion.code in told.stdout
    assert "House of Chicago" in told.stdout
    facts = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    assert "Pages:           1" in facts
