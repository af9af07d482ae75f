"""Open the whole house on this machine under one process (`make run`)."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import processes, redis_server
from config.addresses import free_port, network_address
from config.environment import env
from config.premises import (
    EVERYWHERE,
    LOOPBACK,
    Address,
    AlreadyOpen,
    environment_for,
    kept_secret,
    only_once,
)
from config.supervisor import ChildFailed, StopAsked, Supervisor

NEEDS_HTTPS = "saving a guide for later without reception, finding you by position, passkeys, push messages"


class Command(BaseCommand):
    help = "Open the house: Redis, web, worker and beat, with the demo world. Ctrl-C closes all of it."
    # `prepare` makes them, in the environment that counts, before anything is served.
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        began = time.monotonic()
        try:
            with only_once(settings.STATE_DIR / "house.lock") as leave_note, self.redis_socket() as socket:
                address = self.choose_address(env.int("PORT", default=8000), env.bool("LAN", default=False))
                leave_note(address.local_url)
                self.keep_open(address, socket, began)
        except AlreadyOpen as error:
            raise CommandError(f"This house is open already, at {error}.") from error
        except ChildFailed as error:
            raise CommandError(str(error)) from error

    def choose_address(self, wanted: int, lan: bool) -> Address:
        """The port that was wanted or the next free one, and the network's address with LAN=1."""
        name = network_address() if lan else None
        if lan and not name:
            self.say("No network here: open on this machine only.")
        port = free_port(wanted, EVERYWHERE if name else LOOPBACK)
        if port != wanted:
            self.say(f"Port {wanted} is taken; using {port}.")
        return Address(port, name)

    @contextmanager
    def redis_socket(self) -> Iterator[Path | None]:
        """Where our own Redis listens: in a short folder that goes when we go; None where one is named."""
        if settings.REDIS_URL:
            if not redis_server.answers(settings.REDIS_URL):
                raise CommandError(
                    "REDIS_URL is set, but no Redis answers there. Start it, or unset REDIS_URL."
                )
            yield None
            return
        with tempfile.TemporaryDirectory(prefix="houselights-") as folder:
            yield Path(folder) / "redis.sock"

    def keep_open(self, address: Address, socket: Path | None, began: float) -> None:
        """Start everything in order and stay until somebody asks to stop."""
        supervisor = Supervisor(self.say)
        redis_url = f"unix://{socket}" if socket else settings.REDIS_URL
        secret = kept_secret(settings.STATE_DIR / "secret-key")
        environment = environment_for(address, redis_url, secret, os.environ)
        with supervisor.on_duty():
            try:
                if socket:
                    supervisor.start(processes.embedded_redis(socket, settings.STATE_DIR / "redis.log"))
                supervisor.finish(processes.prepare(environment))
                supervisor.start(
                    processes.web(environment, address.host, address.port),
                    processes.worker(environment, address.port),
                )
                supervisor.start(processes.beat(environment))
                self.announce(address, time.monotonic() - began)
                supervisor.watch()
            except StopAsked:
                self.say("\nClosing.")

    def announce(self, address: Address, seconds: float) -> None:
        """Where to look, what the browser will not do there, and how to sign in."""
        self.say(f"\nHouselights is open ({seconds:.1f} s).\n  On this machine  {address.local_url}")
        if address.on_network:
            self.say(f"  On the network   {address.network_url}")
            self.say(f"  Without HTTPS browsers there leave out: {NEEDS_HTTPS}.")
            self.say("  Codes to sign in with are read at /mailbox/, which opens on this machine only.")
        logins = settings.STATE_DIR / "demo-logins.json"
        if logins.exists():
            self.say("Sign in as")
            for login in json.loads(logins.read_text()):
                self.say("  {role:<12} {email}  {how}".format(**login))
        self.say("Ctrl-C closes it; what was entered is kept.\n")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        sys.stdout.flush()
