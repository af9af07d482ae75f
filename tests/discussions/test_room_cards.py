"""The way to a room from its showing's page, which reminders lead to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from discussions.models import Discussion
from screenings.models import PageChange

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
