"""Following a theater or a film: one field, one press in a mail, one mail for a week or for new cities, and an end."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.test import Client

from notices import kinds
from notices.delivery import TRUE_AND_WANTED
from notices.letters import compose
from notices.mail import private_values
from notices.models import Notice
from screenings import follow_links, follows
from screenings.kept_here import tell_follows
from screenings.models import Film, Follow, Publication, Screening, Theater
from screenings.retention_here import forget_unconfirmed
from screenings.showings import book, cancel
from screenings.week_difference import Wanted
from screenings.week_publishing import publish_week, undo
from tests.cast import ATTENDEE, MANAGER, STRANGER, make_person
from tests.factories import make_engagement, make_film, make_theater

# Mon 3 Aug 2026, ten past three in the afternoon in Atlanta.
NOW = dt.datetime(2026, 8, 3, 19, 10, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 8, 7)
OURS = {"origin": "http://testserver"}
pytestmark = pytest.mark.django_db


def follow(subject: Theater | Film, email: str = ATTENDEE) -> Follow:
    """Somebody who follows it, their address proved."""
    return follows.confirm(follows.ask_to_follow(subject, email, now=NOW), NOW)


def owed(kind: str) -> list[Notice]:
    return list(
        Notice.objects.filter(kind=kind, state=Notice.State.DUE).select_related("person").order_by("pk")
    )


def publish(theater: Theater, film: Film, *walls: str, now: dt.datetime = NOW) -> Publication:
    wanted = [Wanted(film.pk, dt.datetime.fromisoformat(wall), 0, (), False) for wall in walls]
    return publish_week(theater, FRIDAY, wanted, by=make_person(MANAGER), now=now, request_key=uuid.uuid4())


def verdict(notice: Notice, now: dt.datetime) -> object:
    kind = kinds.kind_of(notice.kind)
    assert kind
    return kind.check(notice, kinds.load_subjects([notice])[notice.pk], now)


def words_of(notice: Notice, now: dt.datetime) -> str:
    kind = kinds.kind_of(notice.kind)
    assert kind
    about = kinds.load_subjects([notice])[notice.pk]
    letter = compose(kind, notice, about, now).filled(private_values(kind, notice, about))
    return f"{letter.subject}\n{letter.text}"


def linked(words: str) -> Follow:
    """The follow that the link in a mail is about."""
    found = re.search(r"/follows/([^/\s]+)/", words)
    assert found
    return follow_links.read_settle(found[1])


def test_who_typed_an_address_follows_nothing_until_its_owner_says_so() -> None:
    asked = follows.ask_to_follow(make_theater(), ATTENDEE, now=NOW)
    assert asked.state == Follow.State.PENDING
    (mail,) = owed("follow_confirm")
    assert linked(words_of(mail, NOW)) == asked
    publish(make_theater("The Rialto", "Chicago"), make_film(), "2026-08-07T19:00")
    assert not owed("week_published")
    follows.confirm(asked, NOW)
    assert not owed("follow_confirm"), "answered meanwhile"


def test_the_form_answers_alike_whoever_asks_and_writes_only_so_often(client: Client) -> None:
    theater = make_theater()
    page = f"/theaters/{theater.slug}/follow/"
    assert "Follow this theater" in client.get(page).content.decode()
    for email in (ATTENDEE, ATTENDEE, STRANGER):
        answer = client.post(page, {"email": email}, headers=OURS)
        assert (answer.status_code, answer["Location"]) == (302, "/follows/asked/")
    assert len(owed("follow_confirm")) == 2
    refused = client.post(page, {"email": "nobody"}, headers=OURS)
    assert refused.status_code == 422
    assert "does not look like an e-mail address" in refused.content.decode()
    assert client.post(page, {"email": ATTENDEE}).status_code == 403, "from another site"


def test_an_address_is_not_flooded() -> None:
    for number in range(10):
        follows.ask_to_follow(make_theater(f"Theater {number}"), ATTENDEE, now=NOW)
    assert Notice.objects.filter(kind="follow_confirm").count() == follows.MAILS_PER_PERSON


def test_looking_at_the_link_changes_nothing_and_pressing_twice_is_once(client: Client) -> None:
    asked = follows.ask_to_follow(make_theater(), ATTENDEE, now=NOW)
    link = follow_links.settle_path(asked)
    assert "Shall we write to you?" in client.get(link).content.decode()
    asked.refresh_from_db()
    assert asked.state == Follow.State.PENDING
    for act, state in (
        ("confirm", "following"),
        ("confirm", "following"),
        ("stop", "stopped"),
        ("stop", "stopped"),
    ):
        assert client.post(link, {"act": act}, headers=OURS).status_code == 302
        asked.refresh_from_db()
        assert asked.state == state
    assert client.get("/follows/forged/").status_code == 404


def test_a_week_is_told_once_to_those_who_follow_ten_minutes_after_it_is_out() -> None:
    theater, film = make_theater(), make_film()
    follow(theater)
    follow(make_theater("The Rialto", "Chicago"), STRANGER)
    publish(theater, film, "2026-08-07T19:00", "2026-08-08T19:00")
    (mail,) = owed("week_published")
    assert mail.due_at == NOW + dt.timedelta(minutes=10)
    later = NOW + dt.timedelta(minutes=5)
    publish(theater, film, "2026-08-07T19:00", "2026-08-08T19:00", "2026-08-09T14:00", now=later)
    assert [each.pk for each in owed("week_published")] == [mail.pk]
    assert verdict(mail, mail.due_at) is TRUE_AND_WANTED
    words = words_of(mail, mail.due_at)
    assert "The Lantern: the week from Fri 7 Aug" in words
    assert "2:00 pm, The Salt Road" in words, "what was added meanwhile is in it"
    assert linked(words) == Follow.objects.get(theater=theater)


def test_a_week_that_is_taken_back_is_told_to_nobody() -> None:
    theater = make_theater()
    follow(theater)
    undo(publish(theater, make_film(), "2026-08-07T19:00"), now=NOW + dt.timedelta(minutes=5))
    (mail,) = owed("week_published")
    assert verdict(mail, mail.due_at) is not TRUE_AND_WANTED


def test_a_cancelled_showing_is_not_in_the_weeks_mail() -> None:
    theater = make_theater()
    follow(theater)
    publish(theater, make_film(), "2026-08-07T19:00", "2026-08-08T21:15")
    cancel(Screening.objects.latest("starts_at"), reason="", now=NOW)
    (mail,) = owed("week_published")
    assert "9:15 pm" not in words_of(mail, mail.due_at)


def test_who_stops_is_written_to_no_more() -> None:
    theater = make_theater()
    stopped = follow(theater)
    publish(theater, make_film(), "2026-08-07T19:00")
    follows.stop(stopped, NOW)
    assert not owed("week_published")
    publish(theater, make_film("Night Ferry"), "2026-08-14T19:00", now=NOW)
    assert not owed("week_published")


def test_new_cities_are_told_together_after_those_who_asked_for_them() -> None:
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        film = make_film()
        book(film, make_theater(), FRIDAY)
    with time_machine.travel(NOW, tick=False):
        follow(film)
        book(film, make_theater("The Rialto", "Chicago"), FRIDAY)
        book(film, make_theater("An Lampa", "Galway"), FRIDAY + dt.timedelta(days=7))
        book(film, make_theater("The Second Lantern"), FRIDAY)
    (mail,) = owed("new_cities")
    assert mail.due_at == NOW + dt.timedelta(hours=1)
    words = words_of(mail, mail.due_at)
    assert "The Salt Road comes to Chicago, Galway" in words
    assert "opens Fri 14 Aug" in words
    assert "Atlanta" not in words.partition("\n")[0], "it was there before"


def test_a_city_is_news_once_and_never_when_it_is_past() -> None:
    with time_machine.travel(NOW, tick=False):
        film = make_film()
        follow(film)
        book(film, make_theater("The Rialto", "Chicago"), dt.date(2012, 8, 3), dt.date(2012, 8, 16))
        assert not owed("new_cities")
        make_engagement(film, make_theater("An Lampa", "Galway"), FRIDAY)
        make_engagement(film, make_theater("Second House", "Galway"), FRIDAY)
    assert len(owed("new_cities")) == 1


def test_a_hundred_who_follow_cost_no_more_queries_than_one(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    theater = make_theater()
    for number in range(100):
        Follow.objects.create(
            person=make_person(f"fan{number}@home.example"), theater=theater, state="following"
        )
    publication = Publication(theater=theater, week_starting=FRIDAY, published_at=NOW, changes=[["added", 1]])
    with django_assert_max_num_queries(7):
        follows.owe_week(publication)
    mails = owed("week_published")
    assert len(mails) == 100
    with django_assert_max_num_queries(4):
        kinds.load_subjects(mails)


def test_what_is_kept_is_told_and_what_was_never_confirmed_is_forgotten() -> None:
    follow(make_theater())
    follows.ask_to_follow(make_film(), STRANGER, now=NOW)
    (record,) = tell_follows(make_person(ATTENDEE)).records
    assert (record["Followed"], record["State"]) == ("The Lantern", "following")
    forget_unconfirmed(NOW + dt.timedelta(days=30), NOW)
    assert list(Follow.objects.values_list("state", flat=True)) == ["following"]
    make_person(ATTENDEE).delete()
    assert not Follow.objects.exists()
