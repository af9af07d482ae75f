"""The database as it is opened: SQLite tuned for several writers, PostgreSQL with connections that are looked at."""

from __future__ import annotations

import threading

import pytest
from django.conf import settings
from django.db import close_old_connections, connection, transaction

from config.checks import SQLITE_PRAGMAS, pragma, sqlite_is_tuned
from tests.cast import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_database_is_opened_as_it_should_be() -> None:
    if connection.vendor == "sqlite":
        assert {name: pragma("default", name) for name in SQLITE_PRAGMAS} == SQLITE_PRAGMAS
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert not connection.is_in_memory_db()
    else:
        assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]


def test_check_speaks_when_sqlite_is_opened_otherwise() -> None:
    if connection.vendor != "sqlite":
        assert sqlite_is_tuned(databases=["default"]) == []
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        (warning,) = sqlite_is_tuned(databases=["default"])
    finally:
        connection.close()
    assert warning.id == "houselights.W011"
    assert "foreign_keys is 0, not 1" in warning.msg
    assert sqlite_is_tuned(databases=["default"]) == []


def test_two_writers_who_read_first_do_not_trip_over_each_other() -> None:
    """Under SQLite's DEFERRED both would read, and the second to write would be refused at once."""
    person = make_person()
    errors: list[BaseException] = []

    def rename(name: str) -> None:
        try:
            for _ in range(20):
                with transaction.atomic():
                    row = type(person).objects.select_for_update().get(pk=person.pk)
                    row.name += name
                    row.save(update_fields=["name"])
        except BaseException as error:
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    writers = [threading.Thread(target=rename, args=(letter,)) for letter in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    person.refresh_from_db()
    assert errors == []
    assert sorted(person.name) == ["a"] * 20 + ["b"] * 20
