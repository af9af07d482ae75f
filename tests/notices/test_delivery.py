"""The fate of a notice, from plain facts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.delivery import (
    TRUE_AND_WANTED,
    Answer,
    Ending,
    Fate,
    fate,
    fate_after,
    no_longer_true,
    not_wanted,
)
from notices.models import Notice

NOW = dt.datetime(2026, 8, 7, 18, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
SECONDS = dt.timedelta(seconds=1)


def after(answer: Answer, attempts: int = 1, in_doubt: int = 0, useful_until: dt.datetime = LATER) -> Fate:
    return fate_after(
        answer, "450 later", now=NOW, useful_until=useful_until, attempts=attempts, in_doubt=in_doubt
    )


def test_what_is_true_wanted_and_timely_is_sent() -> None:
    assert fate(TRUE_AND_WANTED, now=NOW, useful_until=LATER).ending is Ending.SEND


def test_what_is_true_no_more_is_superseded_and_what_is_not_wanted_declined() -> None:
    assert fate(no_longer_true("Moved."), now=NOW, useful_until=LATER) == Fate(Ending.SUPERSEDED, "Moved.")
    assert fate(not_wanted("No."), now=NOW, useful_until=LATER) == Fate(Ending.DECLINED, "No.")
    assert fate(TRUE_AND_WANTED, now=NOW, useful_until=LATER, is_wanted=False).ending is Ending.DECLINED


def test_nothing_starts_at_or_after_the_end_of_its_use() -> None:
    assert fate(TRUE_AND_WANTED, now=LATER, useful_until=LATER).ending is Ending.EXPIRED


def test_the_night_and_a_running_film_hold_it_until_both_are_over() -> None:
    film, night = NOW + 600 * SECONDS, NOW + 900 * SECONDS
    held = fate(TRUE_AND_WANTED, now=NOW, useful_until=LATER, quiet_until=night, busy_until=film)
    assert (held.ending, held.until) == (Ending.HOLD, night)


def test_what_would_be_held_beyond_its_use_expires_at_once_and_says_why() -> None:
    expired = fate(TRUE_AND_WANTED, now=NOW, useful_until=LATER, busy_until=LATER)
    assert expired.ending is Ending.EXPIRED
    assert "film" in expired.reason


def test_two_in_doubt_are_never_sent_a_third_time_whatever_else_holds() -> None:
    assert fate(TRUE_AND_WANTED, now=NOW, useful_until=LATER, in_doubt=2).ending is Ending.UNCERTAIN


def test_what_expires_after_a_doubt_is_uncertain_for_it_may_have_arrived() -> None:
    assert fate(TRUE_AND_WANTED, now=LATER, useful_until=LATER, in_doubt=1).ending is Ending.UNCERTAIN


def test_a_refusal_for_now_is_tried_again_after_ever_longer_times() -> None:
    day = NOW + dt.timedelta(days=1)
    waits = [after(Answer.REFUSED_FOR_NOW, n, useful_until=day).until for n in range(1, 8)]
    assert [(until - NOW).total_seconds() for until in waits if until] == [10, 30, 60, 300, 900, 900, 900]


def test_a_refusal_for_good_fails_at_once() -> None:
    assert after(Answer.REFUSED).ending is Ending.FAILED


def test_no_retry_is_planned_beyond_its_use() -> None:
    assert after(Answer.REFUSED_FOR_NOW, useful_until=NOW + 10 * SECONDS).ending is Ending.EXPIRED
    assert after(Answer.REFUSED_FOR_NOW, useful_until=NOW + 11 * SECONDS).ending is Ending.HOLD


def test_no_answer_is_tried_once_more_and_then_uncertain() -> None:
    assert after(Answer.NO_ANSWER, in_doubt=1).ending is Ending.HOLD
    assert after(Answer.NO_ANSWER, attempts=2, in_doubt=2).ending is Ending.UNCERTAIN


@given(st.lists(st.sampled_from(list(Answer)), min_size=1, max_size=40))
def test_whatever_the_server_does_nobody_gets_a_third_copy(answers: list[Answer]) -> None:
    in_doubt, sent = 0, 0
    for attempts, answer in enumerate(answers, start=1):
        now = NOW + attempts * SECONDS
        if fate(TRUE_AND_WANTED, now=now, useful_until=LATER, in_doubt=in_doubt).ending is not Ending.SEND:
            break
        in_doubt += answer is Answer.NO_ANSWER
        sent += answer is Answer.ACCEPTED
        ending = fate_after(
            answer, "", now=now, useful_until=LATER, attempts=attempts, in_doubt=in_doubt
        ).ending
        if ending is not Ending.HOLD:
            break
    assert sent + in_doubt <= 2
    assert in_doubt <= 2


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.SEND])
def test_every_ending_is_a_state_of_the_ledger(ending: Ending) -> None:
    assert ending.value in Notice.State.values
