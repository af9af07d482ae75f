"""The live stream as it is served: real connections to the real house."""

from __future__ import annotations

import httpx
import pytest

from discussions.changes import changing
from discussions.live import audiences, tickets
from discussions.live.audiences import Snapshot
from discussions.models import Discussion
from tests.live_house import LiveHouse

from .live_client import listening
from .test_rooms import make_room


@pytest.fixture
def room(live_house: LiveHouse) -> Discussion:
    room = make_room()
    Discussion.objects.filter(pk=room.pk).update(screening=None)
    return Discussion.objects.get(pk=room.pk)


def lights_up(room: Discussion) -> None:
    with changing(room) as held:
        held.phase = Discussion.Phase.LIGHTS_UP


def test_who_comes_gets_the_whole_state_and_then_what_changes(
    live_house: LiveHouse, room: Discussion
) -> None:
    with listening(live_house.url, f"/live/phone/{room.code}/") as stream:
        state = stream.next_state()
        assert (state["phase"], state["whole"]) == ("lobby", True)
        assert room.code in state["parts"]["stage"]
        lights_up(room)
        state = stream.next_state()
    assert (state["phase"], state["whole"], state["revision"]) == ("lights_up", False, 1)
    assert "Your questions" in state["parts"]["stage"]
    assert state["announcement"].startswith("Your questions")


def test_who_comes_back_gets_a_snapshot_whatever_was_seen_before(
    live_house: LiveHouse, room: Discussion
) -> None:
    path = f"/live/phone/{room.code}/"
    with listening(live_house.url, path) as stream:
        seen = stream.next_event()["id"]
    lights_up(room)
    with httpx.stream("GET", live_house.url + path, headers={"Last-Event-ID": seen}) as response:
        assert '"whole":true' in next(line for line in response.iter_lines() if line.startswith("data"))
        assert response.headers["x-accel-buffering"] == "no"
        assert "no-store" in response.headers["cache-control"]


def test_who_asks_gets_the_same_state_under_an_etag(live_house: LiveHouse, room: Discussion) -> None:
    path = f"{live_house.url}/live/phone/{room.code}/state/"
    first = httpx.get(path)
    assert first.json()["phase"] == "lobby"
    known = {"If-None-Match": first.headers["etag"]}
    again = httpx.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    with listening(live_house.url, f"/live/phone/{room.code}/") as stream:
        stream.next_state()
        lights_up(room)
        stream.next_state()
    changed = httpx.get(path, headers=known)
    assert (changed.status_code, changed.json()["phase"]) == (200, "lights_up")


def test_beyond_the_rooms_cap_one_asks_instead(live_house: LiveHouse, room: Discussion, settings) -> None:
    settings.LIVE_STREAMS_PER_ROOM = 1
    path = f"{live_house.url}/live/phone/{room.code}/"
    with listening(live_house.url, f"/live/phone/{room.code}/"):
        refused = httpx.get(path)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert httpx.get(path + "state/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/live/phone/xxxxxx/", "/live/nobody/{}/", "/live/", "/live/phone/{}/more/"]
)
def test_what_is_not_there_is_not_found(live_house: LiveHouse, room: Discussion, path: str) -> None:
    assert httpx.get(live_house.url + path.format(room.code)).status_code == 404


def test_the_stream_is_only_read(live_house: LiveHouse, room: Discussion) -> None:
    assert httpx.post(f"{live_house.url}/live/phone/{room.code}/").status_code == 405


def test_a_room_that_is_gone_ends_its_streams(live_house: LiveHouse, room: Discussion) -> None:
    with listening(live_house.url, f"/live/phone/{room.code}/") as stream:
        stream.next_state()
        code = room.code
        room.delete()
        assert stream.next_event()["event"] == "gone"
    assert httpx.get(f"{live_house.url}/live/phone/{code}/state/").status_code == 404


@pytest.fixture
def hosts_audience() -> None:
    """An audience of those who lead, as another part of the house would register it."""
    audiences.register("testers", lambda code: Snapshot(0, "lobby", {"notes": f"notes of {code}"}))


def test_an_audience_that_is_not_open_asks_for_a_ticket(
    live_house: LiveHouse, room: Discussion, hosts_audience: None
) -> None:
    ticket = tickets.make_ticket("testers", room.code)
    with listening(live_house.url, tickets.stream_path("testers", room.code, ticket)) as stream:
        assert stream.next_state()["parts"] == {"notes": f"notes of {room.code}"}
    other_room = tickets.make_ticket("testers", "another")
    other_audience = tickets.make_ticket("phone", room.code)
    for wrong in ("", other_room, other_audience, ticket[:-1] + ("a" if ticket[-1] != "a" else "b")):
        answer = httpx.get(live_house.url + tickets.stream_path("testers", room.code, wrong))
        assert answer.status_code == 403, wrong
        assert room.code not in answer.text


def test_a_ticket_is_good_for_two_minutes(time_machine) -> None:
    time_machine.move_to("2026-08-07T20:00:00Z", tick=False)
    ticket = tickets.make_ticket("host", "abc")
    time_machine.shift(119)
    assert tickets.is_good(ticket, "host", "abc")
    time_machine.shift(2)
    assert not tickets.is_good(ticket, "host", "abc")
