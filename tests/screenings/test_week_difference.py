"""Re-pasting a week: the same changes nothing, and what moved is moved."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from screenings.week_difference import Difference, Standing, Wanted, compare, unite

FRI, SAT = "2026-08-07", "2026-08-08"


def want(day: str, time: str, film: str = "The Salt Road", *labels: str, fold: int = 0) -> Wanted:
    return Wanted(film, dt.datetime.fromisoformat(f"{day}T{time}"), fold, labels)


def stand(*showings: Wanted, cancelled: bool = False) -> list[Standing]:
    return [Standing(number, showing, cancelled) for number, showing in enumerate(showings, 1)]


def moves(difference: Difference) -> list[tuple[str, str]]:
    return [(f"{row.showing.wall:%H:%M}", f"{to.wall:%H:%M}") for row, to in difference.moved]


def test_the_same_week_twice_changes_nothing() -> None:
    week = [want(FRI, "19:00"), want(FRI, "21:30", "The Salt Road", "oc"), want(SAT, "19:00")]
    assert compare(stand(*week), week).is_empty


def test_half_an_hour_later_is_a_move() -> None:
    difference = compare(stand(want(FRI, "19:00")), [want(FRI, "19:30")])
    assert moves(difference) == [("19:00", "19:30")]
    assert not difference.added
    assert not difference.cancelled


def test_a_whole_evening_that_shifts_moves_in_order() -> None:
    old = stand(want(FRI, "16:15"), want(FRI, "19:00"), want(FRI, "21:30"))
    new = [want(FRI, "16:45"), want(FRI, "19:30"), want(FRI, "22:00")]
    assert moves(compare(old, new)) == [("16:15", "16:45"), ("19:00", "19:30"), ("21:30", "22:00")]


def test_what_is_dropped_is_cancelled_and_its_neighbour_stays() -> None:
    difference = compare(stand(want(FRI, "19:00"), want(FRI, "21:30")), [want(FRI, "19:00")])
    assert [row.id for row in difference.unchanged] == [1]
    assert [row.id for row in difference.cancelled] == [2]


def test_another_film_at_that_time_is_no_move() -> None:
    difference = compare(stand(want(FRI, "19:00")), [want(FRI, "19:30", "Night Ferry")])
    assert (len(difference.cancelled), len(difference.added), len(difference.moved)) == (1, 1, 0)


def test_another_night_is_no_move() -> None:
    difference = compare(stand(want(FRI, "19:00")), [want(SAT, "19:00")])
    assert (len(difference.cancelled), len(difference.added), len(difference.moved)) == (1, 1, 0)


def test_from_the_matinee_to_the_late_show_nobody_is_moved() -> None:
    difference = compare(stand(want(FRI, "13:30")), [want(FRI, "21:30")])
    assert (len(difference.cancelled), len(difference.added), len(difference.moved)) == (1, 1, 0)


def test_a_late_show_that_slips_past_midnight_stays_of_its_night() -> None:
    assert moves(compare(stand(want(FRI, "23:30")), [want(SAT, "00:15")])) == [("23:30", "00:15")]


def test_other_labels_are_a_change_and_no_move() -> None:
    difference = compare(stand(want(FRI, "19:00")), [want(FRI, "19:00", "The Salt Road", "oc")])
    assert len(difference.changed) == 1
    assert not difference.moved


def test_what_was_cancelled_and_is_wanted_again_is_reinstated() -> None:
    difference = compare(stand(want(FRI, "19:00"), cancelled=True), [want(FRI, "19:00")])
    assert len(difference.reinstated) == 1
    assert not difference.added


def test_what_was_cancelled_and_is_not_wanted_stays_cancelled_in_silence() -> None:
    assert compare(stand(want(FRI, "19:00"), cancelled=True), []).is_empty


def test_a_showing_written_twice_is_one_with_the_labels_of_both() -> None:
    assert unite([want(FRI, "19:00", "X", "oc"), want(FRI, "19:00", "X", "qa")]) == [
        want(FRI, "19:00", "X", "oc", "qa")
    ]


def test_the_hour_that_happens_twice_is_two_showings() -> None:
    twice = [want("2026-11-01", "01:30"), want("2026-11-01", "01:30", fold=1)]
    assert len(compare([], twice).added) == 2


shows = st.builds(
    lambda film, day, minutes, labels: Wanted(
        film, dt.datetime(2026, 8, 7 + day, 10) + dt.timedelta(minutes=15 * minutes), 0, tuple(labels)
    ),
    st.sampled_from(["The Salt Road", "Night Ferry"]),
    st.integers(0, 2),
    st.integers(0, 60),
    st.lists(st.sampled_from(["oc", "qa"]), unique=True).map(sorted),
)
weeks = st.lists(shows, max_size=12, unique_by=lambda showing: showing.place)


@given(weeks, weeks)
def test_every_showing_has_one_fate_and_the_week_is_as_wanted(old: list[Wanted], new: list[Wanted]) -> None:
    difference = compare(stand(*old), new)
    fates = [
        *(row.id for row, _ in difference.moved + difference.changed + difference.reinstated),
        *(row.id for row in difference.cancelled + difference.unchanged),
    ]
    assert sorted(fates) == list(range(1, len(old) + 1))
    arrived = [
        *difference.added,
        *(to for _, to in difference.moved + difference.changed + difference.reinstated),
        *(row.showing for row in difference.unchanged),
    ]
    assert sorted(w.place for w in arrived) == sorted(w.place for w in new)


@given(weeks)
def test_pasting_any_week_twice_changes_nothing(week: list[Wanted]) -> None:
    assert compare(stand(*week), week).is_empty
