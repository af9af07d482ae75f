"""What a careful colleague asks before a week is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from screenings.week_checks import House, Remark, remarks_on
from screenings.week_difference import Wanted

HOUSE = House(dt.time(11), dt.time(23, 30), trailer_minutes=10, turnaround_minutes=20, screens=1)
FRIDAY = dt.date(2026, 8, 7)


def want(day: int, time: str, film: str = "The Salt Road") -> Wanted:
    return Wanted(film, dt.datetime.fromisoformat(f"2026-08-{day:02}T{time}"))


def remarks(
    *week: Wanted, house: House = HOUSE, minutes: int | None = 90, opening: tuple[str, ...] = ()
) -> list[Remark]:
    films = {showing.film for showing in week}
    return remarks_on(
        week,
        house,
        titles={film: str(film) for film in films},
        running_minutes=dict.fromkeys(films, minutes),
        opening=opening,
        week_starting=FRIDAY,
    )


def codes(found: list[Remark]) -> list[str]:
    return [remark.code for remark in found]


def test_a_week_that_fits_has_no_remarks() -> None:
    assert remarks(want(7, "19:00"), want(7, "21:00")) == []


def test_trailers_film_and_turnaround_together_make_the_overlap() -> None:
    (remark,) = remarks(want(7, "19:00"), want(7, "20:59"))
    assert remark.code == "overlap"
    assert "taken until 21:00" in remark.sentence


def test_two_screens_hold_two_films_and_not_three() -> None:
    two = replace(HOUSE, screens=2)
    assert remarks(want(7, "19:00"), want(7, "19:30"), house=two) == []
    assert codes(remarks(want(7, "19:00"), want(7, "19:30"), want(7, "20:00"), house=two)) == ["overlap"]


def test_where_screens_are_not_said_nothing_overlaps() -> None:
    assert remarks(want(7, "19:00"), want(7, "19:00", "Night Ferry"), house=replace(HOUSE, screens=0)) == []


def test_a_missing_running_time_is_asked_for_once_and_no_ending_is_guessed() -> None:
    assert codes(remarks(want(7, "19:00"), want(7, "19:30"), minutes=None)) == ["running_time"]


def test_seven_in_the_morning_is_asked_about() -> None:
    (remark,) = remarks(want(7, "07:00"))
    assert (remark.code, remark.showings) == ("unusual_hour", (want(7, "07:00"),))


def test_hours_may_run_past_midnight() -> None:
    late = replace(HOUSE, usual_until=dt.time(0, 30))
    assert remarks(want(8, "00:15"), house=late) == []
    assert codes(remarks(want(8, "02:00"), house=late)) == ["unusual_hour"]


def test_a_film_that_opens_and_plays_on_is_asked_about_its_last_day() -> None:
    days = [want(day, "19:00") for day in range(7, 13)]
    assert codes(remarks(*days, opening=("The Salt Road",))) == ["no_last_day"]
    assert remarks(*days, want(13, "19:00"), opening=("The Salt Road",)) == []
    assert remarks(*days) == []


def test_a_single_evening_is_no_premiere_week() -> None:
    assert remarks(want(7, "19:00"), opening=("The Salt Road",)) == []
