"""Fetching what somebody gave us the address of, without being led inside.

Only http and https, only public addresses. An address is checked where the connection is made, on the number that is
then connected to: what a name resolves to a moment later does not matter. (OWASP, Server-Side Request Forgery.)
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpcore
import httpx
from protego import Protego

from .guarded_stream import Deadline, GuardedStream

MAX_BYTES = 5 * 1024 * 1024
MAX_ROBOTS_BYTES = 500 * 1024
MAX_REDIRECTS = 3
TOTAL_SECONDS = 10.0
MAX_URL_LENGTH = 1000
AGENT = "Houselights"
REDIRECTS = (301, 302, 303, 307, 308)
PASTE = "Open it in your browser and paste the text instead."

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]

# What `is_global` lets through or has let through in some Python: each is a way to another network's inside.
DENIED = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",  # shared by carriers (RFC 6598)
            "169.254.0.0/16",  # link-local: clouds answer there
            "192.0.0.0/24",
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "198.18.0.0/15",
            "240.0.0.0/4",
            "::/96",  # IPv4 in IPv6, long withdrawn (RFC 4291 §2.5.5.1)
            "::ffff:0:0/96",  # IPv4 mapped
            "64:ff9b::/96",  # NAT64 (RFC 6052)
            "64:ff9b:1::/48",  # NAT64, local (RFC 8215)
            "100::/64",
            "2001::/23",  # Teredo and its neighbours
            "2001:db8::/32",
            "2002::/16",  # 6to4 (RFC 3056)
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",  # site-local, withdrawn (RFC 3879)
        ),
    )
)
# Names that mean this machine or this network (RFC 6761, 6762, 8375, 9476).
INSIDE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "onion")


class CannotFetch(ValueError):
    """The page was not fetched; the message says why and what to do instead, for people."""


@dataclass(frozen=True)
class Fetched:
    """A page: the address that it was found at in the end, its bytes unpacked, and its media type in lower case."""

    url: str
    content: bytes
    media_type: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them. Raises OSError for a name that has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """What may be connected to. `exempt` are (address, port) pairs inside that somebody vouches for; a house that
    serves people has none."""

    resolver: Resolver = resolve
    ports: frozenset[int] = frozenset({80, 443})
    exempt: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def admits(self, address: str, port: int) -> bool:
        """Whether this number may be connected to: global, no multicast, on no list of what leads inside."""
        return (address, port) in self.exempt or is_public(address)

    def check(self, url: httpx.URL) -> None:
        """Raise CannotFetch for an address that is not asked at all, whatever it resolves to."""
        if url.scheme not in ("http", "https") or not url.host:
            raise CannotFetch("This is no web address. It begins with https:// and names a site.")
        if url.userinfo:
            raise CannotFetch(
                "This address has a name or password in it. Paste the text of the page instead."
            )
        port = url.port or {"http": 80, "https": 443}[url.scheme]
        if port not in self.ports and port not in {vouched for _, vouched in self.exempt}:
            raise CannotFetch(f"We fetch pages from the web’s usual ports only, not from {port}. {PASTE}")
        if url.host.rstrip(".").endswith(tuple(f".{name}" for name in INSIDE_NAMES)):
            raise CannotFetch(f"This address leads inside a network, not to the web. {PASTE}")


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet may be at."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    denied = any(number in network for network in DENIED if network.version == number.version)
    return number.is_global and not number.is_multicast and not denied


class _Backend(httpcore.NetworkBackend):
    """Resolves, checks, and connects to the number that it checked."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard, self._deadline = guard, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        if not addresses:
            raise CannotFetch(f"There is no site of the name {host}. Look at the address again.")
        if not all(self._guard.admits(address, port) for address in addresses):
            raise CannotFetch(f"This address leads inside a network, not to the web. {PASTE}")
        return self._connect(addresses, port)

    def _addresses(self, host: str, port: int) -> list[str]:
        # The system's resolver knows no time limit of ours; a thread that it holds ends by itself.
        pool = ThreadPoolExecutor(1)
        try:
            return list(pool.submit(self._guard.resolver, host, port).result(self._deadline.left()))
        except TimeoutError:
            raise httpcore.ConnectTimeout() from None
        except (OSError, UnicodeError):
            return []
        finally:
            pool.shutdown(wait=False)

    def _connect(self, addresses: list[str], port: int) -> httpcore.NetworkStream:
        for address in addresses:
            try:
                connection = socket.create_connection((address, port), self._deadline.left())
            except TimeoutError:
                raise httpcore.ConnectTimeout() from None
            except OSError:
                continue  # the name may have another
            return GuardedStream(connection, self._deadline)
        raise httpcore.ConnectError()


class _Transport(httpx.BaseTransport):
    """httpx over httpcore with a network of our own (httpx has no public way to give one to its transport)."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Backend(guard, deadline)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def fetch(url: str, *, guard: Guard | None = None, agent: str = AGENT) -> Fetched:
    """The page at `url`: at most `MAX_BYTES` unpacked, `MAX_REDIRECTS` redirects, `TOTAL_SECONDS` in all.

    Sends no cookie and no name; asks /robots.txt first (RFC 9309), of every site on the way. `guard` says what may be
    connected to. Raises CannotFetch, in words, for anything but a page that was read whole.
    """
    guard, deadline = guard or Guard(), Deadline(time.monotonic() + TOTAL_SECONDS)
    with httpx.Client(
        transport=_Transport(guard, deadline), trust_env=False, timeout=TOTAL_SECONDS
    ) as client:
        try:
            return _Visit(client, guard, agent).read(_parse(url))
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise CannotFetch(
                f"The site took longer than {TOTAL_SECONDS:.0f} seconds. Try once more, or: {PASTE}"
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError):
            raise CannotFetch(f"The site does not answer, or not as a web site does. {PASTE}") from None


def _parse(url: str) -> httpx.URL:
    if len(url) > MAX_URL_LENGTH:
        raise CannotFetch(f"This address is longer than {MAX_URL_LENGTH} characters. {PASTE}")
    try:
        return httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError):
        raise CannotFetch("This is no web address. It begins with https:// and names a site.") from None


class _Visit:
    """One page and the redirects to it."""

    def __init__(self, client: httpx.Client, guard: Guard, agent: str) -> None:
        self._client, self._guard, self._agent = client, guard, agent
        self._robots: dict[str, Protego | None] = {}

    def read(self, url: httpx.URL) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            self._guard.check(url)
            self._ask_robots(url)
            response, content = self._get(url, MAX_BYTES)
            if response.status_code not in REDIRECTS:
                _refuse_failure(response)
                if len(content) > MAX_BYTES:
                    raise CannotFetch(f"The page is larger than {MAX_BYTES // (1024 * 1024)} MB. {PASTE}")
                return Fetched(str(url), content, _media_type(response))
            url = _onward(url, response)
        raise CannotFetch(f"The address leads on and on, to no page. {PASTE}")

    def _get(self, url: httpx.URL, limit: int) -> tuple[httpx.Response, bytes]:
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.8"}
        # A client keeps the cookies it is given from one redirect to the next; ours forgets them.
        self._client.cookies.clear()
        with self._client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            if response.status_code in REDIRECTS:
                return response, b""
            return response, _unpacked(response, limit)

    def _ask_robots(self, url: httpx.URL) -> None:
        site = f"{url.scheme}://{url.netloc.decode()}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(httpx.URL(f"{site}/robots.txt"))
        rules = self._robots[site]
        if rules is None or not rules.can_fetch(str(url), self._agent):
            raise CannotFetch(f"The site asks programs not to read this page (its robots.txt). {PASTE}")

    def _read_robots(self, url: httpx.URL) -> Protego | None:
        """The site's rules; none at all where it has no such file; None (all is forbidden) where it fails to say."""
        for _ in range(MAX_REDIRECTS + 1):
            self._guard.check(url)
            response, content = self._get(url, MAX_ROBOTS_BYTES)
            if response.status_code in REDIRECTS:
                url = _onward(url, response)
                continue
            if response.status_code >= 500:
                return None
            written = content.decode("utf-8", "replace") if response.is_success else ""
            return Protego.parse(written)
        return Protego.parse("")


def _onward(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    target = response.headers.get("Location", "")
    if not target:
        raise CannotFetch(f"The site sends on to another address and does not say which. {PASTE}")
    return _parse(urljoin(str(url), target))


def _refuse_failure(response: httpx.Response) -> None:
    status = response.status_code
    if status in (401, 402, 403, 407):
        raise CannotFetch(f"The site shows this page only to people it knows ({status}). {PASTE}")
    if status in (404, 410):
        raise CannotFetch(f"There is no page at this address ({status}). Look at the address again.")
    if status == 429 or status >= 500:
        raise CannotFetch(f"The site cannot answer just now ({status}). Try later, or: {PASTE}")
    if status != 200:
        raise CannotFetch(f"The site answers with {status} and no page. {PASTE}")


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _unpacked(response: httpx.Response, limit: int) -> bytes:
    """The body, or its first `limit` + 1 bytes; unpacked a little at a time, so that a small one cannot become a huge
    one in memory."""
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise CannotFetch(f"The site packs its page in a way that we did not ask for. {PASTE}")
    plain = packed in ("identity", "")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
    content = bytearray()
    for chunk in response.iter_raw():
        try:
            content += chunk if plain else inflate.decompress(chunk, limit + 1 - len(content))
        except zlib.error:
            raise CannotFetch(f"The page arrived damaged. Try once more, or: {PASTE}") from None
        if len(content) > limit:
            break
    return bytes(content[: limit + 1])
