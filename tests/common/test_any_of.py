"""A condition for long lists finds what `IN` finds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from common.any_of import AnyOf
from tests.cast import ATTENDEE, MANAGER, STRANGER, make_person

pytestmark = pytest.mark.django_db


def test_numbers_and_text_are_found() -> None:
    attendee, stranger, manager = (make_person(address) for address in (ATTENDEE, STRANGER, MANAGER))
    people = Person.objects.order_by("pk")
    assert list(people.filter(AnyOf(F("pk"), {attendee.pk, manager.pk}))) == [attendee, manager]
    assert list(people.filter(AnyOf(F("email"), [MANAGER, "no 'one'@home.example"]))) == [manager]
    assert list(people.exclude(AnyOf(F("pk"), [attendee.pk, manager.pk]))) == [stranger]


def test_none_of_nothing_is_found() -> None:
    make_person(ATTENDEE)
    assert not Person.objects.filter(AnyOf(F("pk"), [])).exists()
    assert not Person.objects.filter(AnyOf(F("email"), [])).exists()


def test_a_long_list_is_one_parameter_where_the_database_has_arrays() -> None:
    with CaptureQueriesContext(connection) as captured:
        list(Person.objects.filter(AnyOf(F("pk"), range(400))))
    (query,) = captured
    assert ("= ANY(" in query["sql"]) == (connection.vendor == "postgresql")
