"""Which words stayed: counted without anybody, shown from ten phones up."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from interviews.excerpts import withdraw
from interviews.kept_words import MARKS_A_DAY, MarkTaken, NotInGuide, items_of, keep, let_go, stayed
from interviews.models import Excerpt, Guide, GuideMembership, KeptMark
from interviews.publishing import publish
from screenings.models import FilmMembership
from tests.cast import EDITOR, MANAGER, STRANGER, make_person

from .zine import NOW, make_guide

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NOBODY: frozenset[uuid.UUID] = frozenset()


@pytest.fixture
def guide() -> Guide:
    guide = make_guide()
    publish(guide, by=None, now=NOW)
    return guide


def quote_of(guide: Guide) -> uuid.UUID:
    """The first quote of the guide's first version."""
    return next(item for item, (_, whose) in items_of(guide.versions.get(number=1).content).items() if whose)


def keep_on(phones: int, guide: Guide, item: uuid.UUID) -> list[uuid.UUID]:
    marks = [uuid.uuid4() for _ in range(phones)]
    for mark in marks:
        keep(guide, item, mark, TODAY)
    return marks


def test_nine_phones_are_not_shown_and_ten_are(guide: Guide) -> None:
    quote = quote_of(guide)
    keep_on(9, guide, quote)
    assert stayed(guide, NOBODY) == []
    keep_on(1, guide, quote)
    assert [(one.phones, one.whose) for one in stayed(guide, NOBODY)] == [(10, "Mara Lindqvist")]


def test_the_same_mark_counts_once_however_often_it_comes(guide: Guide) -> None:
    quote, mark = quote_of(guide), uuid.uuid4()
    assert keep(guide, quote, mark, TODAY)
    assert keep(guide, quote, mark, TODAY)
    assert KeptMark.objects.count() == 1


def test_a_mark_of_one_thing_is_none_of_another(guide: Guide) -> None:
    first, second, *_ = items_of(guide.versions.get().content)
    mark = uuid.uuid4()
    keep(guide, first, mark, TODAY)
    with pytest.raises(MarkTaken):
        keep(guide, second, mark, TODAY)


def test_what_a_guide_never_said_cannot_be_kept_of_it(guide: Guide) -> None:
    with pytest.raises(NotInGuide):
        keep(guide, uuid.uuid4(), uuid.uuid4(), TODAY)
    assert not KeptMark.objects.exists()


def test_what_is_let_go_is_counted_no_more(guide: Guide) -> None:
    marks = keep_on(10, guide, quote_of(guide))
    let_go(guide, marks[0])
    let_go(guide, marks[0])
    assert stayed(guide, NOBODY) == []


def test_words_taken_back_are_not_among_those_that_stayed(guide: Guide) -> None:
    quote = quote_of(guide)
    keep_on(10, guide, quote)
    withdraw(Excerpt.objects.get(uuid=quote), reason="", now=NOW)
    assert stayed(guide, frozenset([quote])) == []


def test_a_script_that_keeps_all_day_is_counted_to_an_end(guide: Guide) -> None:
    quote = quote_of(guide)
    KeptMark.objects.bulk_create(
        KeptMark(guide=guide, item=quote, mark=uuid.uuid4(), kept_on=TODAY) for _ in range(MARKS_A_DAY)
    )
    assert not keep(guide, quote, uuid.uuid4(), TODAY)
    assert guide.kept_marks.count() == MARKS_A_DAY


def test_nothing_that_the_house_keeps_of_it_ties_two_things_to_one_phone(guide: Guide) -> None:
    assert {field.name for field in KeptMark._meta.get_fields()} == {"id", "guide", "item", "mark", "kept_on"}


# --- the doors -------------------------------------------------------------------------------------------


def send(client: Client, guide: Guide, **facts: object) -> int:
    return client.post(f"/g/{guide.code}/kept/", facts, headers={"Sec-Fetch-Site": "same-origin"}).status_code


def test_a_phone_keeps_and_lets_go(client: Client, guide: Guide) -> None:
    quote, mark = quote_of(guide), uuid.uuid4()
    assert send(client, guide, act="keep", item=quote, mark=mark) == 200
    assert KeptMark.objects.count() == 1
    assert send(client, guide, act="let-go", item=quote, mark=mark) == 200
    assert not KeptMark.objects.exists()


@pytest.mark.parametrize("item", ["", "no uuid", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_part_of_the_guide_is_refused_in_words(client: Client, guide: Guide, item: str) -> None:
    assert send(client, guide, act="keep", item=item, mark=uuid.uuid4()) == 400


def test_another_site_keeps_nothing_in_a_readers_name(client: Client, guide: Guide) -> None:
    address = f"/g/{guide.code}/kept/"
    facts = {"act": "keep", "item": quote_of(guide), "mark": uuid.uuid4()}
    assert client.post(address, facts, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert not KeptMark.objects.exists()


def test_the_guides_people_and_the_films_team_read_the_counts_and_nobody_else(
    client: Client, guide: Guide
) -> None:
    keep_on(12, guide, quote_of(guide))
    GuideMembership.objects.create(guide=guide, person=make_person(EDITOR), role="editor")
    FilmMembership.objects.create(film=guide.film, person=make_person(MANAGER))
    address = f"/manage/guides/{guide.code}/stayed/"
    for reader in (EDITOR, MANAGER):
        client.force_login(make_person(reader))
        assert "12 phones" in client.get(address).content.decode()
    client.force_login(make_person(STRANGER))
    assert client.get(address).status_code == 404
