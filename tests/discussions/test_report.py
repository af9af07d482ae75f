"""The report of an evening: figures and words, and nobody's name."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import uuid
from pathlib import Path

import pytest
from django.test import Client

from discussions import polls
from discussions.answering import respond
from discussions.erasing import erase
from discussions.models import Discussion, Participant, Poll, Question
from discussions.report import FEWEST, Report, as_json, as_rows, report_of
from discussions.report_print import print_report
from discussions.room_keys import make_key
from interviews.guide_content import prompts_of
from tests.cast import ORGANIZER, STRANGER, make_person

from .rooms import LIGHTS, OPENED, ask, do, make_phone, make_planned_room

pytestmark = pytest.mark.django_db
NAMES = ("Amber Heron", "Quiet Otter", "Brass Finch", "Slow Maple", "Paper Crane", "Ninth Lantern")


def prompt_of(room: Discussion) -> str:
    return str(prompts_of(room.guide_version.content)[0]["uuid"])


def say(phone: Participant, text: str, audience: str = "room") -> None:
    prompt = prompt_of(phone.discussion)
    respond(phone, prompt, text, audience=audience, key=uuid.uuid4(), now=LIGHTS)


@pytest.fixture
def room() -> Discussion:
    """A closed room of six, in which everything that a report holds was sent."""
    room = make_planned_room(words_may_leave=True, theater_agreed_at=OPENED)
    do(room, "lights_up")
    phones = [make_phone(room, name) for name in NAMES]
    head = ask(room, "Who paid for the salt? Amber Heron knows", phones[0])
    ask(room, "Who has paid for salt?", phones[1], state=Question.State.GROUPED, grouped_under=head)
    ask(room, "Rude words", phones[2], hidden_at=LIGHTS)
    ask(room, "Never let through", phones[2], published_at=None)
    for phone in phones[:3]:
        head.votes.create(participant=phone)
    Question.objects.filter(pk=head.pk).update(state=Question.State.ANSWERED)
    for phone in phones[:4]:
        say(phone, "The road home")
    say(phones[4], "=HYPERLINK(1)")
    say(phones[5], "For Olu’s eyes", "organizer")
    do(room, "poll", question="Would you go back?", kind="one", options=["Yes", "No"])
    do(room, "poll", question="One word?", kind="word")
    for kind, given in (("one", ["0"]), ("word", ["tender"])):
        poll = Poll.objects.get(kind=kind)
        for phone in phones[:3]:
            polls.answer(phone, poll.pk, given, key=uuid.uuid4(), now=LIGHTS)
    do(room, "close")
    return room


def report(room: Discussion, *, leaving: bool = True, may_leave: bool = True) -> Report:
    return report_of(room, leaving=leaving, may_leave=may_leave)


def test_it_says_how_many_came_what_was_asked_and_what_they_said(room: Discussion) -> None:
    found = report(room)
    assert (found.people, found.counts["questions"], found.answers) == (6, 4, 6)
    (asked,) = found.asked
    assert (asked.votes, asked.alike, asked.became) == (3, 1, "answered")
    (prompt,) = found.prompts
    assert [(fold.first.text, fold.count) for fold in prompt.said] == [
        ("The road home", 4),
        ("=HYPERLINK(1)", 1),
    ]
    assert prompt.unshared == 1
    assert found.choices[0].options == (("Yes", 3), ("No", 0))
    assert found.words[0].options == (("tender", 3),)
    assert found.actions


def test_nobody_is_named_and_what_was_hidden_or_for_one_pair_of_eyes_stays_there(room: Discussion) -> None:
    everything = json.dumps([as_json(report(room)), as_rows(report(room))], ensure_ascii=False)
    assert "The road home" in everything
    for name in NAMES:
        assert name not in everything
    for kept in ("Rude words", "Never let through", "For Olu’s eyes"):
        assert kept not in everything


def test_a_room_of_two_has_counts_and_no_words_nor_how_it_voted(room: Discussion) -> None:
    room.participants.filter(pseudonym__in=NAMES[2:]).delete()
    found = report(room, leaving=False)
    assert found.people == 2
    assert str(FEWEST) in found.withheld
    said = json.dumps(as_json(found))
    assert "road home" not in said
    assert "tender" not in said
    assert found.choices[0].options == ()
    assert found.prompts[0].count == 2


def test_words_that_stay_in_the_room_are_read_there_and_stand_in_no_file(room: Discussion) -> None:
    there, away = report(room, leaving=False, may_leave=False), report(room, may_leave=False)
    assert there.asked
    assert (away.asked, away.words[0].options) == ((), ())
    assert "road home" not in json.dumps(as_json(away))
    assert away.choices[0].options == (("Yes", 3), ("No", 0))
    assert away.withheld


def test_after_the_rooms_day_the_counts_stay(room: Discussion) -> None:
    erase(room, LIGHTS)
    room.refresh_from_db()
    found = report(room, leaving=False)
    assert (found.people, found.answers, found.asked) == (6, 6, ())
    assert found.choices[0].options == (("Yes", 3), ("No", 0))
    assert "erased" in found.withheld


# --- pages and files -----------------------------------------------------------------------------------------
@pytest.fixture
def host() -> Client:
    client = Client()
    client.force_login(make_person(ORGANIZER), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def test_the_page_and_its_files_are_the_hosts(room: Discussion, host: Client, client: Client) -> None:
    page = host.get(f"/lead/{room.code}/report/").content.decode()
    assert "The road home" in page
    assert "4 people" in page
    assert "Amber Heron" not in page
    for ending in ("report/", "report.csv", "report.json", "report.pdf"):
        assert client.get(f"/lead/{room.code}/{ending}").status_code == 302
    client.force_login(make_person(STRANGER), backend="accounts.backend.CodeOrPasskeyBackend")
    for ending in ("report/", "report.csv", "report.json", "report.pdf"):
        assert client.get(f"/lead/{room.code}/{ending}").status_code == 404
    scribe = make_key(room, "scribe", "", now=OPENED)[1]
    assert client.get(f"/key/{scribe}/report/").status_code == 404
    co_host = make_key(room, "co_host", "", now=OPENED)[1]
    assert client.get(f"/key/{co_host}/report/").status_code == 200


def test_a_spreadsheet_reads_the_table_and_runs_nothing(room: Discussion, host: Client) -> None:
    answer = host.get(f"/lead/{room.code}/report.csv")
    assert f"report-{room.code}.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {"part": "people", "count": "6"}.items() <= rows[0].items()
    texts = [row["text"] for row in rows]
    assert "'=HYPERLINK(1)" in texts
    assert not any(text.startswith(("=", "+", "-", "@")) for text in texts)


def test_the_json_is_the_report(room: Discussion, host: Client) -> None:
    found = host.get(f"/lead/{room.code}/report.json").json()
    assert (found["schema"], found["people"], found["day"]) == (1, 6, "2026-08-07")
    assert found["prompts"][0]["said"][0] == {"text": "The road home", "count": 4, "others": []}


def test_the_paper_for_the_funder(room: Discussion, host: Client, tmp_path: Path) -> None:
    answer = host.get(f"/lead/{room.code}/report.pdf?paper=letter")
    assert answer.content.startswith(b"%PDF")
    (path := tmp_path / "report.pdf").write_bytes(answer.content)
    words = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "The road home" in words
    assert "4 people" in words
    assert "Amber Heron" not in words
    assert (
        "612 x 792"
        in subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    )


def test_a_room_in_which_nothing_was_sent_has_a_report_too() -> None:
    room = make_planned_room()
    assert print_report(report(room), "a4").startswith(b"%PDF")


def test_the_host_reads_the_counts_when_the_room_is_erased(room: Discussion, host: Client) -> None:
    erase(room, LIGHTS)
    page = host.get(f"/lead/{room.code}/report/").content.decode()
    assert "erased on its day" in page
    assert "The road home" not in page
    assert host.get(f"/lead/{room.code}/").status_code == 404


def test_the_report_asks_as_often_with_thirty_answers_as_with_one(
    room: Discussion, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            report(Discussion.objects.select_related("guide_version").get(pk=room.pk))
        return len(found)

    before = queries()
    Discussion.objects.filter(pk=room.pk).update(phase="lights_up", closed_at=None)
    for number in range(20):
        phone = make_phone(Discussion.objects.get(pk=room.pk), f"Phone {number}")
        say(phone, f"Answer {number}")
        ask(room, f"Question {number}", phone)
    assert queries() == before
