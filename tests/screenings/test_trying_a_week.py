"""The theaters' front page: a week is read for anybody, on the spot, and nothing is stored."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from screenings.models import Film, Screening, TheaterMembership, WeekDraft
from screenings.views_trial import EXAMPLE
from screenings.week_trial import HABITS, MOST_CHARACTERS, next_week_in, try_week
from tests.cast import ATTENDEE, MANAGER, make_person
from tests.factories import make_city, make_film, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 8, 7)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_afternoon():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False):
        yield


def send(
    client: Client, address: str = "/for-theaters/read/", origin: str = "http://testserver", **data: str
):  # type: ignore[no-untyped-def]
    return client.post(address, {"locale": "en-US", **data}, headers={"origin": origin})


def words(response) -> str:  # type: ignore[no-untyped-def]
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def never(doubts: object) -> dict[str, str]:
    return {}


def test_every_film_is_a_new_one_and_everything_else_is_asked() -> None:
    trial = try_week(EXAMPLE, zone="America/New_York", locale="en-US", week_starting=FRIDAY, answer=never)
    assert trial.titles == ["THE SALT ROAD", "NIGHT FERRY"]
    assert [doubt.reason for doubt in trial.doubts] == ["am_or_pm"]
    assert len(trial.showings) == 19


@pytest.mark.parametrize("locale", HABITS)
def test_the_next_play_week_begins_on_the_day_of_the_country(locale: str) -> None:
    first = next_week_in(locale, NOW.date())
    assert first.weekday() == HABITS[locale][1]
    assert 0 < (first - NOW.date()).days <= 7


def test_a_stranger_sees_their_week_and_nothing_is_stored(client: Client) -> None:
    response = send(client, text=EXAMPLE)
    page = words(response)
    assert "1 thing to settle 19 showings of 2 films, week of Fri 7 Aug, Eastern Time." in page
    assert "Doubt 1: Sun 10:30" in page
    assert "Fri 7 Aug NIGHT FERRY 9:30 pm THE SALT ROAD 1:30 pm 4:15 pm 7:00 pm" in page
    assert not response.cookies
    assert not any(model.objects.exists() for model in (Film, WeekDraft, Screening))


def test_a_doubt_is_settled_by_sending_the_week_again_and_stays_settled(client: Client) -> None:
    html = send(client, text=EXAMPLE).content.decode()
    key = re.search(r'name="doubt-([0-9a-f]{12})" value="am"', html).group(1)  # type: ignore[union-attr]
    settled = send(client, text=EXAMPLE, **{f"doubt-{key}": "am"})
    assert "Read without a doubt 20 showings" in words(settled)
    assert f'<input type="hidden" name="doubt-{key}" value="am">' in settled.content.decode()


def test_a_city_says_whose_clocks_they_are(client: Client) -> None:
    make_city("Galway")
    text = "THE SALT ROAD\nFri 7.30pm"
    assert "Ireland Time" in words(send(client, text=text, locale="en-IE", city_name="galway"))
    lost = send(client, text=text, city_name="Nowhere at all")
    assert (lost.status_code, "We know no city of this name." in words(lost)) == (422, True)


def test_french_weeks_begin_on_wednesday(client: Client) -> None:
    page = words(send(client, text="LA ROUTE DU SEL\nmer-ven 14h 20h30", locale="fr-FR"))
    assert "6 showings of 1 film, week of Wed 5 Aug, Central European Time." in page


def test_what_is_no_week_is_answered_in_words(client: Client) -> None:
    assert "No showtimes found" in words(send(client, text="lorem ipsum"))
    assert "Paste a week first" in words(send(client, text=""))
    too_long = send(client, text="Fri 7:00\n" * (MOST_CHARACTERS // 9 + 1))
    assert (too_long.status_code, "more than a week of showtimes" in words(too_long)) == (422, True)
    assert "This is not a date." in words(send(client, text=EXAMPLE, starting="31/31/2026"))
    assert "more than two years away" in words(send(client, text=EXAMPLE, starting="2999-01-01"))


def test_ten_megabytes_are_refused_in_words(client: Client) -> None:
    for address in ("/for-theaters/read/", "/for-theaters/bring/"):
        response = send(client, address, text="Fri 7:00\n" * 1_200_000)
        assert (response.status_code, "Paste one week" in words(response)) == (413, True)


def test_another_site_cannot_send_a_week_in_somebodys_name(client: Client) -> None:
    for address in ("/for-theaters/read/", "/for-theaters/bring/"):
        assert send(client, address, origin="https://elsewhere.example", text=EXAMPLE).status_code == 403


def test_what_is_pasted_is_never_html(client: Client) -> None:
    html = send(client, text="</textarea><script>alert(1)</script>\nFri 7:00").content.decode()
    assert "<script>alert" not in html


def test_the_week_goes_through_the_door_and_becomes_the_draft_of_ones_theater(client: Client) -> None:
    theater, manager = make_theater(), make_person(MANAGER)
    make_theater("The Rialto", "Chicago")
    TheaterMembership.objects.create(theater=theater, person=manager, role="manager")
    make_film()
    asked = send(client, "/for-theaters/bring/", text=EXAMPLE)
    assert asked.url == "/sign-in/?next=/manage/bring/"
    client.force_login(manager, backend="accounts.backend.CodeOrPasskeyBackend")
    page = client.get("/manage/bring/").content.decode()
    assert "The Lantern" in page
    assert "The Rialto" not in page
    there = client.post("/manage/bring/", {"theater": theater.slug})
    assert there.url == f"/manage/theaters/{theater.slug}/week/2026-08-07/"
    assert WeekDraft.objects.get().text == EXAMPLE
    assert client.get("/manage/bring/").url == "/home/"


def test_nobody_brings_a_week_to_a_theater_that_is_not_theirs(client: Client) -> None:
    theater = make_theater()
    client.force_login(make_person(ATTENDEE), backend="accounts.backend.CodeOrPasskeyBackend")
    send(client, "/for-theaters/bring/", text=EXAMPLE)
    assert "Propose a theater" in client.get("/manage/bring/").content.decode()
    assert client.post("/manage/bring/", {"theater": theater.slug}).status_code == 422
    assert not WeekDraft.objects.exists()
