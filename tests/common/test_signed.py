"""Signed values are those that Django itself would have written."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.test import override_settings
from django.urls import reverse, set_script_prefix

from common import signed

AT = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("value", [7, [7, "reminders"], "Zoë", {"a": None}])
@pytest.mark.parametrize("secret", ["one", "two"])
def test_a_token_is_djangos(value: object, secret: str) -> None:
    with override_settings(SECRET_KEY=secret), time_machine.travel(AT, tick=False):
        token = signed.dumps(value, "a.salt")
        assert token == signing.dumps(value, salt="a.salt")
        assert signing.loads(token, salt="a.salt") == value
        with pytest.raises(signing.BadSignature):
            signing.loads(token, salt="another.salt")


def test_an_address_is_djangos_wherever_the_house_stands() -> None:
    try:
        for prefix in ("/", "/cinema/"):
            set_script_prefix(prefix)
            token = signed.dumps([7, "reminders"], "a.salt")
            assert signed.path_with("stop_mail", token) == reverse("stop_mail", args=[token])
    finally:
        set_script_prefix("/")
