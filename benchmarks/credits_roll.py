"""The credits roll: all phones of a full house at once, against what DESIGN promises and beside a bare ASGI stream.

One machine, loopback only; a database and a Valkey of its own; everything ends by itself. The house is served by one or
two uvicorn processes with Valkey between; every phone comes from one address, loads the guide, joins and listens within
30 seconds, 50 of them stop reading (SO_RCVBUF 4096). Then prompts are pushed, a vote comes from each within 10 seconds
(a fifth of them sent twice, as by a bad line), a question is hidden, the servers are killed and started again. The
yardstick is the same fan-out by `bare_stream.py`, with the same client, in the same run.

Run: `make credits-roll`, or `python benchmarks/credits_roll.py --phones 500 --processes 1`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import redis

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from config.processes import embedded_redis  # noqa: E402
from config.supervisor import Supervisor  # noqa: E402
from tests.faults.databases import Databases  # noqa: E402

ARRIVE_SECONDS = 30.0
STALLED = 50
PUSHES = 7
VOTE_SECONDS = 10.0
VOTED_TWICE = 0.2
LONGEST_PAUSE = 8.0
PATIENCE = 240.0
CHANNEL = "houselights:rooms"
PHONES, PROCESSES = (500, 1000, 2000), (1, 2)


# --- the phones' end ----------------------------------------------------------------------------------------
@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


async def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> Answer:
    """One request over a connection of its own, as a phone's first one is."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    raw = await reader.read()
    writer.close()
    found = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    return Answer(int(head.split()[1]), found, raw, time.monotonic() - began)


class Stream(asyncio.Protocol):
    """A phone that listens: notes when it was given each mark that it waits for."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.first = asyncio.get_running_loop().create_future()
        self.ended = asyncio.Event()
        self.seen: dict[bytes, float] = {}
        self.bytes = 0
        self._rest = b""
        self.transport: Any = None
        self.is_stalled = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        if not self.first.done() and b"event: state" in self._rest + data:
            self.first.set_result(time.monotonic())
        elif not self.first.done() and (self._rest + data)[9:12] == b"503":
            self.first.set_exception(ConnectionRefusedError("full"))
        for mark in WAITED_FOR:
            if mark not in self.seen and mark in self._rest + data:
                self.seen[mark] = time.monotonic()
        self._rest = (self._rest + data)[-64:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.first.done():
            self.first.set_exception(error or ConnectionResetError())
        self.first.exception()
        self.ended.set()


WAITED_FOR: set[bytes] = set()


@dataclass
class Phone:
    port: int
    code: str
    cookie: str = ""
    stream: Stream | None = None
    is_stalled: bool = False

    @property
    def room(self) -> str:
        return f"/r/{self.code}/"

    async def join(self) -> None:
        page = await ask(self.port, "GET", self.room + "mine/", Accept="application/json")
        token = re.search(r'name="token" value="([^"]+)"', json.loads(page.body)["mine"])
        assert token, page.status
        joined = await self.post("join", token=token[1])
        assert joined.status == 200, (joined.status, joined.body[:300])
        self.cookie = f"room={token[1]}"

    async def post(self, act: str, **data: object) -> Answer:
        origin = f"http://localhost:{self.port}"
        more = {"Cookie": self.cookie} if self.cookie else {}
        return await ask(
            self.port, "POST", f"{self.room}{act}/", urlencode(data), Accept="application/json",
            Origin=origin, **more,
        )  # fmt: skip

    async def listen(self, path: str = "") -> float:
        """Open the stream; gives the seconds until it had its first state."""
        began = time.monotonic()
        place = socket.socket()
        place.setblocking(False)
        if self.is_stalled:
            place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(place, ("127.0.0.1", self.port))
        _, self.stream = await loop.create_connection(
            lambda: Stream(path or f"/live/phone/{self.code}/"), sock=place
        )
        at = await self.stream.first
        if self.is_stalled:
            self.stream.transport.pause_reading()
        return at - began

    async def come_back(self, since: float) -> float:
        """As static/js/live.js does: full jitter, eight seconds at most. Seconds from `since` until it was back."""
        cuts = 0
        while True:
            cuts += 1
            await asyncio.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.5 * 2**cuts)))
            with contextlib.suppress(OSError):
                await self.listen()
                return time.monotonic() - since

    def hang_up(self) -> None:
        if self.stream and self.stream.transport:
            self.stream.transport.abort()


# --- the house ----------------------------------------------------------------------------------------------
@dataclass
class House:
    """One or two web processes over one database and one Valkey."""

    environment: dict[str, str]
    ports: list[int]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, application: str = "config.asgi:application") -> None:
        """The house as docs/running.md says; or the bare stream, by the same server."""
        is_bare = application.startswith("bare")
        self.processes = [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "uvicorn", application, "--port", str(port)),
                    *("--app-dir", str(CHECKOUT / ("benchmarks" if is_bare else "."))),
                    *("--no-access-log", "--log-level", "error", "--timeout-graceful-shutdown", "1"),
                    *(() if is_bare else ("--http", "config.warm_protocol:WarmProtocol")),
                ],
                env={**self.environment, "BASE_URL": f"http://localhost:{port}"},
                cwd=CHECKOUT,
            )
            for port in self.ports
        ]
        for port in self.ports:
            wait_for_port(port)

    def kill(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def cpu_ms(self) -> float:
        """Milliseconds of a core that the processes have used so far: what else the machine does is not in it."""
        return sum(_cpu_ms(process.pid) for process in self.processes)

    def resident(self) -> int:
        """Bytes that the processes hold in memory."""
        return sum(_resident(process.pid) for process in self.processes)


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def _cpu_ms(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.02)
    raise SystemExit(f"Nothing listens on {port}.")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Host:
    """Whoever leads: a Django process of its own that does what it is told, line by line."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "benchmarks" / "credits_host.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=CHECKOUT, text=True,
        )  # fmt: skip

    def tell(self, act: str, **given: Any) -> dict[str, Any]:
        """Blocking; for what no phone is timed against."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"act": act, **given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("The host has left; what went wrong stands above.")
        return json.loads(line)

    async def do(self, act: str, **given: Any) -> dict[str, Any]:
        return await asyncio.to_thread(lambda: self.tell(act, **given))

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


# --- what is measured ---------------------------------------------------------------------------------------
@dataclass
class Measured:
    phones: int
    processes: int
    errors: int = 0
    guide: list[float] = field(default_factory=list)
    state: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    counted: int = 0
    doubled: int = 0
    prompt: list[float] = field(default_factory=list)
    bell: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    arrival_cpu: float = 0.0
    push_cpu: float = 0.0
    bare_cpu: float = 0.0
    hidden: float = 0.0
    down: float = 0.0
    back: float = 0.0
    kib: float = 0.0
    bare_kib: float = 0.0
    connections: int = -1


def percentile(values: list[float], of: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[of - 1] if len(values) > 1 else values[0]


async def counted(measured: Measured, act: Awaitable[Any]) -> Any:
    try:
        return await act
    except (OSError, AssertionError, asyncio.IncompleteReadError) as error:
        measured.errors += 1
        if measured.errors <= 3:
            print(f"  error: {error!r}", file=sys.stderr)
        return None


async def arrive(phone: Phone, measured: Measured, guide: str, after: float) -> None:
    await asyncio.sleep(after)
    page = await ask(phone.port, "GET", guide, Accept_Encoding="br")
    assert page.status == 200, page.status
    measured.guide.append(page.seconds)
    page = await ask(phone.port, "GET", phone.room, Accept_Encoding="br, gzip")
    assert page.status == 200, page.status
    await phone.join()
    measured.state.append(await phone.listen())


async def last_of(phones: Iterable[Phone], mark: bytes, since: float) -> float:
    """Seconds from `since` until the last phone that reads has the mark."""
    streams = [phone.stream for phone in phones if phone.stream and not phone.is_stalled]
    deadline = time.monotonic() + PATIENCE
    while any(mark not in stream.seen for stream in streams):
        if time.monotonic() > deadline:
            return float("inf")
        await asyncio.sleep(0.01)
    return max(stream.seen[mark] for stream in streams) - since


async def pushed(phones: list[Phone], act: Callable[[bytes], Awaitable[float]]) -> list[float]:
    """The last phone's wait for each of some pushes; `act` pushes a mark and says when."""
    waits = []
    for number in range(PUSHES):
        mark = f"mark-{number}-{uuid.uuid4().hex[:8]}".encode()
        WAITED_FOR.clear()
        WAITED_FOR.add(mark)
        waits.append(await last_of(phones, mark, await act(mark)))
        await asyncio.sleep(0.6)
    return waits


async def vote_all(phones: list[Phone], question: int, measured: Measured) -> None:
    async def one(phone: Phone) -> None:
        await asyncio.sleep(random.uniform(0, VOTE_SECONDS - 1))
        for _ in range(1 + (random.random() < VOTED_TWICE)):
            answer = await phone.post("vote", question=question)
            assert answer.status == 200, (answer.status, answer.body[:200])
            measured.votes.append(answer.seconds)

    await asyncio.gather(*(counted(measured, one(phone)) for phone in phones))


async def run(house: House, host: Host, bell: str, measured: Measured) -> None:
    room = await host.do("open", seats=measured.phones * 2)
    code = room["code"]
    phones = [Phone(house.ports[n % len(house.ports)], code) for n in range(measured.phones)]
    for phone in phones[:STALLED]:
        phone.is_stalled = True
    for port in house.ports:  # each process has answered something before the house comes in
        await ask(port, "GET", room["guide"], Accept_Encoding="br")
        await ask(port, "GET", f"/r/{code}/mine/")
    pace, before = ARRIVE_SECONDS / measured.phones, house.cpu_ms()
    await asyncio.gather(
        *(
            counted(measured, arrive(phone, measured, room["guide"], n * pace))
            for n, phone in enumerate(phones)
        )
    )
    measured.arrival_cpu = (house.cpu_ms() - before) / measured.phones
    print(f"  {measured.phones} phones are in ({measured.errors} errors)", file=sys.stderr)

    async def by_thumb(mark: bytes) -> float:
        return (await host.do("push", code=code, words=mark.decode()))["began"]

    async def by_bell(mark: bytes) -> float:
        await host.do("push", code=code, words=mark.decode(), quietly=True)
        return (await host.do("ring", code=code))["began"]

    measured.prompt = await pushed(phones, by_thumb)
    before = house.cpu_ms()
    measured.bell = await pushed(phones, by_bell)
    measured.push_cpu = (house.cpu_ms() - before) / PUSHES
    asked = await host.do("ask", code=code)
    await vote_all([phone for phone in phones if phone.cookie][:500], asked["question"], measured)
    found = await host.do("count", code=code, question=asked["question"])
    voters = min(500, sum(1 for phone in phones if phone.cookie))
    measured.counted, measured.doubled = found["votes"], found["votes"] - voters
    WAITED_FOR.clear()
    mark = asked["answer"].encode()
    WAITED_FOR.add(mark)
    hidden = await host.do("hide", code=code, question=asked["question"], answer=asked["answer"])
    measured.hidden = await last_of(phones, mark, hidden["began"])
    since = time.monotonic()
    house.kill()
    returning = [asyncio.create_task(phone.come_back(since)) for phone in phones]
    await asyncio.to_thread(house.start)
    measured.down = time.monotonic() - since
    measured.back = max(await asyncio.gather(*returning)) - measured.down
    for phone in phones:
        phone.hang_up()


async def weigh(house: House, host: Host, code: str, phones: int, path: str = "") -> tuple[float, int]:
    """KiB that an idle stream takes in a server that does nothing else, and the database connections it holds."""
    for port in house.ports:
        await Phone(port, code).listen(path)
    before = house.resident()
    held = [Phone(house.ports[n % len(house.ports)], code) for n in range(phones)]
    for batch in range(0, phones, 100):
        await asyncio.gather(*(phone.listen(path) for phone in held[batch : batch + 100]))
    await asyncio.sleep(1.5)
    kib = (house.resident() - before) / 1024 / phones
    connections = (await host.do("connections"))["count"]
    for phone in held:
        phone.hang_up()
    return kib, connections


async def run_bare(house: House, phones: int, size: int, host: Host, measured: Measured) -> None:
    held = [Phone(house.ports[n % len(house.ports)], "bare") for n in range(phones)]
    for phone in held[:STALLED]:
        phone.is_stalled = True
    for batch in range(0, phones, 100):
        await asyncio.gather(*(phone.listen("/live/") for phone in held[batch : batch + 100]))

    async def push(mark: bytes) -> float:
        body = f"event: state\ndata: {mark.decode()}".ljust(size, "x") + "\n\n"
        began = time.monotonic()
        await asyncio.gather(*(ask(port, "POST", "/push", body) for port in house.ports))
        return began

    before = house.cpu_ms()
    measured.bare = await pushed(held, push)
    measured.bare_cpu = (house.cpu_ms() - before) / PUSHES
    for phone in held:
        phone.hang_up()


# --- one column of the table --------------------------------------------------------------------------------
def measure(phones: int, processes: int, environment: dict[str, str], bell: str) -> Measured:
    print(f"{phones} phones, {processes} web process{'es' if processes > 1 else ''} …", file=sys.stderr)
    measured = Measured(phones, processes)
    ports = [free_port() for _ in range(processes)]
    house, bare = House(environment, ports), House(environment, [free_port() for _ in range(processes)])
    with contextlib.ExitStack() as stack:
        host = Host(environment)
        stack.callback(host.end)
        stack.callback(house.kill)
        house.start()
        asyncio.run(run(house, host, bell, measured))
        house.kill()
        house.start()
        room = host.tell("open", seats=10)
        measured.kib, measured.connections = asyncio.run(weigh(house, host, room["code"], phones))
        house.kill()
        stack.callback(bare.kill)
        bare.start("bare_stream:application")
        asyncio.run(run_bare(bare, phones, room["event_bytes"], host, measured))
        bare.kill()
        bare.start("bare_stream:application")
        measured.bare_kib = asyncio.run(weigh(bare, host, "bare", phones, "/live/"))[0]
        bare.kill()
    return measured


def rows() -> Iterator[tuple[str, str, Callable[[Measured], tuple[str, bool]]]]:
    """What the table says: name, promise, and of a column its words and whether the promise is kept."""

    def ms(values: list[float], most: float = float("inf")) -> tuple[str, bool]:
        p50, p99 = percentile(values, 50) * 1000, percentile(values, 99) * 1000
        return f"{p50:.0f} / {p99:.0f}", p99 <= most * 1000

    def median(values: list[float]) -> float:
        return statistics.median(values)

    yield "errors", "0", lambda m: (str(m.errors), m.errors == 0)
    yield "guide, p50 / p99 ms", "≤ 1000", lambda m: ms(m.guide, 1)
    yield "first live state, p50 / p99 ms", "≤ 2000", lambda m: ms(m.state, 2)
    yield (
        "prompt: thumb to last phone, ms",
        "≤ 1000",
        lambda m: (f"{median(m.prompt) * 1000:.0f} (max {max(m.prompt) * 1000:.0f})", max(m.prompt) <= 1),
    )
    yield "bell in Redis to last phone, ms", "", lambda m: (f"{median(m.bell) * 1000:.0f}", True)
    yield "bare ASGI stream, last phone, ms", "", lambda m: (f"{median(m.bare) * 1000:.0f}", True)
    yield (
        "ratio to the bare stream",
        "aim 1.2",
        lambda m: (f"{median(m.bell) / median(m.bare):.2f}", median(m.bell) <= 1.2 * median(m.bare)),
    )
    yield (
        "cpu-ms a push: the room / bare",
        "",
        lambda m: (f"{m.push_cpu:.0f} / {m.bare_cpu:.0f}", True),
    )
    yield "cpu-ms a phone coming in", "", lambda m: (f"{m.arrival_cpu:.0f}", True)
    yield (
        "500 votes in 10 s: counted",
        "500",
        lambda m: (str(m.counted), m.counted == min(500, m.phones)),
    )
    yield "votes, p50 / p99 ms", "", lambda m: ms(m.votes)
    yield "votes doubled", "0", lambda m: (str(m.doubled), m.doubled == 0)
    yield "hidden on the last phone, ms", "≤ 2000", lambda m: (f"{m.hidden * 1000:.0f}", m.hidden <= 2)
    yield "kill -9 until it listens again, s", "", lambda m: (f"{m.down:.1f}", True)
    yield "all back from then on, s", "≤ 15", lambda m: (f"{m.back:.1f}", m.back <= 15)
    yield "KiB an idle phone", "≤ 16", lambda m: (f"{m.kib:.1f}", m.kib <= 16)
    yield "KiB, bare ASGI stream", "", lambda m: (f"{m.bare_kib:.1f}", True)
    yield "database connections, all idle", "0", lambda m: (str(m.connections), m.connections == 0)


def report(columns: list[Measured]) -> bool:
    """Print the table; gives whether every promise is kept."""
    head = "".join(f"{m.phones} × {m.processes}".rjust(16) for m in columns)
    print(f"{'phones × web processes':36}{'promise':>9}{head}")
    kept = True
    for name, promise, of in rows():
        cells = [of(column) for column in columns]
        kept &= all(good for _, good in cells)
        print(
            f"{name:36}{promise:>9}"
            + "".join(f"{words}{' ' if good else '!'}".rjust(16) for words, good in cells)
        )
    print("! misses the promise or the aim")
    return kept


def collect_static(folder: str) -> None:
    """Static files as in production, so that pages are."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, check=True, env={**os.environ, "STATE_DIR": folder}, cwd=CHECKOUT)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--phones", type=int, nargs="+", default=list(PHONES))
    parser.add_argument("--processes", type=int, nargs="+", default=list(PROCESSES))
    parser.add_argument("--database", choices=["postgresql", "sqlite"])
    asked = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    columns = []
    with (
        Databases() as databases,
        tempfile.TemporaryDirectory(prefix="hl-") as folder,
        Supervisor(lambda line: None).on_duty() as supervisor,
    ):
        path = Path(folder) / "redis.sock"
        supervisor.start(embedded_redis(path, Path(folder) / "log"))
        collect_static(folder)
        vendor = asked.database or ("postgresql" if databases.postgres else "sqlite")
        for processes in asked.processes:
            for phones in asked.phones:
                environment = {
                    **os.environ,
                    "DATABASE_URL": databases.new(vendor),
                    "REDIS_URL": f"unix://{path}",
                    "STATE_DIR": folder,
                    "LIVE_STREAMS_PER_ROOM": str(3 * max(asked.phones)),
                    "LOG_LEVEL": "ERROR",
                }
                with redis.Redis.from_url(f"unix://{path}") as valkey:
                    valkey.flushall()  # another evening: who came in before counts towards no limit
                columns.append(measure(phones, processes, environment, f"unix://{path}"))
                report(columns[-1:])
        print()
        print(f"On {vendor}, {os.cpu_count()} cores; load average at the end {os.getloadavg()[0]:.1f}.")
        return 0 if report(columns) else 1


if __name__ == "__main__":
    sys.exit(main())
