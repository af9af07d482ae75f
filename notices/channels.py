"""Over what people can be written to: e-mail, and what a later release adds.

A channel is known by its code, which stands on each notice (`Notice.channel`), and by its name, under which people
choose (`wishes`). What is owed over a channel that this process does not know waits, as an unknown kind does. What
carries the messages of a channel is a crew that takes errands and says how they ended (`carriers`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """One way to a person. `name` stands over its column of choices."""

    code: str
    name: str


EMAIL = Channel("email", "E-mail")
_channels: dict[str, Channel] = {EMAIL.code: EMAIL}


def register(channel: Channel) -> None:
    """Make a channel known; once is enough."""
    _channels[channel.code] = channel


def all_channels() -> list[Channel]:
    """Every channel, in the order in which they were made known."""
    return list(_channels.values())


def is_known(code: str) -> bool:
    return code in _channels
