"""The way to a room from its showing's page, which reminders lead to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from discussions.models import Discussion
from screenings.models import PageChange
from tests.factories import make_screening

from .rooms import OPENED
from .test_rooms import make_room

pytestmark = pytest.mark.django_db


def test_a_showings_page_leads_to_its_room_when_people_set_out_for_it(client: Client, time_machine) -> None:
    room = make_room()
    address, way = f"/s/{room.screening.code}/", f'href="/r/{room.code}/"'
    for at, is_there in ((OPENED - dt.timedelta(days=3), False), (OPENED, True)):
        time_machine.move_to(at, tick=False)
        assert (way in client.get(address).content.decode()) is is_there
    Discussion.objects.filter(pk=room.pk).update(phase="closed", closed_at=OPENED + dt.timedelta(hours=4))
    assert way not in client.get(address).content.decode()


def test_the_page_is_made_anew_when_a_room_opens(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        room = make_room()
    assert PageChange.objects.filter(tag=f"showing-{room.screening_id}").exists()


def test_a_guide_leads_to_tonights_open_rooms_that_go_by_it(
    client: Client, time_machine, django_assert_max_num_queries
) -> None:
    room = make_room(title="After <b>The Salt Road</b>")
    version = room.guide_version
    guide, way = client.get(f"/g/{version.guide.code}/").content.decode(), f"/r/?guide={version.guide.code}"
    assert f'href="{way}"' in guide
    # A class in somebody's living room: found by its code alone.
    Discussion.objects.create(guide_version=version, title="In the kitchen", opened_at=OPENED)
    elsewhere = make_room(make_screening("2026-08-07T22:30", engagement=room.screening.engagement))

    def found(at: dt.datetime) -> str:
        time_machine.move_to(at, tick=False)
        return client.get(way).content.decode()

    start = room.screening.starts_at
    with django_assert_max_num_queries(1):
        page = found(start + dt.timedelta(hours=2))
    assert f'href="/r/{room.code}/"' in page
    assert str(room.screening.theater) in page
    assert "After &lt;b&gt;The Salt Road" in page
    assert "In the kitchen" not in page
    assert elsewhere.code not in page
    assert 'name="code"' in page, "another room is found by its code"
    for far in (start - dt.timedelta(hours=7), start + dt.timedelta(hours=9)):
        assert room.code not in found(far)
    Discussion.objects.filter(pk=room.pk).update(phase="closed", closed_at=start + dt.timedelta(hours=4))
    assert room.code not in found(start + dt.timedelta(hours=2))


def test_a_guide_that_nobody_knows_leads_to_the_form(client: Client) -> None:
    page = client.get("/r/", {"guide": "x' OR 1=1"}).content.decode()
    assert "Its code stands on the big screen" in page
