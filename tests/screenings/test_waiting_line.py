"""Whose turn it is: nobody is passed over without having been asked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenings.waiting.line import InLine, Turn, offer_until, turns

START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)


def seats(free: int | None, *line: InLine) -> list[tuple[int, int]]:
    return [(turn.id, turn.seats) for turn in turns(free, line)]


def test_a_place_is_offered_to_the_first_in_line() -> None:
    assert seats(1, InLine(1, 1), InLine(2, 1)) == [(1, 1)]


def test_places_are_offered_to_as_many_as_there_are() -> None:
    assert seats(3, InLine(1, 1), InLine(2, 2), InLine(3, 1)) == [(1, 1), (2, 2)]


def test_a_party_larger_than_what_is_free_is_asked_before_those_behind_it() -> None:
    assert seats(1, InLine(1, 4), InLine(2, 1)) == [(1, 1)]


def test_who_waits_for_all_seats_is_passed_over_by_fewer_and_keeps_their_place() -> None:
    pair, single = InLine(1, 2, wants_all=True), InLine(2, 1)
    assert seats(1, pair, single) == [(2, 1)]
    assert seats(2, pair, single) == [(1, 2)]


def test_who_let_two_offers_run_out_is_not_asked_again() -> None:
    assert seats(1, InLine(1, 1, unanswered=2), InLine(2, 1, unanswered=1)) == [(2, 1)]


def test_where_seats_are_not_counted_everybody_may_come() -> None:
    assert seats(None, InLine(1, 4, wants_all=True), InLine(2, 1)) == [(1, 4), (2, 1)]


def test_nothing_free_is_nobodys_turn() -> None:
    assert seats(0, InLine(1, 1)) == []


LINES = st.lists(
    st.builds(
        InLine,
        st.integers(),
        party=st.integers(1, 8),
        wants_all=st.booleans(),
        unanswered=st.integers(0, 2),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(st.integers(0, 20), LINES)
def test_never_more_than_is_free_nor_than_was_asked_and_no_one_skipped_who_could_be_asked(
    free: int, line: list[InLine]
) -> None:
    given_to = {turn.id: turn for turn in turns(free, line)}
    assert sum(turn.seats for turn in given_to.values()) <= free
    left = free
    for one in line:
        turn = given_to.get(one.id)
        asked = one.unanswered < 2 and (one.party <= left or (left > 0 and not one.wants_all))
        assert (turn is not None) == asked
        if turn:
            assert turn == Turn(one.id, min(one.party, left))
            left -= turn.seats


@pytest.mark.parametrize(
    ("hours_before", "minutes_held"),
    [(48, 120), (8, 120), (6, 90), (4, 60), (2, 30), (1, 15), (0.7, 10.5)],
)
def test_an_offer_is_held_for_two_hours_and_shorter_as_the_start_nears(
    hours_before: float, minutes_held: float
) -> None:
    begins = START - dt.timedelta(hours=hours_before)
    assert offer_until(START, begins) == begins + dt.timedelta(minutes=minutes_held)


def test_in_the_last_minutes_there_are_no_turns() -> None:
    assert offer_until(START, START - dt.timedelta(minutes=39)) is None
    assert offer_until(START, START + dt.timedelta(hours=1)) is None
