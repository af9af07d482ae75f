"""How fast pages are answered: guides and listings from memory, and a guide as the file that nginx serves by itself as
docs/running.md says, beside nginx serving the same bytes as plain files and a bare “hello”; listings made anew, beside
50 rows as plain strings from the same server.

One run, one machine, loopback only, one process of each server, the same client, rounds in turn so that what else the
machine does falls on all. Printed: requests a second, p99, CPU a request, bytes on the wire, and the ratio to nginx
(aims: a guide 0.25, a listing 0.025), to the CPU of plain rows (aim: at most 1.5).
nginx is the yardstick alone; without it the rest is measured all the same.
Run: `python benchmarks/pages.py`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
CONNECTIONS = 4
ROUNDS = 5
BATCHES = 60
PIPELINE = 64
AIM = 0.25
LISTING_AIM = 0.025
COLD_AIM = 1.5
LISTING_BATCHES = 15
COLD_REQUESTS = 60
HELLO = """
async def application(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})
"""
NGINX = """
worker_processes 1; daemon off; pid {place}/{port}.pid; error_log stderr crit;
events {{ worker_connections 256; }}
http {{ access_log off; keepalive_requests 1000000; default_type text/html;
  client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c; uwsgi_temp_path {place}/d;
  scgi_temp_path {place}/e;
  {servers} }}
"""
PLAIN = "server {{ listen 127.0.0.1:{port}; root {place}; location / {{ add_header Content-Encoding br; }} }}"


@dataclass
class Served:
    """One server: what it answers and how fast it did, round by round."""

    name: str
    port: int
    path: str
    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    size: int = 0
    pid: int = 0
    cpu: list[float] = field(default_factory=list)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, **more: object) -> Iterator[int]:
    """A server while it is measured: its process's id."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)  # type: ignore[call-overload]
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.1)
        else:
            raise SystemExit(f"{command[0]} does not listen on {port}")
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def uvicorn(application: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", application, "--port", str(port)),
        *("--no-access-log", "--no-server-header", "--log-level", "warning"),
    ]


def house(port: int) -> list[str]:
    """The house as `make run` serves it."""
    return [*uvicorn("config.asgi:application", port), "--http", "config.warm_protocol:WarmProtocol"]


def connect(served: Served) -> tuple[socket.socket, bytes]:
    """A kept connection, and the request that is sent over it."""
    line = f"GET {served.path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n".encode()
    return socket.create_connection(("127.0.0.1", served.port), 10), line


def weigh(served: Served) -> None:
    """How many bytes an answer has, head and body. It is the same for each: answers are counted by their bytes."""
    connection, line = connect(served)
    with connection, connection.makefile("rb") as answer:
        connection.sendall(line)
        head = b"".join(iter(lambda: answer.readline(), b"\r\n")) + b"\r\n"
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        served.size = len(head) + len(answer.read(length))


def drain(connection: socket.socket, count: int, buffer: bytearray) -> None:
    while count > 0:
        got = connection.recv_into(buffer, min(count, len(buffer)))
        assert got, "the server hung up"
        count -= got


def push(served: Served, batches: int) -> None:
    """Batches of `PIPELINE` requests over one connection: the client does next to nothing for each."""
    connection, line = connect(served)
    buffer = bytearray(2**20)
    with connection:
        for _ in range(batches):
            connection.sendall(line * PIPELINE)
            drain(connection, served.size * PIPELINE, buffer)


def wait_for_each(served: Served, requests: int) -> None:
    """One request at a time, each answer's wait noted, while the other connections do the same."""
    connection, line = connect(served)
    buffer = bytearray(2**16)
    with connection:
        for _ in range(requests):
            began = time.perf_counter()
            connection.sendall(line)
            drain(connection, served.size, buffer)
            served.waits.append(time.perf_counter() - began)


def together(act: Callable[[], None]) -> float:
    """Seconds until `CONNECTIONS` threads have all done it."""
    threads = [threading.Thread(target=act) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def one_round(served: Served) -> None:
    seconds = together(lambda: push(served, BATCHES))
    served.rates.append(CONNECTIONS * BATCHES * PIPELINE / seconds)
    together(lambda: wait_for_each(served, 300))


def serve(nginx: str, place: str, port: int, servers: str) -> list[str]:
    """How to start nginx with these servers."""
    configuration = Path(place, f"{port}.conf")
    configuration.write_text(NGINX.format(place=place, port=port, servers=servers))
    return [nginx, "-p", place, "-c", str(configuration)]


def as_documented(files: str, port: int, house: int) -> str:
    """The nginx of docs/running.md, serving these `files` and asking the house at its port for the rest."""
    snippet = (CHECKOUT / "docs" / "running.md").read_text().partition("```nginx")[2].partition("```")[0]
    for written, here in (
        ("/srv/houselights/var/guides", files),
        ("# listen, server_name, the certificate; then:", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8000", f"127.0.0.1:{house}"),
    ):
        assert written in snippet, written
        snippet = snippet.replace(written, here)
    return snippet


def make_guide(environment: dict[str, str]) -> str:
    """A house with the demo's finished guide; gives the guide's path."""
    manage = [sys.executable, str(CHECKOUT / "manage.py")]
    subprocess.run([*manage, "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
    script = (
        "from interviews.models import GuideVersion as V; print('/g/' + V.objects.first().guide.code + '/')"
    )
    said = subprocess.run(
        [*manage, "shell", "-v0", "-c", script], env=environment, check=True, capture_output=True
    )
    return said.stdout.decode().split()[-1]


def make_listing(environment: dict[str, str]) -> list[tuple[str, str]]:
    """The large listing, in the same house: (name, path) of its pages."""
    script = str(CHECKOUT / "benchmarks" / "listing_world.py")
    said = subprocess.run([sys.executable, script], env=environment, check=True, capture_output=True)
    lines = [line.split("\t") for line in said.stdout.decode().splitlines() if "\t" in line]
    return [(name, path) for path, name in lines]


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used (`/proc`; NaN where there is none)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def one_at_a_time(served: Served, requests: int) -> None:
    """Requests over one connection, each read by its length: pages made anew may differ in theirs."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    began, cpu = time.perf_counter(), cpu_of(served.pid)
    for _ in range(requests):
        asked = time.perf_counter()
        connection.request("GET", served.path, headers={"Accept-Encoding": "br", "Host": "localhost"})
        answer = connection.getresponse()
        served.size = len(answer.read())
        assert answer.status == 200, (served.path, answer.status)
        served.waits.append(time.perf_counter() - asked)
    served.cpu.append((cpu_of(served.pid) - cpu) / requests)
    served.rates.append(requests / (time.perf_counter() - began))


def measure_listing(cached: list[Served], cold: list[Served], nginx: list[Served]) -> None:
    """Each page from memory and its bytes from nginx in turn; then each made anew, plain rows among them."""
    for served in (*cached, *nginx):
        weigh(served)
        push(served, 5)
    for _ in range(3):
        for served in (*cached, *nginx):
            before = cpu_of(served.pid)
            seconds = together(lambda served=served: push(served, LISTING_BATCHES))  # type: ignore[misc]
            requests = CONNECTIONS * LISTING_BATCHES * PIPELINE
            served.rates.append(requests / seconds)
            served.cpu.append((cpu_of(served.pid) - before) / requests)
            together(lambda served=served: wait_for_each(served, 100))  # type: ignore[misc]
        for served in cold:
            one_at_a_time(served, COLD_REQUESTS // 3)


def report_listing(cached: list[Served], cold: list[Served], nginx: list[Served]) -> bool:
    """Print the table of listings; gives whether the aims are reached."""
    plain = statistics.median(next(one for one in cold if one.name == "50 plain rows").cpu)
    beside = {one.name: statistics.median(one.rates) for one in nginx}
    print(f"\n{'':30}{'requests/s':>12}{'p99 ms':>9}{'CPU ms':>9}{'bytes':>9}{'ratio':>8}")
    reached = True
    for kind, pages in (("from memory", cached), ("anew", cold), ("nginx", nginx)):
        print(
            f"{kind}{' (ratio to nginx)' if kind == 'from memory' else ' (CPU beside 50 plain rows)' if kind == 'anew' else ''}"
        )
        for one in pages:
            rate, cpu = statistics.median(one.rates), statistics.median(one.cpu)
            p99 = statistics.quantiles(one.waits, n=100)[98] * 1000
            ratio = cpu / plain if kind == "anew" else rate / beside[one.name] if one.name in beside else None
            said = f"{ratio:.3f}" if ratio is not None and kind != "nginx" else "–"
            print(f"  {one.name:28}{rate:12,.0f}{p99:9.2f}{cpu * 1000:9.3f}{one.size:9,}{said:>8}")
            if ratio is not None and kind != "nginx":
                reached &= ratio >= LISTING_AIM if kind == "from memory" else ratio <= COLD_AIM
    return reached


def fetch(served: Served) -> bytes:
    """The page as bytes on the wire, asked until it is answered from memory."""
    import http.client

    for _ in range(8):
        connection = http.client.HTTPConnection("127.0.0.1", served.port)
        connection.request("GET", served.path, headers={"Accept-Encoding": "br", "Host": "localhost"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, answer.status
        time.sleep(0.5)
    return body


def measure(servers: list[Served]) -> None:
    for served in servers:
        weigh(served)
        push(served, 10)
    for _ in range(ROUNDS):
        for served in servers:
            one_round(served)


def report(servers: list[Served]) -> bool:
    """Print the table; gives whether the aim is reached, True where there is no nginx to compare with."""
    yardstick = next((statistics.median(one.rates) for one in servers if one.name == "nginx"), None)
    print(f"{'':24}{'requests/s':>12}{'p99 ms':>9}{'bytes':>9}{'ratio':>8}")
    ratios = {}
    for one in servers:
        rate = statistics.median(one.rates)
        p99 = statistics.quantiles(one.waits, n=100)[98] * 1000
        ratios[one.name] = rate / yardstick if yardstick else None
        ratio = f"{ratios[one.name]:.2f}" if yardstick else "–"
        print(f"{one.name:24}{rate:12,.0f}{p99:9.2f}{one.size:9,}{ratio:>8}")
    reached = ratios["guide from memory"]
    return reached is None or reached >= AIM


def main() -> int:
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as stack:
        environment = {
            **os.environ,
            "STATE_DIR": f"{place}/state",
            "DEMO": "1",
            "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'benchmarks'}:{place}",
        }
        environment.pop("DATABASE_URL", None)
        Path(place, "hello.py").write_text(HELLO)
        Path(place, "plain_settings.py").write_text(
            "from config.settings import *\nROOT_URLCONF = 'plain_rows'\n"
        )
        guide = Served("guide from memory", free_port(), make_guide(environment))
        pages = make_listing(environment)
        environment["DJANGO_SETTINGS_MODULE"] = "plain_settings"
        hello = Served("hello, same server", free_port(), "/")
        guide.pid = stack.enter_context(running(house(guide.port), guide.port, env=environment, cwd=CHECKOUT))
        stack.enter_context(
            running(uvicorn("hello:application", hello.port), hello.port, env=environment, cwd=place)
        )
        body = fetch(guide)
        servers = [guide, hello]
        cached = [Served(name, guide.port, path, pid=guide.pid) for name, path in pages]
        bodies = [fetch(page) for page in cached]
        cold = [Served(name, guide.port, f"{path}?anew", pid=guide.pid) for name, path in pages]
        cold.insert(0, Served("50 plain rows", guide.port, "/plain-rows/", pid=guide.pid))
        beside: list[Served] = []
        if nginx:
            os.chmod(place, 0o755)
            for number, page in enumerate(bodies):
                Path(place, f"page-{number}.html").write_bytes(page)
            Path(place, "guide.html").write_bytes(body)
            other = Served("nginx", free_port(), "/guide.html")
            plain = PLAIN.format(place=place, port=other.port)
            pid = stack.enter_context(running(serve(nginx, place, other.port, plain), other.port))
            worker = int(subprocess.run(["pgrep", "-P", str(pid)], capture_output=True).stdout.split()[0])
            beside = [
                Served(page.name, other.port, f"/page-{number}.html", pid=worker)
                for number, page in enumerate(cached)
            ]
            files = Served("guide as nginx’s file", free_port(), guide.path)
            documented = as_documented(f"{place}/state/guides", files.port, guide.port)
            stack.enter_context(running(serve(nginx, place, files.port, documented), files.port))
            assert fetch(files) == body, "the file is not what the house answers"
            servers += [files, other]
        else:
            print("nginx is not on this machine: its line is left out, and no ratio is known.")
        measure(servers)
        guides_reach = report(servers)
        measure_listing(cached, cold, beside)
        return 0 if report_listing(cached, cold, beside) and guides_reach else 1


if __name__ == "__main__":
    sys.exit(main())
