"""Answers and questions arrive once, are bounded, and are seen by whom they are for."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.cache import cache

from discussions import answering, limits, questions
from discussions.answering import respond, shared_answers
from discussions.models import Discussion, Participant, Question, Response, Vote
from discussions.own_page import own_page
from discussions.questions import ask, standing, vote
from discussions.sent_words import CannotSend, NotHere, NotTheSame, TooMuch
from interviews.guide_content import prompts_of
from notices import replies

from .rooms import LIGHTS, OPENED, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    return make_planned_room(phase=Discussion.Phase.LIGHTS_UP)


@pytest.fixture
def ana(room: Discussion) -> Participant:
    return make_phone(room, "Amber Heron")


@pytest.fixture
def prompt(room: Discussion) -> str:
    return prompts_of(room.guide_version.content)[0]["uuid"]


def send(ana: Participant, prompt: str, words: str = "The goat.", **facts: object) -> Response:
    facts = {"audience": "room", "key": uuid.uuid4(), "now": LIGHTS, **facts}
    return respond(ana, prompt, words, **facts)


def test_the_same_answer_five_times_is_one(ana: Participant, prompt: str) -> None:
    key = uuid.uuid4()
    assert len({send(ana, prompt, key=key).pk for _ in range(5)}) == 1
    assert Response.objects.count() == 1


def test_the_same_key_with_other_words_is_an_error_in_words(ana: Participant, prompt: str) -> None:
    key = uuid.uuid4()
    send(ana, prompt, key=key)
    for other in ({"words": "The pass."}, {"audience": "organizer"}):
        with pytest.raises(NotTheSame, match="What came first stands") as refused:
            send(ana, prompt, key=key, **other)
        assert refused.value.status == 409
    assert Response.objects.get().text == "The goat."


def test_what_is_for_oneself_never_leaves_the_phone(ana: Participant, prompt: str) -> None:
    with pytest.raises(CannotSend, match="kept on your phone"):
        send(ana, prompt, audience="self")
    assert not Response.objects.exists()


def test_the_room_reads_what_is_for_the_room(room: Discussion, ana: Participant, prompt: str) -> None:
    shared = send(ana, prompt)
    send(ana, prompt, "For Olu alone.", audience="organizer")
    Response.objects.filter(pk=send(ana, prompt, "Rude.").pk).update(hidden_at=LIGHTS)
    assert list(shared_answers(room, prompt)) == [shared]


def test_with_a_moderator_nothing_is_seen_before_it_was_let_through(
    room: Discussion, ana: Participant, prompt: str
) -> None:
    ana.discussion.is_moderated = True
    answer = send(ana, prompt)
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)
    assert (answer.published_at, asked.published_at) == (None, None)
    assert not shared_answers(room, prompt).exists()
    assert standing(room).shown == ()
    do(room, "let_through", kind="question", pk=asked.pk)
    assert [each.id for each in standing(room).shown] == [asked.pk]


def test_a_prompt_of_another_guide_is_not_answered_here(ana: Participant) -> None:
    with pytest.raises(NotHere):
        send(ana, str(uuid.uuid4()))
    with pytest.raises(NotHere):
        send(ana, "1 OR 1=1")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"phase": "lobby"}, "when the lights are up"),
        ({"phase": "film"}, "when the lights are up"),
        ({"phase": "closed", "closed_at": LIGHTS - dt.timedelta(hours=3)}, "closed and takes no more"),
    ],
)
def test_out_of_its_time_it_is_refused_in_words(
    ana: Participant, prompt: str, facts: dict[str, object], said: str
) -> None:
    for name, value in facts.items():
        setattr(ana.discussion, name, value)
    with pytest.raises(CannotSend, match=said):
        send(ana, prompt)
    with pytest.raises(CannotSend, match=said):
        ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)


def test_what_was_written_without_reception_is_taken_on_the_way_home(ana: Participant, prompt: str) -> None:
    ana.discussion.phase, ana.discussion.closed_at = "closed", LIGHTS - dt.timedelta(minutes=40)
    assert send(ana, prompt)


def test_a_muted_phone_reads_and_votes(room: Discussion, ana: Participant, prompt: str) -> None:
    ben = make_phone(room, "Plain Otter", muted_at=LIGHTS)
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)
    with pytest.raises(CannotSend, match="muted"):
        send(ben, prompt)
    assert vote(ben, asked.pk, up=True, now=LIGHTS)


def test_however_often_a_phone_posts_it_is_a_handful_of_rows(ana: Participant, prompt: str) -> None:
    refused = 0
    for number in range(60):
        try:
            send(ana, prompt, f"Again {number}.")
            ask(ana, f"Why {number}?", key=uuid.uuid4(), now=LIGHTS)
        except TooMuch:
            refused += 1
    assert refused == 60 - answering.MOST_TO_ONE_PROMPT
    assert Response.objects.count() == answering.MOST_TO_ONE_PROMPT
    assert Question.objects.count() == questions.MOST_QUESTIONS


def test_ten_thousand_posts_are_stopped_before_the_database_is_asked(
    rf, django_assert_num_queries, time_machine
) -> None:
    time_machine.move_to(LIGHTS, tick=False)
    cache.clear()
    request, taken = rf.post("/"), 0
    with django_assert_num_queries(0):
        for _ in range(10_000):
            try:
                limits.check_sending(request, "abc", "one phone")
                taken += 1
            except TooMuch:
                pass
        limits.check_sending(request, "abc", "another phone")
    assert taken == limits.BY_PHONE[0]


def test_each_thing_sent_moves_the_room_on_once(room: Discussion, ana: Participant, prompt: str) -> None:
    key = uuid.uuid4()
    for _ in range(3):
        send(ana, prompt, key=key)
    room.refresh_from_db()
    assert room.revision == 1


# --- questions ----------------------------------------------------------------------------------------------
def test_one_vote_a_phone_and_it_may_be_taken_back(room: Discussion, ana: Participant) -> None:
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)
    ben = make_phone(room, "Plain Otter")
    assert [vote(ben, asked.pk, up=True, now=LIGHTS) for _ in range(3)] == [True, False, False]
    assert standing(room).shown[0].votes == 1
    assert vote(ben, asked.pk, up=False, now=LIGHTS)
    assert standing(room).shown[0].votes == 0


def test_a_vote_in_a_foreign_room_or_for_what_cannot_be_seen_is_refused(
    room: Discussion, ana: Participant
) -> None:
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)
    foreign = make_phone(
        Discussion.objects.create(guide_version=room.guide_version, title="Next door"), "Ida Oak"
    )
    with pytest.raises(NotHere):
        vote(foreign, asked.pk, up=True, now=LIGHTS)
    for unseen in ({"hidden_at": LIGHTS}, {"hidden_at": None, "published_at": None}):
        Question.objects.filter(pk=asked.pk).update(**unseen)
        with pytest.raises(NotHere):
            vote(ana, asked.pk, up=True, now=LIGHTS)
    assert not Vote.objects.exists()


def test_votes_for_what_was_grouped_count_together_and_each_phone_once(
    room: Discussion, ana: Participant
) -> None:
    one, two, three = (ask(ana, f"Why {n}?", key=uuid.uuid4(), now=LIGHTS) for n in range(3))
    ben, cat = make_phone(room, "Plain Otter"), make_phone(room, "Early Lark")
    for phone, question in ((ben, one), (ben, two), (cat, two), (cat, three)):
        vote(phone, question.pk, up=True, now=LIGHTS)
    do(room, "group", question=one.pk, others=[two.pk])
    shown = {each.id: (each.votes, each.alike) for each in standing(room).shown}
    assert shown == {one.pk: (2, 1), three.pk: (1, 0)}


def test_the_most_wanted_stands_first_and_what_is_answered_last(room: Discussion, ana: Participant) -> None:
    first, wanted, pinned, answered = (ask(ana, f"Why {n}?", key=uuid.uuid4(), now=LIGHTS) for n in range(4))
    vote(make_phone(room, "Plain Otter"), wanted.pk, up=True, now=LIGHTS)
    do(room, "pin", question=pinned.pk, on="1")
    do(room, "state", question=answered.pk, state="answered")
    assert [each.id for each in standing(room).shown] == [pinned.pk, wanted.pk, first.pk, answered.pk]


def test_standing_asks_two_queries_with_one_question_and_with_forty(
    room: Discussion, ana: Participant, django_assert_num_queries
) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            Question.objects.create(discussion=room, participant=ana, text="Why?", published_at=LIGHTS)

    for count in (1, 39):
        add(count)
        with django_assert_num_queries(2):
            found = standing(room)
    assert (len(found.shown), found.more) == (30, 10)


def test_what_became_of_a_question_is_told_to_who_asked(room: Discussion, ana: Participant) -> None:
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)
    others = [
        ask(make_phone(room, f"Early Lark {n}"), "Who drew it?", key=uuid.uuid4(), now=LIGHTS)
        for n in range(6)
    ]

    def fate() -> str:
        return own_page(ana).questions[0].fate

    fates = [fate()]
    do(room, "group", question=others[0].pk, others=[asked.pk, *(other.pk for other in others[1:])])
    fates.append(fate())
    do(room, "answer", question=others[0].pk)
    fates.append(fate())
    do(room, "state", question=others[0].pk, state="answered")
    fates.append(fate())
    Question.objects.filter(pk=others[0].pk).update(state="sent_on")
    fates.append(fate())
    assert fates == [
        "Waiting.",
        "Waiting, grouped with 6 others.",
        "Being answered now.",
        "Answered.",
        "Sent to the filmmaker.",
    ]


def test_the_tag_of_fates_changes_with_each_fate_and_not_with_votes(
    room: Discussion, ana: Participant
) -> None:
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS)
    before = standing(room).fates
    vote(ana, asked.pk, up=True, now=LIGHTS)
    assert standing(room).fates == before
    do(room, "hide", kind="question", pk=asked.pk)
    assert standing(room).fates != before


def test_an_address_for_a_reply_is_in_the_ledger_alone(room: Discussion, ana: Participant) -> None:
    asked = ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS, reply_to="ana@home.example")
    assert asked.reply_key
    assert replies.has_address(asked.reply_key)
    assert own_page(ana).questions[0].by_mail
    for table in (Question, Participant):
        assert "ana@home.example" not in str(list(table.objects.values()))


def test_a_wrong_address_is_said_and_nothing_is_asked_yet(ana: Participant) -> None:
    with pytest.raises(CannotSend, match="your words are kept"):
        ask(ana, "Who drew the map?", key=uuid.uuid4(), now=LIGHTS, reply_to="ana at home")
    assert not Question.objects.exists()


def test_ones_own_page_asks_a_bounded_number_of_queries(
    room: Discussion, ana: Participant, prompt: str, django_assert_max_num_queries
) -> None:
    for number in range(8):
        send(ana, prompt, f"Answer {number}.")
        ask(ana, f"Why {number}?", key=uuid.uuid4(), now=OPENED)
    with django_assert_max_num_queries(6):
        own = own_page(ana)
    assert (len(own.answers), len(own.questions)) == (8, 8)
