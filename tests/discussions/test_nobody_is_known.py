"""Anonymous means anonymous: after a room nothing that leads to a person or a device is in any table or log, save the
addresses that were left for a reply on purpose."""

from __future__ import annotations

import json
import logging
import re
import uuid
from typing import Any

import httpx
import pytest
from django.apps import apps
from django.db import connection

from discussions.models import Discussion, Question
from discussions.room_keys import make_key
from tests.live_house import LiveHouse

from .rooms import LIGHTS, ask, do, make_planned_room

LEFT = "ana-left-on-purpose@home.example"
AGENT = "Planted/1.0 (device 7f3a-planted-device)"
FORWARDED = "203.0.113.77"
PLANTED = (AGENT, "planted-device", FORWARDED, "127.0.0.1", "::1")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
# Of these tables rows are other people's own: who signed in, whose house it is, what the film is.
NOT_OF_THE_ROOM = {"accounts_person", "usersessions_usersession", "django_session"}


def every_row() -> dict[str, str]:
    """All tables, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = json.dumps(cursor.fetchall(), default=str)
    return found


def evening_of(live_house: LiveHouse, room: Discussion) -> None:
    """A phone joins, listens, writes, asks for a reply, votes, raises its hand, reports; a moderator acts by a link."""
    headers = {
        "User-Agent": AGENT,
        "X-Forwarded-For": FORWARDED,
        "Origin": live_house.url,
        "Accept": "application/json",
    }
    base = f"{live_house.url}/r/{room.code}/"
    asked = ask(room, "Who carried the salt?")
    with httpx.Client(headers=headers) as phone:
        phone.get(base)
        token = re.search(r'name=\\?"token\\?" value=\\?"([^"\\]+)', phone.get(f"{base}mine/").text)
        assert token
        prompt = str(room.steps.get(kind="prompt").prompt_uuid)
        for path, given in (
            ("join", {"token": token[1]}),
            ("answer", {"prompt": prompt, "text": "My mother.", "audience": "room"}),
            ("ask", {"text": "Where is the goat?", "reply_to": LEFT}),
            ("vote", {"question": asked.pk}),
            ("hand", {"up": "1"}),
            ("report", {"kind": "question", "pk": asked.pk}),
            ("name", {"name": "Amber Heron"}),
        ):
            answer = phone.post(f"{base}{path}/", data={**given, "key": str(uuid.uuid4())})
            assert answer.status_code == 200, (path, answer.text)
        with phone.stream("GET", f"{live_house.url}/live/phone/{room.code}/") as stream:
            next(stream.iter_lines())
        key = make_key(room, "moderator", "Mo", now=LIGHTS)[1]
        hidden = {"act": "hide", "kind": "question", "pk": asked.pk}
        assert phone.post(f"{live_house.url}/key/{key}/act/", data=hidden).status_code == 200
        assert phone.get(f"{live_house.url}/key/{key}/moderate/").status_code == 200
        phone.get(f"{live_house.url}/key/wrong/")
        phone.post(f"{base}vote/", data={"question": "nonsense"})


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def test_after_a_room_no_table_and_no_log_knows_an_address_an_ip_or_a_device(
    live_house: LiveHouse, log: pytest.LogCaptureFixture, time_machine: Any
) -> None:
    time_machine.move_to(LIGHTS)
    room = make_planned_room()
    do(room, "lights_up", now=LIGHTS)
    before = every_row()
    evening_of(live_house, room)
    after = every_row()

    # What could leak was there to be found, and what was left on purpose is where it should be.
    assert Question.objects.filter(reply_key__isnull=False).count() == 1
    assert room.participants.get().pseudonym == "Amber Heron"
    holders = {table for table, rows in after.items() if LEFT in rows}
    assert holders == {"notices_replyaddress"}

    new = {table: rows for table, rows in after.items() if rows != before.get(table)}
    assert {"discussions_participant", "discussions_question", "discussions_roomact"} <= set(new)
    for table, rows in new.items():
        for planted in PLANTED:
            assert planted not in rows, (table, planted)
        assert not IP.search(rows), table
        assert set(ADDRESS.findall(rows)) <= set(ADDRESS.findall(before.get(table, ""))) | {LEFT}, table
    said = "\n".join(record.getMessage() for record in log.records if record.name != "uvicorn.access")
    for planted in (*PLANTED, LEFT):
        # httpx is the phone's own log, not the house's.
        assert planted not in "\n".join(line for line in said.splitlines() if "HTTP Request" not in line), (
            planted
        )


def test_nothing_of_a_room_points_at_a_person_but_its_host_and_who_planned_its_tour() -> None:
    """The shape of the tables: no relation leads from what phones send to who they are."""
    of_rooms = list(apps.get_app_config("discussions").get_models())
    pointing = {
        (model.__name__, field.name)
        for model in of_rooms
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model and field.related_model.__name__ == "Person"
    }
    assert pointing == {("Discussion", "host"), ("Tour", "made_by")}
    kinds = {field.get_internal_type() for model in of_rooms for field in model._meta.local_fields}
    assert not kinds & {"GenericIPAddressField", "EmailField"}


def test_the_house_writes_no_access_log() -> None:
    """Each line of one would name a network address: the commands that serve the house leave it off."""
    from pathlib import Path

    from config import processes

    served = " ".join(processes.web({}, "127.0.0.1", 8000).command)
    assert "--no-access-log" in served
    docs = (Path(__file__).parents[2] / "docs" / "running.md").read_text()
    assert "uvicorn config.asgi:application --host 127.0.0.1 --port 8000 --no-access-log" in docs
    for word in ("access_log off", "/live/", "/key/", "$remote_addr", "$http_user_agent"):
        assert word in docs
