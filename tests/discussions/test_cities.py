"""One prompt, many cities: from rooms that agreed, groups of ten at least, and nothing smaller by subtraction."""

from __future__ import annotations

import datetime as dt
import itertools
import secrets

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.cities import SETTLED_AFTER, TEN, make_batches, said_in_cities, shown_batches
from discussions.erasing import erase
from discussions.models import CityBatch, Discussion, Participant, Response
from discussions.models.phones import fold_name
from discussions.rooms import open_room
from interviews.guide_content import prompts_of
from interviews.models import GuideVersion
from tests.cast import ORGANIZER, make_person
from tests.factories import make_engagement, make_screening, make_theater

from .rooms import LIGHTS, OPENED, make_planned_room

pytestmark = pytest.mark.django_db
SETTLED = LIGHTS + SETTLED_AFTER + dt.timedelta(minutes=1)
NUMBERS = itertools.count(1)
AGREED = {"words_may_leave": True, "theater_agreed_at": OPENED}


def close(room: Discussion) -> Discussion:
    facts = {**AGREED, "phase": "closed", "closed_at": LIGHTS}
    Discussion.objects.filter(pk=room.pk).update(**facts)
    room.refresh_from_db()
    return room


def prompt_of(room: Discussion) -> str:
    return str(prompts_of(room.guide_version.content)[0]["uuid"])


def crowd(room: Discussion, count: int, text: str = "Salt", **facts: object) -> list[Response]:
    """So many more phones, an answer each."""
    facts = {"published_at": LIGHTS, **facts}
    numbers = list(itertools.islice(NUMBERS, count))
    phones = Participant.objects.bulk_create(
        Participant(
            discussion=room,
            token_hash=secrets.token_hex(32),
            pseudonym=f"Phone {number}",
            folded_name=fold_name(f"Phone {number}"),
        )
        for number in numbers
    )
    prompt = prompt_of(room)
    return Response.objects.bulk_create(
        Response(discussion=room, participant=phone, prompt_uuid=prompt, text=f"{text} {number}", **facts)
        for number, phone in zip(numbers, phones, strict=True)
    )


@pytest.fixture
def atlanta() -> Discussion:
    return close(make_planned_room())


def chicago(version: GuideVersion) -> Discussion:
    """A room in another city with the same guide."""
    theater = make_theater("Music Box", city="Chicago")
    showing = make_screening(engagement=make_engagement(version.guide.film, theater))
    host = make_person(ORGANIZER)
    return close(open_room(version, title="Chicago", screening=showing, host=host, now=OPENED))


def shown(room: Discussion) -> dict[int, int]:
    """The answers that can be read abroad now, by number, with the phone that wrote each."""
    batches = shown_batches(room.guide_version.guide)
    return dict(Response.objects.filter(city_batches__in=batches).values_list("pk", "participant"))


def test_ten_are_read_and_nine_are_not(atlanta: Discussion) -> None:
    crowd(atlanta, TEN - 1)
    assert make_batches(SETTLED) == 0
    crowd(atlanta, 1)
    assert make_batches(SETTLED) == 1
    assert make_batches(SETTLED) == 0
    assert len(shown(atlanta)) == TEN


def test_one_phone_that_writes_ten_times_is_one(atlanta: Discussion) -> None:
    (first, *_) = crowd(atlanta, 9)
    Response.objects.create(
        discussion=atlanta,
        participant=first.participant,
        prompt_uuid=first.prompt_uuid,
        text="Again",
        published_at=LIGHTS,
    )
    assert make_batches(SETTLED) == 0


def test_phones_that_look_odd_are_no_help_to_reach_ten(atlanta: Discussion) -> None:
    (first, *_) = crowd(atlanta, TEN)
    atlanta.participants.filter(pk=first.participant_id).update(marked_for="Joined with many at once")
    assert make_batches(SETTLED) == 0


@pytest.mark.parametrize(
    "facts",
    [{"words_may_leave": False}, {"theater_agreed_at": None}, {"phase": "closing", "closed_at": None}],
)
def test_only_rooms_that_agreed_and_are_closed(atlanta: Discussion, facts: dict[str, object]) -> None:
    crowd(atlanta, TEN)
    Discussion.objects.filter(pk=atlanta.pk).update(**facts)
    assert make_batches(SETTLED) == 0


def test_the_host_has_some_hours_to_take_something_down_first(atlanta: Discussion) -> None:
    crowd(atlanta, TEN)
    assert make_batches(LIGHTS + dt.timedelta(hours=11)) == 0


def test_who_takes_an_agreement_back_takes_all_of_it_back_at_once(atlanta: Discussion) -> None:
    crowd(atlanta, TEN)
    make_batches(SETTLED)
    Discussion.objects.filter(pk=atlanta.pk).update(theater_agreed_at=None)
    assert shown(atlanta) == {}


def test_one_answer_taken_down_takes_its_batch_along_and_a_late_one_joins_none(atlanta: Discussion) -> None:
    answers = crowd(atlanta, 14)
    make_batches(SETTLED)
    crowd(atlanta, 1)
    assert make_batches(SETTLED) == 0
    assert len(shown(atlanta)) == 14
    Response.objects.filter(pk=answers[0].pk).update(hidden_at=SETTLED)
    make_batches(SETTLED)
    assert shown(atlanta) == {}


def test_an_erased_room_leaves_nothing_abroad(atlanta: Discussion) -> None:
    crowd(atlanta, TEN)
    make_batches(SETTLED)
    erase(atlanta, SETTLED)
    assert not CityBatch.objects.exists()


def test_atlanta_reads_what_chicago_said_without_a_name(atlanta: Discussion, client: Client) -> None:
    there = chicago(atlanta.guide_version)
    (first, *_) = crowd(there, TEN, "as Amber Heron said, salt")
    there.participants.filter(pk=first.participant_id).update(pseudonym="Amber Heron")
    crowd(atlanta, 4, "planted-too-few")
    crowd(there, 3, "planted-organizer-only", audience="organizer")
    make_batches(SETTLED)
    answer = client.get(f"/g/{atlanta.guide_version.guide.code}/cities/")
    page = answer.content.decode()
    assert not answer.cookies
    assert "Chicago" in page
    assert "10 phones" in page
    assert "[someone] said, salt" in page
    assert "Amber Heron" not in page
    assert "planted" not in page


def test_a_guide_without_such_rooms_says_how_words_come_here(atlanta: Discussion, client: Client) -> None:
    page = client.get(f"/g/{atlanta.guide_version.guide.code}/cities/").content.decode()
    assert "No room’s words stand here yet" in page
    assert client.get("/g/nothing/cities/").status_code == 404


def test_two_cities_are_read_in_as_many_queries_as_one(atlanta: Discussion) -> None:
    guide = atlanta.guide_version.guide

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert said_in_cities(guide)
        return len(found)

    crowd(atlanta, TEN)
    make_batches(SETTLED)
    before = queries()
    crowd(chicago(atlanta.guide_version), TEN)
    make_batches(SETTLED)
    assert queries() == before


# --- whoever tries to get around it by subtracting -----------------------------------------------------------
ROOM = st.integers(0, 1)
ACTS = st.one_of(
    st.tuples(st.just("crowd"), ROOM, st.sampled_from([1, 2, 8, 9, 10, 11])),
    st.tuples(st.just("waits"), ROOM, st.integers(1, 2)),
    *(
        st.tuples(st.just(name), ROOM, st.integers(0, 12))
        for name in ("hide", "unhide", "let_through", "leave", "agree", "disagree", "rename")
    ),
    st.tuples(st.just("make"), ROOM, st.just(0)),
)


def perform(rooms: tuple[Discussion, Discussion], act: tuple[str, int, int]) -> None:
    """One thing that somebody does to one of the rooms."""
    name, which, number = act
    room = rooms[which]
    rows = list(room.responses.order_by("id"))
    one = rows[number % len(rows)] if rows else None
    if name == "crowd":
        crowd(room, number)
    elif name == "waits":
        crowd(room, number, published_at=None)
    elif name in ("agree", "disagree"):
        Discussion.objects.filter(pk=room.pk).update(theater_agreed_at=LIGHTS if name == "agree" else None)
    elif name == "make":
        make_batches(SETTLED)
    elif one and name == "leave":
        one.participant.delete()
    elif one and name == "rename":
        one.participant.pseudonym = f"Salt {one.pk}"
        one.participant.save()
    elif one:
        changes = {"hide": {"hidden_at": LIGHTS}, "unhide": {"hidden_at": None}}
        room.responses.filter(pk=one.pk).update(**changes.get(name, {"published_at": LIGHTS}))


def seen(rooms: tuple[Discussion, Discussion]) -> dict[tuple[int, str, int], str]:
    """What can be read now: each answer's words by room, words' place and batch."""
    return {
        (batch.discussion_id, str(batch.prompt_uuid), place): text
        for batch in shown_batches(rooms[0].guide_version.guide)
        for place, text in enumerate(batch.texts)
    }


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, min_size=4, max_size=14))
def test_no_two_looks_differ_by_fewer_than_ten_phones_of_a_room(
    atlanta: Discussion, acts: list[tuple[str, int, int]]
) -> None:
    """Rooms join, leave, take agreements back; answers come late, are hidden, let through, erased: whoever subtracts
    what was read at one time from what was read at another is left with whole groups, or with nothing."""
    try:
        with transaction.atomic():
            rooms = (atlanta, chicago(atlanta.guide_version))
            crowd(rooms[0], TEN)
            looks, written_by = [set[tuple[int, int]]()], dict[int, int]()
            for act in [*acts, ("make", 0, 0)]:
                perform(rooms, act)
                now = shown(atlanta)
                written_by |= now
                assert len(seen(rooms)) == len(now)
                of_room = dict(Response.objects.filter(pk__in=now).values_list("pk", "discussion"))
                looks.append({(of_room[pk], pk) for pk in now})
            for one, other in itertools.combinations(looks, 2):
                for room in rooms:
                    left = {written_by[pk] for of, pk in one ^ other if of == room.pk}
                    assert not left or len(left) >= TEN
            raise _Undo
    except _Undo:
        pass


class _Undo(Exception):
    """Each attempt begins with the same rooms."""
