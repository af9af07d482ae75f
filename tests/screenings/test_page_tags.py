"""Which pages a change makes old: those that show it, after it is committed, and no others."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from interviews.guides import add_section, add_text, start_guide
from interviews.publishing import publish
from screenings import page_tags
from screenings.models import PageChange, Screening
from screenings.rsvps import rsvp_to
from screenings.showings import cancel
from tests.cast import ATTENDEE, EDITOR, make_person
from tests.programme import Programme, make_programme

NOW = dt.datetime(2026, 8, 7, 23, 20, tzinfo=dt.UTC)


@pytest.fixture
def evening(transactional_db: None) -> Programme:
    with time_machine.travel(NOW, tick=False):
        yield make_programme(NOW)


def versions() -> dict[str, object]:
    return dict(PageChange.objects.values_list("tag", "version"))


def tags_on(client: Client, address: str) -> set[str]:
    return set(client.get(address)["Surrogate-Key"].split())


def test_a_cancelled_showing_makes_old_what_shows_it_and_nothing_else(
    client: Client, evening: Programme
) -> None:
    atlanta, theater = "/cities/atlanta/", "/theaters/the-lantern/"
    shows = [
        atlanta,
        theater,
        "/films/the-salt-road/",
        f"/s/{evening.coming.code}/",
        "/",
        f"{theater}calendar.ics",
        f"{atlanta}feed.atom",
    ]
    others = [
        "/cities/galway/",
        f"/theaters/{evening.running.theater.slug}/",
        f"/films/{evening.running.film.slug}/",
        f"/s/{evening.running.code}/",
        f"/s/{evening.sold_out.code}/",
    ]
    tags = {address: tags_on(client, address) for address in (*shows, *others)}
    before = versions()
    cancel(evening.coming, reason="", now=NOW)
    changed = {tag for tag, version in versions().items() if before.get(tag) != version}
    assert all(tags[address] & changed for address in shows), changed
    assert [address for address in others if tags[address] & changed] == []


def test_a_change_that_is_taken_back_makes_nothing_old(evening: Programme) -> None:
    before = versions()
    with transaction.atomic():
        cancel(evening.coming, reason="", now=NOW)
        assert versions() == before, "not before it is committed"
        transaction.set_rollback(True)
    assert versions() == before


def test_seats_guides_and_facts_make_their_pages_old(client: Client, evening: Programme) -> None:
    film, page = evening.film, f"/s/{evening.coming.code}/"

    def makes_old(act: object, address: str) -> bool:
        tags, before = tags_on(client, address), versions()
        act()  # type: ignore[operator]
        return any(before.get(tag) != version for tag, version in versions().items() if tag in tags)

    def publish_a_guide() -> None:
        editor = make_person(EDITOR)
        guide = start_guide(film, "After it", editor)
        add_text(add_section(guide, "welcome"), "Welcome.")
        publish(guide, by=editor, now=NOW)

    assert makes_old(lambda: rsvp_to(evening.coming, ATTENDEE, now=NOW), page)
    assert makes_old(publish_a_guide, page)
    assert makes_old(film.save, "/cities/atlanta/")
    assert makes_old(evening.theater.save, f"/films/{film.slug}/")
    assert not makes_old(evening.theater.save, "/cities/galway/")


def test_a_look_finds_what_changed_since_the_last_one_and_a_little_before(evening: Programme) -> None:
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False) as clock:
        look = page_tags.RecentChanges()
        assert look() == {}
        clock.shift(10)
        Screening.objects.get(pk=evening.coming.pk).save()
        clock.shift(2)
        assert f"showing-{evening.coming.pk}" in look()
        clock.shift(300)
        assert f"showing-{evening.coming.pk}" in look(), (
            "the last look is remembered as long as it may overlap"
        )
        clock.shift(300)
        assert look() == {}
