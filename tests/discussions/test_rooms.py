"""A room is opened once for a showing, and its page says where it is and in which light."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from discussions.models import Discussion
from discussions.rooms import CannotOpen, open_room, phase_at
from interviews.guides import add_section, add_text, start_guide
from interviews.models import GuideVersion
from interviews.publishing import publish
from screenings.models import Film, Screening
from screenings.showings import cancel, move
from tests.cast import ORGANIZER, make_person
from tests.factories import make_screening

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 7, 20, 0, tzinfo=dt.UTC)


def make_version(film: Film, title: str = "After the salt") -> GuideVersion:
    guide = start_guide(film, title, None)
    add_text(add_section(guide, "welcome"), "Stay a little.")
    return publish(guide, by=None, now=NOW)


def make_room(screening: Screening | None = None, **facts: object) -> Discussion:
    showing = screening or make_screening()
    facts = {"title": "After The Salt Road", "host": make_person(ORGANIZER), "now": NOW, **facts}
    return open_room(make_version(showing.film), screening=showing, **facts)


def test_a_showing_has_one_open_room_however_often_it_is_opened() -> None:
    showing = make_screening()
    assert make_room(showing) == make_room(showing)
    assert Discussion.objects.count() == 1


def test_the_database_refuses_a_second_open_room_of_a_showing() -> None:
    room = make_room()
    with pytest.raises(IntegrityError), transaction.atomic():
        Discussion.objects.create(
            guide_version=room.guide_version, screening=room.screening, title="Another", opened_at=NOW
        )


def test_after_a_room_is_closed_another_can_be_opened() -> None:
    showing = make_screening()
    first = make_room(showing)
    Discussion.objects.filter(pk=first.pk).update(phase=Discussion.Phase.CLOSED, closed_at=NOW)
    assert make_room(showing) != first


def test_a_cancelled_showing_gets_no_room() -> None:
    showing = cancel(make_screening(), reason="the lamp has failed.", now=NOW)
    with pytest.raises(CannotOpen, match="not on"):
        make_room(showing)


def test_a_room_may_be_for_no_showing_at_all() -> None:
    version = make_version(make_screening().film)
    first, second = (
        open_room(version, title="Year 10", screening=None, host=None, now=NOW) for _ in range(2)
    )
    assert first != second
    assert phase_at(first, NOW + dt.timedelta(days=2)) == Discussion.Phase.LOBBY


def test_answers_are_kept_thirty_days() -> None:
    assert make_room().erase_on == dt.date(2026, 9, 6)


def test_the_page_shows_showing_code_and_the_version_it_is_pinned_to(client: Client) -> None:
    room = make_room()
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/r/{room.code}/").content.decode()
    assert f"<code>{room.code}</code>" in page
    assert "7:00 pm" in page
    assert "The Lantern" in page
    assert f"/g/{room.guide_version.guide.code}/v1/" in page
    assert "In the lobby" in page
    assert "dark-house" not in page


def test_while_the_film_runs_the_page_is_dark_and_says_so(client: Client) -> None:
    room = make_room()
    with time_machine.travel(room.screening.starts_at + dt.timedelta(minutes=20), tick=False):
        page = client.get(f"/r/{room.code}/").content.decode()
    assert "The film is running" in page
    assert 'class="dark-house film"' in page


@pytest.mark.parametrize(
    ("phase", "words"),
    [("lights_up", "Your questions"), ("closing", "Closing"), ("closed", "This room is closed")],
)
def test_each_phase_is_said_in_words(client: Client, phase: str, words: str) -> None:
    room = make_room()
    Discussion.objects.filter(pk=room.pk).update(phase=phase)
    assert words in client.get(f"/r/{room.code}/").content.decode()


def test_a_code_typed_with_capitals_and_a_dash_finds_the_room(client: Client) -> None:
    room = make_room()
    typed = f"{room.code[:3]}-{room.code[3:]}".upper()
    assert client.get(f"/r/{typed}/")["Location"] == f"/r/{room.code}/"


def test_a_code_that_is_no_rooms_is_not_found(client: Client) -> None:
    assert client.get("/r/xxxxxx/").status_code == 404


def test_a_page_that_is_kept_shows_what_changed(client: Client, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    room = make_room()

    def page() -> str:
        return client.get(f"/r/{room.code}/").content.decode()

    assert "7:00" in page()
    move(room.screening, dt.datetime(2026, 8, 7, 19, 30), now=NOW)
    assert "7:30" in page(), "a showing's change is seen at once"
    theater = room.screening.theater
    theater.name = "The New Lantern"
    theater.save()
    time_machine.move_to(NOW + dt.timedelta(seconds=6), tick=False)
    assert "The New Lantern" in page(), "and what else it shows within seconds"


def test_the_page_is_shared_and_asks_a_bounded_number_of_queries(
    client: Client, django_assert_max_num_queries: object
) -> None:
    room = make_room()
    with django_assert_max_num_queries(2):
        response = client.get(f"/r/{room.code}/")
    with django_assert_max_num_queries(1):
        assert client.get(f"/r/{room.code}/").content == response.content
    assert not response.cookies
    assert response["ETag"]
