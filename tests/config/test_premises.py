"""What one house on one machine needs: a port, a secret that stays, an environment that fits, one of it."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from config.addresses import free_port, is_free
from config.premises import Address, AlreadyOpen, environment_for, kept_secret, only_once


@pytest.mark.parametrize("interface", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_is_taken_gives_way_to_the_next_free_one(interface: str) -> None:
    with socket.create_server((interface, 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port, "127.0.0.1")
        assert free_port(port, "127.0.0.1") > port


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_a_port_taken_on_localhost_in_ipv6_is_taken() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        assert not is_free(taken.getsockname()[1], "127.0.0.1")


def test_on_its_own_the_house_listens_to_this_machine_only() -> None:
    address = Address(8000)
    environment = environment_for(address, "unix:///r.sock", "s", {"PATH": "/bin"})
    assert address.host == "127.0.0.1"
    assert environment == {
        "PATH": "/bin",
        "BASE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SECRET_KEY": "s",
        "REDIS_URL": "unix:///r.sock",
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
    }


def test_on_the_network_it_answers_to_its_name_there_too() -> None:
    address = Address(8001, "192.168.7.4")
    environment = environment_for(address, "", "s", {})
    assert address.host == "0.0.0.0"
    assert environment["BASE_URL"] == "http://192.168.7.4:8001"
    assert "192.168.7.4" in environment["ALLOWED_HOSTS"].split(",")


def test_what_was_given_stands() -> None:
    environment = environment_for(
        Address(8000), "redis://given", "s", {"BASE_URL": "https://a.example", "DEMO": "0"}
    )
    assert environment["BASE_URL"] == "https://a.example"
    assert environment["DEMO"] == "0"


def test_the_secret_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    secret = kept_secret(file)
    assert len(secret) >= 50
    assert kept_secret(file) == secret
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_house_is_opened_once_at_a_time_and_says_where(tmp_path: Path) -> None:
    lock = tmp_path / "house.lock"
    with only_once(lock) as leave_note:
        leave_note("http://localhost:8000")
        with pytest.raises(AlreadyOpen, match="http://localhost:8000"), only_once(lock):
            pytest.fail("the second house opened")
    with only_once(lock) as leave_note:
        leave_note("http://localhost:8001")
    assert lock.read_text() == "http://localhost:8001"
