"""A theater that changes its zone says what stays: the hour on its wall, or the instant."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from notices.models import Notice
from screenings.models import Rsvp, Screening, Theater, TheaterMembership
from screenings.showings import NotPossible
from screenings.zones import Keep, change_zone
from tests.cast import ATTENDEE, MANAGER, make_person
from tests.factories import make_engagement, make_film, make_screening, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
CHICAGO, PHOENIX, LONDON = "America/Chicago", "America/Phoenix", "Europe/London"
pytestmark = pytest.mark.django_db


@pytest.fixture
def theater() -> Theater:
    return make_theater()


def show(theater: Theater, *walls: str, **facts: object) -> list[Screening]:
    film = make_film()
    return [
        make_screening(wall, engagement=make_engagement(film, theater, dt.date(2026, 8, 1)), **facts)
        for wall in walls
    ]


def now_at(screening: Screening) -> tuple[str, str, str]:
    screening.refresh_from_db()
    return screening.wall_time, f"{screening.starts_at:%m-%d %H:%M}", str(screening.night)


def test_the_wall_stays_and_the_instant_moves(theater: Theater) -> None:
    (showing,) = show(theater, "2026-08-07T19:00")
    assert now_at(showing) == ("2026-08-07T19:00", "08-07 23:00", "2026-08-07")
    assert change_zone(theater, CHICAGO, keep=Keep.WALL, now=NOW) == 1
    assert now_at(showing) == ("2026-08-07T19:00", "08-08 00:00", "2026-08-07")
    assert (showing.zone, showing.revision) == (CHICAGO, 1)
    assert showing.ends_at - showing.starts_at == dt.timedelta(minutes=101)


def test_the_instant_stays_and_the_wall_moves_with_its_night(theater: Theater) -> None:
    evening, late = show(theater, "2026-08-07T19:00", "2026-08-08T05:30")
    change_zone(theater, CHICAGO, keep=Keep.INSTANT, now=NOW)
    assert now_at(evening) == ("2026-08-07T18:00", "08-07 23:00", "2026-08-07")
    assert now_at(late) == ("2026-08-08T04:30", "08-08 09:30", "2026-08-07")


def test_what_is_past_stays_as_it_was(theater: Theater) -> None:
    (past,) = show(theater, "2026-08-02T19:00")
    assert change_zone(theater, CHICAGO, keep=Keep.WALL, now=NOW) == 0
    assert (now_at(past)[1], past.zone, past.revision) == ("08-02 23:00", "America/New_York", 0)


def test_showings_an_hour_apart_do_not_stand_in_each_others_way(theater: Theater) -> None:
    rows = show(theater, "2026-08-07T18:00", "2026-08-07T19:00", "2026-08-07T20:00")
    for zone in (CHICAGO, "America/New_York"):
        change_zone(theater, zone, keep=Keep.WALL, now=NOW)
    assert [now_at(row)[0][-5:] for row in rows] == ["18:00", "19:00", "20:00"]
    assert {row.status for row in rows} == {"scheduled"}


def test_an_hour_that_the_new_clocks_skip_is_refused_and_nothing_is_changed(theater: Theater) -> None:
    # On 29 March 2026 London's clocks go forward over 1:30; those of New York did so three weeks before.
    with time_machine.travel("2026-03-20", tick=False):
        now = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
        late, evening = show(theater, "2026-03-29T01:30", "2026-03-29T19:00", now=now)
        with pytest.raises(NotPossible, match="The Salt Road, Sun 29 Mar, 1:30 am"):
            change_zone(theater, LONDON, keep=Keep.WALL, now=now)
        theater.refresh_from_db()
        assert theater.zone == "America/New_York"
        assert now_at(evening)[1] == "03-29 23:00"
        change_zone(theater, LONDON, keep=Keep.INSTANT, now=now)
        assert now_at(late) == ("2026-03-29T06:30", "03-29 05:30", "2026-03-29")


def test_an_hour_that_happens_twice_stays_the_first_or_the_second(theater: Theater) -> None:
    # Clocks of New York go back on 1 November 2026 at 2:00, those of Chicago an hour later: 1:30 twice in both.
    (second,) = show(theater, "2026-11-01T01:30", fold=1)
    change_zone(theater, CHICAGO, keep=Keep.WALL, now=NOW)
    assert (now_at(second)[1], second.fold) == ("11-01 07:30", 1)
    change_zone(theater, "America/New_York", keep=Keep.INSTANT, now=NOW)
    assert (now_at(second)[0], second.fold) == ("2026-11-01T02:30", 0)


def test_two_showings_of_an_hour_that_happens_once_there_are_refused(theater: Theater) -> None:
    engagement = make_engagement(make_film(), theater, dt.date(2026, 8, 1))
    for fold in (0, 1):
        make_screening("2026-11-01T01:30", engagement=engagement, fold=fold)
    with pytest.raises(NotPossible, match="would fall together"):
        change_zone(theater, PHOENIX, keep=Keep.WALL, now=NOW)
    change_zone(theater, PHOENIX, keep=Keep.INSTANT, now=NOW)
    assert Screening.objects.filter(zone=PHOENIX).count() == 2


def test_cancelled_ones_and_drafts_move_along_and_stay_what_they_are(theater: Theater) -> None:
    rows = show(theater, "2026-08-07T18:00", "2026-08-07T19:00")
    for row, status in zip(rows, ("cancelled", "draft"), strict=True):
        Screening.objects.filter(pk=row.pk).update(status=status)
    change_zone(theater, CHICAGO, keep=Keep.WALL, now=NOW)
    assert sorted(Screening.objects.values_list("status", "zone")) == [
        ("cancelled", CHICAGO),
        ("draft", CHICAGO),
    ]


def test_who_comes_is_told_of_another_instant(theater: Theater) -> None:
    (showing,) = show(theater, "2026-08-07T19:00")
    known = {"starts_at": showing.starts_at.isoformat(), "labels": [], "cancelled": False}
    Rsvp.objects.create(person=make_person(ATTENDEE), screening=showing, state="going", agreed_to=known)
    change_zone(theater, CHICAGO, keep=Keep.WALL, now=NOW)
    assert Notice.objects.filter(kind="showing_changed").count() == 1


def test_what_is_no_zone_is_refused(theater: Theater) -> None:
    with pytest.raises(ValidationError, match="is not a time zone"):
        change_zone(theater, "Mars/Olympus", keep=Keep.WALL, now=NOW)


def test_the_page_asks_what_should_stay(theater: Theater, client: Client) -> None:
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="manager")
    client.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    with time_machine.travel(NOW, tick=False):
        (showing,) = show(theater, "2026-08-07T19:00")
        address = f"/manage/theaters/{theater.slug}/zone/"
        assert address in client.get(f"/manage/theaters/{theater.slug}/facts/").content.decode()
        assert "Fri 7 Aug, 7:00 pm" in client.get(address).content.decode()
        unsaid = client.post(address, {"zone": CHICAGO})
        assert (unsaid.status_code, "Say what should stay." in unsaid.content.decode()) == (422, True)
        wrong = client.post(address, {"zone": "Mars/Olympus", "keep": "wall"})
        assert "is not a time zone" in wrong.content.decode()
        done = client.post(address, {"zone": CHICAGO, "keep": "wall"}, follow=True)
    assert (
        "The theater’s clock is Central Time now; 1 coming showing changed with it." in done.content.decode()
    )
    assert now_at(showing)[1] == "08-08 00:00"
