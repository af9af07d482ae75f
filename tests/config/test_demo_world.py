"""What there is to see in the demo world: enough to judge every page by."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import Client

from config.demo import content
from config.demo.world import build
from discussions.models import Discussion
from interviews.excerpts import stands
from interviews.models import Excerpt, Guide, Interview, Prompt, Turn
from notices.models import Notice
from screenings.films import find_film
from screenings.labels import LABELS
from screenings.models import Engagement, Film, Rsvp, Screening, Theater
from tests.config.demo_cities import load_demo_cities

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)
# What stands for fiction in each country's numbering plan.
FICTION = re.compile(
    r"\d{3}-555-01\d\d|0\d{3} 496 0\d{3}|\+353 20 91\d \d{4}|0(1 99 00|4 65 71) \d\d \d\d"
    r"|030 23125 \d{3}|040 66969 \d{3}|\(03\) 5550 \d{4}|"
)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world built once for all tests of this file, which only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo_cities()
        build(NOW)
        yield
        transaction.set_rollback(True)


def showings() -> list[Screening]:
    return list(Screening.objects.for_listing())


def test_a_dozen_theaters_in_seven_countries_and_as_many_zones() -> None:
    assert Theater.objects.count() >= 12
    assert Theater.objects.values("city__country").distinct().count() >= 7
    assert Theater.objects.values("zone").distinct().count() >= 7


def test_a_film_opens_city_by_city_and_one_city_is_told_to_wait() -> None:
    runs = find_film(content.FLAGSHIP).engagements.annotate(listed=Count("screenings"))
    today = NOW.date()
    assert {"past", "now", "next"} <= {
        "past" if run.closes_on and run.closes_on < today else "next" if run.opens_on > today else "now"
        for run in runs
    }
    announced = [run for run in runs if run.opens_on > today and not run.listed]
    assert announced
    assert all(run.listings_url for run in announced)


def test_engagements_open_with_their_theaters_play_week() -> None:
    for run in Engagement.objects.select_related("theater"):
        assert run.opens_on.weekday() == run.theater.play_week_start


def test_every_access_label_and_way_in_is_shown() -> None:
    listed = showings()
    labels = {label for showing in listed for label in showing.labels}
    assert {"oc", "cc", "ad", "relaxed", "baby", "subtitled", "35mm", "qa"} <= labels <= LABELS.keys()
    assert {showing.entry for showing in listed} == set(Screening.Entry.values)
    assert any(showing.sold_out for showing in listed)
    assert any(showing.is_after_midnight for showing in listed)


def test_one_showing_is_cancelled_for_a_reason_and_one_was_moved() -> None:
    cancelled = Screening.objects.get(status="cancelled")
    assert cancelled.cancel_reason
    moved = Screening.objects.get(status="scheduled", revision__gt=0)
    assert moved.wall_time.endswith("15:45")


def test_access_is_said_yes_said_no_and_left_unsaid() -> None:
    said = {said for theater in Theater.objects.all() for said in (theater.step_free, theater.hearing_loop)}
    assert said == {"yes", "no", ""}


def test_no_telephone_in_the_demo_can_ring() -> None:
    for theater in Theater.objects.all():
        assert FICTION.fullmatch(theater.phone), theater.phone


def test_titles_are_long_and_short_and_in_another_script() -> None:
    titles = [film.title for film in Film.objects.all()]
    assert max(map(len, titles)) > 150
    assert any("\u0600" <= title[0] <= "\u06ff" for title in titles)


def test_nothing_plays_on_a_screen_where_something_else_plays() -> None:
    listed = [showing for showing in showings() if not showing.is_cancelled]
    listed.sort(key=lambda showing: (showing.theater.pk, showing.screen_id or 0, showing.starts_at))
    for before, after in pairwise(listed):
        if (before.theater, before.screen_id) == (after.theater, after.screen_id):
            assert before.ends_at <= after.starts_at, (before, after)


def test_interviews_of_many_layouts_were_read_by_the_archive() -> None:
    assert Interview.objects.count() >= 7
    formats = set(Interview.objects.values_list("sources__format", flat=True))
    assert {"txt", "md", "html", "vtt"} <= formats
    assert Turn.objects.filter(kind="answer").count() > 40
    assert all(600 <= len(path.read_text().split()) <= 1500 for path in content.interview_files())


def test_every_interview_was_written_for_the_demo() -> None:
    for path in content.interview_files():
        opening = path.with_suffix(".toml").read_text(encoding="utf-8").splitlines()[0]
        assert opening.startswith("# Written for Houselights"), path.name
    assert {path.parent for path in content.interview_files()} == {content.INTERVIEWS}


def test_addresses_in_the_demo_lead_nowhere() -> None:
    """RFC 2606: nobody can register a name under `.example`."""
    written = "".join(
        path.read_text(encoding="utf-8")
        for path in content.FOLDER.rglob("*.*")
        if path.suffix not in (".py", ".pyc")
    )
    hosts = set(re.findall(r"https?://([^/\s\"')]+)", written)) | set(
        re.findall(r"@([a-z.]+\.[a-z]+)", written)
    )
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_the_finished_guide_has_every_section_and_quotes_several_interviews() -> None:
    version = Guide.objects.get(film__title=content.FLAGSHIP).versions.get()
    assert [section["kind"] for section in version.content["sections"]] == [
        "welcome", "about_film", "filmmaker", "content_note", "background",
        "before", "after", "action", "resources", "credits",
    ]  # fmt: skip
    quotes = version.content["excerpts"].values()
    assert 6 <= len(quotes) <= 9
    assert len({quote["publication"] for quote in quotes}) >= 4
    assert all(quote["link"] and quote["published_on"] for quote in quotes)


def test_every_excerpt_stands_in_its_source() -> None:
    assert all(stands(excerpt, excerpt.source) for excerpt in Excerpt.objects.select_related("source"))


def test_prompts_are_made_as_prompts_should_be() -> None:
    prompts = Prompt.objects.filter(guide__film__title=content.FLAGSHIP)
    assert 8 <= prompts.count() <= 10
    assert set(prompts.values_list("moment", flat=True)) == set(Prompt.Moment.values)
    assert all(prompt.if_silent for prompt in prompts)
    assert all(prompt.if_heated for prompt in prompts.filter(moment="deepening"))


def test_the_second_guide_is_a_draft() -> None:
    assert Guide.objects.get(film__title="Gort an tSagairt").versions.count() == 0


def test_a_room_is_open_for_tonights_showing_with_its_guide(client: Client) -> None:
    room = Discussion.objects.get(closed_at=None)
    assert dt.timedelta() < room.screening.starts_at - NOW < dt.timedelta(hours=3)
    assert room.guide_version.guide.title == "Where was the door?"
    assert client.get(f"/r/{room.code}/").status_code == 200


def test_the_manager_and_the_organizer_are_of_tonights_theater() -> None:
    theater = Discussion.objects.get(closed_at=None).screening.theater
    roles = {membership.person.name: membership.role for membership in theater.memberships.all()}
    assert roles == {"Marisol Etcheverry": "manager", "Ifeoma Brandt": "organizer"}


# --- those who come ------------------------------------------------------------------------------------------
def test_the_library_is_nearly_full_one_day_and_full_with_a_waiting_list_on_another() -> None:
    nearly, full = Screening.objects.filter(entry="reserved").order_by("starts_at")
    assert (nearly.capacity, nearly.rsvps.going().count()) == (12, 10)
    assert (full.capacity, full.rsvps.going().count()) == (12, 12)
    assert full.rsvps.filter(state="waiting").count() == 3


def test_rsvps_are_in_every_state() -> None:
    assert set(Rsvp.objects.values_list("state", flat=True)) == set(Rsvp.State.values)


def test_the_ledger_shows_what_was_sent_what_is_due_and_what_is_no_longer_true() -> None:
    rows = Counter(Notice.objects.values_list("state", flat=True))
    assert rows["sent"] > 50
    assert rows["due"] > 10
    assert rows["superseded"] > 5
    assert set(rows) == {"sent", "due", "superseded"}
    reasons = set(Notice.objects.filter(state="superseded").values_list("reason", flat=True))
    assert {"The showing was cancelled.", "The showing changed.", "The person does not come."} <= reasons


def test_what_was_sent_was_sent_when_it_was_due_and_what_is_due_lies_ahead() -> None:
    for notice in Notice.objects.filter(state="sent"):
        assert dt.timedelta() <= notice.settled_at - notice.due_at < dt.timedelta(minutes=1)
    assert all(notice.due_at > NOW for notice in Notice.objects.filter(state="due"))


def test_a_question_after_the_film_is_owed_for_the_showing_just_over() -> None:
    over = Screening.objects.filter(ends_at__range=(NOW - dt.timedelta(hours=1), NOW), rsvps__state="going")
    owed = Notice.objects.filter(kind="prompt_after", subject_id__in=over, state="due")
    assert owed.exists()
