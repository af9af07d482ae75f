"""One slot a phone, one render a change: a slow phone is sent the newest and nothing in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from discussions.live import hall as halls
from discussions.live.audiences import Audience, Snapshot
from discussions.live.events import encode
from discussions.live.hall import Gone, Hall, Unknown
from discussions.live.listeners import Listener


class Room:
    """What an audience renders: a number that the test raises. `renders` counts how often it was asked."""

    def __init__(self) -> None:
        self.number = 0
        self.renders = 0
        self.is_there = True

    def render(self, code: str) -> Snapshot | None:
        self.renders += 1
        return Snapshot(self.number, "lobby", {"stage": f"<p>{self.number}</p>"}) if self.is_there else None


class Phone:
    """The other end of a connection: while it is `stopped`, what is sent waits, as for a full buffer."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.takes = asyncio.Event()
        self.takes.set()

    async def send(self, message: Any) -> None:
        if not self.takes.is_set():
            await self.takes.wait()
        for line in message["body"].decode().splitlines():
            if line.startswith("data: {"):
                self.got.append(json.loads(line[6:]))

    @property
    def parts(self) -> list[str]:
        return [state["parts"].get("stage", "") for state in self.got]


async def ask_at_once(ask: Callable[[], Any]) -> Any:
    return ask()


def on_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        async def with_room() -> None:
            room = Room()
            hall = Hall(Audience("phone", room.render, True), "abc", ask_at_once)
            await hall.newest()
            await test(room, hall)
            hall.close()

        asyncio.run(with_room())

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run


def sit(hall: Hall, phone: Phone) -> Listener:
    listener = Listener(phone.send, hall, getattr(phone, "write_now", None))
    hall.listeners.add(listener)
    listener.offer()
    return listener


async def change(room: Room, hall: Hall) -> None:
    room.number += 1
    hall.ring()
    while hall._rendering is not None:
        await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halls, "SECONDS_BETWEEN_RENDERS", 0.02)


@on_a_loop
async def test_a_phone_gets_the_whole_and_then_what_changed(room: Room, hall: Hall) -> None:
    phone = Phone()
    sit(hall, phone)
    await change(room, hall)
    assert [(state["whole"], state["revision"]) for state in phone.got] == [(True, 0), (False, 1)]


@on_a_loop
async def test_a_slow_phone_gets_the_newest_whole_and_nothing_in_between(room: Room, hall: Hall) -> None:
    slow, quick = Phone(), Phone()
    listener = sit(hall, slow)
    sit(hall, quick)
    slow.takes.clear()
    for _ in range(6):
        await change(room, hall)
    assert listener.waiting is not None
    assert hall.seats_taken() == 1
    assert quick.parts[-1] == "<p>6</p>"
    slow.takes.set()
    while listener.waiting is not None:
        await asyncio.sleep(0)
    # The one that was under way when it stopped, then the newest.
    assert slow.parts == ["<p>0</p>", "<p>1</p>", "<p>6</p>"]
    assert slow.got[-1]["whole"] is True
    assert len(quick.parts) == 7


class PhoneOnTheWire(Phone):
    """As a server that takes an event's bytes as they are, while the phone takes them too. `taken` counts those."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    def write_now(self, chunk: bytes) -> bool:
        if not self.takes.is_set():
            return False
        length, _, data = chunk.partition(b"\r\n")
        assert len(data) == int(length, 16) + 2
        self.taken += 1
        self.got += [json.loads(line[6:]) for line in data.decode().splitlines() if line[:7] == "data: {"]
        return True


@on_a_loop
async def test_bytes_that_are_taken_as_they_are_need_nothing_else(room: Room, hall: Hall) -> None:
    plain, on_the_wire = Phone(), PhoneOnTheWire()
    sit(hall, plain)
    listener = sit(hall, on_the_wire)
    for _ in range(3):
        await change(room, hall)
    assert on_the_wire.got == plain.got
    assert on_the_wire.taken == 4
    on_the_wire.takes.clear()
    for _ in range(3):
        await change(room, hall)
    assert listener.waiting is not None
    on_the_wire.takes.set()
    while listener.waiting is not None:
        await asyncio.sleep(0)
    assert on_the_wire.parts == ["<p>0</p>", "<p>1</p>", "<p>2</p>", "<p>3</p>", "<p>4</p>", "<p>6</p>"]
    assert on_the_wire.got[-1]["whole"] is True


@on_a_loop
async def test_a_beat_waits_for_nobody(room: Room, hall: Hall) -> None:
    phone = Phone()
    listener = sit(hall, phone)
    phone.takes.clear()
    for _ in range(100):
        listener.beat()
    assert listener.waiting is not None
    phone.takes.set()
    listener.leave()


@on_a_loop
async def test_a_storm_of_changes_is_a_few_renders(room: Room, hall: Hall) -> None:
    phone = Phone()
    sit(hall, phone)
    before = room.renders
    for _ in range(500):
        room.number += 1
        hall.ring()
    while hall._rendering is not None:
        await asyncio.sleep(0.01)
    assert room.renders - before <= 2
    assert phone.parts[-1] == "<p>500</p>"


@on_a_loop
async def test_what_looks_the_same_is_not_sent(room: Room, hall: Hall) -> None:
    phone = Phone()
    sit(hall, phone)
    for _ in range(3):
        hall.ring()
        while hall._rendering is not None:
            await asyncio.sleep(0.01)
    assert len(phone.got) == 1


@on_a_loop
async def test_a_database_that_does_not_answer_leaves_phones_what_they_have(room: Room, hall: Hall) -> None:
    phone, render = Phone(), room.render
    sit(hall, phone)

    def fails(code: str) -> Snapshot:
        raise OSError("the database is away")

    hall.audience = Audience("phone", fails, True)
    await change(room, hall)
    assert phone.parts == ["<p>0</p>"]
    hall.audience = Audience("phone", render, True)
    await change(room, hall)
    assert phone.parts[-1] == "<p>2</p>"


@pytest.mark.parametrize(("is_there", "raised"), [(False, Gone), (True, Unknown)])
def test_who_comes_is_told_that_a_room_is_gone_or_unknown(is_there: bool, raised: type[Exception]) -> None:
    def render(code: str) -> Snapshot | None:
        if is_there:
            raise OSError
        return None

    async def come() -> None:
        hall = Hall(Audience("phone", render, True), "abc", ask_at_once)
        with pytest.raises(raised):
            await hall.newest()

    asyncio.run(come())


def test_a_change_names_the_parts_that_are_another_and_those_that_are_gone() -> None:
    before = Snapshot(1, "lobby", {"stage": "a", "polls": "b", "mine": "c"})
    after = Snapshot(2, "lobby", {"stage": "a", "polls": "B"})
    event = encode(after, before).change.message["body"].decode()
    data = json.loads(event.partition("data: ")[2])
    assert data["parts"] == {"polls": "B", "mine": ""}
    assert event.startswith("id: 2-")


def test_the_same_room_under_another_revision_has_the_same_tag() -> None:
    one, two = (encode(Snapshot(revision, "lobby", {"stage": "a"}), None) for revision in (1, 2))
    assert one.tag == two.tag
    assert encode(Snapshot(2, "film", {"stage": "a"}), None).tag != one.tag
