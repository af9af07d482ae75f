"""How long a film lasts: asked for where it is missing, and what follows from it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client

from screenings.models import Film, Screening, TheaterMembership, WeekDraft
from screenings.showings import time_film
from screenings.week_difference import Wanted
from screenings.week_publishing import publish_week, undo
from tests.cast import MANAGER, make_person
from tests.factories import make_engagement, make_film, make_screening, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 8, 7)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def film() -> Film:
    return make_film(running_minutes=None)


def length(screening: Screening) -> dt.timedelta:
    screening.refresh_from_db()
    return screening.ends_at - screening.starts_at


def test_coming_showings_end_when_the_film_does_and_past_ones_stay(film: Film) -> None:
    engagement = make_engagement(film)
    past = make_screening("2026-08-01T19:00", engagement=engagement)
    coming = make_screening(engagement=engagement)
    time_film(film, 91, now=NOW)
    assert length(coming) == dt.timedelta(minutes=10 + 91)
    assert length(past) == dt.timedelta(minutes=10 + 120)
    assert (coming.revision, past.revision) == (1, 0)


def test_saying_it_twice_is_saying_it_once(film: Film) -> None:
    coming = make_screening(engagement=make_engagement(film))
    for _ in range(2):
        time_film(film, 91, now=NOW)
    coming.refresh_from_db()
    assert coming.revision == 1


def test_the_weeks_remark_asks_and_the_answer_stays(film: Film, client: Client) -> None:
    theater = make_theater()
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="staff")
    make_engagement(film, theater, FRIDAY)
    WeekDraft.objects.create(theater=theater, week_starting=FRIDAY, text="The Salt Road\nFri 7:00")
    client.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    address = f"/manage/theaters/{theater.slug}/week/{FRIDAY}/"
    assert "How long is The Salt Road?" in client.get(address).content.decode()
    wrong = client.post(address, {"act": "running_time", "film": film.pk, "minutes": "long"}, follow=True)
    assert "in whole minutes" in wrong.content.decode()
    said = client.post(address, {"act": "running_time", "film": film.pk, "minutes": "91"}, follow=True)
    assert "The Salt Road: 91 minutes." in said.content.decode()
    assert "How long is" not in said.content.decode()
    # What somebody has said is not said over from here.
    client.post(address, {"act": "running_time", "film": film.pk, "minutes": "5"})
    film.refresh_from_db()
    assert film.running_minutes == 91


def test_a_week_can_still_be_undone_after_its_running_time_was_said(film: Film) -> None:
    theater = make_theater()
    publication = publish_week(
        theater,
        FRIDAY,
        [Wanted(film.pk, dt.datetime(2026, 8, 7, 19, 0))],
        by=make_person(MANAGER),
        now=NOW,
        request_key=uuid.uuid4(),
    )
    time_film(film, 91, now=NOW)
    undo(publication, now=NOW)
    assert not Screening.objects.exists()
