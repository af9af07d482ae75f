"""From the week as wanted to the week that is live, and back for ten minutes."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import connections

from accounts.models import Person
from common.local_time import SkippedTime
from screenings.models import Film, Publication, Rsvp, Screening, Theater
from screenings.showings import NotPossible, cancel
from screenings.week_difference import Wanted
from screenings.week_publishing import Scope, difference_from_live, publish_week, undo
from tests.cast import ATTENDEE, MANAGER, make_person
from tests.factories import make_film, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 8, 7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def theater() -> Theater:
    return make_theater()


@pytest.fixture
def film() -> Film:
    return make_film()


@pytest.fixture
def manager() -> Person:
    return make_person(MANAGER)


def want(film: Film, day: int, time: str, *labels: str, fold: int = 0) -> Wanted:
    return Wanted(film.pk, dt.datetime.fromisoformat(f"2026-08-{day:02}T{time}"), fold, labels)


def publish(
    theater: Theater, manager: Person, *week: Wanted, now=NOW, scope: Scope | None = None
) -> Publication:
    return publish_week(
        theater, FRIDAY, week, by=manager, now=now, request_key=uuid.uuid4(), scope=scope or Scope()
    )


def live(theater: Theater) -> list[tuple[str, str]]:
    rows = Screening.objects.filter(engagement__theater=theater).order_by("starts_at")
    return [(row.wall_time[5:], row.status) for row in rows]


def acts(publication: Publication) -> list[str]:
    return [change[0] for change in publication.changes]


def test_a_first_week_is_added_and_the_film_is_booked_from_its_first_night(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "19:00"), want(film, 8, "19:00", "oc"))
    assert live(theater) == [("08-07T19:00", "scheduled"), ("08-08T19:00", "scheduled")]
    assert [e.opens_on for e in theater.engagements.all()] == [FRIDAY]


def test_the_same_week_again_changes_nothing(theater, film, manager) -> None:
    week = [want(film, 7, "19:00"), want(film, 8, "19:00", "oc")]
    publish(theater, manager, *week)
    revisions = list(Screening.objects.values_list("revision", flat=True))
    assert publish(theater, manager, *week).changes == []
    assert list(Screening.objects.values_list("revision", flat=True)) == revisions


def test_the_last_request_repeated_is_the_same_publication(theater, film, manager) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        publish_week(theater, FRIDAY, [want(film, 7, "19:00")], by=manager, now=NOW, request_key=key)
    assert Publication.objects.count() == 1


def test_who_goes_to_a_moved_showing_stays_going(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "19:00"))
    rsvp = Rsvp.objects.create(person=make_person(ATTENDEE), screening=Screening.objects.get(), state="going")
    publication = publish(theater, manager, want(film, 7, "19:30"))
    assert acts(publication) == ["moved"]
    rsvp.refresh_from_db()
    assert (rsvp.screening.wall_time, rsvp.state) == ("2026-08-07T19:30", "going")


def test_two_showings_may_change_places(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "18:00"), want(film, 7, "20:00"))
    publish(theater, manager, want(film, 7, "20:00"), want(film, 7, "22:00"))
    assert [row for row in live(theater) if row[1] == "scheduled"] == [
        ("08-07T20:00", "scheduled"),
        ("08-07T22:00", "scheduled"),
    ]


def test_what_is_not_on_the_week_any_more_is_cancelled_and_stays_visible(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "19:00"), want(film, 8, "19:00"))
    publish(theater, manager, want(film, 7, "19:00"))
    assert live(theater)[1] == ("08-08T19:00", "cancelled")


def test_what_has_begun_stays_as_it_was(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "19:00"), want(film, 8, "19:00"))
    saturday_noon = dt.datetime(2026, 8, 8, 16, 0, tzinfo=dt.UTC)
    publication = publish(theater, manager, want(film, 8, "19:00"), now=saturday_noon)
    assert publication.changes == []
    assert live(theater)[0] == ("08-07T19:00", "scheduled")


def test_a_week_beyond_this_one_is_left_alone(theater, film, manager) -> None:
    publish(theater, manager, want(film, 20, "19:00"))
    publish(theater, manager, want(film, 7, "19:00"))
    assert live(theater) == [("08-07T19:00", "scheduled"), ("08-20T19:00", "scheduled")]


def test_one_film_is_published_and_the_others_wait(theater, film, manager) -> None:
    ferry = make_film("Night Ferry")
    publish(theater, manager, want(ferry, 7, "17:00"))
    publish(theater, manager, want(film, 7, "19:00"), scope=Scope(film=film.pk))
    assert len(live(theater)) == 2
    assert {status for _, status in live(theater)} == {"scheduled"}


def test_a_time_that_the_clocks_skip_publishes_nothing_at_all(theater, film, manager) -> None:
    skipped = Wanted(film.pk, dt.datetime(2027, 3, 14, 2, 30))
    with pytest.raises(SkippedTime):
        publish_week(
            theater,
            dt.date(2027, 3, 12),
            [Wanted(film.pk, dt.datetime(2027, 3, 13, 19)), skipped],
            by=manager,
            now=NOW,
            request_key=uuid.uuid4(),
        )
    assert live(theater) == []


def test_undo_puts_back_what_moved_what_was_cancelled_and_what_came(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "19:00"), want(film, 8, "19:00"), want(film, 9, "19:00"))
    before = live(theater)
    second = publish(
        theater, manager, want(film, 7, "19:30"), want(film, 8, "19:00", "oc"), want(film, 10, "19:00")
    )
    assert sorted(acts(second)) == ["added", "cancelled", "changed", "moved"]
    undo(second, now=NOW + dt.timedelta(minutes=9))
    assert live(theater) == before
    assert {row.labels for row in Screening.objects.all()} == {()}


def test_undo_pressed_twice_is_one_undo(theater, film, manager) -> None:
    publication = publish(theater, manager, want(film, 7, "19:00"))
    undo(publication, now=NOW)
    assert undo(publication, now=NOW).undone_at == NOW
    assert live(theater) == []


def test_after_ten_minutes_it_is_too_late(theater, film, manager) -> None:
    publication = publish(theater, manager, want(film, 7, "19:00"))
    with pytest.raises(NotPossible, match="Ten minutes"):
        undo(publication, now=NOW + dt.timedelta(minutes=10))


def test_what_was_changed_since_is_not_undone_over(theater, film, manager) -> None:
    publication = publish(theater, manager, want(film, 7, "19:00"), want(film, 8, "19:00"))
    cancel(Screening.objects.order_by("starts_at")[0], reason="The projector is ill.", now=NOW)
    with pytest.raises(NotPossible, match="changed again"):
        undo(publication, now=NOW)
    assert live(theater) == [("08-07T19:00", "cancelled"), ("08-08T19:00", "scheduled")]


def test_a_showing_that_somebody_means_to_see_is_cancelled_rather_than_deleted(
    theater, film, manager
) -> None:
    publication = publish(theater, manager, want(film, 7, "19:00"))
    Rsvp.objects.create(person=make_person(ATTENDEE), screening=Screening.objects.get(), state="going")
    undo(publication, now=NOW)
    assert live(theater) == [("08-07T19:00", "cancelled")]


def test_seeing_the_difference_takes_the_same_number_of_queries_with_one_showing_and_with_thirty(
    theater, film, manager, django_assert_num_queries
) -> None:
    publish(theater, manager, want(film, 7, "19:00"))
    with django_assert_num_queries(1):
        difference_from_live(theater, FRIDAY, [want(film, 7, "19:00")], NOW)
    publish(theater, manager, *(want(film, 7 + n % 7, f"{12 + n // 7}:00") for n in range(30)))
    with django_assert_num_queries(1):
        difference_from_live(theater, FRIDAY, [], NOW)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_publish_at_once_come_one_after_the_other(theater, film, manager) -> None:
    publish(theater, manager, want(film, 7, "19:00"))
    weeks = [
        [want(film, 7, "19:30"), want(film, 8, "19:00")],
        [want(film, 7, "20:00"), want(film, 9, "19:00")],
    ]
    together, failures = threading.Barrier(2), []

    def press(week: list[Wanted]) -> None:
        try:
            together.wait()
            publish(theater, manager, *week)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    managers = [threading.Thread(target=press, args=[week]) for week in weeks]
    for thread in managers:
        thread.start()
    for thread in managers:
        thread.join()
    assert failures == []
    scheduled = [wall for wall, status in live(theater) if status == "scheduled"]
    assert scheduled in [[f"{showing.wall:%m-%dT%H:%M}" for showing in week] for week in weeks]
    assert Publication.objects.count() == 3
