"""What the room sees, who is heard, and how everything done by mistake is undone."""

from __future__ import annotations

import pytest

from discussions.acts import CannotAct
from discussions.models import Discussion, Question, Report, RoomAct
from discussions.moderation import groups_to_suggest, hands_in_order, hide_reported
from tests.factories import make_screening

from .rooms import LIGHTS, MINUTE, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Discussion:
    room = make_planned_room()
    do(room, "lights_up")
    return room


def now(question: Question) -> Question:
    question.refresh_from_db()
    return question


def test_a_moderator_who_hides_the_wrong_question_undoes_it(room: Discussion) -> None:
    wrong = ask(room, "How did you find the road?")
    done = do(room, "hide", kind="question", pk=wrong.pk, role="moderator", by="moderator Mo")
    assert now(wrong).hidden_at == LIGHTS
    assert done
    undone = do(room, "undo", done=done.pk, role="moderator", by="moderator Mo")
    assert now(wrong).hidden_at is None
    assert [(act.kind, act.by) for act in room.acts.all()[:2]] == [
        ("undo", "moderator Mo"),
        ("hide", "moderator Mo"),
    ]
    done.refresh_from_db()
    assert done.undone_at
    assert undone
    with pytest.raises(CannotAct):
        do(room, "undo", done=undone.pk)


def test_undone_twice_it_is_undone_once(room: Discussion) -> None:
    wrong = ask(room, "How?")
    done = do(room, "hide", kind="question", pk=wrong.pk)
    assert done
    do(room, "undo", done=done.pk)
    assert do(room, "undo", done=done.pk) is None


def test_a_moderators_link_undoes_no_hosts_act(room: Discussion) -> None:
    done = do(room, "next", leaves=0)
    assert done
    with pytest.raises(CannotAct, match="may not undo"):
        do(room, "undo", done=done.pk, role="moderator")


def test_a_question_waits_for_the_moderator(room: Discussion) -> None:
    waits = ask(room, "Who paid?", published_at=None)
    do(room, "let_through", kind="question", pk=waits.pk, role="moderator")
    assert now(waits).published_at == LIGHTS


def test_what_is_hidden_leaves_the_big_screen_too(room: Discussion) -> None:
    rude = ask(room, "Rude")
    do(room, "show", what="question", subject=rude.pk)
    done = do(room, "hide", kind="question", pk=rude.pk)
    assert (room.screen_shows, room.screen_subject) == ("step", None)
    assert done
    do(room, "undo", done=done.pk)
    assert (room.screen_shows, room.screen_subject) == ("question", rude.pk)


def report(question: Question, *names: str) -> None:
    for name in names:
        Report.objects.create(participant=make_phone(question.discussion, name), question=question)


def hide_if_reported(room: Discussion, question: Question) -> RoomAct | None:
    from discussions.acts import perform

    return perform(
        room,
        "reported",
        lambda acting: hide_reported(acting, "question", question.pk),
        by="the room",
        now=LIGHTS,
    )


def test_alone_two_reports_hide_one_and_a_host_may_show_it_again(room: Discussion) -> None:
    rude = ask(room, "Rude")
    report(rude, "Amber Heron")
    assert hide_if_reported(room, rude) is None
    report(rude, "Grey Wren")
    done = hide_if_reported(room, rude)
    assert now(rude).hidden_at
    assert done
    do(room, "undo", done=done.pk)
    assert now(rude).hidden_at is None


def test_with_a_moderator_reports_hide_nothing_by_themselves() -> None:
    room = make_planned_room(is_moderated=True)
    rude = ask(room, "Rude")
    report(rude, "Amber Heron", "Grey Wren", "Small Owl")
    assert hide_if_reported(room, rude) is None


def test_from_waiting_over_a_group_to_answered(room: Discussion) -> None:
    leader, same, also, other = (
        ask(room, text)
        for text in (
            "How did you find the road?",
            "How did you find it, the road?",
            "Where is the road found?",
            "Why salt?",
        )
    )
    do(room, "group", question=leader.pk, others=f"{same.pk},{also.pk}")
    assert [(now(q).state, q.grouped_under_id) for q in (leader, same, also, other)] == [
        ("waiting", None), ("grouped", leader.pk), ("grouped", leader.pk), ("waiting", None),
    ]  # fmt: skip
    do(room, "answer", question=leader.pk)
    assert now(leader).state == "being_answered"
    do(room, "answer", question=other.pk, now=LIGHTS + MINUTE)
    assert (now(leader).state, now(other).state) == ("answered", "being_answered")
    do(room, "state", question=other.pk, state="set_aside")
    assert now(other).state == "set_aside"


def test_grouping_is_undone_with_all_its_members(room: Discussion) -> None:
    leader, *others = (ask(room, f"Which road, {n}?") for n in range(8))
    inner = others[0]
    do(room, "group", question=inner.pk, others=[others[1].pk])
    done = do(room, "group", question=leader.pk, others=[inner.pk, others[2].pk])
    assert {now(q).grouped_under_id for q in others[:3]} == {leader.pk}
    assert done
    do(room, "undo", done=done.pk)
    assert now(others[1]).grouped_under_id == inner.pk
    assert now(inner).state == "waiting"


def test_one_is_taken_out_of_its_group(room: Discussion) -> None:
    leader, member = ask(room, "Why salt?"), ask(room, "Why the salt?")
    do(room, "group", question=leader.pk, others=[member.pk])
    do(room, "ungroup", question=member.pk)
    assert (now(member).state, member.grouped_under_id) == ("waiting", None)


def test_a_storm_of_four_hundred_alike_is_one_suggestion_and_one_act(room: Discussion) -> None:
    Question.objects.bulk_create(
        Question(discussion=room, text=f"How did you find the road{'?' * (n % 3)}", published_at=LIGHTS)
        for n in range(399)
    )
    ask(room, "Who is Tomas?")
    (group,) = groups_to_suggest(room)
    assert len(group) == 399
    leader, *others = group
    done = do(room, "group", question=leader.pk, others=[q.pk for q in others])
    assert room.questions.filter(grouped_under=leader).count() == 398
    assert groups_to_suggest(room) == []
    assert done
    do(room, "undo", done=done.pk)
    assert room.questions.filter(state="waiting").count() == 400


def test_a_card_is_a_question_of_the_room_and_an_empty_or_long_one_is_said(room: Discussion) -> None:
    do(room, "card", text="  Who   carried the salt? ")
    card = room.questions.get()
    assert (card.text, card.is_from_card, card.participant) == ("Who carried the salt?", True, None)
    assert card.published_at == LIGHTS
    assert card.hidden_at is None
    with pytest.raises(CannotAct, match="empty"):
        do(room, "card", text=" ")
    with pytest.raises(CannotAct, match="at most 280 letters; this has 300"):
        do(room, "card", text="a" * 300)


def test_a_pinned_question_stays_pinned_until_it_is_not(room: Discussion) -> None:
    question = ask(room, "Why?")
    do(room, "pin", question=question.pk, on="1")
    assert now(question).pinned_at == LIGHTS
    do(room, "pin", question=question.pk, on="")
    assert now(question).pinned_at is None


def test_a_question_that_the_room_cannot_see_is_not_answered(room: Discussion) -> None:
    waits = ask(room, "Not yet", published_at=None)
    with pytest.raises(CannotAct, match="Let it through first"):
        do(room, "answer", question=waits.pk)


def test_an_insult_in_a_name_is_replaced_and_replaced_back(room: Discussion) -> None:
    rude, other = make_phone(room, "You are all fools"), make_phone(room, "Grey Wren")
    done = do(room, "rename", participant=rude.pk, role="moderator")
    rude.refresh_from_db()
    assert rude.pseudonym == "Guest 1"
    do(room, "rename", participant=other.pk)
    with pytest.raises(CannotAct, match="called guest 2 already"):
        do(room, "rename", participant=rude.pk, name="guest 2")
    assert done
    do(room, "undo", done=done.pk)
    rude.refresh_from_db()
    assert rude.pseudonym == "You are all fools"


def test_the_microphone_goes_round_in_the_order_of_hands(room: Discussion) -> None:
    late, early, mutes = (
        make_phone(room, name, hand_raised_at=LIGHTS + n * MINUTE)
        for name, n in (("Grey Wren", 2), ("Amber Heron", 1), ("Small Owl", 3))
    )
    do(room, "mute", participant=mutes.pk, on="1")
    assert list(hands_in_order(room)) == [early, late]
    do(room, "call", participant=late.pk)
    do(room, "call", participant=early.pk)
    assert [(p.pseudonym, bool(p.hand_called_at)) for p in hands_in_order(room)] == [("Amber Heron", True)]
    do(room, "lower", participant=early.pk)
    assert list(hands_in_order(room)) == []
    with pytest.raises(CannotAct, match="down again"):
        do(room, "call", participant=late.pk)


def test_another_rooms_things_are_not_there(room: Discussion) -> None:
    other = make_planned_room(make_screening("2026-08-08T19:00"))
    theirs, person = ask(other, "Ours"), make_phone(other, "Theirs")
    ours = ask(room, "Yours")
    for name, given in (
        ("hide", {"kind": "question", "pk": theirs.pk}),
        ("answer", {"question": theirs.pk}),
        ("group", {"question": ours.pk, "others": [theirs.pk]}),
        ("mute", {"participant": person.pk, "on": "1"}),
        ("hide_line", {"line": 1}),
        ("hide_word", {"answer": 1}),
    ):
        with pytest.raises(CannotAct, match="in this room"):
            do(room, name, **given)
    assert now(theirs).hidden_at is None
