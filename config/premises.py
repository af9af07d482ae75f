"""What one house on one machine needs for itself: its environment, its secret, and to be there once."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104  with LAN=1, on purpose
HERE = ("localhost", LOOPBACK, "[::1]")


class AlreadyOpen(Exception):
    """Another `make run` of this checkout is running; says what that one wrote down about itself."""


@dataclass(frozen=True)
class Address:
    """Where the house is found: always on this machine, and on the network if it has a name there."""

    port: int
    on_network: str | None = None

    @property
    def host(self) -> str:
        """The interface to listen on."""
        return EVERYWHERE if self.on_network else LOOPBACK

    @property
    def local_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def network_url(self) -> str:
        return f"http://{self.on_network}:{self.port}"

    @property
    def base_url(self) -> str:
        """What links in messages start with: where most devices can follow them."""
        return self.network_url if self.on_network else self.local_url


def environment_for(
    address: Address, redis_url: str, secret_key: str, given: Mapping[str, str]
) -> dict[str, str]:
    """The environment of the house's processes: what was given, and what fits where nothing was."""
    hosts = [*HERE, address.on_network] if address.on_network else HERE
    fitting = {
        "BASE_URL": address.base_url,
        "ALLOWED_HOSTS": ",".join(hosts),
        "SECRET_KEY": secret_key,
        "REDIS_URL": redis_url,
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
    }
    return {**given, **{name: given.get(name) or value for name, value in fitting.items()}}


def kept_secret(path: Path) -> str:
    """The secret in the file at `path`, readable by its owner only; made up the first time."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with open(descriptor, "w") as file:
        file.write(secret := secrets.token_urlsafe(50))
    return secret


@contextmanager
def only_once(path: Path) -> Iterator[Callable[[str], None]]:
    """Hold the lock at `path`; gives what leaves a note in it for whoever comes second.

    Raises AlreadyOpen with the note of whoever holds it.
    """
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyOpen(file.read()) from None

        def leave_note(note: str) -> None:
            path.write_text(note)

        yield leave_note
