"""Guides from memory: the same answer without Django, and never one that is older than the promise."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest

from config.warm_pages import LOOK_SECONDS, TRUSTED_SECONDS, WarmPages


class House:
    """An application that counts how often it is asked, a database's stamp, and a clock that is set by hand."""

    def __init__(self, **headers: str) -> None:
        self.asked, self.now, self.words, self.stamp = 0, 100.0, b"first", 1
        self.headers = {"etag": 'W/"a"', "cache-control": "no-cache, public", **headers}
        self.warm = WarmPages(self.app, lambda: self.stamp, re.compile("/g/[a-z]+/"), clock=lambda: self.now)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.words})

    async def get(
        self, path: str = "/g/abc/", method: str = "GET", query: bytes = b"", **headers: str
    ) -> tuple[int, bytes]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": named,
            "scheme": "http",
        }
        await self.warm(scope, None, send)  # type: ignore[arg-type]
        await asyncio.sleep(0.05)  # the look at the database goes on beside the answer
        return sent[0]["status"], sent[1]["body"]


def test_the_second_reader_is_answered_from_memory() -> None:
    async def story() -> None:
        house = House()
        for _ in range(3):
            assert await house.get() == (200, b"first")
        asked = house.asked
        assert await house.get() == (200, b"first")
        assert house.asked == asked
        assert await house.get(method="HEAD") == (200, b"")
        assert await house.get(if_none_match='"a"') == (304, b"")
        assert house.asked == asked

    asyncio.run(story())


def test_what_was_published_is_seen_within_the_promise() -> None:
    async def story() -> None:
        house = House()
        for _ in range(3):
            await house.get()
        house.words, house.stamp = b"second", 2
        house.now += TRUSTED_SECONDS + 0.1
        assert await house.get() == (200, b"second")

    asyncio.run(story())


def test_a_look_between_sees_it_sooner() -> None:
    async def story() -> None:
        house = House()
        for _ in range(3):
            await house.get()
        house.words, house.stamp = b"second", 2
        house.now += LOOK_SECONDS + 0.1
        await house.get()
        assert await house.get() == (200, b"second")

    asyncio.run(story())


def test_a_database_that_does_not_answer_leaves_every_page_to_django() -> None:
    async def story() -> None:
        house = House()
        for _ in range(3):
            await house.get()

        def fail() -> object:
            raise OSError("the database is away")

        house.warm.stamp = fail
        house.now += TRUSTED_SECONDS + 0.1
        asked = house.asked
        await house.get()
        await house.get()
        assert house.asked == asked + 2

    asyncio.run(story())


@pytest.mark.parametrize(
    "change",
    [
        lambda house: house.headers.update({"set-cookie": "a=b"}),
        lambda house: house.headers.update({"cache-control": "private"}),
        lambda house: house.headers.pop("etag"),
    ],
    ids=["a cookie", "private", "no tag"],
)
def test_what_is_one_persons_is_never_kept(change: Callable[[House], None]) -> None:
    async def story() -> None:
        house = House()
        change(house)
        for _ in range(4):
            await house.get()
        assert house.asked == 4

    asyncio.run(story())


def test_other_hosts_encodings_and_questions_are_answered_apart() -> None:
    async def story() -> None:
        house = House()
        for _ in range(3):
            await house.get(accept_encoding="br", host="guide.example")
        asked = house.asked
        await house.get(accept_encoding="gzip", host="guide.example")
        await house.get(accept_encoding="br", host="elsewhere.example")
        await house.get(accept_encoding="br", host="guide.example", query=b"x=1")
        await house.get(path="/elsewhere/", accept_encoding="br", host="guide.example")
        assert house.asked == asked + 4

    asyncio.run(story())


class Listing(House):
    """The same with pages that say what they show, and a database that says which tags changed lately."""

    def __init__(self, tags: str = "city-1 film-7", lasts: str = "max-age=30") -> None:
        super().__init__(**{"surrogate-key": tags, "surrogate-control": lasts})
        self.lately: dict[str, object] = {}
        self.warm.changes = lambda: dict(self.lately)

    async def is_asked(self, path: str = "/g/abc/") -> bool:
        """Whether the application has to answer."""
        before = self.asked
        await self.get(path)
        return self.asked > before


async def warmed(house: Listing, *paths: str) -> Listing:
    for path in paths or ("/g/abc/",):
        for _ in range(3):
            await house.get(path)
    assert not await house.is_asked()
    return house


def test_a_change_drops_what_shows_it_and_nothing_else() -> None:
    async def story() -> None:
        house = await warmed(Listing(), "/g/abc/")
        house.headers["surrogate-key"] = "city-2 film-8"
        await warmed(house, "/g/other/")
        house.lately = {"film-8": 1}
        house.stamp = 2  # a guide was published: no matter to what says what it shows
        house.now += LOOK_SECONDS + 0.1
        await house.get("/g/nothing/")
        assert not await house.is_asked("/g/abc/")
        assert await house.is_asked("/g/other/")
        assert not await house.is_asked("/g/other/"), "kept anew: the same change drops it once"
        house.now += LOOK_SECONDS + 0.1
        await house.get("/g/nothing/")
        assert not await house.is_asked("/g/other/")

    asyncio.run(story())


def test_time_alone_makes_a_page_old() -> None:
    async def story() -> None:
        house = await warmed(Listing(lasts="max-age=3"))
        house.now += 2
        assert not await house.is_asked()
        house.now += 1.5
        assert await house.is_asked()

    asyncio.run(story())


def test_who_changes_it_in_this_process_sees_it_at_once() -> None:
    async def story() -> None:
        house = await warmed(Listing())
        house.warm.forget(["film-9"])
        assert not await house.is_asked()
        house.warm.forget(["film-7"])
        assert await house.is_asked()

    asyncio.run(story())


def test_what_is_only_for_caches_is_not_sent_on() -> None:
    async def story() -> None:
        house, sent = Listing(), []

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/g/abc/",
            "query_string": b"",
            "headers": [],
            "scheme": "http",
        }
        for _ in range(4):
            await house.warm(scope, None, send)  # type: ignore[arg-type]
            await asyncio.sleep(0.05)
        heads = [dict(message["headers"]) for message in sent if message["type"] == "http.response.start"]
        assert house.asked < len(heads) == 4
        assert all(
            b"etag" in head and not any(name.startswith(b"surrogate") for name in head) for head in heads
        )

    asyncio.run(story())
