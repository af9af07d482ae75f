"""What a person wants to hear, by kind and channel: one page, without cookie, account or script."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import Person
from notices import channels, kinds, ledger, unsubscribe, wishes
from notices.channels import Channel
from notices.dispatch import work_off
from notices.ledger import Subject
from notices.models import Notice, Preference
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE, STRANGER, make_person
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
OURS = {"origin": "http://testserver"}


def going(screening: Screening | None = None, email: str = ATTENDEE) -> Person:
    screening = screening or make_screening()
    return confirm(rsvp_to(screening, email, now=MONDAY, wants_prompts=True), MONDAY).person


def all_but(person: Person, *kinds: str) -> set[wishes.Wish]:
    every = {(kind.code, "email") for each in wishes.wishes_of(person) for kind in each.kinds}
    return every - {(kind, "email") for kind in kinds}


def states() -> dict[str, str]:
    return dict(Notice.objects.exclude(kind="rsvp_confirm").values_list("kind", "state"))


def send(at: dt.datetime) -> dict[str, int]:
    with time_machine.travel(at, tick=False):
        return work_off().by_ending


def test_one_kind_can_be_left_and_the_others_come() -> None:
    person = going()
    wishes.set_wishes(person, all_but(person, "reminder_day"), MONDAY)
    assert states()["reminder_day"] == "declined"
    assert states()["reminder_hours"] == states()["prompt_after"] == "due"


def test_what_is_planned_later_is_not_sent_either() -> None:
    person = make_person()
    wishes.set_wishes(person, all_but(person, "reminder_day"), MONDAY)
    going()
    assert send(START - DAY) == {"declined": 1}
    assert states()["reminder_day"] == "declined"


def test_who_wants_it_again_gets_what_is_useful_still() -> None:
    person = going()
    wishes.set_wishes(person, all_but(person, "reminder_day", "prompt_after"), MONDAY)
    wishes.set_wishes(person, all_but(person), MONDAY)
    assert set(states().values()) == {"due"}
    assert not Preference.objects.filter(wanted=False).exists()


def test_who_wants_nothing_of_a_list_has_left_it() -> None:
    person = going()
    wishes.set_wishes(person, all_but(person, "reminder_day", "reminder_hours"), MONDAY)
    assert not unsubscribe.wants(person.pk, "reminders")
    assert unsubscribe.wants(person.pk, "prompts")


def test_coming_back_to_a_list_keeps_what_was_chosen_on_it() -> None:
    person = going()
    wishes.set_wishes(person, all_but(person, "reminder_day"), MONDAY)
    unsubscribe.stop(person, "reminders", MONDAY)
    unsubscribe.start(person, "reminders", MONDAY)
    assert states()["reminder_day"] == "declined"
    assert states()["reminder_hours"] == "due"


def test_the_choice_is_by_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(channels._channels, "push", Channel("push", "Push"))
    person = going()
    wishes.set_wishes(person, all_but(person) | {("reminder_day", "push")}, MONDAY)
    refused = wishes.refusals([person.pk])
    assert (person.pk, "reminders", "reminder_hours", "push") in refused
    assert (person.pk, "prompts", "", "push") in refused
    assert not [one for one in refused if one[3] == "email"]


def test_what_is_owed_over_a_channel_that_nobody_here_carries_waits() -> None:
    ledger.plan(
        make_person(),
        "sign_in",
        Subject("sign_in_attempt", 1),
        due_at=MONDAY,
        useful_until=MONDAY + DAY,
        now=MONDAY,
        channel="pigeon",
    )
    assert send(MONDAY) == {"hold": 1}
    assert Notice.objects.get().reason == "Nobody here carries “pigeon”."
    assert mail.outbox == []


def test_another_persons_choice_is_theirs() -> None:
    screening = make_screening()
    person, other = going(screening), going(screening, STRANGER)
    wishes.set_wishes(person, set(), MONDAY)
    assert wishes.refusals([other.pk]) == set()
    assert other.notices.filter(kind="reminder_day").get().state == "due"


def test_the_page_shows_every_kind_and_one_press_keeps_the_ticks(client: Client) -> None:
    person = going()
    path = wishes.wishes_path(person)
    page = client.get(path).content.decode()
    assert page.count(" checked") == len(all_but(person)) >= 5
    ticked = [":".join(wish) for wish in all_but(person, "reminder_day")]
    kept = client.post(path, {"wish": ticked}, headers=OURS, follow=True)
    assert "Kept." in kept.content.decode()
    assert kept.content.decode().count(" checked") == len(ticked)
    assert states()["reminder_day"] == "declined"
    assert not client.cookies


def test_looking_changes_nothing_and_another_site_may_not_choose(client: Client) -> None:
    path = wishes.wishes_path(going())
    for _ in range(3):
        client.get(path)
    assert client.post(path, headers={"origin": "https://evil.example"}).status_code == 403
    assert not Preference.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "MQ:1x:forged"])
def test_a_forged_link_leads_nowhere(client: Client, token: str) -> None:
    assert client.get(f"/mail/wishes/{token}/").status_code == 404
    assert client.post(f"/mail/wishes/{token}/", headers=OURS).status_code == 404


def test_a_token_that_leaves_a_list_does_not_open_the_page(client: Client) -> None:
    token = unsubscribe.make_token(going(), "reminders")
    assert client.get(f"/mail/wishes/{token}/").status_code == 404


@pytest.mark.parametrize(
    "wish", ["reminder_day", "reminder_day:pigeon", ":", "nonsense:email", "sign_in:email"]
)
def test_what_nobody_offers_cannot_be_chosen(client: Client, wish: str) -> None:
    person = going()
    client.post(wishes.wishes_path(person), {"wish": [wish]}, headers=OURS)
    assert {(p.mail_list, p.kind, p.channel) for p in Preference.objects.all()} == {
        (mail_list, "", "email") for mail_list in kinds.mail_lists()
    }
