"""A snapshot as bytes: server-sent events (WHATWG HTML §9.2) for who listens, JSON for who asks.

The data of an event is one JSON object: `revision`, `phase`, `announcement`, `facts`, `parts` (name → HTML) and
`whole`: whether `parts` are all there are, or those that changed since the event before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .audiences import Snapshot

# How long a client without a mind of its own waits before it comes back, in milliseconds.
RETRY_MS = 3000

Message = Mapping[str, Any]


class Event:
    """Bytes for every listener, made ready once: as ASGI's message, and as a chunk of HTTP/1.1 (RFC 9112 §7.1) for a
    server that writes that as it is."""

    __slots__ = ("chunk", "message")

    def __init__(self, data: bytes, *, is_last: bool = False) -> None:
        self.message: Message = {"type": "http.response.body", "body": data, "more_body": not is_last}
        self.chunk = b"" if is_last else b"%x\r\n%b\r\n" % (len(data), data)


BEAT = Event(b"event: beat\ndata: 1\n\n")
GONE = Event(b"event: gone\ndata: 1\n\n", is_last=True)
END = Event(b"", is_last=True)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A snapshot made ready once for everybody: events with the whole of it and with what changed, the JSON of the
    whole, and a tag that is another whenever a listener would see a difference."""

    tag: str
    whole: Event
    change: Event
    state: bytes


def encode(snapshot: Snapshot, before: Snapshot | None) -> Encoded:
    """The snapshot as bytes; what changed is told against `before`, the one that was sent last."""
    shown = _shown(snapshot)
    tag = hashlib.blake2b(_json(shown), digest_size=8).hexdigest()
    state = _json({"revision": snapshot.revision, "whole": True, **shown})
    whole = _event(snapshot, tag, state)
    if before is None:
        return Encoded(tag, whole, whole, state)
    parts = {name: html for name, html in snapshot.parts.items() if before.parts.get(name) != html}
    parts |= {name: "" for name in before.parts if name not in snapshot.parts}
    change = _json({"revision": snapshot.revision, "whole": False, **shown, "parts": parts})
    return Encoded(tag, whole, _event(snapshot, tag, change), state)


def _shown(snapshot: Snapshot) -> dict[str, object]:
    return {
        "phase": snapshot.phase,
        "announcement": snapshot.announcement,
        "facts": dict(snapshot.facts),
        "parts": dict(snapshot.parts),
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _event(snapshot: Snapshot, tag: str, data: bytes) -> Event:
    head = f"id: {snapshot.revision}-{tag}\nretry: {RETRY_MS}\nevent: state\ndata: "
    return Event(head.encode() + data + b"\n\n")
