"""A week before it is live: text, answers, edits; read anew each time."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Person
from screenings.models import Film, Theater, WeekDraft
from screenings.week_difference import Wanted
from screenings.week_drafts import (
    ReadWeek,
    StaleDraft,
    copy_day,
    create_new_films,
    edit_to,
    edit_to_time,
    read_week,
    save_draft,
)
from tests.cast import MANAGER, OTHER_MANAGER, make_person
from tests.factories import make_engagement, make_film, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 8, 7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> Film:
    return make_film()


@pytest.fixture
def theater(film: Film) -> Theater:
    theater = make_theater(screens=["1"])
    make_engagement(film, theater, FRIDAY)
    return theater


@pytest.fixture
def manager() -> Person:
    return make_person(MANAGER)


def read(theater: Theater, text: str, **given: object) -> ReadWeek:
    return read_week(theater, FRIDAY, text, today=NOW.date(), **given)


def times(week: ReadWeek) -> list[str]:
    return [f"{showing.wall:%a %H:%M}" for showing in week.showings]


def test_a_pasted_line_becomes_showings_of_the_film_it_names(theater: Theater, film: Film) -> None:
    week = read(theater, "The Salt Road\nFri-Sat 7:00 9:30")
    assert times(week) == ["Fri 19:00", "Fri 21:30", "Sat 19:00", "Sat 21:30"]
    assert {showing.film for showing in week.showings} == {film.pk}


def test_labels_are_ours_and_sold_out_is_no_label(theater: Theater) -> None:
    week = read(theater, "The Salt Road\nFri 7:00 OC\nSat 7:00 sold out")
    assert [(s.labels, s.sold_out) for s in week.showings] == [(("oc",), False), ((), True)]


def test_an_answered_doubt_is_scheduled_as_answered(theater: Theater) -> None:
    text = "The Salt Road\nSat 10:30"
    (doubt,) = read(theater, text).doubts
    week = read(theater, text, answers={doubt.key: "am"})
    assert (times(week), week.doubts) == (["Sat 10:30"], ())


def test_a_new_film_is_created_by_publishing_and_not_before(theater: Theater) -> None:
    text = "Night Ferry\nFri 7:00"
    (doubt,) = read(theater, text).doubts
    answer = next(choice.value for choice in doubt.choices if choice.value.startswith("create:"))
    week = read(theater, text, answers={doubt.key: answer})
    assert week.new_titles == ["Night Ferry"]
    assert not Film.objects.filter(title="Night Ferry").exists()
    (showing,) = create_new_films(week)
    assert Film.objects.get(pk=showing.film).title == "Night Ferry"


def test_the_grids_edits_come_after_what_the_text_says(theater: Theater, film: Film) -> None:
    seven = Wanted(film.pk, dt.datetime(2026, 8, 7, 19, 0))
    eight = Wanted(film.pk, dt.datetime(2026, 8, 7, 20, 0), 0, ("oc",))
    week = read(theater, "The Salt Road\nFri 7:00", edits=[edit_to("drop", seven), edit_to("put", eight)])
    assert week.showings == [eight]


def test_a_day_is_copied_with_its_labels(theater: Theater, film: Film) -> None:
    week = read(theater, "The Salt Road\nFri 7:00 OC 9:30")
    edits = copy_day(week.showings, FRIDAY, dt.date(2026, 8, 11))
    both = read(theater, "The Salt Road\nFri 7:00 OC 9:30", edits=edits)
    assert times(both) == ["Fri 19:00", "Fri 21:30", "Tue 19:00", "Tue 21:30"]
    assert [s.labels for s in both.showings] == [("oc",), (), ("oc",), ()]


def test_a_new_text_starts_its_answers_and_edits_anew(theater: Theater, film: Film, manager: Person) -> None:
    edit = edit_to("put", Wanted(film.pk, dt.datetime(2026, 8, 7, 20, 0)))
    save_draft(theater, FRIDAY, by=manager, now=NOW, text="The Salt Road\nFri 7:00", edits=[edit])
    draft = save_draft(theater, FRIDAY, by=manager, now=NOW, text="The Salt Road\nSat 7:00")
    assert (draft.answers, draft.edits) == ({}, [])
    assert WeekDraft.objects.count() == 1


def test_two_managers_at_once_lose_nothing_silently(theater: Theater, manager: Person) -> None:
    first = save_draft(theater, FRIDAY, by=manager, now=NOW, text="The Salt Road\nFri 7:00")
    other = make_person(OTHER_MANAGER)
    save_draft(theater, FRIDAY, by=other, now=NOW, seen=first.revision, text="The Salt Road\nFri 8:00")
    with pytest.raises(StaleDraft, match="Somebody else"):
        save_draft(theater, FRIDAY, by=manager, now=NOW, seen=first.revision, text="The Salt Road\nFri 9:00")
    assert WeekDraft.objects.get().text == "The Salt Road\nFri 8:00"


def test_an_hour_that_happens_twice_waits_until_somebody_says_which(theater: Theater) -> None:
    week = read_week(
        theater,
        dt.date(2026, 10, 30),
        "The Salt Road\nSat midnight show 10/31: 1:30 am",
        today=NOW.date(),
    )
    assert week.doubts
    assert week.showings == []


def test_remarks_come_with_the_week(theater: Theater) -> None:
    week = read(theater, "The Salt Road\nFri 7:00 7:30")
    assert [remark.code for remark in week.remarks] == ["overlap"]


def test_a_film_that_the_theater_never_showed_is_found_by_what_it_is_called(theater: Theater) -> None:
    ferry = make_film("Night Ferry", aliases=["La Traversée"])
    text = "La Traversee\nFri 7:00"
    (doubt,) = read(theater, text).doubts
    answer = next(choice.value for choice in doubt.choices if choice.value.startswith("create:"))
    week = read(theater, text, answers={doubt.key: answer})
    assert [showing.film for showing in week.showings] == [ferry.pk]
    assert week.new_titles == []


def test_the_running_time_of_a_film_to_be_created_waits_in_the_draft(theater: Theater) -> None:
    text = "Night Ferry\nFri 7:00"
    (doubt,) = read(theater, text).doubts
    answers = {doubt.key: "create:Night Ferry"}
    assert [r.code for r in read(theater, text, answers=answers).remarks] == ["running_time"]
    week = read(theater, text, answers=answers, edits=[edit_to_time("Night Ferry", 95)])
    assert week.remarks == []
    (showing,) = create_new_films(week)
    assert Film.objects.get(pk=showing.film).running_minutes == 95
