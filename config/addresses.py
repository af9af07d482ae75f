"""Where the house can be reached: free ports, and this machine's name for its neighbours."""

from __future__ import annotations

import socket
from contextlib import closing

PORTS_TO_TRY = 50
# TEST-NET-1 (RFC 5737): nothing is there and nothing is sent; the kernel only says which way it would go.
SOMEWHERE_ELSE = ("192.0.2.1", 9)


def is_free(port: int, host: str) -> bool:
    """Whether nobody listens on `port` at `host`, nor on `localhost` in IPv6, where browsers look first."""
    return _can_bind(socket.AF_INET, host, port) and not _answers("::1", port)


def free_port(wanted: int, host: str) -> int:
    """`wanted`, or the next port that is free. Raises OSError where fifty in a row are taken."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        if is_free(port, host):
            return port
    raise OSError(f"no free port from {wanted} on")


def network_address() -> str | None:
    """This machine's IPv4 address as neighbours see it; None where there is no network."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(SOMEWHERE_ELSE)
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address


def _can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True
