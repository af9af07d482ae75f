"""A question's journey ends well: sent on, answered behind a private link, let through, told once."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.core import mail
from django.test import Client

from discussions import filmmaker
from discussions.erasing import erase
from discussions.models import Discussion, FilmmakerAnswer, FilmmakerLink, Question
from discussions.report import report_of
from notices import replies
from notices.dispatch import work_off
from notices.models import Notice, ReplyAddress
from tests.cast import ATTENDEE, ORGANIZER, STRANGER, make_person
from tests.factories import make_screening

from .rooms import LIGHTS, MINUTE, OPENED, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db(transaction=True)
HERE = {"HTTP_ORIGIN": "http://testserver"}
NEXT_MORNING = dt.datetime(2026, 8, 8, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def room() -> Discussion:
    """A closed room whose words may leave; two questions were not reached, one of them with one grouped under it."""
    room = make_planned_room(words_may_leave=True, theater_agreed_at=OPENED)
    do(room, "lights_up")
    phones = [make_phone(room, f"Phone {number}") for number in range(6)]
    head = ask(room, "Who paid for the salt?", phones[0], reply_key=uuid.UUID(int=1))
    ask(
        room,
        "Where did the money come from?",
        phones[1],
        reply_key=uuid.UUID(int=2),
        state=Question.State.GROUPED,
        grouped_under=head,
    )
    ask(room, "Why in winter?", phones[2])
    ask(room, "planted rude words", phones[3], hidden_at=LIGHTS)
    ask(room, "planted, never let through", phones[3], published_at=None)
    for number, address in ((1, ATTENDEE), (2, "ben@home.example")):
        replies.leave_address(uuid.UUID(int=number), address, LIGHTS, purpose="answer")
    do(room, "close")
    return room


@pytest.fixture
def link(room: Discussion) -> tuple[FilmmakerLink, str]:
    filmmaker.send_on_what_was_not_reached(room, LIGHTS)
    return filmmaker.make_link(room, "Ines Aguilar", LIGHTS)


def question(text: str = "Who paid for the salt?") -> Question:
    return Question.objects.get(text=text)


def save(link: FilmmakerLink, words: str, *, based_on: int = 0) -> FilmmakerAnswer:
    saved = filmmaker.save_answer(link, question().pk, words, based_on=based_on, now=NEXT_MORNING)
    assert saved is not None
    return saved


def test_what_was_not_reached_is_one_list(room: Discussion, link: tuple[FilmmakerLink, str]) -> None:
    found = filmmaker.list_for(room)
    assert [one.text for one in found] == ["Who paid for the salt?", "Why in winter?"]
    assert found[0].alike == ("Where did the money come from?",)


def test_words_that_stay_in_the_room_go_to_no_filmmaker(room: Discussion) -> None:
    room.theater_agreed_at = None
    for act in (
        lambda: filmmaker.send_on_what_was_not_reached(room, LIGHTS),
        lambda: filmmaker.make_link(room, "Ines", LIGHTS),
    ):
        with pytest.raises(filmmaker.CannotSendOn, match="stay in this room"):
            act()
    assert not FilmmakerLink.objects.exists()


def test_the_link_wants_no_account_shows_no_names_and_can_be_taken_back(
    room: Discussion, link: tuple[FilmmakerLink, str], client: Client
) -> None:
    row, token = link
    page = client.get(f"/answer/{token}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "Who paid for the salt?" in words
    assert "planted" not in words
    assert "Phone " not in words
    assert not page.cookies
    assert token not in str(FilmmakerLink.objects.values())
    filmmaker.take_back_link(room, row.pk, NEXT_MORNING)
    assert client.get(f"/answer/{token}/").status_code == 404


def test_each_answer_is_saved_by_itself_and_is_there_on_return(
    link: tuple[FilmmakerLink, str], client: Client
) -> None:
    url = f"/answer/{link[1]}/"
    pk = question().pk
    client.get(url)
    assert not FilmmakerAnswer.objects.exists()
    answer = client.post(url, {"question": pk, "text": "My aunt did.", "based_on": 0}, **HERE)
    assert answer.headers["Location"] == f"{url}?saved={pk}#q{pk}"
    assert "My aunt did." in client.get(url).content.decode()
    elsewhere = {"HTTP_ORIGIN": "https://elsewhere.example"}
    assert client.post(url, {"question": pk, "text": "No"}, **elsewhere).status_code == 403
    long = client.post(url, {"question": pk, "text": "x" * 2001, "based_on": 1}, **HERE)
    assert long.status_code == 422
    assert "x" * 2001 in long.content.decode()


def test_of_two_people_with_one_link_neither_loses_a_word(
    link: tuple[FilmmakerLink, str], client: Client
) -> None:
    url, pk = f"/answer/{link[1]}/", question().pk
    client.post(url, {"question": pk, "text": "My aunt did.", "based_on": 0}, **HERE)
    second = client.post(url, {"question": pk, "text": "A bank in Oaxaca.", "based_on": 0}, **HERE)
    page = second.content.decode()
    assert second.status_code == 409
    assert "My aunt did." in page
    assert "A bank in Oaxaca." in page
    based_on = re.search(rf'value="{pk}"><input type="hidden" name="based_on" value="(\d+)"', page)
    assert based_on
    both = "My aunt did, with a bank in Oaxaca."
    client.post(url, {"question": pk, "text": both, "based_on": based_on[1]}, **HERE)
    assert [row.text for row in FilmmakerAnswer.objects.all()] == ["My aunt did.", both]


def test_the_same_words_sent_twice_are_one_wording(link: tuple[FilmmakerLink, str]) -> None:
    assert save(link[0], "My aunt did.") == save(link[0], "My aunt did.")
    assert FilmmakerAnswer.objects.count() == 1


def test_an_answer_to_a_question_that_was_taken_down_meanwhile_is_given_back(
    link: tuple[FilmmakerLink, str], client: Client
) -> None:
    pk = question().pk
    Question.objects.filter(pk=pk).update(hidden_at=LIGHTS)
    answer = client.post(f"/answer/{link[1]}/", {"question": pk, "text": "My aunt did."}, **HERE)
    assert answer.status_code == 422
    assert "My aunt did." in answer.content.decode()


def test_nothing_is_told_until_the_host_lets_it_through_and_then_once(
    room: Discussion, link: tuple[FilmmakerLink, str]
) -> None:
    saved = save(link[0], "My aunt did.")
    assert "My aunt did." not in str(report_of(room, leaving=True, may_leave=True))
    assert not Notice.objects.exists()
    assert filmmaker.approve(room, saved.pk, NEXT_MORNING)
    assert not filmmaker.approve(room, saved.pk, NEXT_MORNING)
    with time_machine.travel(NEXT_MORNING + MINUTE, tick=False):
        assert work_off().by_ending == {"sent": 2}
    assert sorted(message.to for message in mail.outbox) == [[ATTENDEE], ["ben@home.example"]]
    assert "My aunt did." in mail.outbox[0].body
    assert not ReplyAddress.objects.exists()
    (asked, *_) = report_of(room, leaving=True, may_leave=True).asked
    assert (asked.answer, asked.answered_by, asked.became) == ("My aunt did.", "Ines Aguilar", "answered")
    again = save(link[0], "My aunt, and a bank.", based_on=1)
    filmmaker.approve(room, again.pk, NEXT_MORNING)
    with time_machine.travel(NEXT_MORNING + 2 * MINUTE, tick=False):
        work_off()
    assert sorted(message.to for message in mail.outbox) == [[ATTENDEE], ["ben@home.example"]]


def test_an_older_wording_is_not_let_through_by_mistake(
    room: Discussion, link: tuple[FilmmakerLink, str]
) -> None:
    old = save(link[0], "My aunt did.")
    save(link[0], "Nobody.", based_on=1)
    assert not filmmaker.approve(room, old.pk, NEXT_MORNING)
    assert not Notice.objects.exists()


def test_another_rooms_answer_is_not_approved_from_here(link: tuple[FilmmakerLink, str]) -> None:
    saved = save(link[0], "My aunt did.")
    other = make_planned_room(make_screening("2026-08-08T19:00"))
    assert not filmmaker.approve(other, saved.pk, NEXT_MORNING)


def test_once_the_evening_is_erased_the_filmmaker_is_told_kindly(
    room: Discussion, link: tuple[FilmmakerLink, str], client: Client
) -> None:
    save(link[0], "My aunt did.")
    erase(room, NEXT_MORNING)
    page = client.get(f"/answer/{link[1]}/")
    assert page.status_code == 410
    assert "erased on its day" in page.content.decode()
    assert not FilmmakerAnswer.objects.exists()


def test_where_words_may_leave_no_more_the_list_shows_none_and_keeps_what_was_saved(
    room: Discussion, link: tuple[FilmmakerLink, str], client: Client
) -> None:
    save(link[0], "My aunt did.")
    Discussion.objects.filter(pk=room.pk).update(theater_agreed_at=None)
    page = client.get(f"/answer/{link[1]}/")
    assert page.status_code == 410
    assert "What you have saved is kept" in page.content.decode()
    assert "salt" not in page.content.decode()
    assert FilmmakerAnswer.objects.exists()


def test_the_host_does_all_of_it_on_one_page(room: Discussion, client: Client) -> None:
    host = Client()
    host.force_login(make_person(ORGANIZER), backend="accounts.backend.CodeOrPasskeyBackend")
    url = f"/lead/{room.code}/after/"
    assert "2 questions were not reached" in host.get(url).content.decode()
    host.post(url, {"act": "send_on"}, **HERE)
    made = host.post(url, {"act": "link", "name": "Ines Aguilar"}, **HERE).content.decode()
    address = re.search(r"/answer/[\w-]+/", made)
    assert address
    assert address[0] not in host.get(url).content.decode()
    client.post(address[0], {"question": question().pk, "text": "My aunt did.", "based_on": 0}, **HERE)
    assert "My aunt did." in host.get(url).content.decode()
    host.post(url, {"act": "approve", "pk": FilmmakerAnswer.objects.get().pk}, **HERE)
    assert FilmmakerAnswer.objects.get().approved_at
    stranger = Client()
    stranger.force_login(make_person(STRANGER), backend="accounts.backend.CodeOrPasskeyBackend")
    assert stranger.post(url, {"act": "send_on"}, **HERE).status_code == 404
    assert host.post(url, {"act": "send_on"}, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
