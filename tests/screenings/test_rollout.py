"""A film's release, pasted: bookings without showtimes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenings import rollout_text
from screenings.models import Engagement
from screenings.rollout import announce, match_all
from tests.factories import make_film, make_theater

TODAY = dt.date(2026, 7, 20)


def read(text: str, **how: bool) -> list[tuple[str, str, str]]:
    openings, _ = rollout_text.read(text, today=TODAY, **how)
    return [(f"{o.opens_on:%Y-%m-%d}", o.city, o.theater) for o in openings]


def reasons(text: str) -> list[str]:
    return [doubt.reason for doubt in rollout_text.read(text, today=TODAY)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "Aug 7 Chicago, Music Hall; Aug 14 Atlanta, The Lantern",
        "August 7: Chicago, Music Hall\nAugust 14: Atlanta, The Lantern",
        "7 August Chicago – Music Hall\n14. August Atlanta – The Lantern",
        "Fri Aug 7, 2026 Chicago (Music Hall)\nFriday, August 14th Atlanta (The Lantern)",
        "8/7 Chicago, Music Hall; 8/14 Atlanta, The Lantern",
        "2026-08-07 Chicago, Music Hall; 2026-08-14 Atlanta, The Lantern",
        "7 août Chicago, Music Hall; 14 août Atlanta, The Lantern",
        "7 de agosto Chicago, Music Hall; 14 de agosto Atlanta, The Lantern",
    ],
)
def test_a_release_is_read_as_teams_write_it(text: str) -> None:
    assert read(text) == [("2026-08-07", "Chicago", "Music Hall"), ("2026-08-14", "Atlanta", "The Lantern")]


def test_a_date_stands_for_all_that_follow_it() -> None:
    assert read("Aug 7\nChicago, Music Hall\nAtlanta, The Lantern") == [
        ("2026-08-07", "Chicago", "Music Hall"),
        ("2026-08-07", "Atlanta", "The Lantern"),
    ]


def test_elsewhere_the_day_comes_first() -> None:
    assert read("7/8 Galway, The Rialto", month_first=False) == [("2026-08-07", "Galway", "The Rialto")]


def test_a_month_long_past_is_next_years() -> None:
    assert read("Jan 8 Chicago, Music Hall")[0][0] == "2027-01-08"


def test_what_is_not_sure_is_given_back_and_the_rest_is_read() -> None:
    text = "Chicago, Music Hall\nAug 14 Atlanta\nFeb 30 Boston, The Brattle Hall\nAug 21 Galway, The Rialto"
    assert read(text) == [("2026-08-21", "Galway", "The Rialto")]
    assert reasons(text) == [
        "No date stands before it.",
        "Write it as “city, theater”.",
        "This date does not exist.",
    ]


@given(st.text(max_size=200))
def test_whatever_is_pasted_it_answers_and_every_span_is_the_text(text: str) -> None:
    openings, doubts = rollout_text.read(text, today=TODAY)
    for opening in openings:
        assert opening.theater in text[opening.start : opening.end]
    for doubt in doubts:
        assert text[doubt.start : doubt.end] == doubt.text


@pytest.mark.django_db
def test_a_short_name_means_the_one_theater_it_names_in_that_city() -> None:
    lantern = make_theater("The Lantern Cinema")
    make_theater("Lanternhall")
    film = make_film()
    openings, _ = rollout_text.read("Aug 7 Atlanta, Lantern", today=TODAY)
    (matched,) = match_all(film, openings)
    assert matched.theater == lantern


@pytest.mark.django_db
def test_two_theaters_of_that_name_are_asked_about_and_none_is_booked() -> None:
    make_theater("Lantern North")
    make_theater("Lantern South")
    film = make_film()
    openings, _ = rollout_text.read(
        "Aug 7 Atlanta, Lantern; Aug 7 Nowhere, Lantern; Aug 7 Atlanta, Rialto", today=TODAY
    )
    matched = match_all(film, openings)
    assert [bool(one.why_not) for one in matched] == [True, True, True]
    assert announce(film, matched) == []


@pytest.mark.django_db
def test_announcing_twice_books_once_and_says_nothing_of_showtimes() -> None:
    make_theater()
    film = make_film()
    openings, _ = rollout_text.read("Aug 7 Atlanta, The Lantern", today=TODAY)
    for _ in range(2):
        announce(film, match_all(film, openings))
    engagement = Engagement.objects.get()
    assert (engagement.opens_on, engagement.screenings.count()) == (dt.date(2026, 8, 7), 0)
    assert match_all(film, openings)[0].stands
