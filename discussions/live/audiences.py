"""Who listens to a room, and what each of them is shown.

An audience is a name and a function that renders a room for all of it at once: nothing in it is one listener's own.
The phones' audience is open; others (those who lead, the big screen) are let in by a ticket (`tickets`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A room as one audience sees it at one revision.

    `parts`: the HTML of each part of the page by its name, rendered by the template that the page includes; a part that
    is gone for now is an empty string. `facts`: small JSON values that scripts read. `announcement` is said once, to
    those who hear the page, when it is another than before. `changes_at`: the instant from which on the room looks
    different without anybody having changed it (the film begins), if there is one.
    """

    revision: int
    phase: str
    parts: Mapping[str, str]
    announcement: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    changes_at: dt.datetime | None = None


# From a room's code to what is shown; None where there is no such room (any more). Called in a thread that keeps no
# database connection afterwards.
Render = Callable[[str], Snapshot | None]


@dataclass(frozen=True, slots=True)
class Audience:
    """`is_open`: anybody who knows the room's code may listen; else a ticket is asked for."""

    name: str
    render: Render
    is_open: bool = False


_audiences: dict[str, Audience] = {}


def register(name: str, render: Render, *, is_open: bool = False) -> None:
    """Let there be an audience `name` (lower case, as it stands in the stream's address)."""
    _audiences[name] = Audience(name, render, is_open)


def audience(name: str) -> Audience | None:
    return _audiences.get(name)
