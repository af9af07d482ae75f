"""A phone's end of the live stream, over a real connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

PATIENCE_SECONDS = 10


class Stream:
    """Server-sent events as they come: `next_state()` waits for the next one that is a state."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def next_event(self) -> dict[str, str]:
        """The fields of the next event."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if not line:
                return fields
            name, _, value = line.partition(": ")
            fields[name] = value
        raise EOFError("the stream has ended")

    def next_state(self) -> dict[str, Any]:
        while (event := self.next_event()).get("event") != "state":
            assert event.get("event") == "beat", event
        return json.loads(event["data"])

    def wait_for(self, phase: str) -> dict[str, Any]:
        while (state := self.next_state())["phase"] != phase:
            pass
        return state


@contextmanager
def listening(url: str, path: str) -> Iterator[Stream]:
    with httpx.stream("GET", url + path, timeout=PATIENCE_SECONDS) as response:
        assert response.status_code == 200, response.status_code
        yield Stream(response)
