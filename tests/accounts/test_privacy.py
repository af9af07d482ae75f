"""The privacy page says exactly what the settings do; logs hold no address; limits stand without a cache."""

from __future__ import annotations

import datetime as dt
import logging
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client, RequestFactory
from redis.exceptions import RedisError

from accounts import limits, retention
from accounts.limits import Limit, is_within
from accounts.retention import say_kept
from common.plain_lines import plain_line
from common.quiet_logs import WithoutAddresses
from tests.cast import ATTENDEE

pytestmark = pytest.mark.django_db


def table() -> dict[str, str]:
    page = unescape(Client().get("/privacy/").content.decode())
    return dict(re.findall(r'<th scope="row">(.+?)</th><td>(.+?)</td>', page))


def test_the_page_says_of_every_rule_how_long_it_keeps() -> None:
    said = table()
    assert len(said) == len(retention.rules()) > 5
    for rule in retention.rules():
        assert said[rule.what] == f"{say_kept(rule.kept_for)} {rule.since}".strip()


def test_another_setting_is_another_page(settings: Any) -> None:
    settings.RETENTION = {**settings.RETENTION, "people": dt.timedelta(days=11)}
    assert any(words.startswith("11 days") for words in table().values())


def test_the_page_is_linked_from_every_public_page_and_sets_no_cookie() -> None:
    client = Client()
    assert 'href="/privacy/"' in client.get("/").content.decode()
    client.get("/privacy/")
    assert not client.cookies


def test_a_log_line_holds_no_address_not_even_in_a_traceback() -> None:
    try:
        raise ValueError(f"DETAIL: Key (email)=({ATTENDEE}) already exists.")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 1, "550 <%s>: no", (ATTENDEE,), (ValueError, error, error.__traceback__)
        )
    line = WithoutAddresses("{message}", style="{").format(record)
    assert "already exists" in line
    assert "550 <…@…>: no" in line
    assert ATTENDEE not in line


def test_the_houses_log_is_written_so(settings: Any) -> None:
    assert settings.LOGGING["formatters"]["plain"]["()"] == "common.quiet_logs.WithoutAddresses"
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "plain"


def test_limits_stand_while_the_cache_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def add(self, *_: object) -> None:
            raise RedisError("away")

    monkeypatch.setattr(limits, "cache", Away())
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
    limit = Limit("of-a-test", 3, dt.timedelta(hours=1))
    assert [is_within(request, limit) for _ in range(5)] == [True, True, True, False, False]
    other = RequestFactory().post("/", REMOTE_ADDR="203.0.113.8")
    assert is_within(other, limit)
    assert not [key for key in limits._by_itself._cache if "203.0.113" in key]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana \t Lind ", "Ana Lind"),
        ("مريم", "مريم"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("evil‮eman", "evileman"),
        ("line\r\nBcc: all@home.example", "line Bcc: all@home.example"),
        ("\x00\x1b[31m", "[31m"),
        ("é", "é"),
    ],
)
def test_a_typed_line_keeps_every_script_and_turns_nobody_elses_around(typed: str, kept: str) -> None:
    assert plain_line(typed, 60) == kept


def test_a_line_is_not_cut_inside_a_letter() -> None:
    family = "👩‍👩‍👧"
    assert plain_line("aaa" + family, 5) == "aaa"
    assert len(plain_line("x" * 500, 60)) == 60
