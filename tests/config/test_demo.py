"""The demo world is true at any hour, built once, kept fresh for days."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from simple_history.utils import get_history_model_for_model

from accounts.models import Person
from config.demo import content, places, world
from config.demo.evening import put_on_evening
from config.demo.programme import Usual, book_runs, play_week, read_usual, times_on, wall_time
from config.demo.world import build
from discussions.cities import said_in_cities
from discussions.models import Discussion
from discussions.report import report_of
from interviews.models import Excerpt, Guide, Interview
from screenings.models import Engagement, Film, Screening, Theater, TheaterMembership
from tests.config.demo_cities import load_demo_cities

NOW = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
EVERY_OTHER_HOUR = [NOW + dt.timedelta(hours=hours) for hours in range(0, 24, 2)]
SUMMER_AND_WINTER = [dt.datetime(2027, month, 27, 13, 5, tzinfo=dt.UTC) for month in (3, 7, 10)]


@pytest.fixture
def cities(db: None) -> None:
    load_demo_cities()


@pytest.fixture
def demo(cities: None) -> world.Built:
    return build(NOW)


def everything() -> Counter[str]:
    """How many rows of each kind there are, history included."""
    models = (Film, Theater, Engagement, Screening, Person, Interview, Excerpt, Guide, Discussion)
    models = (*models, TheaterMembership, get_history_model_for_model(Screening))
    return Counter({model.__name__: model.objects.count() for model in models})


def test_something_is_on_tonight_running_and_just_over_at_any_hour(cities: None) -> None:
    places.add_films(NOW)
    places.add_theaters()
    for now in (*EVERY_OTHER_HOUR, *SUMMER_AND_WINTER):
        with transaction.atomic():
            evening = evening_at(now)
            assert now + 2 * HOUR <= evening["tonight"].starts_at <= now + 3 * HOUR
            assert 11 <= evening["tonight"].local_start.hour <= 22, now
            assert evening["running"].starts_at < now < evening["running"].ends_at
            assert now - HOUR < evening["over"].ends_at < now
            assert len({showing.theater for showing in evening.values()}) == 3
            transaction.set_rollback(True)


def evening_at(now: dt.datetime) -> dict[str, Screening]:
    return put_on_evening(
        [run for run in book_runs(now) if run.engagement.film.title == content.FLAGSHIP], now
    )


def test_built_again_it_changes_nothing_and_says_so(cities: None, tmp_path: Path, settings: Any) -> None:
    settings.STATE_DIR = tmp_path
    said = io.StringIO()
    call_command("demo", stdout=said)
    before = everything()
    call_command("demo", stdout=said)
    assert everything() == before
    assert said.getvalue().splitlines()[1] == "The demo world stands already; nothing was changed."
    assert (tmp_path / "demo-logins.json").exists()


def test_days_later_it_has_a_showing_tonight_again_and_a_room(demo: world.Built) -> None:
    later = NOW + dt.timedelta(days=5, hours=7)
    before = everything()
    again = build(later)
    assert again.showings
    assert again.room.screening.starts_at > later
    assert Screening.objects.filter(starts_at__range=(later + HOUR, later + 4 * HOUR)).exists()
    for unchanged in ("Film", "Theater", "Engagement", "Interview", "Excerpt", "Guide"):
        assert everything()[unchanged] == before[unchanged]
    assert not build(later).changed


def test_what_is_cancelled_and_moved_stays_so_days_later(demo: world.Built) -> None:
    build(NOW + dt.timedelta(days=2))
    assert Screening.objects.filter(status="cancelled").count() == 1
    assert Screening.objects.get(status="scheduled", revision__gt=0).wall_time.endswith("15:45")


def test_without_cities_it_says_how_to_load_them_and_leaves_nothing_behind(db: None) -> None:
    with pytest.raises(CommandError, match="load_cities"):
        call_command("demo")
    assert not Film.objects.exists()


def test_lines_of_one_time_add_their_labels() -> None:
    lines = [read_usual("daily 19:00"), read_usual("wed 19:00 oc qa")]
    wednesday, thursday = dt.date(2026, 11, 25), dt.date(2026, 11, 26)
    assert times_on(lines, wednesday) == {"19:00": {"oc", "qa"}}
    assert times_on(lines, thursday) == {"19:00": set()}
    assert read_usual("sat sun 13:30") == Usual(frozenset({5, 6}), "13:30", frozenset())


def test_midnight_is_of_the_night_before() -> None:
    assert wall_time(dt.date(2026, 11, 20), "24:00") == dt.datetime(2026, 11, 21, 0, 0)


def test_a_play_week_begins_on_the_theaters_own_day(cities: None) -> None:
    places.add_theaters()
    lyon = Theater.objects.get(name="Les Deux Aiguillages")
    assert play_week(lyon, dt.date(2026, 11, 21)) == dt.date(2026, 11, 18)
    assert play_week(lyon, dt.date(2026, 11, 18)) == dt.date(2026, 11, 18)


def test_evenings_that_are_over_have_left_what_the_pages_show(demo: world.Built) -> None:
    closed = Discussion.objects.filter(phase="closed").select_related("screening")
    assert closed.count() == 2
    assert closed.filter(screening__ends_at__range=(NOW - HOUR, NOW)).exists()
    earlier = closed.get(screening__ends_at__lt=NOW - 24 * HOUR)
    report = report_of(earlier, leaving=True, may_leave=True)
    assert [one.answered_by for one in report.asked if one.answer] == ["The director"]
    assert said_in_cities(earlier.guide_version.guide)
